"""Quiet and input, as a source tells them, made into what the port promises."""

import asyncio

import pytest

from deskbreak.adapters.idle.reporting import Told
from deskbreak.core.events import Fact, Sampled
from tests.waiting import spin, spin_for


class Here:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.facts: list[Fact] = []
        self.armed: list[float] = []
        self.told = Told(loop, self.facts.append, self.armed.append)

    @property
    def samples(self) -> list[float]:
        return [round(fact.idle_s, 2) for fact in self.facts if isinstance(fact, Sampled)]


@pytest.fixture
def here(loop: asyncio.AbstractEventLoop) -> Here:
    return Here(loop)


def test_the_source_is_asked_to_tell_and_told_again_when_the_length_changes(here: Here) -> None:
    for threshold in (60, 60, 3):
        here.told.watch(threshold)
    assert here.armed == [60, 3]


def test_quiet_is_posted_once_and_input_once(here: Here) -> None:
    here.told.watch(60)
    here.told.quiet(60)
    here.told.quiet(60)
    here.told.input()
    here.told.input()
    assert here.samples == [60, 0]
    assert here.armed == [60, 60]


def test_quiet_for_less_than_is_wanted_waits(loop: asyncio.AbstractEventLoop, here: Here) -> None:
    here.told.watch(0.1)
    here.told.quiet(0.05)
    assert here.samples == []
    spin(loop, lambda: here.samples)
    assert 0.1 <= here.samples[0] < 0.2


def test_input_that_follows_a_quiet_nobody_was_told_of_is_not_told(
    loop: asyncio.AbstractEventLoop, here: Here
) -> None:
    here.told.watch(0.1)
    here.told.quiet(0.05)
    here.told.input()
    spin_for(loop, 0.1)
    assert here.samples == []


def test_a_new_length_is_never_answered_inside_the_call(
    loop: asyncio.AbstractEventLoop, here: Here
) -> None:
    here.told.watch(60)
    here.told.quiet(60)
    here.told.watch(2)
    assert here.samples == [60]
    spin(loop, lambda: len(here.samples) == 2)
    assert here.samples[1] >= 60


def test_a_better_date_of_the_last_input_is_told_as_well(here: Here) -> None:
    here.told.watch(3)
    here.told.quiet(3)
    here.told.quiet(43)
    here.told.quiet(10)
    assert [round(idle_s) for idle_s in here.samples] == [3, 43]


def test_whoever_was_told_of_quiet_hears_of_the_input_whatever_came_between(here: Here) -> None:
    here.told.watch(3)
    here.told.quiet(3)
    here.told.watch(60)
    here.told.quiet(50)  # a better date, and less than is wanted by now
    here.told.input()
    assert here.samples == [3, 0]


def test_after_forgetting_nothing_is_known(loop: asyncio.AbstractEventLoop, here: Here) -> None:
    here.told.watch(0.05)
    here.told.quiet(0.03)
    here.told.forget()
    here.told.input()
    spin_for(loop, 0.05)
    assert here.facts == []
