"""Nobody else can read how somebody's days go, whatever the umask says."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.typed import Machine, machine


@pytest.fixture(params=[0o000, 0o022, 0o077])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    before = os.umask(request.param)
    try:
        with machine(tmp_path) as made:
            yield made
    finally:
        os.umask(before)


def open_to_others(made: Machine) -> list[str]:
    folders = ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "HOME")
    found = (path for folder in folders for path in made.place(folder).rglob("*"))
    behind = made.place("XDG_CACHE_HOME", "compiled")  # itself shut; Python makes what is in it
    return [
        str(path)
        for path in found
        if stat.S_IMODE(path.lstat().st_mode) & 0o077 and behind not in path.parents
    ]


def test_all_that_a_day_leaves_behind(made: Machine) -> None:
    del made.env["PYTHONPYCACHEPREFIX"]
    made.starts("--no-tray")
    assert made.types("stand").code == 0
    assert made.types("config", "set", "breaks.walk", "6m").code == 0
    assert made.types("autostart", "on").code == 0
    assert made.place("XDG_STATE_HOME", "deskbreak.log").exists()
    assert made.place("XDG_DATA_HOME", "history.sqlite3").exists()
    assert made.place("XDG_CACHE_HOME", "compiled").exists()
    assert open_to_others(made) == []
    assert stat.S_IMODE(made.config.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.config.stat().st_mode) == 0o600


def test_what_was_left_open_is_shut(made: Machine) -> None:
    for folder in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        made.place(folder).mkdir()
        made.place(folder).chmod(0o777)
    for file in ("deskbreak.log", "deskbreak.log.1", "state.toml", "acknowledged.toml"):
        made.place("XDG_STATE_HOME", file).touch()
        made.place("XDG_STATE_HOME", file).chmod(0o666)
    made.place("XDG_DATA_HOME", "history.sqlite3").touch()
    made.place("XDG_DATA_HOME", "history.sqlite3").chmod(0o644)
    made.starts("--no-tray")
    assert open_to_others(made) == []
    assert stat.S_IMODE(made.place("XDG_STATE_HOME").stat().st_mode) == 0o700
    assert stat.S_IMODE(made.place("XDG_DATA_HOME").stat().st_mode) == 0o700
