"""The objects that we offer on a bus: who answers which call."""

from collections.abc import Callable

from jeepney import (
    HeaderFields,
    Message,
    MessageFlag,
    new_error,
    new_method_return,
)

from deskbreak.adapters.dbus.calls import let_go
from deskbreak.adapters.dbus.words import DRIVER, BusRefusal, Served

_PEER = f"{DRIVER}.Peer"


class Objects:
    """The served interfaces by object path."""

    __slots__ = ("_paths",)

    def __init__(self) -> None:
        self._paths: dict[str, dict[str, Served]] = {}

    def serve(self, path: str, interface: str, served: Served) -> None:
        """Answer calls to this interface of this object."""
        self._paths.setdefault(path, {})[interface] = served

    def unserve(self, path: str) -> None:
        """The object is no more."""
        self._paths.pop(path, None)

    def answer(self, call: Message, send: Callable[[Message], None]) -> None:
        """Answer a call with what is served, or with the error that says what is not there."""
        try:
            reply = self._reply(call)
        except BusRefusal as refusal:
            reply = new_error(call, refusal.name, "s", (refusal.text,))
        except Exception:
            # Ours is the mistake, but the caller waits: it gets an error, the loop's log the rest.
            _reply_if_wanted(call, new_error(call, f"{DRIVER}.Error.Failed", "s", ("",)), send)
            raise
        finally:
            let_go(call.body)
        _reply_if_wanted(call, reply, send)

    def _reply(self, call: Message) -> Message:
        fields = call.header.fields
        interface = fields.get(HeaderFields.interface)
        member = fields[HeaderFields.member]
        if interface == _PEER and member == "Ping":
            return new_method_return(call)
        served = self._served(fields[HeaderFields.path], interface)
        signature, body = served(member, call.body, fields.get(HeaderFields.sender, ""))
        return new_method_return(call, signature or None, body)

    def _served(self, path: str, interface: str | None) -> Served:
        interfaces = self._paths.get(path)
        if not interfaces:
            raise BusRefusal(f"{DRIVER}.Error.UnknownObject", f"there is no object {path}")
        if interface is None:
            return next(iter(interfaces.values()))
        if interface not in interfaces:
            raise BusRefusal(f"{DRIVER}.Error.UnknownInterface", f"{path} has no {interface}")
        return interfaces[interface]


def _reply_if_wanted(call: Message, reply: Message, send: Callable[[Message], None]) -> None:
    if not call.header.flags & MessageFlag.no_reply_expected:
        send(reply)
