"""Idle time from logind's hint, the last resort: the desktop sets it when it thinks fit.

Many desktops never set it, and a hint that was never set would pass for input without end. So the
hint counts only once somebody has set it.
"""

import asyncio
from collections.abc import Callable

from deskbreak.adapters.idle.reporting import ToldSource
from deskbreak.core.events import IdleSourceFound, IdleSourceLost
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, BusError, Signal, Wanted
from deskbreak.systems.linux.session.logind import NAME, SESSION, OurSession

_NOT_SET = "no desktop has told logind yet whether you are idle"


class LoginHintIdle(ToldSource):
    """Posts `Sampled` when logind says that the session is idle, and when it is no longer.

    `session_id` is the session's name where the environment tells it.
    """

    name = "logind"
    remark = "coarse: the desktop decides when you count as idle, often only after minutes"

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, bus: Bus, session_id: str
    ) -> None:
        super().__init__(loop, send)
        self._bus = bus
        self._session_id = session_id
        self._path = ""
        self._found = False
        self._ours: OurSession | None = None
        self._asked: Enquiry | None = None
        self._watch: Watch | None = None
        self._end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Look for our session; what becomes of it is posted later."""
        self._end = self._bus.owner_watch(NAME, self._owner_is)

    def close(self) -> None:
        """Stop listening, for good."""
        self._leave()
        self._end()

    def _owner_is(self, _old: str, new: str) -> None:
        self._leave()
        if new:
            self._ours = OurSession(self._bus, self._session_id, self._session_is, self._refused)
        else:
            self._lost("no logind is on the system bus")

    def _session_is(self, path: str) -> None:
        self._path = path
        wanted = Wanted(PROPERTIES, "PropertiesChanged", path, NAME, SESSION)
        self._watch = self._bus.watch(wanted, self._changed)
        self._ask()

    def _changed(self, signal: Signal) -> None:
        _, changed, outdated = signal.body
        if "IdleHint" in changed or "IdleHint" in outdated:
            self._ask()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.close()
        self._asked = self._bus.enquire(
            Address(NAME, self._path, PROPERTIES), "GetAll", "s", (SESSION,),
            on_reply=self._hinted, on_refused=self._refused,
        )  # fmt: skip

    def _hinted(self, body: Body) -> None:
        match body:
            case ({"IdleHint": (_, bool(idle)), "IdleSinceHintMonotonic": (_, int(since))},):
                self._take(idle, since / 1_000_000)
            case _:
                self._lost("logind gives no idle hint")

    def _take(self, idle: bool, since: float) -> None:
        if since <= 0:
            self._lost(_NOT_SET)
            return
        if not self._found:
            self._found = True
            self._send(IdleSourceFound(self.name))
        if idle:  # logind's monotonic clock is the loop's
            self._told.quiet(max(0.0, self._loop.time() - since))
        else:
            self._told.input()

    def _refused(self, error: BusError) -> None:
        self._lost(f"logind knows no session of ours ({error})")

    def _lost(self, why: str) -> None:
        self._leave()
        self._send(IdleSourceLost(why))

    def _leave(self) -> None:
        self._found = False
        self._told.forget()
        for open_one in (self._ours, self._asked, self._watch):
            if open_one is not None:
                open_one.close()
        self._ours = self._asked = self._watch = None
