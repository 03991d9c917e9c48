"""What every HoldSource keeps to: each probe with a real server where one can be had."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.holds.probes import Holds, Part
from deskbreak.adapters.holds.reason import Reason
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.settings.model import Hold, Presence, Settings
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.holds import choose as module
from deskbreak.systems.linux.holds.camera import CameraProbe
from deskbreak.systems.linux.holds.choose import choose_holds
from tests.fakes.compositor import FakeCompositor
from tests.fakes.holds import FakeHolds
from tests.fakes.inhibitors import FakeLogindBook
from tests.servers import Desktop, desktop, require
from tests.systems.linux.holds.servers import (
    pictures,
    pipewire,
    record,
    sound_server,
    until_managed,
    window,
)
from tests.waiting import spin, spin_for

NOTHING = {"calls", "camera", "screen_share", "fullscreen", "do_not_disturb", "calendar"}


class World:
    """One reason, and a way to make it so; `switch` is its setting."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, reason: HoldReason, switch: str, detail: str
    ) -> None:
        self.loop = loop
        self.reason = reason
        self.switch = switch
        self.detail = detail
        self.facts: list[Fact] = []
        self.settings = Settings()
        self.source: Any
        self.begin: Callable[[], object]
        self.end: Callable[[], object]
        self.turn(True)

    def turn(self, on: bool) -> None:
        """Want this one reason, or none at all."""
        hold: dict[str, Any] = dict.fromkeys(NOTHING, False)
        if self.switch == "apps":
            hold["apps"] = ("Editor",) if on else ()
        elif self.switch != "inhibitors":
            hold[self.switch] = on
        presence = Presence(count_inhibitors=on and self.switch == "inhibitors")
        self.settings = Settings(hold=Hold(**hold), presence=presence)

    def by(self, make: Callable[[], AbstractContextManager[Any]]) -> None:
        """It is so as long as a context lasts."""
        stack = ExitStack()
        self.begin = lambda: stack.enter_context(make())
        self.end = stack.close

    def choose(self, environ: dict[str, str], session: Bus | None, system: Bus | None) -> None:
        self.source = choose_holds(
            self.loop, self.facts.append, lambda: self.settings, environ, session, system
        )

    def until(self, *facts: Fact) -> None:
        spin(self.loop, lambda: len(self.facts) >= len(facts))
        assert self.facts == list(facts)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STEADY_S", 0.03)
    monkeypatch.setattr("deskbreak.systems.linux.holds.windows._REST_S", 0.02)


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    require("dunstctl")
    with desktop(window_manager=True, notifications="dunst") as made:
        until_managed(made)
        yield made


@pytest.fixture(scope="module")
def sound() -> Iterator[dict[str, str]]:
    with sound_server() as env:
        yield env


@pytest.fixture(scope="module")
def video() -> Iterator[dict[str, str]]:
    with pipewire() as env:
        yield env


@contextmanager
def bus_at(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[Bus]:
    bus = Bus(loop, "session", address)
    bus.start()
    yield bus
    bus.close()


@pytest.fixture
def fake_world(loop: asyncio.AbstractEventLoop) -> World:
    world = World(loop, HoldReason.CALL, "calls", "Zoom")
    fake = FakeHolds(world.facts.append, lambda: world.settings)
    world.source = fake
    world.begin = lambda: fake.begin(HoldReason.CALL, "Zoom")
    world.end = lambda: fake.end(HoldReason.CALL)
    return world


@pytest.fixture
def microphone_world(loop: asyncio.AbstractEventLoop, sound: dict[str, str]) -> World:
    world = World(loop, HoldReason.CALL, "calls", "Zoom")
    world.by(lambda: record(sound))
    world.choose(sound, None, None)
    return world


@pytest.fixture
def screen_share_world(loop: asyncio.AbstractEventLoop, video: dict[str, str]) -> World:
    world = World(loop, HoldReason.SCREEN_SHARE, "screen_share", "")
    world.by(lambda: pictures(video, "Stream/Output/Video"))
    world.choose(video, None, None)
    return world


@pytest.fixture
def camera_world(
    request: pytest.FixtureRequest, loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> World:
    world = World(loop, HoldReason.CAMERA, "camera", Path("/proc/self/comm").read_text().strip())
    device = tmp_path / "video0"
    device.touch()

    def make() -> CameraProbe:
        reason = Reason(loop, world.facts.append, HoldReason.CAMERA, 0.03)
        return CameraProbe(loop, reason, {"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path)

    world.by(device.open)
    part = Part("camera", "hold.camera", lambda settings: settings.hold.camera, make)
    world.source = Holds((part,), lambda: world.settings)
    return world


@pytest.fixture
def full_screen_world(loop: asyncio.AbstractEventLoop, screen: Desktop) -> World:
    world = World(loop, HoldReason.FULLSCREEN, "fullscreen", "cinema")
    world.by(lambda: window(screen.env, "Cinema", fills_screen=True))
    world.choose(screen.env, None, None)
    return world


@pytest.fixture
def wayland_world(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[World]:
    world = World(loop, HoldReason.APP, "apps", "Editor")
    here = FakeCompositor(loop, tmp_path)
    world.begin = lambda: here.open_window("org.example.editor", 2)
    world.end = here.close_windows
    world.choose({"WAYLAND_DISPLAY": here.path}, None, None)
    yield world
    here.close()


@pytest.fixture
def dunst_world(loop: asyncio.AbstractEventLoop, screen: Desktop) -> Iterator[World]:
    world = World(loop, HoldReason.DO_NOT_DISTURB, "do_not_disturb", "")
    world.begin = lambda: screen.run("dunstctl", "set-paused", "true")
    world.end = lambda: screen.run("dunstctl", "set-paused", "false")
    with bus_at(loop, screen.bus) as bus:
        world.choose(screen.env, bus, None)
        yield world
    world.end()


@pytest.fixture
def inhibitor_world(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[World]:
    world = World(loop, HoldReason.INHIBITOR, "inhibitors", "mpv")
    logind = FakeLogindBook(loop, address)
    world.begin = lambda: logind.keep_awake("mpv")
    world.end = lambda: logind.let_sleep("mpv")
    with bus_at(loop, address) as bus:
        world.choose({}, None, bus)
        yield world
    logind.stop()


WORLDS = [
    "fake", "microphone", "screen_share", "camera", "full_screen", "wayland", "dunst", "inhibitor",
]  # fmt: skip


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made: World = request.getfixturevalue(f"{request.param}_world")
    yield made
    made.end()
    made.source.close()


def test_what_is_so_at_the_start_is_told_and_its_end_as_well(world: World) -> None:
    world.begin()
    spin_for(world.loop, 0.05)
    assert world.facts == []
    world.source.start()
    world.until(HoldBegan(world.reason, world.detail))
    world.end()
    world.until(HoldBegan(world.reason, world.detail), HoldEnded(world.reason))


def test_it_comes_and_goes_and_closing_ends_it(world: World) -> None:
    began, ended = HoldBegan(world.reason, world.detail), HoldEnded(world.reason)
    world.source.start()
    spin_for(world.loop, 0.1)
    assert world.facts == []
    world.begin()
    world.until(began)
    world.source.close()
    assert world.facts == [began, ended]
    world.end()
    spin_for(world.loop, 0.1)
    assert world.facts == [began, ended]


def test_the_settings_switch_it_off_and_on_again(world: World) -> None:
    began, ended = HoldBegan(world.reason, world.detail), HoldEnded(world.reason)
    world.turn(False)
    world.source.start()
    world.begin()
    spin_for(world.loop, 0.1)
    assert world.facts == []
    world.turn(True)
    world.source.refresh()
    world.until(began)
    world.turn(False)
    world.source.refresh()
    assert world.facts == [began, ended]
    if not isinstance(world.source, FakeHolds):
        assert not any(row.works for row in world.source.capabilities())
