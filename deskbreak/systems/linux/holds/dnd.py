"""Do-not-disturb, as the notification server of the moment tells of it.

Each server has its own way. Which one runs is asked whenever it changes; the way that the
freedesktop specification proposes (`Inhibited`) is tried with all of them.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from deskbreak.adapters.holds.reason import Probe, Reason
from deskbreak.ports import Capability
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.types import Address, Body, Wanted
from deskbreak.systems.linux.holds.listeners import (
    CallEar,
    Ear,
    Meaning,
    PropertyEar,
    Question,
    SwitchEar,
    Told,
    database,
    truth,
)

NAME = "do not disturb"
_INSTEAD = "For some quiet: `deskbreak pause`, or Pause in the tray."
_SERVER = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_NOTIFICATIONS = Address(_SERVER, _PATH, _SERVER)
_DUNST = Address(_SERVER, _PATH, "org.dunstproject.cmd0")
_MAKO = Address(_SERVER, "/fr/emersion/Mako", "fr.emersion.Mako")
_SWAYNC = Address(
    "org.erikreider.swaync.cc", "/org/erikreider/swaync/cc", "org.erikreider.swaync.cc"
)
_XFCONF = Address("org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf")
_XFCE = ("xfce4-notifyd", "/do-not-disturb")
_DND_OF_XFCE = Question(
    _XFCONF, "GetProperty", "ss", _XFCE,
    changed=Wanted(_XFCONF.interface, None, _XFCONF.path, _XFCONF.dest, _XFCE[0]),
    unset=("org.xfce.Xfconf.Error.PropertyNotFound",),
)  # fmt: skip
_DND_OF_SWAYNC = Question(
    _SWAYNC, "GetDnd", changed=Wanted(_SWAYNC.interface, None, _SWAYNC.path, _SWAYNC.dest)
)
_MODES_OF_MAKO = Question(_MAKO, "ListModes", every_s=60.0)
_QUIET_MODES = frozenset({"do-not-disturb", "dnd", "donotdisturb", "do_not_disturb", "away"})
_SWITCHES = {
    "gnome-shell": ("/org/gnome/desktop/notifications/show-banners", False),
    "notification daemon": ("/org/mate/notification-daemon/do-not-disturb", True),
    "cinnamon": ("/org/cinnamon/desktop/notifications/display-notifications", False),
}
"""Servers that go by a switch in the settings database: its key, and how it stands for quiet."""


class QuietProbe(Probe):
    """Asks whoever shows notifications whether the person wants none."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        reason: Reason,
        bus: Bus | None,
        environ: Mapping[str, str],
    ) -> None:
        self._loop = loop
        self._reason = reason
        self._bus = bus
        self._environ = environ
        self._server = ""
        self._asked: Enquiry | None = None
        self._ears: list[Ear] = []
        self._end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to listen to the server that runs, and to any later one."""
        if self._bus is not None:
            self._end = self._bus.owner_watch(_SERVER, self._owner_is)

    def capabilities(self) -> list[Capability]:
        """Whether the server tells."""
        ears = [ear.name for ear in self._ears if ear.works]
        if ears:
            return [Capability(NAME, self._server, True)]
        return [Capability(NAME, self._server or None, False, self._why(), _INSTEAD)]

    def close(self) -> None:
        """Stop listening."""
        self._end()
        self._forget()
        self._reason.close()

    def _why(self) -> str:
        if self._bus is None:
            return "there is no session bus"
        if not self._bus.up:
            return self._bus.why
        if not self._server:
            return "no notification server runs"
        return "this notification server does not say"

    def _forget(self) -> None:
        self._server = ""
        if self._asked is not None:
            self._asked.close()
            self._asked = None
        for ear in self._ears:
            ear.close()
            self._reason.says(ear.name, None)
        self._ears = []

    def _owner_is(self, _old: str, new: str) -> None:
        self._forget()
        if new and self._bus is not None:
            self._server = new
            self._asked = self._bus.enquire(
                _NOTIFICATIONS, "GetServerInformation",
                on_reply=self._server_is, on_refused=lambda _error: self._server_is(()),
            )  # fmt: skip

    def _server_is(self, body: Body) -> None:
        assert self._bus is not None
        name = str(body[0]) if body else ""
        self._server = name or "a server without a name"
        self._listen(PropertyEar(self._bus, _NOTIFICATIONS, "Inhibited", self._told("Inhibited")))
        way = self._way(self._bus, name.casefold())
        if way is not None:
            self._listen(way)

    def _listen(self, ear: Ear) -> None:
        self._ears.append(ear)
        ear.start()

    def _told(self, teller: str) -> Told:
        return partial(self._reason.says, teller)

    def _way(self, bus: Bus, server: str) -> Ear | None:
        """The way of that server, beside the common one; None where it has none of its own."""
        if server == "dunst":
            return PropertyEar(bus, _DUNST, "paused", self._told("paused"))
        if server == "mako":
            return self._mako(bus)
        if server == "swaynotificationcenter":
            return self._ask(_DND_OF_SWAYNC)
        if server == "xfce notify daemon":
            return self._ask(_DND_OF_XFCE, _inside)
        if server in _SWITCHES:
            key, on = _SWITCHES[server]
            return SwitchEar(bus, database(self._environ), key, self._told(key), on=on)
        return None

    def _ask(self, question: Question, meaning: Meaning = truth) -> Ear:
        assert self._bus is not None
        told = self._told(question.member)
        return CallEar(self._loop, self._bus, question, told, meaning)

    def _mako(self, bus: Bus) -> Ear:
        """Newer ones have a property that tells; older ones have to be asked now and then."""
        return PropertyEar(
            bus, _MAKO, "Modes", self._told("Modes"), _quiet_mode,
            refused=lambda: self._listen(self._ask(_MODES_OF_MAKO, _quiet_mode)),
        )  # fmt: skip


def _inside(variant: Any) -> str | None:
    return truth(variant[1])


def _quiet_mode(modes: Any) -> str | None:
    return "" if _QUIET_MODES.intersection(modes) else None
