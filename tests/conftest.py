"""What every test may use, and the word at the end about desktop tests that could not run."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers import MISSING


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop of the kind the daemon uses; an exception lost in a callback fails the test."""
    loop = asyncio.SelectorEventLoop()
    lost: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: lost.append(context))
    yield loop
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    assert not lost, lost


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the desktop tests that were skipped, and the one line that brings them back."""
    skipped: dict[str, str] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if MISSING in reason:
            skipped[report.nodeid] = reason.split(MISSING, 1)[1]
    if not skipped:
        return
    packages = {p for reason in skipped.values() for p in _packages(reason)}
    terminalreporter.section("desktop tests that did not run")
    for nodeid, reason in sorted(skipped.items()):
        terminalreporter.write_line(f"{nodeid}: needs {reason.split(' (apt')[0]}")
    terminalreporter.write_line(f"to run them: apt install {' '.join(sorted(packages))}")


def _packages(reason: str) -> list[str]:
    return reason.partition("(apt install ")[2].rstrip(")").split()
