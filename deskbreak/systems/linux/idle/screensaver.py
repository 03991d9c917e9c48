"""Idle time from whoever is org.freedesktop.ScreenSaver on the session bus: asked, not told.

Desktops return milliseconds or seconds under the same name; two answers during one pause in the
input tell which.
"""

import asyncio
from collections.abc import Callable

from deskbreak.adapters.idle.reporting import Asking
from deskbreak.adapters.timer import Timer
from deskbreak.core.events import IdleSourceFound, IdleSourceLost
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import Address, Body, BusError

NAME = "org.freedesktop.ScreenSaver"
SAVER = Address(NAME, "/org/freedesktop/ScreenSaver", NAME)
_APART_S = 2.0
_ROUNDED_TWICE_S = 1.5
"""By how much two answers in whole seconds about the same input may differ."""


def seconds_per_unit(first: float, second: float, apart_s: float) -> float | None:
    """What one unit of the answers is in seconds; None where input came between them."""
    grown = (second - first) / apart_s
    if grown > 100:
        return 0.001
    return 1.0 if 0.2 < grown < 5 else None


class ScreenSaverIdle:
    """Posts `Sampled` when it finds idle past the threshold, and when it finds input after that."""

    name = "screensaver"
    remark = "asked now and then: your return may be noticed up to 15 seconds late"
    hopeless = False

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, bus: Bus, apart_s: float = _APART_S
    ) -> None:
        self._loop = loop
        self._send = send
        self._bus = bus
        self._apart_s = apart_s
        self._asking = Asking(loop, send, self._ask)
        self._there = False
        self._unit_s: float | None = None
        self._first: tuple[float, float] | None = None  # when, and the answer
        self._once_more = Timer(loop)
        self._end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Look for a screen saver on the bus; what becomes of it is posted later."""
        self._end = self._bus.owner_watch(NAME, self._owner_is)

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds."""
        self._asking.watch(threshold_s)

    def idle_s(self) -> float | None:
        """Nothing: the answer would come too late to be of use here."""
        return None

    def close(self) -> None:
        """Stop asking, for good."""
        self._forget()
        self._end()

    def _owner_is(self, _old: str, new: str) -> None:
        self._forget()
        if new:
            self._there = True
            self._ask()
        else:
            self._send(IdleSourceLost("no screen saver is on the session bus"))

    def _forget(self) -> None:
        self._there = False
        self._unit_s = self._first = None
        self._asking.forget()
        self._once_more.cancel()

    def _ask(self) -> None:
        if self._there:
            self._bus.call(
                SAVER, "GetSessionIdleTime", on_reply=self._answered, on_error=self._refused
            )

    def _refused(self, error: BusError) -> None:
        if self._there:
            self._forget()
            self._send(IdleSourceLost(f"the screen saver does not say the idle time ({error})"))

    def _answered(self, body: Body) -> None:
        match body:
            case (int(answer),) if self._there:
                if self._unit_s is None:
                    self._learn_unit(answer)
                else:
                    self._asking.answered(answer * self._unit_s)

    def _learn_unit(self, answer: int) -> None:
        now = self._loop.time()
        if self._first is not None:
            then, before = self._first
            self._unit_s = seconds_per_unit(before, answer, now - then)
        if self._unit_s is None:
            self._first = (now, answer)
            self._once_more.set(self._apart_s, self._ask)
            return
        if self._unit_s >= 1:
            self._asking.jitter_s = _ROUNDED_TWICE_S
        self._send(IdleSourceFound(self.name))
        self._asking.begin()
