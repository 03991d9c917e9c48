"""Programs that keep the screen awake, a film for one: somebody is there without input (B2).

Every desktop has its own book of them. All that run are listened to; any of them is enough. What
keeps it awake for sound alone does not count; where nobody says why, it does.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from deskbreak.adapters.holds.probes import Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.adapters.stream import UNREADABLE
from deskbreak.adapters.timer import Timer
from deskbreak.core.holds import sound_alone
from deskbreak.ports import Capability
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import Address, Body, Wanted
from deskbreak.systems.linux.holds.listeners import (
    Again,
    Ear,
    Meaning,
    Question,
    QuestionEar,
    Service,
    Told,
    truth,
)
from deskbreak.systems.linux.wayland import WaylandLink, on_wayland, socket_path

NAME = "inhibitors"
_NOBODY = "nothing here says what keeps the screen awake"
_INSTEAD = "While you watch something: `deskbreak reading on`, or I'm reading in the tray."
_LOGIND = Address(
    "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
)
_GNOME_NAME = "org.gnome.SessionManager"
_GNOME = Address(_GNOME_NAME, "/org/gnome/SessionManager", _GNOME_NAME)
_KDE_NAME = "org.kde.Solid.PowerManagement.PolicyAgent"
_KDE = Address(_KDE_NAME, "/org/kde/Solid/PowerManagement/PolicyAgent", _KDE_NAME)
_POWER_NAME = "org.freedesktop.PowerManagement"
_POWER = Address(_POWER_NAME, "/org/freedesktop/PowerManagement/Inhibit", f"{_POWER_NAME}.Inhibit")
_KEEPS_IDLE = 8
_KDE_SCREEN = 4
_IDLE = "idle"
_BLOCKED = Question.of_property(_LOGIND, "BlockInhibited")
_GNOME_BLOCKED = Question.of_property(_GNOME, "InhibitedActions")
_KDE_BLOCKED = Question(
    _KDE, "HasInhibition", "u", (_KDE_SCREEN,),
    Wanted(_KDE.interface, "InhibitionsChanged", _KDE.path, _KDE.dest),
)  # fmt: skip
_POWER_BLOCKED = Question(
    _POWER, "HasInhibit",
    changed=Wanted(_POWER.interface, "HasInhibitChanged", _POWER.path, _POWER.dest),
)  # fmt: skip


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
        self._services: dict[str, Service] = {}
        self._asked: dict[str, Enquiry] = {}
        system, session = buses
        if system is not None:
            who = partial(self._ask_who, "logind", system, _LOGIND, "ListInhibitors", _logind_says)
            self._follow("logind", system, _LOGIND.dest, _BLOCKED, who, _blocks_idle)
        if session is not None:
            self._services["GNOME session"] = Service(
                session, _GNOME_NAME, partial(self._gnome_ears, session),
                partial(self._gone, "GNOME session"),
            )  # fmt: skip
            who = partial(self._ask_who, "Plasma", session, _KDE, "ListInhibitions", _list_says)
            self._follow("Plasma", session, _KDE_NAME, _KDE_BLOCKED, who)
            who = partial(
                self._ask_who, "power manager", session, _POWER, "GetInhibitors", _list_says
            )
            self._follow("power manager", session, _POWER_NAME, _POWER_BLOCKED, who, self._power)
        self._compositor = None
        if on_wayland(environ):
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

    def _follow(
        self,
        name: str,
        bus: Bus,
        owned: str,
        question: Question,
        told: Told,
        meaning: Meaning = truth,
    ) -> None:
        def ears() -> list[Ear]:
            return [QuestionEar(self._loop, bus, question, told, meaning)]

        self._services[name] = Service(bus, owned, ears, partial(self._gone, name))

    def _gnome_ears(self, bus: Bus) -> list[Ear]:
        told = partial(self._reason.says, "GNOME session")
        return [SessionBookEar(self._loop, bus, told)]

    def _ask_who(
        self,
        name: str,
        bus: Bus,
        where: Address,
        member: str,
        says: Callable[[Any], str | None],
        detail: str | None,
    ) -> None:
        """Somebody keeps it awake, or nobody does (None): in the first case ask who, and why."""
        self._forget_question(name)
        if detail is None:
            self._reason.says(name, None)
            return

        def listed(body: Body) -> None:
            try:
                self._reason.says(name, says(body[0] if body else None))
            except (TypeError, *UNREADABLE):
                self._reason.says(name, None)

        self._asked[name] = bus.enquire(
            where, member, on_reply=listed, on_refused=lambda _error: listed(())
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


def _blocks_idle(value: Any) -> str | None:
    return "" if _IDLE in str(value).split(":") else None


def _logind_says(inhibitors: Any) -> str | None:
    return who_keeps_awake(inhibitors, os.getuid())


def who_keeps_awake(inhibitors: Any, user: int) -> str | None:
    """The first of logind's list that blocks idling for that user; None if nobody does."""
    for what, who, why, mode, uid, _pid in inhibitors:
        blocks = _IDLE in what.split(":") and mode == "block" and uid == user
        if blocks and not sound_alone(who, why):
            return str(who)
    return None


def _list_says(entries: Any) -> str | None:
    """Of a list of names, or names and reasons: nothing where all are there for sound alone."""
    known = entries if isinstance(entries, list) else []
    return None if known and all(map(_is_sound, known)) else ""


def _is_sound(entry: Any) -> bool:
    return sound_alone(*map(str, entry)) if isinstance(entry, tuple) else sound_alone(str(entry))


class SessionBookEar:
    """Tells while an entry in the book of GNOME's session keeps the screen awake, sound aside.

    Its property says only that somebody does; of each entry the reason has to be asked.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, bus: Bus, told: Told) -> None:
        self._bus = bus
        self._told = told
        self._actions = QuestionEar(loop, bus, _GNOME_BLOCKED, self._look, _keeps_awake)
        self.name = self._actions.name
        self._awake = False
        self._watches: list[Watch] = []
        self._open: list[Enquiry] = []

    @property
    def works(self) -> bool:
        """Whether it has told anything."""
        return self._actions.works

    def start(self) -> None:
        """Begin to listen."""
        self._watches = [
            self._bus.watch(Wanted(_GNOME_NAME, change, _GNOME.path, _GNOME_NAME), self._changed)
            for change in ("InhibitorAdded", "InhibitorRemoved")
        ]
        self._actions.start()

    def close(self) -> None:
        """Stop listening."""
        for watch in self._watches:
            watch.close()
        self._actions.close()
        self._forget()

    def _look(self, awake: str | None) -> None:
        self._awake = awake is not None
        self._read()

    def _changed(self, _signal: object) -> None:
        self._read()

    def _read(self) -> None:
        self._forget()
        if self._awake:
            self._ask(_GNOME, "GetInhibitors", self._listed)
        else:
            self._told(None)

    def _listed(self, body: Body) -> None:
        match body:
            case ([*paths],) if paths and all(isinstance(path, str) for path in paths):
                said: dict[tuple[str, str], object] = {}
                asked = [
                    (path, member)
                    for path in paths
                    for member in ("GetFlags", "GetAppId", "GetReason")
                ]

                def heard(key: tuple[str, str], body: Body) -> None:
                    said[key] = body[0] if body else None
                    if len(said) == len(asked):
                        self._told("" if any(_counts(said, path) for path in paths) else None)

                for path, member in asked:
                    entry = Address(_GNOME_NAME, path, f"{_GNOME_NAME}.Inhibitor")
                    self._ask(entry, member, partial(heard, (path, member)))
            case _:  # it tells nothing of them: then somebody is there, as far as it says
                self._told("")

    def _ask(self, to: Address, member: str, heard: Callable[[Body], None]) -> None:
        asked = self._bus.enquire(to, member, on_reply=heard, on_refused=lambda _error: heard(()))
        self._open.append(asked)

    def _forget(self) -> None:
        for enquiry in self._open:
            enquiry.close()
        self._open = []


def _keeps_awake(value: object) -> str | None:
    return "" if isinstance(value, int) and value & _KEEPS_IDLE else None


def _counts(said: Mapping[tuple[str, str], object], path: str) -> bool:
    """Whether an entry keeps the screen awake for more than sound, as far as it can be read."""
    flags = said[path, "GetFlags"]
    if isinstance(flags, int) and not flags & _KEEPS_IDLE:
        return False
    return not sound_alone(*(str(said[path, word] or "") for word in ("GetAppId", "GetReason")))


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
        self._again = Again(loop, self._open)
        self._idle = {_PLAIN: False, _INPUT: False}
        self._soon = Timer(loop)

    def start(self) -> None:
        """Begin to listen; where there is no compositor yet, or it is slow, try again later."""
        self._again.start()

    def close(self) -> None:
        """Stop listening."""
        self._again.close()
        self._let_go()

    def _open(self) -> None:
        self._link = WaylandLink(self._loop, self._ready, self._lost)
        self._link.begin(socket_path(self._environ))

    def _let_go(self) -> None:
        self.works = False
        self._soon.cancel()
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

    def _lost(self, why: str) -> None:
        self._let_go()
        self._told(None)
        self._again.fail(why)

    def _alarm(self, kind: int, event: int, _body: bytes) -> None:
        self._idle[kind] = event == _IDLED
        if not self._soon.is_set:
            self._soon.set(_LATER_S, self._look)

    def _look(self) -> None:
        awake = self._idle[_INPUT] and not self._idle[_PLAIN]
        self._told("" if awake else None)
