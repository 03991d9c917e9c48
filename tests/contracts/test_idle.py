"""What every IdleSource keeps to: those of the X server under Xvfb, and the one that tests play."""

import asyncio
import subprocess
from collections.abc import Iterator
from typing import Protocol

import pytest

from deskbreak.adapters.idle.xscreensaver import XScreenSaverIdle
from deskbreak.adapters.idle.xsync import XSyncIdle
from deskbreak.core.facts import Fact, IdleSourceFound, Sampled
from deskbreak.ports import IdleSource
from tests.fakes.clock import ManualClock
from tests.fakes.idle import FakeIdle
from tests.servers import require, xvfb
from tests.waiting import spin, spin_for

SHORT = 0.25
LONG = 60.0


class World(Protocol):
    """A source, what it posts, and a person at the keyboard."""

    source: IdleSource
    facts: list[Fact]

    def key(self) -> None: ...

    def pass_until(self, samples: int) -> None: ...

    def pass_time(self, seconds: float) -> None: ...


class FakeWorld:
    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.clock = ManualClock()
        self.fake = FakeIdle(self.clock, self.facts.append)
        self.source: IdleSource = self.fake

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


class XWorld:
    def __init__(
        self,
        kind: type[XSyncIdle] | type[XScreenSaverIdle],
        loop: asyncio.AbstractEventLoop,
        display: str,
    ) -> None:
        self.facts: list[Fact] = []
        self.loop = loop
        self.display = display
        self.source: IdleSource = kind(loop, self.facts.append, display)

    def key(self) -> None:
        subprocess.run(["xdotool", "key", "a"], env={"DISPLAY": self.display}, check=True)

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


@pytest.fixture(params=["xsync", "xscreensaver", "fake"])
def world(request: pytest.FixtureRequest, loop: asyncio.AbstractEventLoop) -> Iterator[World]:
    made: World
    if request.param == "fake":
        made = FakeWorld()
    else:
        kind = XSyncIdle if request.param == "xsync" else XScreenSaverIdle
        made = XWorld(kind, loop, request.getfixturevalue("display"))
    made.key()
    yield made
    made.source.close()


def test_it_says_that_it_is_there_before_anything_else(world: World) -> None:
    world.source.start()
    world.source.watch(SHORT)
    world.pass_until(1)
    assert world.facts[0] == IdleSourceFound(world.source.name)
    assert len(world.facts) == 2


def test_the_threshold_and_the_next_input_are_told_once_each_and_nothing_between(
    world: World,
) -> None:
    world.source.start()
    world.source.watch(SHORT)
    world.pass_until(1)
    world.pass_time(0.2)
    crossed = samples_of(world.facts)
    world.key()
    world.pass_until(2)
    world.pass_until(3)
    _, back, again = samples_of(world.facts)
    assert len(crossed) == 1
    assert SHORT <= crossed[0] < SHORT + 0.3
    assert back < SHORT
    assert SHORT <= again < SHORT + 0.3


def test_input_without_a_pause_is_never_told(world: World) -> None:
    world.source.start()
    world.source.watch(0.8)
    for _ in range(11):
        world.key()
        world.pass_time(0.08)
    assert samples_of(world.facts) == []


def test_a_threshold_that_is_past_already_is_told_at_once(world: World) -> None:
    world.source.start()
    world.source.watch(LONG)
    world.pass_time(0.15)
    assert samples_of(world.facts) == []
    world.source.watch(0.1)
    world.pass_until(1)
    assert 0.1 <= samples_of(world.facts)[0] < 1


def test_a_lower_threshold_tells_again_and_the_same_one_does_not(world: World) -> None:
    world.source.start()
    world.source.watch(SHORT)
    world.pass_until(1)
    world.source.watch(SHORT)
    world.pass_time(0.05)
    assert len(samples_of(world.facts)) == 1
    world.source.watch(SHORT / 2)
    world.pass_until(2)
    assert samples_of(world.facts)[1] >= SHORT


def test_a_higher_threshold_still_tells_the_next_input(world: World) -> None:
    """Whoever was told that there is no input goes by that until told otherwise."""
    world.source.start()
    world.source.watch(SHORT)
    world.pass_until(1)
    world.source.watch(LONG)
    world.pass_time(0.05)
    world.key()
    world.pass_until(2)
    assert samples_of(world.facts)[1] < SHORT


def test_asked_it_tells_how_long_ago_the_last_input_was(world: World) -> None:
    world.source.start()
    world.key()
    before = world.source.idle_s()
    world.pass_time(0.2)
    after = world.source.idle_s()
    assert before is not None
    assert after is not None
    assert before < 0.15
    assert 0.19 <= after < 0.6


def test_before_the_start_and_after_the_end_it_can_not_tell(world: World) -> None:
    assert world.source.idle_s() is None
    world.source.watch(SHORT)
    world.source.start()
    world.source.close()
    world.source.close()
    world.pass_time(SHORT + 0.1)
    assert world.source.idle_s() is None
    assert samples_of(world.facts) == []
