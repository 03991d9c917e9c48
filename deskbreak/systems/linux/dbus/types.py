"""The few types that go with a bus: where a call goes, what a signal was, how a call can end.

A variant is a pair `(signature, value)` in both directions, an array a list (of bytes: `bytes`),
a struct a tuple, a dictionary a dict.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from jeepney.bus import get_connectable_addresses

from deskbreak.struct import Struct

Body = tuple[Any, ...]
Answered = Callable[[Body], None]
Served = Callable[[str, Body, str], tuple[str, Body]]
"""A served interface: (member, body, sender) -> (signature, body); may raise `BusRefusal`."""

DRIVER = "org.freedesktop.DBus"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Address(Struct):
    """One interface of one object of one service."""

    dest: str
    path: str
    interface: str


class Signal(Struct):
    """A signal that came in; `sender` is the unique name of the connection that sent it."""

    sender: str
    path: str
    interface: str
    member: str
    body: Body


class Wanted(Struct):
    """Which signals are wanted; None wants all. `arg0` is compared with the first argument.

    Name the `sender` whenever it is known: a well-known name means its owner of the moment.
    """

    interface: str
    member: str | None = None
    path: str | None = None
    sender: str | None = None
    arg0: str | None = None


class BusError(Exception):
    """A call did not bring an answer; says why in one sentence."""


class Gone(BusError):  # noqa: N818 - named by what happened
    """There is no connection to the bus, or it was lost before the answer came."""


class TimedOut(BusError):  # noqa: N818 - named by what happened
    """No answer came in time; it may still come late."""


class Refused(BusError):  # noqa: N818 - named by what happened
    """The other side, or the bus on its behalf, answered with an error."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(f"{name}: {text}" if text else name)
        self.name = name
        self.text = text

    @property
    def nobody_there(self) -> bool:
        """Whether the reason is that no such service runs and none could be started."""
        return self.name in {
            f"{DRIVER}.Error.ServiceUnknown",
            f"{DRIVER}.Error.NameHasNoOwner",
        } or self.name.startswith(f"{DRIVER}.Error.Spawn.")


class BusRefusal(Exception):  # noqa: N818 - an answer, not an accident
    """Raised by a served interface to answer a call with an error."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(name, text)
        self.name = name
        self.text = text


def is_u32(value: object) -> bool:
    """Whether it can be said as an unsigned number of 32 bits, whatever a peer has said it as."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 32


Which = Literal["session", "system"]

_SYSTEM = "unix:path=/run/dbus/system_bus_socket"


def sockets(which: Which, address: str | None = None) -> Iterator[str]:
    """The socket paths to try, in order; an abstract one begins with a zero byte.

    Raises LookupError with a sentence where there is nothing to try.
    """
    if address is None:
        address = _session() if which == "session" else _system()
    try:
        yield from get_connectable_addresses(address)
    except (ValueError, RuntimeError) as error:
        raise LookupError(f"the address of the {which} bus makes no sense: {address!r}") from error


def has_bus(environ: Mapping[str, str]) -> bool:
    """Whether there may be a session bus, now or soon."""
    if environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = environ.get("XDG_RUNTIME_DIR")
    return bool(runtime and Path(runtime, "bus").exists())


def _session() -> str:
    if given := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return given
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return f"unix:path={runtime}/bus"
    raise LookupError("neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR is set")


def _system() -> str:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM
