"""What every test may use, and the word at the end about desktop tests that could not run."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from deskbreak.systems.linux.dbus.bus import Bus
from tests import hardship
from tests.leftovers import BASE, Leftovers
from tests.servers import MISSING, private_bus, qt_trouble
from tests.thorough import examples
from tests.virtual_time import VirtualTimeLoop

_LEFTOVERS = pytest.StashKey[Leftovers]()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Let the other tests run where Qt cannot be loaded: pytest-qt would end all of them."""
    if pluginmanager.hasplugin("pytest-qt"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window on the person's desktop
        if qt_trouble() is not None:
            pluginmanager.unregister(name="pytest-qt")


@pytest.fixture
def loop() -> Iterator[VirtualTimeLoop]:
    """A loop with a clock of its own; an exception lost in a callback fails the test."""
    loop = VirtualTimeLoop()
    lost: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: lost.append(context))
    yield loop
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    assert not lost, lost


@pytest.fixture
def other_programs(loop: VirtualTimeLoop) -> None:
    """The test starts programs the loop is not connected with yet: its clock waits for them."""
    loop.expect_others()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A private bus."""
    with private_bus() as found:
        yield found


@pytest.fixture
def bus(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[Bus]:
    """A connection to it, as adapters have one."""
    found = Bus(loop, "session", address)
    found.start()
    yield found
    found.close()


def pytest_configure(config: pytest.Config) -> None:
    """Make the ground even: Ctrl-C means what it says, and temporary folders have short names.

    A shell lets its background jobs ignore Ctrl-C, `nohup` the end of the terminal, and programs
    started from there inherit that.
    A unix socket's path has room for 107 bytes.
    """
    settings.register_profile(  # other work on the machine is no bug
        "deskbreak", deadline=None, max_examples=examples(100)
    )
    settings.load_profile("deskbreak")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    hardship.bring(config)
    if hasattr(config, "workerinput"):
        return
    folder = Path(tempfile.mkdtemp(prefix="db-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    config.stash[_LEFTOVERS] = Leftovers(folder)
    if config.option.basetemp is None:
        config.option.basetemp = folder / BASE


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Two more than there are cores: some of them mostly wait, at a desktop."""
    cores = yield
    return cores + 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several work, those that wait begin; and in another order where one is asked for."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: "desktop" not in item.path.parts)
    hardship.shuffle(items)


@pytest.hookimpl(trylast=True)  # the workers are gone by then
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that leaves anything behind has failed."""
    left = session.config.stash.get(_LEFTOVERS, None)
    if left is not None and left.end() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left behind, and the desktop tests that were skipped."""
    for left in terminalreporter.config.stash[_LEFTOVERS].found:
        terminalreporter.write_line(f"left behind, and ended now: {left}", red=True)
    _list_what_was_skipped(terminalreporter)


def _list_what_was_skipped(terminalreporter: pytest.TerminalReporter) -> None:
    """The desktop tests that could not run, and the one line that brings them back."""
    skipped: Counter[tuple[str, str]] = Counter()
    packages: set[str] = set()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if MISSING in reason:
            programs, _, install = reason.split(MISSING, 1)[1].partition(" (apt install ")
            skipped[report.nodeid.split("::")[0], programs] += 1
            packages.update(install.rstrip(")").split())
    if not skipped:
        return
    terminalreporter.section("desktop tests that did not run")
    for (file, programs), count in sorted(skipped.items()):
        terminalreporter.write_line(f"{file}: {count} for want of {programs}")
    terminalreporter.write_line(f"to run them: apt install {' '.join(sorted(packages))}")
