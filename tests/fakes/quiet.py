"""A notification server under any name, with its own way of telling that it keeps quiet."""

import asyncio
from typing import Any

from jeepney import Message

from tests.fakes.service import Service

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
PROPERTIES = "org.freedesktop.DBus.Properties"


class FakeQuietServer(Service):
    """`properties` are what it has, by interface and name; `answers` what methods return.

    A property changes by `change`; `by_name` the change is told without the value.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, address: str, server: str, *more_names: str
    ) -> None:
        self.server = server
        self.properties: dict[tuple[str, str], tuple[str, Any]] = {}
        self.answers: dict[str, tuple[str, tuple[Any, ...]]] = {}
        super().__init__(loop, address, NAME, *more_names)

    def change(
        self, path: str, interface: str, name: str, value: tuple[str, Any], *, by_name: bool = False
    ) -> None:
        """A property changes, and that is told."""
        self.properties[interface, name] = value
        changed, outdated = ({}, [name]) if by_name else ({name: value}, [])
        body = (interface, changed, outdated)
        self.signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def called(self, member: str, message: Message) -> None:
        if member == "GetServerInformation":
            self.reply(message, "ssss", (self.server, "somebody", "1", "1.2"))
        elif member == "Get" and message.body in self.properties:
            self.reply(message, "v", (self.properties[message.body],))
        elif member in self.answers:
            self.reply(message, *self.answers[member])
        else:
            self.refuse(message)
