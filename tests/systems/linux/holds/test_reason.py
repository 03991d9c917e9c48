"""One reason out of what several say, and trying again."""

import asyncio
from pathlib import Path

import pytest

from deskbreak.adapters.holds.reason import Reason
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.systems.linux.holds.listeners import Again
from tests.waiting import spin, spin_for

BEGAN, ENDED = HoldBegan(HoldReason.CALL, "Zoom"), HoldEnded(HoldReason.CALL)


@pytest.fixture
def at_once(loop: asyncio.AbstractEventLoop, facts: list[Fact]) -> Reason:
    return Reason(loop, facts.append, HoldReason.CALL)


def test_any_of_them_is_enough_and_all_must_be_gone(at_once: Reason, facts: list[Fact]) -> None:
    at_once.says("one", None)
    at_once.says("one", "Zoom")
    at_once.says("two", "Teams")
    at_once.says("one", None)
    assert facts == [BEGAN]
    at_once.says("two", None)
    assert facts == [BEGAN, ENDED]


def test_saying_the_same_again_is_no_news(at_once: Reason, facts: list[Fact]) -> None:
    for _ in range(3):
        at_once.says("one", "Zoom")
    assert facts == [BEGAN]


def test_a_name_is_taken_from_whoever_knows_one(at_once: Reason, facts: list[Fact]) -> None:
    at_once._steady_s = 0
    at_once._by["one"] = ""
    at_once.says("two", "Zoom")
    assert facts == [BEGAN]


def test_closing_ends_it_once(at_once: Reason, facts: list[Fact]) -> None:
    at_once.close()
    at_once.says("one", "Zoom")
    at_once.close()
    at_once.close()
    assert facts == [BEGAN, ENDED]


def test_what_comes_and_goes_in_a_moment_is_not_told(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    steady = Reason(loop, facts.append, HoldReason.CALL, 0.05)
    steady.says("one", "Zoom")
    spin_for(loop, 0.02)
    steady.says("one", None)
    spin_for(loop, 0.06)
    assert facts == []
    steady.says("one", "Zoom")
    spin(loop, lambda: facts)
    assert facts == [BEGAN]
    steady.says("one", None)
    assert facts == [BEGAN, ENDED]


class Attempts:
    def __init__(self, loop: asyncio.AbstractEventLoop, path: Path | None = None) -> None:
        self.made: list[float] = []
        self.loop = loop
        self.again = Again(loop, self.attempt, path)
        self.again.pauses.first_s = 0.02

    def attempt(self) -> None:
        self.made.append(self.loop.time())
        self.again.fail()


def test_it_is_tried_again_later_each_time(loop: asyncio.AbstractEventLoop) -> None:
    tries = Attempts(loop)
    tries.attempt()
    spin(loop, lambda: len(tries.made) == 4)
    first, second, third, fourth = tries.made
    assert second - first < third - second < fourth - third
    tries.again.close()
    spin_for(loop, 0.05)
    assert len(tries.made) == 4


def test_a_socket_that_is_not_there_is_waited_for_without_trying(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    path = tmp_path / "pulse" / "native"
    tries = Attempts(loop, path)
    tries.attempt()
    spin_for(loop, 0.1)
    assert len(tries.made) == 1
    path.parent.mkdir()
    spin_for(loop, 0.3)
    path.touch()
    spin(loop, lambda: len(tries.made) == 2)
    tries.again.close()
