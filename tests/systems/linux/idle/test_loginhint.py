"""logind's idle hint: believed once somebody has set it, and dated by logind."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import Message

from deskbreak.core.events import Fact, IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.idle.loginhint import LoginHintIdle
from tests.fakes.service import Service
from tests.waiting import spin, spin_for

PATH = "/org/freedesktop/login1/session/_32"
SESSION = "org.freedesktop.login1.Session"


class Logind(Service):
    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.idle = False
        self.since = 0.0
        self.knows_us = True
        super().__init__(loop, address, "org.freedesktop.login1")

    def hint(self, idle: bool, since: float) -> None:
        self.idle, self.since = idle, since
        body: tuple[Any, ...] = (SESSION, {"IdleHint": ("b", idle)}, [])
        name = "org.freedesktop.DBus.Properties"
        self.signal(PATH, name, "PropertiesChanged", "sa{sv}as", body)

    def called(self, member: str, message: Message) -> None:
        match member, message.body:
            case "Get", (_, "Id") if self.knows_us:
                self.reply(message, "v", (("s", "2"),))
            case "GetSession", ("2",):
                self.reply(message, "o", (PATH,))
            case "GetAll", _:
                micros = round(self.since * 1_000_000)
                properties = {
                    "IdleHint": ("b", self.idle),
                    "IdleSinceHintMonotonic": ("t", micros),
                }
                self.reply(message, "a{sv}", (properties,))
            case _:
                self.refuse(message, "org.freedesktop.login1.NoSuchSession", "who?")


@pytest.fixture
def logind(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[Logind]:
    made = Logind(loop, address)
    yield made
    made.stop()


@pytest.fixture
def facts() -> list[Fact]:
    return []


@pytest.fixture(params=["", "2"], ids=["the session is looked up", "its name is known"])
def source(
    request: pytest.FixtureRequest, loop: asyncio.AbstractEventLoop, bus: Bus, facts: list[Fact]
) -> Iterator[LoginHintIdle]:
    made = LoginHintIdle(loop, facts.append, bus, request.param)
    yield made
    made.close()


def test_a_hint_that_nobody_has_set_is_not_believed(
    loop: asyncio.AbstractEventLoop, logind: Logind, source: LoginHintIdle, facts: list[Fact]
) -> None:
    source.start()
    source.watch(60)
    spin(loop, lambda: facts)
    assert facts == [IdleSourceLost("no desktop has told logind yet whether you are idle")]


def test_quiet_is_dated_by_logind_and_the_return_is_told(
    loop: asyncio.AbstractEventLoop, logind: Logind, source: LoginHintIdle, facts: list[Fact]
) -> None:
    logind.since = loop.time() - 500
    source.start()
    source.watch(60)
    spin(loop, lambda: facts)
    assert facts == [IdleSourceFound("logind")]
    logind.hint(True, loop.time() - 300)
    spin(loop, lambda: len(facts) == 2)
    assert isinstance(facts[1], Sampled)
    assert facts[1].idle_s == pytest.approx(300, abs=0.5)
    logind.hint(False, loop.time())
    spin(loop, lambda: len(facts) == 3)
    assert facts[2] == Sampled(0.0)


def test_a_hint_shorter_than_the_threshold_waits_for_it(
    loop: asyncio.AbstractEventLoop, logind: Logind, source: LoginHintIdle, facts: list[Fact]
) -> None:
    logind.idle, logind.since = True, loop.time()
    source.start()
    source.watch(20)
    spin(loop, lambda: facts)
    spin_for(loop, 10)
    assert len(facts) == 1
    spin(loop, lambda: len(facts) == 2)
    assert isinstance(facts[1], Sampled)
    assert facts[1].idle_s == pytest.approx(20, abs=0.5)


def test_no_logind_and_no_session_are_said(
    loop: asyncio.AbstractEventLoop, bus: Bus, facts: list[Fact], address: str
) -> None:
    source = LoginHintIdle(loop, facts.append, bus, "77")
    source.start()
    spin(loop, lambda: facts)
    assert facts == [IdleSourceLost("no logind is on the system bus")]
    logind = Logind(loop, address)
    logind.knows_us = False
    spin(loop, lambda: len(facts) == 2)
    assert isinstance(facts[1], IdleSourceLost)
    assert "who?" in facts[1].why
    source.close()
    logind.stop()
