"""Idle time from the compositor of GNOME, over the session bus.

One watch tells that input has been missing for so long, every time again; another one, made then,
tells of the next input. While a program keeps the screen awake the first kind stays silent, so
then the idle time is asked for when it can have been reached.
"""

import asyncio

from deskbreak.adapters.idle.reporting import ToldSource
from deskbreak.adapters.timer import Timer
from deskbreak.core.events import IdleSourceFound, IdleSourceLost
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, BusError, Signal, Wanted

NAME = "org.gnome.Mutter.IdleMonitor"
MONITOR = Address(NAME, "/org/gnome/Mutter/IdleMonitor/Core", NAME)
SESSION_NAME = "org.gnome.SessionManager"
SESSION = Address(SESSION_NAME, "/org/gnome/SessionManager", SESSION_NAME)
_KEEPS_AWAKE = 8
_SHORTEST_S = 0.25


class MutterIdle(ToldSource):
    """Posts `Sampled` when a watch of Mutter's fires."""

    name = "mutter"

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send, bus: Bus) -> None:
        super().__init__(loop, send)
        self._bus = bus
        self._there = False
        self._armed_ms = 0
        self._idle_watch: int | None = None
        self._active_watch: int | None = None
        self._kept_awake = False
        self._ask_later = Timer(loop)
        self._watches: list[Watch] = []

    def start(self) -> None:
        """Look for Mutter on the bus; whether it is there is posted later."""
        awake = Wanted(PROPERTIES, "PropertiesChanged", SESSION.path, SESSION_NAME, SESSION_NAME)
        self._watches = [
            self._bus.watch(Wanted(NAME, "WatchFired", MONITOR.path, NAME), self._fired),
            self._bus.watch(awake, self._session_changed),
        ]
        self._end = self._bus.owner_watch(NAME, self._owner_is)

    def close(self) -> None:
        """Stop listening, for good, and take our watches out of Mutter."""
        self._lose()
        for watch in self._watches:
            watch.close()
        if self._watches:
            self._end()
        self._watches = []

    def _owner_is(self, _old: str, new: str) -> None:
        self._lose()
        if not new:
            self._send(IdleSourceLost("no Mutter is on the session bus"))
            return
        self._bus.call(MONITOR, "GetIdletime", on_reply=self._found, on_error=self._refused)

    def _found(self, _body: Body) -> None:
        self._there = True
        self._send(IdleSourceFound(self.name))
        self._bus.call(
            Address(SESSION_NAME, SESSION.path, PROPERTIES), "Get", "ss",
            (SESSION_NAME, "InhibitedActions"), on_reply=self._session_told,
        )  # fmt: skip
        if self._told.threshold_s is not None:
            self._arm(self._told.threshold_s)

    def _refused(self, error: BusError) -> None:
        self._lose()
        self._send(IdleSourceLost(f"Mutter does not say the idle time ({error})"))

    def _lose(self) -> None:
        self._told.forget()
        self._ask_later.cancel()
        for watch in (self._idle_watch, self._active_watch):
            if watch is not None and self._there:
                self._bus.call(MONITOR, "RemoveWatch", "u", (watch,))
        self._idle_watch = self._active_watch = None
        self._there, self._armed_ms = False, 0

    # watches

    def _arm(self, seconds: float) -> None:
        wanted = max(1, round(seconds * 1000))
        if self._there and self._kept_awake:
            self._ask_in(seconds)
        if not self._there or wanted == self._armed_ms:
            return
        if self._idle_watch is not None:
            self._bus.call(MONITOR, "RemoveWatch", "u", (self._idle_watch,))
        self._idle_watch, self._armed_ms = None, wanted

        def made(body: Body) -> None:
            if wanted == self._armed_ms:
                self._idle_watch = body[0]
            else:  # another length has been wanted meanwhile
                self._bus.call(MONITOR, "RemoveWatch", "u", (body[0],))

        self._bus.call(
            MONITOR, "AddIdleWatch", "t", (wanted,), on_reply=made, on_error=self._refused
        )

    def _fired(self, signal: Signal) -> None:
        match signal.body:
            case (int(watch),) if watch == self._active_watch:
                self._active_watch = None
                self._told.input()
            case (int(watch),) if watch == self._idle_watch:
                self._ask()

    def _ask(self) -> None:
        """First a watch for the next input, then how long ago the last was: none falls between."""
        if self._active_watch is None:
            self._bus.call(MONITOR, "AddUserActiveWatch", on_reply=self._awaiting_input)
        self._bus.call(MONITOR, "GetIdletime", on_reply=self._idle, on_error=self._refused)

    def _awaiting_input(self, body: Body) -> None:
        self._active_watch = body[0]

    def _idle(self, body: Body) -> None:
        idle_s, threshold_s = body[0] / 1000, self._told.threshold_s
        if threshold_s is None:
            return
        if idle_s >= threshold_s - 0.05:
            self._told.quiet(idle_s)
        elif self._kept_awake:
            self._ask_in(threshold_s - idle_s)

    # while something keeps the screen awake

    def _session_told(self, body: Body) -> None:
        match body:
            case (("u", int(actions)),):
                self._keeps_awake(bool(actions & _KEEPS_AWAKE))

    def _session_changed(self, signal: Signal) -> None:
        match signal.body:
            case (_, {"InhibitedActions": (_, int(actions))}, _):
                self._keeps_awake(bool(actions & _KEEPS_AWAKE))

    def _keeps_awake(self, kept: bool) -> None:
        if kept == self._kept_awake:
            return
        self._kept_awake = kept
        self._ask_later.cancel()
        if kept and self._there:
            self._ask()

    def _ask_in(self, seconds: float) -> None:
        self._ask_later.set(max(_SHORTEST_S, seconds), self._ask)
