"""The books of what keeps the screen awake: logind's, GNOME's, Plasma's and a power manager's."""

import asyncio
import os
from typing import Any

from jeepney import Message

from tests.fakes.service import Service

PROPERTIES = "org.freedesktop.DBus.Properties"
LOGIND = "org.freedesktop.login1"
_MANAGER_PATH, _MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"


class FakeLogindBook(Service):
    """logind with its inhibitors alone. `broken` answers are of another shape than they should."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.entries: list[tuple[str, str, str, str, int, int]] = []
        self.broken = False
        super().__init__(loop, address, LOGIND)

    def keep_awake(
        self, who: str, *, what: str = "idle", mode: str = "block", uid: int | None = None
    ) -> None:
        """Somebody blocks what they name."""
        user = os.getuid() if uid is None else uid
        self.entries.append((what, who, "a reason", mode, user, 4711))
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
        body = (_MANAGER, {"BlockInhibited": ("s", self._blocked())}, [])
        if self._connection is not None:
            self.signal(_MANAGER_PATH, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)


class FakeBook(Service):
    """Any service that answers one question with one value and says by a signal that it changed."""

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
        super().__init__(loop, address, name)

    def called(self, member: str, message: Message) -> None:
        signature, value = self.value
        if member == "Get" and message.body[1] == self.question:
            self.reply(message, "v", ((signature, value),))
        elif member == self.question:
            self.reply(message, signature, (value,))
        else:
            self.refuse(message)
