"""Sleep and lock as logind tells them on the system bus.

Before the machine sleeps logind waits a moment for us, because we hold a delay inhibitor: a
descriptor that is closed as soon as the state is saved, and asked for anew after waking.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, runtime_checkable

from deskbreak.adapters.timer import Timer
from deskbreak.core.events import Sleeping, Woke
from deskbreak.ports import Send
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import (
    PROPERTIES,
    Address,
    Body,
    BusError,
    Signal,
    Wanted,
)
from deskbreak.systems.linux.session.locks import Locks

NAME = "org.freedesktop.login1"
_MANAGER = Address(NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
SESSION = "org.freedesktop.login1.Session"
_AUTO = Address(NAME, "/org/freedesktop/login1/session/auto", PROPERTIES)
_HINT = "logind"
_REQUEST = "logind request"
_BEHIND = "another session in front"
_TELLING = ("LockedHint", "Active")
"""What of our session is asked and heard."""


@runtime_checkable
class Descriptor(Protocol):
    """An open descriptor that came over a bus."""

    def close(self) -> None:
        """Close it."""


class OurSession:
    """Looks for the object of our session, and calls `found` with its path, or `unknown`.

    By our own process; under a service manager by the number that it was told, or by our user.
    """

    def __init__(
        self,
        bus: Bus,
        session_id: str,
        found: Callable[[str], None],
        unknown: Callable[[BusError], None],
    ) -> None:
        self._bus = bus
        self._found = found
        self._unknown = unknown
        self._others = [session_id] if session_id else []
        self._asked = self._ask("GetSessionByPID", "u", os.getpid(), self._next)

    def close(self) -> None:
        """Look no more."""
        self._asked.close()

    def _ask(
        self, member: str, signature: str, value: object, otherwise: Callable[[BusError], None]
    ) -> Enquiry:
        return self._bus.enquire(
            _MANAGER, member, signature, (value,), on_reply=self._is, on_refused=otherwise
        )

    def _next(self, _error: BusError) -> None:
        if self._others:
            self._asked = self._ask("GetSession", "s", self._others.pop(), self._next)
        else:
            self._asked = self._bus.enquire(
                _AUTO, "Get", "ss", (SESSION, "Id"),
                on_reply=self._named, on_refused=self._unknown,
            )  # fmt: skip

    def _named(self, body: Body) -> None:
        match body:
            case ((str(), str(name)),):
                self._asked = self._ask("GetSession", "s", name, self._unknown)

    def _is(self, body: Body) -> None:
        match body:
            case (str(path),) if path.startswith("/"):
                self._found(path)


class Logind:
    """Posts Sleeping and Woke, and tells `locks` about our own session.

    `environ` may name the session; a mere request to lock counts for `request_stands_s`.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        bus: Bus,
        locks: Locks,
        environ: Mapping[str, str],
    ) -> None:
        self._loop = loop
        self._send = send
        self._bus = bus
        self._locks = locks
        self._session_id = environ.get("XDG_SESSION_ID", "")
        self.request_stands_s = 10.0
        self._owner = ""
        self._session: str | None = None
        self._inhibitor: Descriptor | None = None
        self._asleep = False
        self._no_session = "not asked yet"
        self._no_delay = "not asked yet"
        self._request_ends = Timer(loop)
        self._watches: list[Watch] = []
        self._about_session: dict[str, OurSession | Watch | Enquiry] = {}

    def start(self) -> None:
        """Begin to listen, whenever there is a logind."""
        sleep = Wanted(_MANAGER.interface, "PrepareForSleep", _MANAGER.path, NAME)
        self._watches = [self._bus.watch(sleep, self._sleep_is_near)]
        self._end = self._bus.owner_watch(NAME, self._owner_is)

    @property
    def trouble(self) -> str:
        """Why there is no logind to hear; empty where there is one."""
        if self._owner:
            return ""
        return "no logind is on the system bus" if self._bus.up else self._bus.why

    @property
    def lock_trouble(self) -> str:
        """Why it tells nothing of locks; empty where it does."""
        return self.trouble or ("" if self._session is not None else self._no_session)

    @property
    def delay_trouble(self) -> str:
        """Why the machine does not wait for us before it sleeps; empty where it does."""
        return self.trouble or ("" if self._inhibitor is not None else self._no_delay)

    def close(self) -> None:
        """Listen no more, and hold nothing up."""
        self._end()
        for wish in (*self._watches, *self._about_session.values()):
            wish.close()
        self._request_ends.cancel()
        self._let_sleep()
        self._owner = ""

    def _owner_is(self, _old: str, new: str) -> None:
        self._owner = new
        self._leave_session()
        self._let_sleep()
        if new:
            self._hold_sleep()
            ours = OurSession(self._bus, self._session_id, self._listen_to, self._not_found)
            self._about_session["ours"] = ours

    # -------------------------------------------------------------------------- sleep

    def _sleep_is_near(self, signal: Signal) -> None:
        if not signal.body or not isinstance(signal.body[0], bool):
            return
        self._asleep = signal.body[0]
        if self._asleep:
            self._send(Sleeping())
            # What was posted is taken in by the next turn of the loop, and saved by the one after.
            self._loop.call_soon(self._loop.call_soon, self._let_sleep)
        else:
            self._send(Woke())
            self._hold_sleep()

    def _hold_sleep(self) -> None:
        what = ("sleep", "deskbreak", "Saves how long you have been sitting", "delay")
        self._bus.call(
            _MANAGER, "Inhibit", "ssss", what,
            on_reply=self._holding, on_late=self._holding, on_error=self._not_holding,
        )  # fmt: skip

    def _holding(self, body: Body) -> None:
        self._let_sleep()
        match body:
            case (Descriptor() as inhibitor,):
                self._inhibitor = inhibitor
        if self._asleep or not self._owner:
            self._let_sleep()  # too late: the machine waits only for us now

    def _not_holding(self, error: BusError) -> None:
        self._no_delay = str(error)

    def _let_sleep(self) -> None:
        inhibitor, self._inhibitor = self._inhibitor, None
        if inhibitor is not None:
            inhibitor.close()

    # -------------------------------------------------------------------------- the session

    def _not_found(self, error: BusError) -> None:
        self._no_session = f"logind knows no session of ours ({error})"

    def _listen_to(self, path: str) -> None:
        self._session = path
        changed = Wanted(PROPERTIES, "PropertiesChanged", path, NAME, arg0=SESSION)
        self._about_session |= {
            "Lock": self._bus.watch(Wanted(SESSION, "Lock", path, NAME), self._lock_asked),
            "Unlock": self._bus.watch(Wanted(SESSION, "Unlock", path, NAME), self._unlock_asked),
            "changes": self._bus.watch(changed, self._changed),
        }
        for name in _TELLING:
            self._ask_property(name)

    def _leave_session(self) -> None:
        """Forget our session, and what was asked about it."""
        self._session = None
        while self._about_session:
            self._about_session.popitem()[1].close()
        self._no_request()
        self._locks.told(_HINT, False)
        self._locks.told(_BEHIND, False)

    # -------------------------------------------------------------------------- what it tells

    def _ask_property(self, name: str) -> None:
        """Ask until there is an answer, for a machine just coming up takes its time."""
        if self._session is not None:
            where = Address(NAME, self._session, PROPERTIES)
            told = partial(self._told, name)
            if name in self._about_session:
                self._about_session[name].close()
            asked = self._bus.enquire(where, "Get", "ss", (SESSION, name), on_reply=told)
            self._about_session[name] = asked

    def _told(self, name: str, body: Body) -> None:
        match body:
            case (value,):
                self._is(name, value)

    def _changed(self, signal: Signal) -> None:
        match signal.body:
            case (str(), dict(changed), list(outdated)):
                for name in _TELLING:
                    if name in changed:
                        self._is(name, changed[name])
                    elif name in outdated:
                        self._ask_property(name)

    def _is(self, name: str, value: object) -> None:
        """A property of our session: locked, or behind that of another person (or a console)."""
        match name, value:
            case "LockedHint", ("b", bool(locked)):
                self._locks.told(_HINT, locked)
            case "Active", ("b", bool(active)):
                self._locks.told(_BEHIND, not active)

    def _lock_asked(self, _signal: Signal) -> None:
        """A request, not a report: some lockers never tell how it went, so it only counts a while.

        Were it to count until an Unlock, a locker that is left with a password alone would leave
        the person locked out of being counted for good.
        """
        self._locks.told(_REQUEST, True)
        self._request_ends.set(self.request_stands_s, self._no_request)

    def _unlock_asked(self, _signal: Signal) -> None:
        self._no_request()

    def _no_request(self) -> None:
        self._request_ends.cancel()
        self._locks.told(_REQUEST, False)
