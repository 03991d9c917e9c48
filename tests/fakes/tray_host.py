"""A StatusNotifierWatcher and host on a private bus, over plain jeepney: a panel by hand.

It shares the event loop with the icon under test; its methods run the loop until they are answered.
"""

import asyncio
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
ITEM_PATH = "/StatusNotifierItem"
PATIENCE_S = 3.0


class CallRefusedError(Exception):
    """The icon answered with an error."""


class TrayHost:
    """`items` are the names that registered, `signals` what they said since last cleared."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        bus: str,
        *,
        hosting: bool = True,
        refuses: int = 0,
    ) -> None:
        self.items: list[str] = []
        self.signals: list[tuple[str, Any]] = []
        self.hosting = hosting
        self._refuses = refuses
        self._loop = loop
        self._replies: dict[int, asyncio.Future[Message]] = {}
        self._connection: DBusConnection = loop.run_until_complete(open_dbus_connection(bus))
        self._reader = loop.create_task(self._read())
        for interface in (ITEM, MENU):
            self.call(message_bus.AddMatch(MatchRule(type="signal", interface=interface)))
        assert self.call(message_bus.RequestName(WATCHER, 4)) == (1,)

    # ------------------------------------------------------------------ as a bus client

    def call(self, message: Message) -> Any:
        """Send a call and run the loop until its answer; raises CallRefusedError."""
        return self._loop.run_until_complete(asyncio.wait_for(self._call(message), PATIENCE_S))

    async def _call(self, message: Message) -> Any:
        serial = next(self._connection.outgoing_serial)
        self._replies[serial] = self._loop.create_future()
        await self._connection.send(message, serial=serial)
        reply = await self._replies[serial]
        if reply.header.message_type is MessageType.error:
            raise CallRefusedError(reply.header.fields[HeaderFields.error_name], reply.body)
        return reply.body

    async def _read(self) -> None:
        while True:
            message = await self._connection.receive()
            fields = message.header.fields
            match message.header.message_type:
                case MessageType.method_call:
                    await self._connection.send(self._answer(message))
                case MessageType.signal:
                    if fields[HeaderFields.interface] in (ITEM, MENU):
                        self.signals.append((fields[HeaderFields.member], message.body))
                case _:
                    waiting = self._replies.pop(fields[HeaderFields.reply_serial], None)
                    if waiting is not None and not waiting.done():
                        waiting.set_result(message)

    def _answer(self, call: Message) -> Message:
        member = call.header.fields[HeaderFields.member]
        if member == "RegisterStatusNotifierItem":
            if self._refuses:
                self._refuses -= 1
                return new_error(call, "org.freedesktop.DBus.Error.Failed")
            self.items.append(call.body[0])
            return new_method_return(call)
        if member == "Get" and call.body[1] == "IsStatusNotifierHostRegistered":
            return new_method_return(call, "v", (("b", self.hosting),))
        return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")

    # ------------------------------------------------------------------ as a host

    def begin_hosting(self, *, hosting: bool = True) -> None:
        """A host joins the watcher, or leaves it."""
        self.hosting = hosting
        word = "StatusNotifierHostRegistered" if hosting else "StatusNotifierHostUnregistered"
        signal = new_signal(DBusAddress(WATCHER_PATH, interface=WATCHER), word)
        self._loop.run_until_complete(self._connection.send(signal))

    def properties(self, interface: str = ITEM, path: str = ITEM_PATH) -> dict[str, Any]:
        """All properties of the last item, without their signatures."""
        body = self.item_call(PROPERTIES, "GetAll", "s", (interface,), path)
        return {name: value for name, (_signature, value) in body[0].items()}

    def item_call(
        self,
        interface: str,
        member: str,
        signature: str = "",
        body: Any = (),
        path: str = ITEM_PATH,
    ) -> Any:
        """Call the last item that registered."""
        to = DBusAddress(path, self.items[-1], interface)
        return self.call(new_method_call(to, member, signature or None, body))

    def menu_call(self, member: str, signature: str = "", body: Any = ()) -> Any:
        """Call the menu of the last item."""
        return self.item_call(MENU, member, signature, body, self.properties()["Menu"])

    def open_menu(self) -> bool:
        """Say that the menu is about to be shown; whether it has to be fetched again."""
        return bool(self.menu_call("AboutToShow", "i", (0,))[0])

    def tree(self) -> dict[str, Any]:
        """The whole menu: id, properties and `below` of each entry."""
        return _readable(self.menu_call("GetLayout", "iias", (0, -1, []))[1])

    def entry(self, *labels: str) -> dict[str, Any]:
        """The entry found by following the labels down the menu."""
        here = self.tree()
        for label in labels:
            here = next(e for e in here["below"] if e.get("label") == label)
        return here

    def click(self, *labels: str) -> None:
        """Click the entry found by following the labels down the menu."""
        self.send_event(self.entry(*labels)["id"])

    def send_event(self, number: int, event: str = "clicked") -> None:
        """Send the event that a click on an entry makes."""
        self.menu_call("Event", "isvu", (number, event, ("i", 0), 0))

    def said(self) -> list[str]:
        """The names of the signals since last cleared."""
        return [name for name, _body in self.signals]

    def close(self) -> None:
        """The panel is gone."""
        self._reader.cancel()
        self._loop.run_until_complete(asyncio.gather(self._reader, return_exceptions=True))
        self._loop.run_until_complete(self._connection.close())


def _readable(node: Any) -> dict[str, Any]:
    number, properties, below = node
    plain = {name: value for name, (_signature, value) in properties.items()}
    return {"id": number, **plain, "below": [_readable(child) for _signature, child in below]}
