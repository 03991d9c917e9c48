"""The windows that the tray opens: each a process of its own, one of each at a time."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.app.programs import Windows
from tests.servers import require_qt
from tests.waiting import spin

PYTHON = """\
#!/bin/sh
echo "$@" >> {folder}/said
while [ -d {folder} -a ! -e {folder}/go ]; do sleep 0.02; done
"""


@pytest.fixture
def windows(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Windows]:
    """With a Python that only writes down what it was started with, until it may go."""
    python = tmp_path / "python"
    python.write_text(PYTHON.format(folder=tmp_path))
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    made = Windows(loop, Path("/my/own.toml"))
    yield made
    (tmp_path / "go").touch()
    spin(loop, lambda: not made._open, what="they have ended")


def said(folder: Path) -> list[str]:
    file = folder / "said"
    return file.read_text().splitlines() if file.exists() else []


def test_all_windows_are_on_offer_where_there_is_qt(windows: Windows) -> None:
    require_qt()
    assert windows.available() == {"stats", "settings", "welcome"}


def test_the_settings_window_opens_the_file_in_use_and_only_once(
    windows: Windows, loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    windows.open("settings")
    spin(loop, lambda: said(tmp_path))
    windows.open("settings")
    windows.open("stats")
    spin(loop, lambda: len(said(tmp_path)) > 1)
    assert said(tmp_path) == [
        "-P -E -m deskbreak.windows.settings --config /my/own.toml",
        "-P -E -m deskbreak.windows.stats",
    ]
    (tmp_path / "go").touch()

    def opens_again() -> bool:
        windows.open("settings")
        return len(said(tmp_path)) > 2

    spin(loop, opens_again)
    spin(loop, lambda: not windows._open)
