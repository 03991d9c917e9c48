"""Announces the icon to the desktop's StatusNotifierWatcher, again whenever a new one comes."""

import asyncio
from collections.abc import Callable

from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, BusError, Signal, Wanted

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
_ITSELF = Address(WATCHER, WATCHER_PATH, WATCHER)
_ITS_PROPERTIES = Address(WATCHER, WATCHER_PATH, PROPERTIES)
_ONCE_MORE_S = 5.0


class Watcher:
    """`owner` is the watcher's unique name or "", `has_host` whether somebody draws icons.

    `has_host` is None as long as that is not known; `on_host` hears when it changes. The icon is
    registered also while there is no host: bars claim the name before they are ready.
    """

    __slots__ = ("_bus", "_loop", "_on_host", "_retry", "_stop", "has_host", "owner")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, bus: Bus, on_host: Callable[[bool], None]
    ) -> None:
        self.owner = ""
        self.has_host: bool | None = None
        self._loop = loop
        self._bus = bus
        self._on_host = on_host
        self._retry: asyncio.TimerHandle | None = None
        self._stop: list[Callable[[], None]] = []

    def start(self) -> None:
        """Register with the watcher of now and with every later one."""
        watch = self._bus.watch(Wanted(WATCHER, sender=WATCHER, path=WATCHER_PATH), self._said)
        self._stop = [self._bus.owner_watch(WATCHER, self._changed), watch.close]

    def close(self) -> None:
        """Register no more."""
        self._forget_retry()
        while self._stop:
            self._stop.pop()()

    def _changed(self, _old: str, new: str) -> None:
        self.owner = new
        self._forget_retry()
        if new:
            self._register()
            self._ask()
        else:
            self._host_is(there=False)

    def _register(self) -> None:
        # The unique name: a well-known one loses a race in freshly started GNOME shells, and a
        # sandbox may not own one. This connection serves nothing but the icon.
        name = self._bus.unique_name
        if name is not None:
            self._bus.call(
                _ITSELF, "RegisterStatusNotifierItem", "s", (name,),
                timeout=10.0, on_error=self._not_registered,
            )  # fmt: skip

    def _not_registered(self, _error: BusError) -> None:
        if self.owner:
            self._retry = self._loop.call_later(_ONCE_MORE_S, self._register)

    def _forget_retry(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None

    def _said(self, signal: Signal) -> None:
        if signal.member in ("StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"):
            self._ask()

    def _ask(self) -> None:
        self._bus.call(
            _ITS_PROPERTIES, "Get", "ss", (WATCHER, "IsStatusNotifierHostRegistered"),
            on_reply=self._answered, on_error=lambda _error: self._host_is(there=False),
        )  # fmt: skip

    def _answered(self, body: Body) -> None:
        self._host_is(there=bool(body[0][1]))

    def _host_is(self, *, there: bool) -> None:
        if there is not self.has_host:
            self.has_host = there
            self._on_host(there)
