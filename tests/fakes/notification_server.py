"""A notification server that a test can turn into any of the servers people have."""

import asyncio
from dataclasses import dataclass
from typing import Any

from jeepney import Message

from tests.fakes.service import UNKNOWN_METHOD, Service

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
ABILITIES = ("actions", "body", "body-markup", "persistence")


@dataclass(frozen=True, slots=True)
class Shown:
    """A banner that is on the screen."""

    number: int
    title: str
    body: str
    actions: tuple[tuple[str, str], ...]
    hints: dict[str, Any]
    expire: int

    @property
    def keys(self) -> list[str]:
        return [key for key, _label in self.actions]


class FakeNotificationServer(Service):
    """`banners` is what is on the screen, by number; `showed` all that ever was.

    `refuses` makes it answer Notify with an error. `replies_twice` makes it answer GetCapabilities
    once properly and once with an error, as one real server does.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        address: str,
        *,
        name: str = "fake",
        abilities: tuple[str, ...] = ABILITIES,
        doubled: bool = False,
        first_number: int = 1,
    ) -> None:
        self.name = name
        self.abilities = abilities
        self.refuses = False
        self.replies_twice = False
        self.banners: dict[int, Shown] = {}
        self.showed: list[Shown] = []
        self._next = first_number
        super().__init__(loop, address, NAME, doubled=doubled)

    @property
    def only(self) -> Shown:
        """The one banner on the screen."""
        (banner,) = self.banners.values()
        return banner

    def act(self, number: int, key: str) -> None:
        """The person clicks a button; most servers close the banner then."""
        self.signal(PATH, NAME, "ActionInvoked", "us", (number, key))

    def gone(self, number: int, reason: int) -> None:
        """The banner is closed: 1 expired, 2 dismissed, 3 closed by call, 4 undefined."""
        self.banners.pop(number, None)
        self.signal(PATH, NAME, "NotificationClosed", "uu", (number, reason))

    def called(self, member: str, message: Message) -> None:
        if member == "GetCapabilities":
            self.reply(message, "as", (list(self.abilities),))
            if self.replies_twice:
                self.refuse(message, UNKNOWN_METHOD)
        elif member == "GetServerInformation":
            self.reply(message, "ssss", (self.name, "deskbreak tests", "1.0", "1.2"))
        elif member == "Notify":
            self._notify(message)
        elif member == "CloseNotification":
            self.reply(message)
            if message.body[0] in self.banners:
                self.gone(message.body[0], 3)
        else:
            self.refuse(message)

    def _notify(self, message: Message) -> None:
        if self.refuses:
            self.refuse(message, f"{NAME}.Error.ExcessNotificationGeneration", "too many")
            return
        _app, replaces, _icon, title, body, actions, hints, expire = message.body
        number = replaces or self._next
        self._next = max(self._next, number) + 1
        pairs = tuple(zip(actions[::2], actions[1::2], strict=True))
        plain = {key: value for key, (_signature, value) in hints.items()}
        banner = Shown(number, title, body, pairs, plain, expire)
        self.banners[number] = banner
        self.showed.append(banner)
        self.reply(message, "u", (number,))
