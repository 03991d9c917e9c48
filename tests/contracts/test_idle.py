"""What every IdleSource keeps to: those of real and played servers, and the one that tests play."""

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from deskbreak.core.events import Fact, IdleSourceFound, Sampled
from deskbreak.ports import IdleSource
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.idle import x11
from deskbreak.systems.linux.idle.mutter import MutterIdle
from deskbreak.systems.linux.idle.screensaver import ScreenSaverIdle
from deskbreak.systems.linux.idle.wayland import EXT_IDLE_NOTIFY, KDE_IDLE, WaylandIdle
from deskbreak.systems.linux.idle.x11 import XScreenSaverIdle, XSyncIdle
from deskbreak.systems.linux.wayland import WaylandLink
from tests.fakes.clock import ManualClock
from tests.fakes.compositor import FakeCompositor
from tests.fakes.idle import FakeIdle
from tests.fakes.mutter import FakeMutter
from tests.fakes.saver import FakeSaver
from tests.servers import require, xvfb
from tests.systems.linux.compositors import RealCompositor, sway
from tests.waiting import LIMIT_S, spin, spin_for

LONG = 60.0
ROUNDED = 0.01
"""How far the clocks of two programs are apart that count in milliseconds."""


class World(Protocol):
    """A source, what it posts, and a person at the keyboard.

    `answers`: the source can be asked. `short` is a threshold that it can keep up with. `time` is
    the clock by which it counts: that of a real server is nobody's to stop.
    """

    source: IdleSource
    facts: list[Fact]
    answers: bool
    short: float

    def time(self) -> float: ...

    def key(self) -> None: ...

    def pass_until(self, samples: int) -> None: ...

    def pass_time(self, seconds: float) -> None: ...


class FakeWorld:
    answers = True
    short = 0.12

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.clock = ManualClock()
        self.fake = FakeIdle(self.clock, self.facts.append)
        self.source: IdleSource = self.fake

    def time(self) -> float:
        return self.clock.awake

    def key(self) -> None:
        self.fake.key()

    def pass_until(self, samples: int) -> None:
        for _ in range(500):
            if len(samples_of(self.facts)) >= samples:
                return
            self.clock.advance(0.01)
        raise AssertionError(self.facts)

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)


class LiveWorld:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        key: Callable[[], None],
        *,
        real: bool = False,
        answers: bool = False,
        polled: bool = False,
    ) -> None:
        self.facts: list[Fact] = []
        self.loop = loop
        self.key = key
        self.answers = answers
        self.time = time.monotonic if real else loop.time
        self.short = 0.8 if polled else 0.12
        self.source: IdleSource

    def pass_until(self, samples: int) -> None:
        spin(self.loop, lambda: len(samples_of(self.facts)) >= samples)

    def pass_time(self, seconds: float) -> None:
        spin_for(self.loop, seconds)


def samples_of(facts: list[Fact]) -> list[float]:
    return [fact.idle_s for fact in facts if isinstance(fact, Sampled)]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    require("Xvfb", "xdotool")
    with xvfb() as name:
        yield name


@pytest.fixture(scope="module")
def real_sway() -> Iterator[RealCompositor]:
    with sway() as here:
        yield here


@pytest.fixture
def fake_world() -> World:
    return FakeWorld()


@pytest.fixture
def display_that_answers(display: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """However long it takes: on a busy machine that is longer than a source stands still for."""
    monkeypatch.setattr(x11, "_AT_ONCE_S", LIMIT_S)
    return display


@pytest.fixture
def xsync_world(loop: asyncio.AbstractEventLoop, display_that_answers: str) -> World:
    display = display_that_answers
    world = LiveWorld(loop, lambda: xdotool(display), real=True, answers=True)
    world.source = XSyncIdle(loop, world.facts.append, display)
    return world


@pytest.fixture
def xscreensaver_world(loop: asyncio.AbstractEventLoop, display_that_answers: str) -> World:
    display = display_that_answers
    world = LiveWorld(loop, lambda: xdotool(display), real=True, answers=True, polled=True)
    world.source = XScreenSaverIdle(loop, world.facts.append, display)
    return world


def xdotool(display: str) -> None:
    subprocess.run(["xdotool", "key", "a"], env={"DISPLAY": display}, check=True)


@pytest.fixture
def sway_world(loop: asyncio.AbstractEventLoop, real_sway: RealCompositor) -> World:
    """By whichever of the two protocols this sway has."""
    ready: list[bool] = []
    link = WaylandLink(loop, lambda: ready.append(True), lambda _why: None)
    link.begin(real_sway.path)
    spin(loop, lambda: ready)
    dialect = EXT_IDLE_NOTIFY if link.version(EXT_IDLE_NOTIFY.interface) else KDE_IDLE
    link.close()
    world = LiveWorld(loop, real_sway.key, real=True)
    world.source = WaylandIdle(loop, world.facts.append, real_sway.path, dialect)
    return world


@pytest.fixture
def ext_idle_world(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[World]:
    here = FakeCompositor(loop, tmp_path)
    world = LiveWorld(loop, here.key)
    world.source = WaylandIdle(loop, world.facts.append, here.path, EXT_IDLE_NOTIFY)
    yield world
    here.close()


@pytest.fixture
def mutter_world(loop: asyncio.AbstractEventLoop, bus: Bus, address: str) -> Iterator[World]:
    mutter = FakeMutter(loop, address)
    world = LiveWorld(loop, mutter.key)
    world.source = MutterIdle(loop, world.facts.append, bus)
    yield world
    mutter.stop()


@pytest.fixture
def screensaver_world(loop: asyncio.AbstractEventLoop, bus: Bus, address: str) -> Iterator[World]:
    saver = FakeSaver(loop, address)
    world = LiveWorld(loop, saver.key, polled=True)
    world.source = ScreenSaverIdle(loop, world.facts.append, bus, apart_s=0.02)
    yield world
    saver.stop()


WORLDS = ["fake", "xsync", "xscreensaver", "ext_idle", "sway", "mutter", "screensaver"]


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made: World = request.getfixturevalue(f"{request.param}_world")
    made.key()
    yield made
    made.source.close()


def test_it_says_that_it_is_there_before_anything_else(world: World) -> None:
    world.source.start()
    world.source.watch(world.short)
    world.pass_until(1)
    assert world.facts[0] == IdleSourceFound(world.source.name)
    assert len(world.facts) == 2


def test_the_threshold_and_the_next_input_are_told_once_each_and_nothing_between(
    world: World,
) -> None:
    world.source.start()
    world.source.watch(world.short)
    world.pass_until(1)
    (crossed,) = samples_of(world.facts)
    world.pass_time(0.1)
    assert samples_of(world.facts) == [crossed]
    assert crossed >= world.short
    since = world.time()
    world.key()
    world.pass_until(2)
    back = samples_of(world.facts)[1]
    assert back <= world.time() - since + ROUNDED
    world.pass_until(3)
    again = samples_of(world.facts)[2]
    assert world.short <= again <= world.time() - since + ROUNDED


def test_input_without_a_pause_is_never_told(world: World) -> None:
    """A machine that was too slow for it has made a pause, and tries again with more time."""
    pause, longest = 0.3, 0.3
    world.source.start()
    while longest >= pause:
        world.facts.clear()
        pause, longest = 2 * pause, 0.0
        world.key()
        world.source.watch(pause)
        for _ in range(7):
            since = world.time()
            world.pass_time(pause / 6)
            world.key()
            longest = max(longest, world.time() - since)
    assert samples_of(world.facts) == []


def test_a_threshold_that_is_past_already_is_told_at_once(world: World) -> None:
    world.source.start()
    world.source.watch(LONG)
    world.pass_time(0.1)
    assert samples_of(world.facts) == []
    world.source.watch(0.1)
    world.pass_until(1)
    assert samples_of(world.facts)[0] >= 0.1


def test_a_lower_threshold_tells_again_and_the_same_one_does_not(world: World) -> None:
    world.source.start()
    world.source.watch(world.short)
    world.pass_until(1)
    world.source.watch(world.short)
    world.pass_time(0.05)
    assert len(samples_of(world.facts)) == 1
    world.source.watch(world.short / 2)
    world.pass_until(2)
    assert samples_of(world.facts)[1] >= world.short


def test_a_higher_threshold_still_tells_the_next_input(world: World) -> None:
    """Whoever was told that there is no input goes by that until told otherwise."""
    world.source.start()
    world.source.watch(world.short)
    world.pass_until(1)
    world.source.watch(LONG)
    world.pass_time(0.05)
    since = world.time()
    world.key()
    world.pass_until(2)
    assert samples_of(world.facts)[1] <= world.time() - since + ROUNDED


def test_a_higher_threshold_is_told_when_it_is_reached_counted_from_the_last_input(
    world: World,
) -> None:
    world.source.start()
    world.source.watch(world.short)
    world.pass_until(1)
    world.source.watch(2 * world.short)
    world.pass_until(2)
    assert samples_of(world.facts)[1] >= 2 * world.short


def test_asked_it_tells_how_long_ago_the_last_input_was_or_that_it_is_not_for_asking(
    world: World,
) -> None:
    world.source.start()
    since = world.time()
    world.key()
    world.pass_time(0.03)
    before = world.source.idle_s()
    if not world.answers:
        assert before is None
        return
    assert before is not None
    assert before <= world.time() - since + ROUNDED
    world.pass_time(0.2)
    after = world.source.idle_s()
    assert after is not None
    assert before + 0.19 <= after <= world.time() - since + ROUNDED


def test_before_the_start_and_after_the_end_it_can_not_tell(world: World) -> None:
    assert world.source.idle_s() is None
    world.source.watch(world.short)
    world.source.start()
    world.source.close()
    world.source.close()
    world.pass_time(world.short + 0.1)
    assert world.source.idle_s() is None
    assert samples_of(world.facts) == []
