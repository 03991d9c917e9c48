"""Files and whole folders that change under a watch, by both ways of noticing."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from deskbreak.adapters.filewatch import PolledFiles
from deskbreak.systems.linux import filewatch
from deskbreak.systems.linux.filewatch import watch_files, way_to
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
    if request.param == "poll":
        monkeypatch.setattr(filewatch, "_Inotify", _out_of_watches)
        monkeypatch.setattr(filewatch, "PolledFiles", partial(PolledFiles, every_s=0.05))
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


# links, wherever on the way they are


def point(link: Path, target: str | Path) -> None:
    """Put a link in the place of whatever is there, in one step."""
    beside = link.with_name("beside")
    beside.symlink_to(target)
    beside.replace(link)


class Home:
    """A file behind links of every kind, as stow, home-manager and others lay them."""

    def __init__(self, top: Path) -> None:
        self.top = top
        for version in ("one", "two"):
            (top / "store" / version / "deskbreak").mkdir(parents=True)
            (top / "store" / version / "deskbreak" / "real.toml").write_text(version)
        self.dots = top / "dots"
        self.dots.symlink_to("store/one")  # relative, of a folder
        self.config = top / "config"
        self.config.mkdir()
        self.link = self.config / "deskbreak"
        self.link.symlink_to(Path("..", "dots", "deskbreak"))  # of a folder, through a link
        self.inner = top / "store" / "one" / "deskbreak" / "config.toml"
        self.inner.symlink_to("real.toml")
        (top / "store" / "two" / "deskbreak" / "config.toml").symlink_to(
            top / "store" / "two" / "deskbreak" / "real.toml"
        )
        self.file = self.link / "config.toml"

    def dots_lead_elsewhere(self) -> None:
        point(self.dots, "store/two")

    def link_becomes_a_folder(self) -> None:
        self.link.unlink()
        self.link.mkdir()
        self.file.write_text("mine")

    def file_is_written_into(self) -> None:
        (self.inner.parent / "real.toml").write_text("another")

    def file_is_replaced(self) -> None:
        beside = self.inner.parent / "beside"
        beside.write_text("another")
        beside.replace(self.inner.parent / "real.toml")

    def inner_link_becomes_a_file(self) -> None:
        self.inner.unlink()
        self.inner.write_text("no link")

    def folder_is_replaced(self) -> None:
        one = self.top / "store" / "one"
        one.rename(self.top / "old")
        (one / "deskbreak").mkdir(parents=True)
        (one / "deskbreak" / "config.toml").write_text("new")

    def everything_above_is_moved_away(self) -> None:
        self.config.rename(self.top / "config.old")

    def everything_is_deleted(self) -> None:
        shutil.rmtree(self.top / "store")


CHANGES = [name for name in vars(Home) if name[0] != "_"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_anywhere_on_the_way_is_noticed_and_what_comes_after_it_too(
    loop: asyncio.AbstractEventLoop, watched: Watched, tmp_path: Path, change: str
) -> None:
    home = Home(tmp_path)
    calls = watched([home.file], [])
    getattr(home, change)()
    spin(loop, lambda: calls, what=change)
    for text in ("once more", "and again, from nothing"):
        calls.clear()
        home.file.parent.resolve().mkdir(parents=True, exist_ok=True)
        home.file.write_text(text)
        spin(loop, lambda: calls, what=f"{change}, then {text}")


def test_the_dots_may_change_again_and_again(
    loop: asyncio.AbstractEventLoop, watched: Watched, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    calls = watched([home.file], [])
    for version in ("two", "one", "two"):
        calls.clear()
        point(home.dots, tmp_path / "store" / version)
        spin(loop, lambda: calls)
        assert home.file.read_text() == version


def test_links_in_a_circle_are_left_once_somebody_breaks_it(
    loop: asyncio.AbstractEventLoop, watched: Watched, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.symlink_to("second")
    second.symlink_to("first")
    calls = watched([first], [])
    second.unlink()
    second.write_text("here")
    spin(loop, lambda: calls)


def test_a_busy_folder_on_the_way_wakes_nobody(tmp_path: Path) -> None:
    home = Home(tmp_path.resolve())
    way = way_to(home.file)
    assert {folder.relative_to(home.top): names for folder, names in way.items() if names} == {
        Path(): {"dots"},
        Path("config"): {"deskbreak"},
        Path("store/one/deskbreak"): {"config.toml", "real.toml"},
    }
    assert way[Path("/")] == way[home.top.parent] == set()
