"""The contract of Prompts, kept by the fake and by the notifications of a desktop."""

import asyncio
from collections.abc import Iterator

import pytest

from deskbreak.core.enums import Answer
from deskbreak.core.events import Fact
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts
from deskbreak.text import prompts
from tests.contracts.prompts import PromptsContract
from tests.fakes.notification_server import FakeNotificationServer
from tests.fakes.prompts import FakePrompts
from tests.servers import private_bus
from tests.waiting import spin, spin_for


class FakeScreen:
    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.prompts = FakePrompts(self.facts.append)

    def showing(self) -> list[str]:
        live = self.prompts.live
        return [prompts.prompt_words(live).title] if live else []

    def noticed(self) -> list[str]:
        return [prompts.notice_words(notice).title for notice in self.prompts.notices]

    def press(self, answer: Answer) -> None:
        self.prompts.answer(answer)

    turn_away = press


class TestFakePrompts(PromptsContract):
    @pytest.fixture
    def screen(self) -> FakeScreen:
        return FakeScreen()


class BusScreen:
    """Prompts on a notification server of the test's own."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str, **server: object) -> None:
        self.facts: list[Fact] = []
        self.server = FakeNotificationServer(loop, address, **server)  # type: ignore[arg-type]
        self.bus = Bus(loop, "session", address)
        self.fallback = FakePrompts(self.facts.append)
        self.prompts = FreedesktopPrompts(self.bus, self.facts.append, self.fallback)
        self.bus.start()

    def showing(self) -> list[str]:
        return [b.title for b in self.server.banners.values() if b.actions]

    def noticed(self) -> list[str]:
        return [b.title for b in self.server.showed if not b.actions]

    def press(self, answer: Answer) -> None:
        number = next(n for n, b in self.server.banners.items() if b.actions)
        self.server.act(number, str(answer))
        self.server.gone(number, 2)

    def turn_away(self, answer: Answer) -> None:
        number = next(n for n, b in self.server.banners.items() if b.actions)
        self.server.gone(number, {Answer.EXPIRE: 1, Answer.DISMISS: 2}[answer])

    def end(self, loop: asyncio.AbstractEventLoop) -> None:
        self.prompts.close()
        self.bus.close()
        self.server.stop()
        spin_for(loop, 0)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


class TestFreedesktopPrompts(PromptsContract):
    @pytest.fixture
    def screen(self, loop: asyncio.AbstractEventLoop, address: str) -> Iterator[BusScreen]:
        screen = BusScreen(loop, address)
        yield screen
        screen.end(loop)


class TestOnAServerThatSendsEverySignalTwice(PromptsContract):
    @pytest.fixture
    def screen(self, loop: asyncio.AbstractEventLoop, address: str) -> Iterator[BusScreen]:
        screen = BusScreen(loop, address, doubled=True)
        yield screen
        screen.end(loop)


class TestOnAServerThatAnswersTwice(PromptsContract):
    @pytest.fixture
    def screen(self, loop: asyncio.AbstractEventLoop, address: str) -> Iterator[BusScreen]:
        screen = BusScreen(loop, address)
        screen.server.replies_twice = True
        spin(loop, lambda: screen.bus.up)
        yield screen
        screen.end(loop)
