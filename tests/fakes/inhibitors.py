"""The books of what keeps the screen awake: logind's, GNOME's, Plasma's and a power manager's."""

import asyncio
import os
from functools import reduce
from operator import or_
from typing import Any

from jeepney import HeaderFields, Message

from tests.fakes.service import Service

PROPERTIES = "org.freedesktop.DBus.Properties"
LOGIND = "org.freedesktop.login1"
GNOME, GNOME_PATH = "org.gnome.SessionManager", "/org/gnome/SessionManager"
_MANAGER_PATH, _MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class FakeLogindBook(Service):
    """logind with its inhibitors alone. `broken` answers are of another shape than they should."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.entries: list[tuple[str, str, str, str, int, int]] = []
        self.broken = False
        super().__init__(loop, address, LOGIND)

    def keep_awake(
        self,
        who: str,
        *,
        what: str = "idle",
        mode: str = "block",
        uid: int | None = None,
        why: str = "a reason",
    ) -> None:
        """Somebody blocks what they name."""
        user = os.getuid() if uid is None else uid
        self.entries.append((what, who, why, mode, user, 4711))
        self._tell()

    def let_sleep(self, who: str) -> None:
        """They block it no longer."""
        self.entries = [entry for entry in self.entries if entry[1] != who]
        self._tell()

    def called(self, member: str, message: Message) -> None:
        if member == "ListInhibitors" and self.broken:
            self.reply(message, "s", ("what?",))
        elif member == "ListInhibitors":
            self.reply(message, "a(ssssuu)", (self.entries,))
        elif member == "Get" and message.body == (_MANAGER, "BlockInhibited"):
            self.reply(message, "v", (("s", self._blocked()),))
        else:
            self.refuse(message)

    def _blocked(self) -> str:
        return ":".join(what for what, _, _, mode, _, _ in self.entries if mode == "block")

    def _tell(self) -> None:
        body: tuple[Any, ...] = (_MANAGER, {"BlockInhibited": ("s", self._blocked())}, [])
        if self._connection is not None:
            self.signal(_MANAGER_PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)


class FakeBook(Service):
    """Any service that answers one question with one value and says by a signal that it changed.

    `lists` are the answers to further questions, by their names.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        address: str,
        name: str,
        question: str,
        value: tuple[str, Any],
    ) -> None:
        self.question = question
        self.value = value
        self.lists: dict[str, tuple[str, Any]] = {}
        super().__init__(loop, address, name)

    def called(self, member: str, message: Message) -> None:
        signature, value = self.value
        if member == "Get" and message.body[1] == self.question:
            self.reply(message, "v", ((signature, value),))
        elif member == self.question:
            self.reply(message, signature, (value,))
        elif member in self.lists:
            signature, value = self.lists[member]
            self.reply(message, signature, (value,))
        else:
            self.refuse(message)


class FakeSessionBook(Service):
    """GNOME's session with its inhibitors: flags, who and why of each, by number."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.entries: dict[int, tuple[int, str, str]] = {}
        super().__init__(loop, address, GNOME)

    def keep_awake(self, number: int, who: str, why: str, flags: int = 8) -> None:
        """Somebody blocks what the flags say."""
        before = self._actions()
        self.entries[number] = flags, who, why
        self._changed("InhibitorAdded", number, before)

    def let_sleep(self, number: int) -> None:
        """They block it no longer."""
        before = self._actions()
        del self.entries[number]
        self._changed("InhibitorRemoved", number, before)

    def called(self, member: str, message: Message) -> None:
        last = message.header.fields[HeaderFields.path].rpartition("Inhibitor")[2]
        number = int(last) if last.isdecimal() else 0
        asked = ("GetFlags", "GetAppId", "GetReason")
        if member == "Get":
            self.reply(message, "v", (("u", self._actions()),))
        elif member == "GetInhibitors":
            self.reply(message, "ao", ([_path(one) for one in self.entries],))
        elif member in asked and number in self.entries:
            at = asked.index(member)
            self.reply(message, "uss"[at], (self.entries[number][at],))
        else:
            self.refuse(message)

    def _actions(self) -> int:
        return reduce(or_, (flags for flags, _, _ in self.entries.values()), 0)

    def _changed(self, signal: str, number: int, before: int) -> None:
        if self._connection is None:
            return
        if self._actions() != before:  # as GNOME does: not a word where the sum stays the same
            body: tuple[Any, ...] = (GNOME, {"InhibitedActions": ("u", self._actions())}, [])
            self.signal(GNOME_PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)
        self.signal(GNOME_PATH, GNOME, signal, "o", (_path(number),))


def _path(number: int) -> str:
    return f"{GNOME_PATH}/Inhibitor{number}"
