"""Which signals are wanted by whom, and who owns which name.

A rule names its sender to the bus, so that a desktop that sends each signal from two connections
reaches us once. Signals carry the unique name of their sender; so for each well-known sender its
owner is followed, and what comes from anybody else is dropped here as well.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from jeepney import HeaderFields, MatchRule, Message

from deskbreak.systems.linux.dbus.calls import let_go
from deskbreak.systems.linux.dbus.types import DRIVER, Body, Signal, Wanted

Heard = Callable[[Signal], None]
Owned = Callable[[str, str], None]
AskDriver = Callable[[str, str, Callable[[Body | None], None]], None]
"""Calls a method of the bus itself with one string; the answer is None where it refused."""


class Watch:
    """A wish for certain signals; ends with `close`."""

    __slots__ = ("_drop", "callback", "live", "wanted")

    def __init__(self, wanted: Wanted, callback: Heard, drop: Callable[["Watch"], None]) -> None:
        self.wanted = wanted
        self.callback = callback
        self.live = True
        self._drop = drop

    def rule(self) -> str:
        """The wish as the bus understands it."""
        wanted = self.wanted
        rule = MatchRule(
            type="signal",
            sender=wanted.sender,
            interface=wanted.interface,
            member=wanted.member,
            path=wanted.path,
        )
        if wanted.arg0 is not None:
            rule.add_arg_condition(0, wanted.arg0)
        return str(rule.serialise())

    def wants(self, signal: Signal) -> bool:
        """Whether this is such a signal, its sender aside."""
        wanted = self.wanted
        return (
            signal.interface == wanted.interface
            and wanted.member in (None, signal.member)
            and wanted.path in (None, signal.path)
            and (wanted.arg0 is None or signal.body[:1] == (wanted.arg0,))
        )

    def close(self) -> None:
        """Want no more."""
        if self.live:
            self.live = False
            self._drop(self)


class Name:
    """A well-known name and its owner: "" for nobody, None before the bus has told."""

    __slots__ = ("listeners", "name", "owner", "users", "watch")

    def __init__(self, name: str, drop: Callable[[Watch], None]) -> None:
        self.name = name
        self.owner: str | None = None
        self.users = 0
        self.listeners: list[Owned] = []
        wanted = Wanted(DRIVER, "NameOwnerChanged", sender=DRIVER, arg0=name)
        self.watch = Watch(wanted, self._changed, drop)

    def is_owned_by(self, owner: str) -> None:
        """Take note, and tell those who listen if that is news."""
        old, self.owner = self.owner, owner
        if old != owner:
            for listener in tuple(self.listeners):
                listener(old or "", owner)

    def looked_up(self, answer: Body | None) -> None:
        """The bus has told who the owner is; an error means nobody."""
        self.is_owned_by("" if answer is None else answer[0])

    def lost(self) -> None:
        """The bus is gone and with it the owner."""
        if self.owner:
            self.is_owned_by("")
        self.owner = None

    def _changed(self, signal: Signal) -> None:
        self.is_owned_by(signal.body[2])


class Subscriptions:
    """All wishes of one bus; they outlive its connections."""

    __slots__ = ("_ask", "_loop", "_names", "_watches")

    def __init__(self, loop: asyncio.AbstractEventLoop, ask: AskDriver) -> None:
        self._loop = loop
        self._ask = ask
        self._watches: list[Watch] = []
        self._names: dict[str, Name] = {}

    def renew(self) -> None:
        """Say everything to a new connection; owners first, or first signals would seem foreign."""
        followed = [name.watch for name in self._names.values()]
        for name in self._names.values():
            self._tell_bus("AddMatch", name.watch)
            self._ask("GetNameOwner", name.name, name.looked_up)
        for watch in self._watches:
            if watch not in followed:
                self._tell_bus("AddMatch", watch)

    def lost(self) -> None:
        """The connection is gone."""
        for name in self._names.values():
            self._loop.call_soon(name.lost)

    def watch(self, wanted: Wanted, callback: Heard) -> Watch:
        """Want such signals."""
        watch = Watch(wanted, callback, self._unwatch)
        if wanted.sender is not None and _has_owner(wanted.sender):
            self._follow(wanted.sender)
        self._add(watch)
        return watch

    def owner_watch(self, name: str, callback: Owned) -> Callable[[], None]:
        """Want to know who owns a name; returns what ends the wish."""
        entry = self._follow(name)
        entry.listeners.append(callback)
        if entry.owner is not None:
            self._loop.call_soon(callback, "", entry.owner)
        return partial(self._owner_unwatch, entry, callback)

    def heard(self, message: Message) -> None:
        """Tell a signal to those who want it, each in a turn of its own."""
        fields = message.header.fields
        signal = Signal(
            fields.get(HeaderFields.sender, ""),
            fields[HeaderFields.path],
            fields[HeaderFields.interface],
            fields[HeaderFields.member],
            message.body,
        )
        for watch in self._watches:
            if watch.wants(signal):
                self._loop.call_soon(self._pass_on, watch, signal)
        let_go(message.body)

    def _pass_on(self, watch: Watch, signal: Signal) -> None:
        """Now that all that came before has been taken in, the owner of a name is certain."""
        if watch.live and self._is_from(signal.sender, watch.wanted.sender):
            watch.callback(signal)

    def _is_from(self, sender: str, wanted: str | None) -> bool:
        if wanted is None or sender == wanted:
            return True
        name = self._names.get(wanted)
        return name is not None and name.owner == sender

    def _add(self, watch: Watch) -> None:
        self._watches.append(watch)
        self._tell_bus("AddMatch", watch)

    def _unwatch(self, watch: Watch) -> None:
        self._watches.remove(watch)
        self._tell_bus("RemoveMatch", watch)
        sender = watch.wanted.sender
        if sender is not None and _has_owner(sender):
            self._unfollow(self._names[sender])

    def _tell_bus(self, what: str, watch: Watch) -> None:
        self._ask(what, watch.rule(), lambda _answer: None)

    def _owner_unwatch(self, entry: Name, callback: Owned) -> None:
        if callback in entry.listeners:
            entry.listeners.remove(callback)
            self._unfollow(entry)

    def _follow(self, name: str) -> Name:
        entry = self._names.get(name)
        if entry is None:
            entry = self._names[name] = Name(name, self._unwatch)
            self._add(entry.watch)
            self._ask("GetNameOwner", name, entry.looked_up)
        entry.users += 1
        return entry

    def _unfollow(self, entry: Name) -> None:
        entry.users -= 1
        if entry.users == 0:
            del self._names[entry.name]
            entry.watch.close()


def _has_owner(sender: str) -> bool:
    """Whether a sender has to be followed to its owner; unique names and the bus itself do not."""
    return sender != DRIVER and not sender.startswith(":")
