"""Questions to somebody who is slow: nothing but a No is a No."""

import asyncio
from collections.abc import Iterator

import pytest
from jeepney import Message

from deskbreak.backoff import Backoff
from deskbreak.systems.linux.dbus.bus import PATIENCE_S, Bus
from deskbreak.systems.linux.dbus.types import Address, Body, Refused
from tests.fakes.service import Service
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop
NAME = "org.example.Oracle"
ORACLE = Address(NAME, "/", NAME)


class Oracle(Service):
    """Answers with the number of the question; refuses where `error` is set."""

    error = ""

    def called(self, member: str, message: Message) -> None:
        if self.error:
            self.refuse(message, self.error)
        else:
            self.reply(message, "u", (len(self.calls),))


@pytest.fixture
def oracle(loop: Loop, address: str, bus: Bus) -> Iterator[Oracle]:
    spin(loop, lambda: bus.up)
    oracle = Oracle(loop, address, NAME)
    yield oracle
    oracle.stop()


def test_pauses_grow_to_an_end_and_begin_anew() -> None:
    again = Backoff(2, 10)
    assert [again.pause_s() for _ in range(5)] == [2, 4, 8, 10, 10]
    again.reset()
    assert again.pause_s() == 2


@pytest.mark.parametrize("late_s", [0, 1, PATIENCE_S + 1, 3600])
def test_an_answer_counts_whenever_it_comes(
    loop: Loop, bus: Bus, oracle: Oracle, late_s: float
) -> None:
    said: list[Body] = []
    oracle.silent = True
    bus.enquire(ORACLE, "Ask", on_reply=said.append)
    spin_for(loop, late_s)
    oracle.speak()
    spin(loop, lambda: said)
    spin_for(loop, 1)
    assert said == [(1,)], "once, however often it was asked"


def test_it_is_asked_again_and_ever_more_rarely(loop: Loop, bus: Bus, oracle: Oracle) -> None:
    oracle.silent = True
    bus.enquire(ORACLE, "Ask", on_reply=lambda _body: None)
    spin_for(loop, 600)
    assert 4 <= len(oracle._held) <= 8


@pytest.mark.parametrize("name", ["NoReply", "Timeout", "TimedOut"])
def test_a_bus_that_says_that_nobody_answered_has_not_heard_a_no(
    loop: Loop, bus: Bus, oracle: Oracle, name: str
) -> None:
    said: list[object] = []
    oracle.error = f"org.freedesktop.DBus.Error.{name}"
    bus.enquire(ORACLE, "Ask", on_reply=said.append, on_refused=said.append)
    spin(loop, lambda: oracle.calls)
    oracle.error = ""
    spin(loop, lambda: said)
    assert said == [(2,)]


def test_a_no_is_told_once(loop: Loop, bus: Bus, oracle: Oracle) -> None:
    said: list[Refused] = []
    oracle.error = "org.example.No"
    bus.enquire(ORACLE, "Ask", on_reply=lambda _body: None, on_refused=said.append)
    spin(loop, lambda: said)
    spin_for(loop, 600)
    assert [error.name for error in said] == ["org.example.No"]
    assert len(oracle.calls) == 1


def test_who_wants_no_answer_any_more_gets_none(loop: Loop, bus: Bus, oracle: Oracle) -> None:
    said: list[Body] = []
    oracle.silent = True
    bus.enquire(ORACLE, "Ask", on_reply=said.append).close()
    oracle.speak()
    spin(loop, lambda: oracle.calls)
    spin_for(loop, 600)
    assert (said, len(oracle.calls)) == ([], 1)
