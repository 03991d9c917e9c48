"""Files and whole folders that change under a watch, by both ways of noticing."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskbreak.adapters import filewatch
from deskbreak.adapters.filewatch import watch_files
from tests.waiting import spin, spin_for

Watched = Callable[[list[Path], list[Path]], list[str]]


def _out_of_watches(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture(params=["inotify", "poll"])
def watched(
    loop: asyncio.AbstractEventLoop,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Watched]:
    """Begins to watch; the list grows by one with every call."""
    monkeypatch.setattr(filewatch, "_POLL_S", 0.05)
    if request.param == "poll":
        monkeypatch.setattr(filewatch, "_Inotify", _out_of_watches)
    open_ = []

    def watch(paths: list[Path], folders: list[Path]) -> list[str]:
        calls: list[str] = []
        open_.append(watch_files(loop, paths, lambda: calls.append("changed"), folders))
        return calls

    yield watch
    for each in open_:
        each.close()


def test_whatever_comes_into_a_folder(
    loop: asyncio.AbstractEventLoop, watched: Watched, tmp_path: Path
) -> None:
    calls = watched([], [tmp_path])
    (tmp_path / "a.ics").write_text("one")
    spin(loop, lambda: calls)
    calls.clear()
    (tmp_path / "a.ics").write_text("one and another")
    spin(loop, lambda: calls)
    calls.clear()
    (tmp_path / "inner").mkdir()
    spin(loop, lambda: calls)
    calls.clear()
    (tmp_path / "a.ics").unlink()
    spin(loop, lambda: calls)


def test_a_folder_that_is_not_there_is_no_trouble(
    loop: asyncio.AbstractEventLoop, watched: Watched, tmp_path: Path
) -> None:
    calls = watched([tmp_path / "a.ics"], [tmp_path / "nowhere"])
    (tmp_path / "a.ics").write_text("one")
    spin(loop, lambda: calls)


def test_beside_a_watched_file_nothing_matters(
    loop: asyncio.AbstractEventLoop, watched: Watched, tmp_path: Path
) -> None:
    calls = watched([tmp_path / "a.ics"], [])
    (tmp_path / "b.ics").write_text("one")
    spin_for(loop, 0.4)
    assert calls == []
