"""The window in front: on X11 with a window manager, on Wayland with a compositor that tells."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.settings.model import Hold
from deskbreak.systems.linux.holds.windows import Front, WindowProbe, WlrFront
from tests.fakes.compositor import FakeCompositor
from tests.servers import Desktop, desktop, require, running, xvfb
from tests.systems.linux.holds.conftest import Reasons
from tests.systems.linux.holds.servers import until_managed, window
from tests.waiting import spin, spin_for

IN_FRONT, FILLS_SCREEN = 2, 3
FULL = HoldReason.FULLSCREEN


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskbreak.systems.linux.holds.windows._REST_S", 0.02)


@pytest.fixture
def here(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[FakeCompositor]:
    made = FakeCompositor(loop, tmp_path)
    yield made
    made.close()


Probes = Callable[..., WindowProbe]


@pytest.fixture
def probe(loop: asyncio.AbstractEventLoop, reason: Reasons) -> Iterator[Probes]:
    made: list[WindowProbe] = []

    def make(environ: dict[str, str], hold: Callable[[], Hold] = Hold) -> WindowProbe:
        found = WindowProbe(loop, reason(FULL), reason(HoldReason.APP), hold, environ)
        found.again.pauses.first_s = 0.05
        found.start()
        made.append(found)
        return found

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize(
    ("names", "listed", "found"),
    [
        (("code", "Code", "electron"), ("CODE",), "CODE"),
        (("org.example.Editor",), ("editor",), "editor"),
        (("org.example.Editor",), ("org.example.editor",), "org.example.editor"),
        (("xterm",), ("term", "xter"), None),
        ((), ("xterm",), None),
    ],
)
def test_a_program_is_known_by_any_of_its_names(
    names: tuple[str, ...], listed: tuple[str, ...], found: str | None
) -> None:
    assert Front(names, fills_screen=False).is_one_of(listed) == found


def test_our_own_windows_are_no_reason_to_keep_quiet(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, probe: Probes, facts: list[Fact]
) -> None:
    probe({"WAYLAND_DISPLAY": here.path}, lambda: Hold(apps=("deskbreak",)))
    ours = here.open_window("deskbreak", IN_FRONT, FILLS_SCREEN)
    spin(loop, lambda: ours.numbers)
    spin_for(loop, 0.05)
    assert facts == []


def test_on_wayland_full_screen_comes_and_goes_with_the_focus(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, probe: Probes, facts: list[Fact]
) -> None:
    film = here.open_window("mpv", FILLS_SCREEN)
    probe({"WAYLAND_DISPLAY": here.path})
    spin(loop, lambda: film.numbers)
    spin_for(loop, 0.05)
    assert facts == [], "it fills another screen, and somebody works on this one"
    here.change_window(film, IN_FRONT, FILLS_SCREEN)
    spin(loop, lambda: facts)
    assert facts == [HoldBegan(FULL, "mpv")]
    here.change_window(film, IN_FRONT)
    spin(loop, lambda: len(facts) == 2)
    here.change_window(film, IN_FRONT, FILLS_SCREEN)
    spin(loop, lambda: len(facts) == 3)
    here.close_window(film)
    spin(loop, lambda: len(facts) == 4)
    assert facts[3] == HoldEnded(FULL)


def test_a_title_that_changes_all_the_time_does_not_keep_us_busy(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.systems.linux.holds.windows._REST_S", 0.2)
    told: list[Front | None] = []
    watch = WlrFront(loop, told.append, lambda _why: None, here.path)
    watch.open()
    terminal = here.open_window("foot", IN_FRONT)
    spin(loop, lambda: told)
    read = 0
    take = watch._link._take

    def counted(buffer: bytearray) -> None:
        nonlocal read
        read += 1
        take(buffer)

    watch._link._take = counted
    for second in range(60):
        here.change_window(terminal, IN_FRONT, title=f"{second} %")
        spin_for(loop, 0.005)
    assert read <= 3
    watch.close()


def test_a_compositor_that_does_not_tell_is_asked_once(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, probe: Probes
) -> None:
    silent = FakeCompositor(loop, tmp_path, {"wl_seat": 7})
    found = probe({"WAYLAND_DISPLAY": silent.path}, lambda: Hold(apps=("x",)))
    spin(loop, lambda: not found.capabilities()[0].works)
    assert [(row.name, row.works) for row in found.capabilities()] == [
        ("full screen", False),
        ("apps", False),
    ]
    assert "does not say" in found.capabilities()[0].why
    spin_for(loop, 0.15)
    assert silent.clients == []
    silent.close()


def test_a_compositor_that_comes_back_is_found_again(
    loop: asyncio.AbstractEventLoop, tmp_path: Path, probe: Probes, facts: list[Fact]
) -> None:
    first = FakeCompositor(loop, tmp_path)
    first.open_window("mpv", IN_FRONT, FILLS_SCREEN)
    probe({"WAYLAND_DISPLAY": first.path})
    spin(loop, lambda: facts)
    first.close()
    spin(loop, lambda: len(facts) == 2)
    second = FakeCompositor(loop, tmp_path)
    second.open_window("mpv", IN_FRONT, FILLS_SCREEN)
    spin(loop, lambda: len(facts) == 3)
    assert facts == [HoldBegan(FULL, "mpv"), HoldEnded(FULL), HoldBegan(FULL, "mpv")]
    second.close()


def test_without_a_screen_it_says_so(probe: Probes) -> None:
    (row,) = probe({}).capabilities()
    assert not row.works
    assert "DISPLAY" in row.why


# ------------------------------------------------------------------------------ X11


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    with desktop(window_manager=True) as made:
        until_managed(made)
        yield made


def test_on_x11_a_listed_program_counts_while_it_is_in_front(
    loop: asyncio.AbstractEventLoop, screen: Desktop, probe: Probes, facts: list[Fact]
) -> None:
    found = probe(screen.env, lambda: Hold(apps=("editor",)))
    with window(screen.env, "Editor"):
        spin(loop, lambda: facts)
        assert facts == [HoldBegan(HoldReason.APP, "editor")]
        with window(screen.env, "Game", fills_screen=True):
            spin(loop, lambda: len(facts) == 3)
            assert set(facts[1:]) == {HoldEnded(HoldReason.APP), HoldBegan(FULL, "game")}
        spin(loop, lambda: len(facts) == 5)
        assert set(facts[3:]) == {HoldEnded(FULL), HoldBegan(HoldReason.APP, "editor")}
    assert all(row.works for row in found.capabilities())


@pytest.mark.usefixtures("other_programs")
def test_a_window_manager_may_come_later(
    loop: asyncio.AbstractEventLoop, probe: Probes, facts: list[Fact]
) -> None:
    require("openbox")
    with xvfb() as display:
        env = {"DISPLAY": display, "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
        found = probe(env)
        told = "window manager does not say"
        spin(loop, lambda: told in found.capabilities()[0].why)
        with running(["openbox"], env):
            spin(loop, lambda: found.capabilities()[0].works)
            with window(env, "Game", fills_screen=True):
                spin(loop, lambda: facts)
    spin(loop, lambda: not found.capabilities()[0].works, what="the end of the server is noticed")
    assert facts == [HoldBegan(FULL, "game"), HoldEnded(FULL)]
