"""Small listeners on a bus: each hears one thing of one service and tells what it comes to.

`told` gets a name for people ("" without one) while the thing is so, None while it is not, and is
not called where the service does not know: `works` says whether it has told anything.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from deskbreak.adapters.filewatch import FileWatch
from deskbreak.adapters.stream import UNREADABLE
from deskbreak.backoff import Backoff
from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.calls import Enquiry
from deskbreak.systems.linux.dbus.signals import Watch
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, Refused, Signal, Wanted
from deskbreak.systems.linux.filewatch import watch_files

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


Told = Callable[[str | None], None]
Meaning = Callable[[Any], str | None]
"""What the value of a property, or the first of an answer, is to be taken for."""


class Ear(Protocol):
    """One listener."""

    name: str
    works: bool

    def start(self) -> None:
        """Begin to listen."""

    def close(self) -> None:
        """Stop listening; nothing is told by that."""


def truth(value: Any) -> str | None:
    """For a value that is simply true or not."""
    return "" if value is True else None


def _meant(meaning: Meaning, value: Any) -> str | None:
    """What a value means; nothing, where the service says something else than it should."""
    try:
        return meaning(value)
    except (TypeError, *UNREADABLE):
        return None


class PropertyEar:
    """Hears one property of a service, asked once and told from then on.

    `refused` is called if the service does not have it.
    """

    def __init__(
        self,
        bus: Bus,
        where: Address,
        name: str,
        told: Told,
        meaning: Meaning = truth,
        *,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.works = False
        self._bus = bus
        self._where = where
        self._told = told
        self._meaning = meaning
        self._no_such = refused
        self._watch: Watch | None = None
        self._asked: Enquiry | None = None

    def start(self) -> None:
        """Begin to listen."""
        where = self._where
        changed = Wanted(PROPERTIES, "PropertiesChanged", where.path, where.dest, where.interface)
        self._watch = self._bus.watch(changed, self._changed)
        self._ask()

    def close(self) -> None:
        """Stop listening."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._asked is not None:
            self._asked.close()
            self._asked = None

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.close()
        where = self._where
        self._asked = self._bus.enquire(
            Address(where.dest, where.path, PROPERTIES), "Get", "ss", (where.interface, self.name),
            on_reply=self._answered, on_refused=lambda _error: self._no_such(),
        )  # fmt: skip

    def _answered(self, body: Body) -> None:
        match body:
            case ((str(), value),):
                self._tell(value)

    def _changed(self, signal: Signal) -> None:
        match signal.body:
            case (_, dict(changed), _) if self.name in changed:
                self._tell(changed[self.name][1])
            case (_, _, list(outdated)) if self.name in outdated:
                self._ask()

    def _tell(self, value: Any) -> None:
        self.works = True
        self._told(_meant(self._meaning, value))


class Question(Struct):
    """A method that tells what is so now, and what says when to ask it again.

    That is the signal `changed`, or so many seconds. An error of one of the names in `unset` means
    that it is not so.
    """

    where: Address
    member: str
    signature: str = ""
    body: Body = ()
    changed: Wanted | None = None
    every_s: float | None = None
    unset: tuple[str, ...] = ()


class CallEar:
    """Asks a service a question, and again whenever the answer may be another."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        bus: Bus,
        question: Question,
        told: Told,
        meaning: Meaning = truth,
    ) -> None:
        self.name = question.member
        self.works = False
        self._loop = loop
        self._bus = bus
        self._question = question
        self._told = told
        self._meaning = meaning
        self._watch: Watch | None = None
        self._next: asyncio.TimerHandle | None = None
        self._asked: Enquiry | None = None

    def start(self) -> None:
        """Begin to listen."""
        if self._question.changed is not None:
            self._watch = self._bus.watch(self._question.changed, lambda _signal: self._ask())
        self._ask()

    def close(self) -> None:
        """Stop listening."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._forget_question()

    def _forget_question(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None
        if self._asked is not None:
            self._asked.close()
            self._asked = None

    def _ask(self) -> None:
        self._forget_question()
        asked = self._question
        self._asked = self._bus.enquire(
            asked.where, asked.member, asked.signature, asked.body,
            on_reply=self._answered, on_refused=self._refused,
        )  # fmt: skip

    def _answered(self, body: Body) -> None:
        self._took(_meant(self._meaning, body[0] if body else None), works=True)

    def _refused(self, error: Refused) -> None:
        self._took(None, works=error.name in self._question.unset)

    def _took(self, meant: str | None, *, works: bool) -> None:
        self.works = works
        if works and self._question.every_s is not None:
            self._next = self._loop.call_later(self._question.every_s, self._ask)
        self._told(meant)


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
        self._watch: Watch | None = None

    def start(self) -> None:
        """Begin to listen."""
        name = "ca.desrt.dconf.Writer"
        wanted = Wanted(name, "Notify", "/ca/desrt/dconf/Writer/user", "ca.desrt.dconf")
        self._watch = self._bus.watch(wanted, self._changed)
        self._look()

    def close(self) -> None:
        """Stop listening."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _changed(self, signal: Signal) -> None:
        match signal.body:
            case (str(prefix), *_) if self.name.startswith(prefix):
                self._look()

    def _look(self) -> None:
        try:
            value = read_switch(self._path, self.name)
        except (OSError, *UNREADABLE):
            self.works = False
            self._told(None)
            return
        self.works = True
        self._told("" if value is self._on else None)


class Service:
    """Ears on one service, for as long as that runs; `gone` is called when it does not any more."""

    def __init__(
        self, bus: Bus, name: str, ears: Callable[[], list[Ear]], gone: Callable[[], None]
    ) -> None:
        self.name = name
        self.ears: list[Ear] = []
        self._bus = bus
        self._make = ears
        self._gone = gone
        self._end: Callable[[], None] | None = None

    @property
    def works(self) -> bool:
        """Whether anything has been told."""
        return any(ear.works for ear in self.ears)

    def start(self) -> None:
        """Begin to listen, now or when the service comes up."""
        self._end = self._bus.owner_watch(self.name, self._owner_is)

    def close(self) -> None:
        """Stop listening."""
        if self._end is not None:
            self._end()
            self._end = None
        self._drop()

    def _owner_is(self, _old: str, new: str) -> None:
        self._drop()
        if not new:
            self._gone()
            return
        self.ears = self._make()
        for ear in self.ears:
            ear.start()

    def _drop(self) -> None:
        for ear in self.ears:
            ear.close()
        self.ears = []


FIRST_S, LAST_S = 2.0, 300.0


class Again:
    """Calls `attempt` some time after each `fail`, later each time until `worked`.

    Where `path` is not there, nothing is tried until it is.
    """

    __slots__ = ("_attempt", "_loop", "_path", "_timer", "_watch", "pauses")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        attempt: Callable[[], None],
        path: Path | None = None,
    ) -> None:
        self._loop = loop
        self._attempt = attempt
        self._path = path
        self._timer: asyncio.TimerHandle | None = None
        self._watch: FileWatch | None = None
        self.pauses = Backoff(FIRST_S, LAST_S)

    def worked(self) -> None:
        """It works: the next failure is a first one."""
        self.close()
        self.pauses.reset()

    def fail(self) -> None:
        """It does not work: try later."""
        self.close()
        if self._path is not None and not self._path.exists():
            self._watch = watch_files(self._loop, [self._path], self._appeared)
            return
        self._timer = self._loop.call_later(self.pauses.pause_s(), self._now)

    def close(self) -> None:
        """Do not try any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _appeared(self) -> None:
        if self._path is not None and self._path.exists():
            self._now()

    def _now(self) -> None:
        self.close()
        self._attempt()
