"""What every Waker keeps to: APScheduler on a real loop, and the one on a clock that tests move."""

import asyncio
import math
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from deskbreak.adapters.waker import AlarmWaker
from deskbreak.ports import Waker
from tests.fakes.clock import ManualClock
from tests.fakes.waker import ManualWaker
from tests.waiting import spin, spin_for

SOON = 0.03
LATER = 0.08


class World(Protocol):
    """A waker together with the time it lives in."""

    rings: list[float]
    on_ring: list[Callable[[], None]]

    @property
    def waker(self) -> Waker: ...

    def time(self) -> float: ...

    def pass_until_rung(self, times: int) -> None: ...

    def pass_time(self, seconds: float) -> None: ...


class RealWorld:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.rings: list[float] = []
        self.on_ring: list[Callable[[], None]] = []
        self.waker = AlarmWaker(loop, self.rung)

    def rung(self) -> None:
        self.rings.append(self.time())
        if self.on_ring:
            self.on_ring.pop(0)()

    def time(self) -> float:
        return self.loop.time()

    def pass_until_rung(self, times: int) -> None:
        spin(self.loop, lambda: len(self.rings) >= times)

    def pass_time(self, seconds: float) -> None:
        spin_for(self.loop, seconds)


class ManualWorld:
    def __init__(self) -> None:
        self.clock = ManualClock()
        self.rings: list[float] = []
        self.on_ring: list[Callable[[], None]] = []
        self.waker = ManualWaker(self.clock, self.rung)

    def rung(self) -> None:
        self.rings.append(self.time())
        if self.on_ring:
            self.on_ring.pop(0)()

    def time(self) -> float:
        return self.clock.awake

    def pass_until_rung(self, times: int) -> None:
        self.clock.advance(5.0)
        assert len(self.rings) >= times

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)


@pytest.fixture(params=["apscheduler", "manual"])
def world(request: pytest.FixtureRequest, loop: asyncio.AbstractEventLoop) -> Iterator[World]:
    made: World = RealWorld(loop) if request.param == "apscheduler" else ManualWorld()
    yield made
    made.waker.close()


def test_it_rings_once_when_the_time_is_over(world: World) -> None:
    start = world.time()
    world.waker.wake_in(SOON)
    world.pass_until_rung(1)
    world.pass_time(LATER)
    assert len(world.rings) == 1
    assert SOON - 0.001 <= world.rings[0] - start < SOON + 0.5


@pytest.mark.parametrize("seconds", [0, -3, 1e-9])
def test_no_time_at_all_rings_as_soon_as_possible_but_not_before_the_call_returns(
    world: World, seconds: float
) -> None:
    world.waker.wake_in(seconds)
    assert world.rings == []
    world.pass_until_rung(1)
    assert len(world.rings) == 1


def test_the_latest_call_counts(world: World) -> None:
    start = world.time()
    world.waker.wake_in(SOON)
    world.waker.wake_in(3600)
    world.waker.wake_in(LATER)
    world.pass_until_rung(1)
    world.pass_time(SOON)
    assert len(world.rings) == 1
    assert world.rings[0] - start >= LATER - 0.001


def test_none_disarms(world: World) -> None:
    world.waker.wake_in(SOON)
    world.waker.wake_in(None)
    world.waker.wake_in(None)
    world.pass_time(LATER)
    assert world.rings == []


def test_it_can_be_set_again_while_it_rings(world: World) -> None:
    world.on_ring = [lambda: world.waker.wake_in(SOON), lambda: world.waker.wake_in(0)]
    world.waker.wake_in(0)
    world.pass_until_rung(3)
    world.pass_time(SOON)
    assert len(world.rings) == 3


def test_it_can_be_disarmed_while_it_rings(world: World) -> None:
    world.on_ring = [lambda: world.waker.wake_in(None)]
    world.waker.wake_in(0)
    world.pass_until_rung(1)
    world.pass_time(SOON)
    assert len(world.rings) == 1


@pytest.mark.parametrize("seconds", [30 * 86400.0, 1e18, math.inf])
def test_a_time_far_away_is_no_trouble(world: World, seconds: float) -> None:
    world.waker.wake_in(seconds)
    world.pass_time(SOON)
    assert world.rings == []
    world.waker.wake_in(0)
    world.pass_until_rung(1)


def test_something_that_is_no_number_is_refused_and_changes_nothing(world: World) -> None:
    world.waker.wake_in(SOON)
    with pytest.raises(ValueError, match="number"):
        world.waker.wake_in(math.nan)
    world.pass_until_rung(1)


def test_after_close_nothing_rings_and_nothing_breaks(world: World) -> None:
    world.waker.wake_in(SOON)
    world.waker.close()
    world.waker.wake_in(0)
    world.waker.wake_in(None)
    world.waker.close()
    world.pass_time(LATER)
    assert world.rings == []
