"""Programs that keep the screen awake, a film for one: somebody is there without input (B2).

Every desktop has its own book of them. All that run are listened to; any of them is enough.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from deskbreak.adapters.holds.reason import Probe, Reason
from deskbreak.adapters.stream import UNREADABLE
from deskbreak.core.holds import sound_alone
from deskbreak.ports import Capability
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import Address, Body, BusError, Refused, Wanted
from deskbreak.systems.linux.holds.listeners import (
    Again,
    CallEar,
    Ear,
    PropertyEar,
    Question,
    Service,
    Told,
    truth,
)
from deskbreak.systems.linux.wayland import WaylandLink, on_wayland, socket_path

SESSION_NAME = "org.gnome.SessionManager"
_MANAGER = Address(SESSION_NAME, "/org/gnome/SessionManager", SESSION_NAME)
_ENTRY = f"{SESSION_NAME}.Inhibitor"
_KEEPS_IDLE = 8
_ASKED = ("GetFlags", "GetAppId", "GetReason")


class SessionBookEar:
    """Tells while an entry keeps the screen awake for more than sound."""

    def __init__(self, bus: Bus, told: Told) -> None:
        self._bus = bus
        self._told = told
        self._actions = PropertyEar(bus, _MANAGER, "InhibitedActions", self._look, _keeps_awake)
        self.name = self._actions.name
        self.works = False
        self._awake = False
        self._watches: list[Watch] = []
        self._open: list[Enquiry] = []

    def start(self) -> None:
        """Begin to listen."""
        changes = ("InhibitorAdded", "InhibitorRemoved")
        self._watches = [
            self._bus.watch(
                Wanted(SESSION_NAME, change, _MANAGER.path, SESSION_NAME),
                lambda _signal: self._read(),
            )
            for change in changes
        ]
        self._actions.start()

    def close(self) -> None:
        """Stop listening."""
        for watch in self._watches:
            watch.close()
        self._watches = []
        self._actions.close()
        self._forget()

    def _look(self, awake: str | None) -> None:
        self.works = True
        self._awake = awake is not None
        self._read()

    def _read(self) -> None:
        self._forget()
        if not self._awake:
            self._told(None)
            return
        self._ask(_MANAGER, "GetInhibitors", self._listed)

    def _listed(self, body: Body | None) -> None:
        match body:
            case ([*paths],) if paths and all(isinstance(path, str) for path in paths):
                said: dict[str, dict[str, object]] = {path: {} for path in paths}
                for path in paths:
                    for member in _ASKED:
                        heard = partial(self._heard, said, path, member)
                        self._ask(Address(SESSION_NAME, path, _ENTRY), member, heard)
            case _:  # it tells nothing of them: then somebody is there, as far as it says
                self._told("")

    def _heard(
        self, said: dict[str, dict[str, object]], path: str, member: str, body: Body | None
    ) -> None:
        said[path][member] = body[0] if body else None
        if all(len(entry) == len(_ASKED) for entry in said.values()):
            self._told("" if any(map(_counts, said.values())) else None)

    def _ask(self, to: Address, member: str, heard: Callable[[Body | None], None]) -> None:
        def refused(_error: Refused) -> None:
            heard(None)

        self._open.append(self._bus.enquire(to, member, on_reply=heard, on_refused=refused))

    def _forget(self) -> None:
        for enquiry in self._open:
            enquiry.close()
        self._open = []


def _keeps_awake(value: object) -> str | None:
    return "" if isinstance(value, int) and value & _KEEPS_IDLE else None


def _counts(entry: dict[str, object]) -> bool:
    """Whether an entry keeps the screen awake for more than sound, as far as it can be read."""
    flags = entry["GetFlags"]
    if isinstance(flags, int) and not flags & _KEEPS_IDLE:
        return False
    return not sound_alone(*(str(entry[word] or "") for word in ("GetAppId", "GetReason")))


_NOTIFIER = "ext_idle_notifier_v1"
_PLAIN, _INPUT = 1, 2
_IDLED = 0
_LATER_S = 0.5
_LONGEST_S, _SHORTEST_S = 45.0, 1.0
"""Long enough not to wake us at every pause, and sooner than anybody counts as away."""


class CompositorEar:
    """Tells while something keeps the screen awake; only the second version of the protocol can."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        told: Told,
        away_after_s: Callable[[], float],
        environ: Mapping[str, str],
    ) -> None:
        self.works = False
        self._loop = loop
        self._told = told
        self._away_after_s = away_after_s
        self._environ = environ
        self._link = WaylandLink(loop, self._ready, self._lost)
        self._again = Again(loop, self.start)
        self._idle = {_PLAIN: False, _INPUT: False}
        self._soon: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to listen; where there is no compositor yet, or it is slow, try again later."""
        self._link = WaylandLink(self._loop, self._ready, self._lost)
        try:
            self._link.open(socket_path(self._environ))
        except OSError:
            self._again.fail()

    def close(self) -> None:
        """Stop listening."""
        self._again.close()
        self._let_go()

    def _let_go(self) -> None:
        self.works = False
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        self._link.close()

    def _ready(self) -> None:
        if self._link.version(_NOTIFIER) < _INPUT or not self._link.version("wl_seat"):
            self.close()
            return
        seat, notifier = self._link.bind("wl_seat", 1), self._link.bind(_NOTIFIER, _INPUT)
        after_s = max(_SHORTEST_S, min(_LONGEST_S, 0.75 * self._away_after_s()))
        for kind in (_PLAIN, _INPUT):
            alarm = self._link.create(partial(self._alarm, kind))
            self._link.request(notifier, kind, alarm, round(after_s * 1000), seat)
        self.works = True
        self._again.worked()

    def _lost(self, _why: str) -> None:
        self._let_go()
        self._told(None)
        self._again.fail()

    def _alarm(self, kind: int, event: int, _body: bytes) -> None:
        self._idle[kind] = event == _IDLED
        if self._soon is None:
            self._soon = self._loop.call_later(_LATER_S, self._look)

    def _look(self) -> None:
        self._soon = None
        awake = self._idle[_INPUT] and not self._idle[_PLAIN]
        self._told("" if awake else None)


NAME = "inhibitors"
_NOBODY = "nothing here says what keeps the screen awake"
_INSTEAD = "While you watch something: `deskbreak reading on`, or I'm reading in the tray."
_LOGIND_NAME = "org.freedesktop.login1"
_LOGIND = Address(_LOGIND_NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_KDE_NAME = "org.kde.Solid.PowerManagement.PolicyAgent"
_KDE = Address(_KDE_NAME, "/org/kde/Solid/PowerManagement/PolicyAgent", _KDE_NAME)
_POWER_NAME = "org.freedesktop.PowerManagement"
_POWER = Address(_POWER_NAME, "/org/freedesktop/PowerManagement/Inhibit", f"{_POWER_NAME}.Inhibit")
_KDE_SCREEN = 4
_IDLE = "idle"


class InhibitorProbe(Probe):
    """Listens to logind, to the desktop's session, and to the compositor."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        reason: Reason,
        buses: tuple[Bus | None, Bus | None],
        away_after_s: Callable[[], float],
        environ: Mapping[str, str],
    ) -> None:
        self._loop = loop
        self._reason = reason
        self._system, self._session = buses
        self._services: dict[str, Service] = {}
        self._asked: dict[str, Enquiry] = {}
        if self._system is not None:
            self._follow("logind", self._system, _LOGIND_NAME, self._logind_ears)
        if self._session is not None:
            self._follow("GNOME session", self._session, SESSION_NAME, self._gnome_ears)
            self._follow("Plasma", self._session, _KDE_NAME, self._kde_ears)
            self._follow("power manager", self._session, _POWER_NAME, self._power_ears)
        self._compositor = None
        if on_wayland(environ):
            pass

            told = partial(reason.says, "compositor")
            self._compositor = CompositorEar(loop, told, away_after_s, environ)

    def start(self) -> None:
        """Begin to listen."""
        for service in self._services.values():
            service.start()
        if self._compositor is not None:
            self._compositor.start()

    def capabilities(self) -> list[Capability]:
        """Who tells."""
        tellers = [name for name, service in self._services.items() if service.works]
        if self._compositor is not None and self._compositor.works:
            tellers.append("compositor")
        if tellers:
            return [Capability(NAME, ", ".join(tellers), True)]
        return [Capability(NAME, None, False, _NOBODY, _INSTEAD)]

    def close(self) -> None:
        """Stop listening."""
        for service in self._services.values():
            service.close()
        for name in list(self._asked):
            self._forget_question(name)
        if self._compositor is not None:
            self._compositor.close()
        self._reason.close()

    def _follow(self, name: str, bus: Bus, owned: str, ears: Callable[[], list[Ear]]) -> None:
        self._services[name] = Service(bus, owned, ears, partial(self._gone, name))

    # logind knows who it is, of all users

    def _logind_ears(self) -> list[Ear]:
        assert self._system is not None
        return [
            PropertyEar(self._system, _LOGIND, "BlockInhibited", self._logind_told, _blocks_idle)
        ]

    def _logind_told(self, detail: str | None) -> None:
        self._forget_question("logind")
        if detail is None or self._system is None:
            self._reason.says("logind", None)
        else:
            self._asked["logind"] = self._system.enquire(
                _LOGIND, "ListInhibitors", on_reply=self._listed, on_refused=self._not_listed
            )

    def _listed(self, body: Body) -> None:
        try:
            who = who_keeps_awake(body[0], os.getuid())
        except UNREADABLE:
            who = None
        self._reason.says("logind", who)

    def _not_listed(self, _error: BusError) -> None:
        self._reason.says("logind", None)

    # the desktops

    def _gnome_ears(self) -> list[Ear]:
        assert self._session is not None
        return [SessionBookEar(self._session, partial(self._reason.says, "GNOME session"))]

    def _kde_ears(self) -> list[Ear]:
        assert self._session is not None
        told = partial(self._ask_why, "Plasma", self._session, _KDE, "ListInhibitions")
        changed = Wanted(_KDE.interface, "InhibitionsChanged", _KDE.path, _KDE.dest)
        question = Question(_KDE, "HasInhibition", "u", (_KDE_SCREEN,), changed)
        return [CallEar(self._loop, self._session, question, told)]

    def _power_ears(self) -> list[Ear]:
        assert self._session is not None
        told = partial(self._ask_why, "power manager", self._session, _POWER, "GetInhibitors")
        changed = Wanted(_POWER.interface, "HasInhibitChanged", _POWER.path, _POWER.dest)
        question = Question(_POWER, "HasInhibit", changed=changed)
        return [CallEar(self._loop, self._session, question, told, self._power)]

    def _ask_why(
        self, name: str, bus: Bus, where: Address, member: str, detail: str | None
    ) -> None:
        """Who keeps it awake for sound alone does not count; where nobody says why, it does."""
        self._forget_question(name)
        if detail is None:
            self._reason.says(name, None)
            return

        def listed(body: Body) -> None:
            entries = body[0] if body and isinstance(body[0], list) else []
            self._reason.says(name, None if entries and all(map(_is_sound, entries)) else "")

        self._asked[name] = bus.enquire(
            where, member, on_reply=listed, on_refused=lambda _error: self._reason.says(name, "")
        )

    def _forget_question(self, name: str) -> None:
        asked = self._asked.pop(name, None)
        if asked is not None:
            asked.close()

    def _gone(self, name: str) -> None:
        self._forget_question(name)
        self._reason.says(name, None)

    def _power(self, value: Any) -> str | None:
        """On Plasma this one speaks of downloads as well, which keep nobody in a chair."""
        return None if self._services["Plasma"].ears else truth(value)


def who_keeps_awake(inhibitors: Any, user: int) -> str | None:
    """The first of logind's list that blocks idling for that user; None if nobody does."""
    for what, who, why, mode, uid, _pid in inhibitors:
        blocks = _IDLE in what.split(":") and mode == "block" and uid == user
        if blocks and not sound_alone(who, why):
            return str(who)
    return None


def _blocks_idle(value: Any) -> str | None:
    return "" if _IDLE in str(value).split(":") else None


def _is_sound(entry: Any) -> bool:
    """Whether an entry, a name or a name and a reason, is there for sound alone."""
    return sound_alone(*map(str, entry)) if isinstance(entry, tuple) else sound_alone(str(entry))
