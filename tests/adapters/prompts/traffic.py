"""Looks over the shoulder of a real notification server: what it was asked and what it said."""

import asyncio
from typing import Any

from jeepney import HeaderFields, Message, MessageType
from jeepney.bus_messages import MatchRule, Monitoring
from jeepney.io.blocking import Proxy, open_dbus_connection

NAME = "org.freedesktop.Notifications"


class Traffic:
    """The banners that the server of a private bus has on the screen, by number."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.banners: dict[int, tuple[str, list[str]]] = {}
        self.showed: list[tuple[str, list[str]]] = []
        self.signals: list[tuple[str, Any]] = []
        self._asked: dict[tuple[str, int], tuple[str, list[str]]] = {}
        self._loop = loop
        self._connection = open_dbus_connection(address)
        rules = [
            MatchRule(interface=NAME).serialise(),
            MatchRule(type="method_return").serialise(),
        ]
        monitoring = Monitoring("/org/freedesktop/DBus", "org.freedesktop.DBus")
        Proxy(monitoring, self._connection, timeout=60).BecomeMonitor(rules)
        loop.add_reader(self._connection.sock, self._readable)

    def close(self) -> None:
        self._loop.remove_reader(self._connection.sock)
        self._connection.close()

    def _readable(self) -> None:
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            self._overheard(message)

    def _overheard(self, message: Message) -> None:
        fields = message.header.fields
        member = fields.get(HeaderFields.member)
        kind = message.header.message_type
        if kind is MessageType.method_call and member == "Notify":
            who = (fields[HeaderFields.sender], message.header.serial)
            self._asked[who] = (message.body[3], message.body[5][::2])
        elif kind is MessageType.method_return:
            who = (fields.get(HeaderFields.destination, ""), fields[HeaderFields.reply_serial])
            if who in self._asked:
                banner = self._asked.pop(who)
                self.banners[message.body[0]] = banner
                self.showed.append(banner)
        elif kind is MessageType.signal:
            self.signals.append((str(member), message.body))
            if member == "NotificationClosed":
                self.banners.pop(message.body[0], None)
