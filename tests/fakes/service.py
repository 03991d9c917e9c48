"""A D-Bus service that a test plays itself, with full control over what is answered and when."""

import asyncio
from abc import ABC, abstractmethod
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import DBusNameFlags
from jeepney.io.blocking import open_dbus_connection

UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod"

Call = tuple[str, int]
"""Who called, and the number of the call there."""


def call_of(message: Message) -> Call:
    """What tells a call from every other."""
    return message.header.fields[HeaderFields.sender], message.header.serial


class Service(ABC):
    """A connection of its own in the test's loop; subclasses answer in `called`.

    While `silent` nothing is answered; `speak` answers what came in the meantime. A service that
    is `doubled` sends each signal from a second connection as well.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        address: str,
        *names: str,
        with_fds: bool = False,
        doubled: bool = False,
    ) -> None:
        self.silent = False
        self.calls: list[tuple[str, Any]] = []
        self._loop = loop
        self._held: list[Message] = []
        self._connection = open_dbus_connection(address, enable_fds=with_fds)
        self._second = open_dbus_connection(address) if doubled else None
        self.unique_name = self._connection.unique_name
        for name in names:
            flags = DBusNameFlags.do_not_queue
            assert self._connection.bus_proxy.RequestName(name, flags) == (1,)
        loop.add_reader(self._connection.sock, self._readable)
        loop.call_soon(self._readable)  # what came in while the names were asked for

    @abstractmethod
    def called(self, member: str, message: Message) -> None:
        """Answer a call."""

    def stop(self) -> None:
        """Be gone from the bus, as after a crash."""
        if self._connection is not None:
            self._loop.remove_reader(self._connection.sock)
            self._connection.close()
            self._connection = None
        if self._second is not None:
            self._second.close()
            self._second = None

    def speak(self) -> None:
        """Answer again, first what has waited."""
        self.silent = False
        held, self._held = self._held, []
        for message in held:
            self._take(message)

    def reply(self, to: Message, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        """Answer a call."""
        self.send(new_method_return(to, signature, body), to)

    def refuse(self, to: Message, name: str = UNKNOWN_METHOD, text: str = "") -> None:
        """Answer a call with an error."""
        self.send(new_error(to, name, "s", (text,)), to)

    def signal(
        self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]
    ) -> None:
        """Send a signal to whoever listens."""
        self.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def send(self, message: Message, answered: Message | None = None) -> None:
        """Everything that goes out does so here, and in order; `answered` is the call."""
        if self._connection is None:
            return
        self._connection.send(message)
        if answered is not None:
            self._answered(answered)
        elif self._second is not None:
            self._second.send(message)

    def _answered(self, call: Message) -> None:  # noqa: B027 - most have nothing to do then
        """The answer to that call is on its way."""

    def _readable(self) -> None:
        while self._connection is not None:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.message_type is MessageType.method_call:
                if self.silent:
                    self._held.append(message)
                else:
                    self._take(message)

    def _take(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        self.calls.append((member, message.body))
        self.called(member, message)
