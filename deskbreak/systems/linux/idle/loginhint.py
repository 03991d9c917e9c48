"""Idle time from logind's hint, the last resort: the desktop sets it when it thinks fit.

Many desktops never set it, and a hint that was never set would pass for input without end. So the
hint counts only once somebody has set it.
"""

import asyncio
from collections.abc import Callable

from deskbreak.adapters.idle.reporting import Told
from deskbreak.core.events import IdleSourceFound, IdleSourceLost
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, BusError, Signal, Wanted

NAME = "org.freedesktop.login1"
MANAGER = Address(NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
SESSION = "org.freedesktop.login1.Session"
_AUTO = "/org/freedesktop/login1/session/auto"
_NOT_SET = "no desktop has told logind yet whether you are idle"


class LoginHintIdle:
    """Posts `Sampled` when logind says that the session is idle, and when it is no longer.

    `session_id` is the session's name where the environment tells it.
    """

    name = "logind"
    remark = "coarse: the desktop decides when you count as idle, often only after minutes"
    hopeless = False

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, bus: Bus, session_id: str
    ) -> None:
        self._loop = loop
        self._send = send
        self._bus = bus
        self._session_id = session_id
        self._told = Told(loop, send, lambda _seconds: None)
        self._path = ""
        self._found = False
        self._watch: Watch | None = None
        self._end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Look for our session; what becomes of it is posted later."""
        self._end = self._bus.owner_watch(NAME, self._owner_is)

    def watch(self, threshold_s: float) -> None:
        """Post when the hint has stood for this many seconds, dated by logind."""
        self._told.watch(threshold_s)

    def idle_s(self) -> float | None:
        """Nothing: logind tells, and cannot be asked in time."""
        return None

    def close(self) -> None:
        """Stop listening, for good."""
        self._leave()
        self._end()

    def _owner_is(self, _old: str, new: str) -> None:
        self._leave()
        if not new:
            self._lost("no logind is on the system bus")
        elif self._session_id:
            self._bus.call(
                MANAGER, "GetSession", "s", (self._session_id,),
                on_reply=self._session_is, on_error=self._refused,
            )  # fmt: skip
        else:
            self._get(_AUTO, "Id", self._session_named)

    def _session_named(self, body: Body) -> None:
        match body:
            case ((_, str(name)),):
                self._bus.call(
                    MANAGER, "GetSession", "s", (name,),
                    on_reply=self._session_is, on_error=self._refused,
                )  # fmt: skip

    def _session_is(self, body: Body) -> None:
        self._path = body[0]
        wanted = Wanted(PROPERTIES, "PropertiesChanged", self._path, NAME, SESSION)
        self._watch = self._bus.watch(wanted, self._changed)
        self._ask()

    def _changed(self, signal: Signal) -> None:
        _, changed, outdated = signal.body
        if "IdleHint" in changed or "IdleHint" in outdated:
            self._ask()

    def _ask(self) -> None:
        self._get(self._path, None, self._hinted)

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

    def _get(self, path: str, name: str | None, told: Callable[[Body], None]) -> None:
        """Ask for one property of the session, or for all of them."""
        member, signature = ("Get", "ss") if name else ("GetAll", "s")
        body = (SESSION, name) if name else (SESSION,)
        self._bus.call(
            Address(NAME, path, PROPERTIES), member, signature, body,
            on_reply=told, on_error=self._refused,
        )  # fmt: skip

    def _refused(self, error: BusError) -> None:
        self._lost(f"logind knows no session of ours ({error})")

    def _lost(self, why: str) -> None:
        self._leave()
        self._send(IdleSourceLost(why))

    def _leave(self) -> None:
        self._found = False
        self._told.forget()
        if self._watch is not None:
            self._watch.close()
            self._watch = None
