"""The idle monitor of GNOME's compositor, and its session manager, played on a private bus."""

import asyncio
from typing import Any

from jeepney import Message

from tests.fakes.service import Service

NAME = "org.gnome.Mutter.IdleMonitor"
PATH = "/org/gnome/Mutter/IdleMonitor/Core"
SESSION = "org.gnome.SessionManager"
SESSION_PATH = "/org/gnome/SessionManager"
PROPERTIES = "org.freedesktop.DBus.Properties"


class FakeMutter(Service):
    """Watches as Mutter keeps them: an idle watch fires each time, an active watch once.

    While the screen is kept awake no idle watch fires, though the idle time grows.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.watches: dict[int, int] = {}  # number: milliseconds, 0 for the next input
        self.kept_awake = False
        self._last_input = loop.time()
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._next = 1
        super().__init__(loop, address, NAME, SESSION)

    def key(self) -> None:
        """Somebody presses a key."""
        self._last_input = self._loop.time()
        for number, milliseconds in tuple(self.watches.items()):
            if milliseconds:
                self._begin(number)
            else:
                del self.watches[number]
                self._fire(number)

    def keep_awake(self, on: bool) -> None:
        """A program keeps the screen awake, or no longer: that counts as an input to Mutter."""
        self.kept_awake = on
        if not on:
            self._last_input = self._loop.time()
        for number, milliseconds in self.watches.items():
            if milliseconds:
                self._begin(number)
        changed = {"InhibitedActions": ("u", self._actions())}
        body: tuple[Any, ...] = (SESSION, changed, [])
        self.signal(SESSION_PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def stop(self) -> None:
        super().stop()
        for timer in self._timers.values():
            timer.cancel()

    def called(self, member: str, message: Message) -> None:
        match member, message.body:
            case "GetIdletime", _:
                idle_s = self._loop.time() - self._last_input
                self.reply(message, "t", (round(idle_s * 1000),))
            case ("AddIdleWatch", (int(milliseconds),)):
                self.reply(message, "u", (self._add(milliseconds),))
            case "AddUserActiveWatch", _:
                self.reply(message, "u", (self._add(0),))
            case ("RemoveWatch", (int(number),)):
                self.watches.pop(number, None)
                if number in self._timers:
                    self._timers.pop(number).cancel()
                self.reply(message)
            case ("Get", (str(), "InhibitedActions")):
                self.reply(message, "v", (("u", self._actions()),))
            case _:
                self.refuse(message)

    def _actions(self) -> int:
        return 12 if self.kept_awake else 0

    def _add(self, milliseconds: int) -> int:
        number, self._next = self._next, self._next + 1
        self.watches[number] = milliseconds
        if milliseconds:
            self._begin(number)
        return number

    def _begin(self, number: int) -> None:
        if number in self._timers:
            self._timers.pop(number).cancel()
        if not self.kept_awake:
            at = self._last_input + self.watches[number] / 1000
            self._timers[number] = self._loop.call_at(at, self._fire, number)

    def _fire(self, number: int) -> None:
        self.signal(PATH, NAME, "WatchFired", "u", (number,))
