"""The asked screen saver: which unit it speaks, and whether it speaks at all."""

import asyncio
from collections.abc import Iterator

import pytest

from deskbreak.core.events import Fact, IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.idle.screensaver import ScreenSaverIdle, seconds_per_unit
from tests.fakes.saver import FakeSaver
from tests.waiting import spin, spin_for


@pytest.fixture
def facts() -> list[Fact]:
    return []


@pytest.fixture
def source(
    loop: asyncio.AbstractEventLoop, bus: Bus, facts: list[Fact]
) -> Iterator[ScreenSaverIdle]:
    made = ScreenSaverIdle(loop, facts.append, bus, apart_s=0.02)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("first", "second", "unit"),
    [
        (61_000, 63_004, 0.001),
        (61, 63, 1.0),
        (61, 64, 1.0),
        (0, 1, 1.0),
        (61_000, 61_000, None),
        (61_000, 40, None),
        (0, 0, None),
        (0, 60, None),
    ],
)
def test_two_answers_two_seconds_apart_tell_the_unit(
    first: int, second: int, unit: float | None
) -> None:
    assert seconds_per_unit(first, second, 2.0) == unit


def test_milliseconds_are_found_out(
    loop: asyncio.AbstractEventLoop, address: str, source: ScreenSaverIdle, facts: list[Fact]
) -> None:
    saver = FakeSaver(loop, address)
    source.start()
    source.watch(0.1)
    spin(loop, lambda: len(facts) == 2)
    assert facts[0] == IdleSourceFound("screensaver")
    assert isinstance(facts[1], Sampled)
    assert 0.1 <= facts[1].idle_s < 0.6
    saver.stop()
    spin(loop, lambda: facts[2:] == [IdleSourceLost("no screen saver is on the session bus")])


def test_seconds_are_found_out(
    loop: asyncio.AbstractEventLoop, bus: Bus, address: str, facts: list[Fact]
) -> None:
    saver = FakeSaver(loop, address, per_second=1)
    saver._last_input -= 41.9
    source = ScreenSaverIdle(loop, facts.append, bus, apart_s=0.3)
    source.start()
    source.watch(10)
    spin(loop, lambda: len(facts) == 2)
    assert facts[1] in (Sampled(42.0), Sampled(43.0))
    source.close()
    saver.stop()


def test_before_the_unit_is_known_nothing_is_claimed(
    loop: asyncio.AbstractEventLoop, address: str, source: ScreenSaverIdle, facts: list[Fact]
) -> None:
    saver = FakeSaver(loop, address)
    saver.stuck = 7
    source.start()
    source.watch(0.01)
    spin(loop, lambda: len(saver.calls) > 3)
    assert facts == []
    saver.stop()


def test_one_that_refuses_is_quoted(
    loop: asyncio.AbstractEventLoop, address: str, source: ScreenSaverIdle, facts: list[Fact]
) -> None:
    saver = FakeSaver(loop, address)
    saver.refuses = True
    source.start()
    spin(loop, lambda: facts)
    assert isinstance(facts[0], IdleSourceLost)
    assert "not on this platform" in facts[0].why
    spin_for(loop, 0.1)
    assert len(saver.calls) == 1, "it is not asked again and again"
    saver.stop()
