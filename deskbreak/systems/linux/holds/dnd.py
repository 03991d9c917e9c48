"""Do-not-disturb, as the notification server of the moment tells of it.

Each server has its own way. Which one runs is asked whenever it changes; the way that the
freedesktop specification proposes (`Inhibited`) is tried with all of them.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from deskbreak.adapters.holds.probes import Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.adapters.stream import UNREADABLE
from deskbreak.ports import Capability
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.types import Address, Body, Signal, Wanted
from deskbreak.systems.linux.holds.listeners import (
    Ear,
    Meaning,
    Question,
    QuestionEar,
    Told,
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
_INHIBITED = Question.of_property(_NOTIFICATIONS, "Inhibited")
_PAUSED_OF_DUNST = Question.of_property(_DUNST, "paused")
_MODES_OF_NEW_MAKO = Question.of_property(_MAKO, "Modes")
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
        name = str(body[0]) if body else ""
        self._server = name or "a server without a name"
        self._ask(_INHIBITED)
        self._listen_its_own_way(name.casefold())

    def _listen_its_own_way(self, server: str) -> None:
        """Beside the common one; some have none of their own."""
        if server == "dunst":
            self._ask(_PAUSED_OF_DUNST)
        elif server == "mako":  # newer ones have a property that tells, older ones have to be asked
            older = partial(self._ask, _MODES_OF_MAKO, _quiet_mode)
            self._ask(_MODES_OF_NEW_MAKO, _quiet_mode, older)
        elif server == "swaynotificationcenter":
            self._ask(_DND_OF_SWAYNC)
        elif server == "xfce notify daemon":
            self._ask(_DND_OF_XFCE, _inside)
        elif server in _SWITCHES and self._bus is not None:
            key, on = _SWITCHES[server]
            told = partial(self._reason.says, key)
            self._listen(SwitchEar(self._bus, database(self._environ), key, told, on=on))

    def _ask(
        self,
        question: Question,
        meaning: Meaning = truth,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        assert self._bus is not None
        told = partial(self._reason.says, question.property or question.member)
        self._listen(QuestionEar(self._loop, self._bus, question, told, meaning, refused))

    def _listen(self, ear: Ear) -> None:
        self._ears.append(ear)
        ear.start()


def _inside(variant: Any) -> str | None:
    return truth(variant[1])


def _quiet_mode(modes: Any) -> str | None:
    return "" if _QUIET_MODES.intersection(modes) else None


class SwitchEar:
    """Hears a switch in the settings database of GNOME and its relatives.

    The database's own signal says that a key, or a folder of keys, has changed.
    """

    def __init__(self, bus: Bus, path: Path, key: str, told: Told, *, on: bool) -> None:
        self.name = key
        self.works = False
        self._bus = bus
        self._path = path
        self._told = told
        self._on = on

    def start(self) -> None:
        """Begin to listen."""
        name = "ca.desrt.dconf.Writer"
        wanted = Wanted(name, "Notify", "/ca/desrt/dconf/Writer/user", "ca.desrt.dconf")
        self._watch = self._bus.watch(wanted, self._changed)
        self._look()

    def close(self) -> None:
        """Stop listening."""
        self._watch.close()

    def _changed(self, signal: Signal) -> None:
        match signal.body:
            case (str(prefix), *_) if self.name.startswith(prefix):
                self._look()

    def _look(self) -> None:
        try:
            value = read_switch(self._path, self.name)
        except (OSError, *UNREADABLE):
            self.works, value = False, None
        else:
            self.works = True
        self._told("" if self.works and value is self._on else None)


FORMAT = b"GVariant"
_HEADER = struct.Struct("<8sIIII")
_TABLE = struct.Struct("<II")
_ITEM = struct.Struct("<IIIHBBII")
_BLOOM_WORDS = 0x07FFFFFF
_NO_PARENT = 0xFFFFFFFF
_LONGEST = 16 << 20


def database(environ: Mapping[str, str]) -> Path:
    """Where the person's settings lie."""
    config = environ.get("XDG_CONFIG_HOME") or f"{environ.get('HOME', '')}/.config"
    return Path(config) / "dconf" / "user"


def read_switch(path: Path, key: str) -> bool | None:
    """The truth under that key ("/org/gnome/..."); None where it was never set.

    Raises OSError, and ValueError or struct.error for a file that makes no sense.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    if not data:
        return None
    return find_switch(data, key)


def find_switch(data: bytes, key: str) -> bool | None:
    """The truth under that key in a database."""
    signature, _version, _options, start, end = _HEADER.unpack_from(data)
    if signature != FORMAT or end > len(data):
        raise ValueError("this is not a settings database")
    items = _items(data[start:end])
    for number, item in enumerate(items):
        kind, value_start, value_end = chr(item[4]), item[6], item[7]
        if kind == "v" and _name(data, items, number) == key:
            value = data[value_start:value_end]
            return bool(value[0]) if value[1:] == b"\0b" else None
    return None


def _items(table: bytes) -> list[tuple[int, ...]]:
    bloom, buckets = _TABLE.unpack_from(table)
    at = _TABLE.size + 4 * ((bloom & _BLOOM_WORDS) + buckets)
    whole = len(table) - (len(table) - at) % _ITEM.size
    return list(_ITEM.iter_unpack(table[at:whole]))


def _name(data: bytes, items: list[tuple[int, ...]], number: int) -> str:
    """The pieces of a name put together, the last first."""
    pieces: list[str] = []
    while number != _NO_PARENT and len(pieces) <= len(items):
        _hash, parent, start, size, *_ = items[number]
        pieces.append(data[start : start + size].decode("utf-8", "replace"))
        number = parent
    return "".join(reversed(pieces))
