"""Programs that keep the screen awake, a film for one: somebody is there without input (B2).

Every desktop has its own book of them. All that run are listened to; any of them is enough.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from deskbreak.adapters.dbus.bus import Bus
from deskbreak.adapters.dbus.enquiry import Enquiry
from deskbreak.adapters.dbus.words import Address, Body, BusError, Wanted
from deskbreak.adapters.holds.ears import CallEar, Ear, PropertyEar, Question, Service, truth
from deskbreak.adapters.holds.reason import Probe, Reason
from deskbreak.adapters.holds.sessionbook import NAME as SESSION_NAME
from deskbreak.adapters.holds.sessionbook import SessionBookEar
from deskbreak.adapters.stream import UNREADABLE
from deskbreak.adapters.wayland.link import on_wayland
from deskbreak.core.holds import sound_alone
from deskbreak.ports import Capability

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
            from deskbreak.adapters.holds.awake import CompositorEar

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
