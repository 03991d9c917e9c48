"""The settings portal of a desktop: what colours, contrast and movement people want."""

import asyncio

from jeepney import Message

from tests.fakes.service import Service

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE, APPEARANCE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"


class FakePortal(Service):
    """Answers `Read` as xdg-desktop-portal does: a variant in a variant; if `slow`, later."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, address: str, *, slow: bool = False, **values: int
    ) -> None:
        self._kept: list[Message] | None = [] if slow else None
        self._values = {key.replace("_", "-"): value for key, value in values.items()}
        super().__init__(loop, address, NAME)

    def set(self, key: str, value: int) -> None:
        """The person chooses something else."""
        self._values[key] = value
        told = (APPEARANCE, key, ("u", value))
        self.signal(PATH, INTERFACE, "SettingChanged", "ssv", told)

    def answer_now(self) -> None:
        """Answer what was asked so far, and what comes."""
        kept, self._kept = self._kept or [], None
        for message in kept:
            self.called("Read", message)

    def called(self, member: str, message: Message) -> None:
        if self._kept is not None:
            self._kept.append(message)
        elif member == "Read" and message.body[0] == APPEARANCE and message.body[1] in self._values:
            self.reply(message, "v", (("v", ("u", self._values[message.body[1]])),))
        else:
            self.refuse(message, "org.freedesktop.portal.Error.NotFound", "no such setting")
