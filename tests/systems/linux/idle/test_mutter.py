"""Mutter's idle monitor: what comes and goes, and what keeps the screen awake."""

import asyncio
from collections.abc import Iterator

import pytest

from deskbreak.core.events import Fact, IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.idle.mutter import MutterIdle
from tests.fakes.mutter import FakeMutter
from tests.waiting import spin, spin_for


@pytest.fixture
def mutter(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[FakeMutter]:
    made = FakeMutter(loop, address)
    yield made
    made.stop()


@pytest.fixture
def facts() -> list[Fact]:
    return []


@pytest.fixture
def source(loop: asyncio.AbstractEventLoop, bus: Bus, facts: list[Fact]) -> Iterator[MutterIdle]:
    made = MutterIdle(loop, facts.append, bus)
    yield made
    made.close()


def samples(facts: list[Fact]) -> list[float]:
    return [fact.idle_s for fact in facts if isinstance(fact, Sampled)]


def test_without_mutter_it_says_so(
    loop: asyncio.AbstractEventLoop, source: MutterIdle, facts: list[Fact]
) -> None:
    source.start()
    spin(loop, lambda: facts)
    assert facts == [IdleSourceLost("no Mutter is on the session bus")]


def test_the_true_idle_time_is_told_where_the_threshold_is_long_past(
    loop: asyncio.AbstractEventLoop, mutter: FakeMutter, source: MutterIdle, facts: list[Fact]
) -> None:
    mutter._last_input -= 42
    source.start()
    source.watch(3)
    spin(loop, lambda: samples(facts))
    assert 42 <= samples(facts)[0] < 43


def test_no_watch_is_left_behind(
    loop: asyncio.AbstractEventLoop, mutter: FakeMutter, source: MutterIdle, facts: list[Fact]
) -> None:
    source.start()
    for threshold in (60, 3, 60, 0.02):
        source.watch(threshold)
    spin(loop, lambda: samples(facts))
    assert sorted(mutter.watches.values()) == [0, 20]
    source.close()
    spin(loop, lambda: not mutter.watches)


def test_a_shell_that_restarts_is_found_again(
    loop: asyncio.AbstractEventLoop,
    mutter: FakeMutter,
    source: MutterIdle,
    facts: list[Fact],
    address: str,
) -> None:
    source.start()
    source.watch(0.05)
    spin(loop, lambda: samples(facts))
    mutter.stop()
    spin(loop, lambda: isinstance(facts[-1], IdleSourceLost))
    again = FakeMutter(loop, address)
    spin(loop, lambda: len(samples(facts)) == 2)
    assert facts.count(IdleSourceFound("mutter")) == 2
    again.stop()


def test_while_a_film_plays_the_idle_time_is_asked_for_when_it_can_have_been_reached(
    loop: asyncio.AbstractEventLoop, mutter: FakeMutter, source: MutterIdle, facts: list[Fact]
) -> None:
    source.start()
    source.watch(0.4)
    spin(loop, lambda: mutter.watches)
    mutter.keep_awake(True)
    mutter.calls.clear()
    spin(loop, lambda: samples(facts))
    assert 0.4 <= samples(facts)[0] < 0.8
    asked = [member for member, _ in mutter.calls]
    assert asked.count("GetIdletime") <= 4
    spin_for(loop, 0.3)
    assert [member for member, _ in mutter.calls] == asked, "nothing is asked while away"
    mutter.key()
    spin(loop, lambda: len(samples(facts)) == 2)
    assert samples(facts)[1] == 0
    spin(loop, lambda: len(samples(facts)) == 3, what="the next pause is noticed as well")


def test_a_film_that_ends_does_not_look_like_input(
    loop: asyncio.AbstractEventLoop, mutter: FakeMutter, source: MutterIdle, facts: list[Fact]
) -> None:
    source.start()
    source.watch(0.1)
    spin(loop, lambda: mutter.watches)
    mutter.keep_awake(True)
    spin(loop, lambda: samples(facts))
    mutter.keep_awake(False)  # Mutter itself counts from here again
    spin_for(loop, 0.2)
    assert len(samples(facts)) == 1


def test_a_film_that_was_on_before_is_known_of(
    loop: asyncio.AbstractEventLoop, mutter: FakeMutter, source: MutterIdle, facts: list[Fact]
) -> None:
    mutter.keep_awake(True)
    source.start()
    source.watch(0.1)
    spin(loop, lambda: samples(facts))
