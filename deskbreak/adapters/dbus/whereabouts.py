"""Where a bus listens, from the environment (never read before it is asked for)."""

import os
from collections.abc import Iterator
from typing import Literal

from jeepney.bus import get_connectable_addresses

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


def _session() -> str:
    if given := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return given
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return f"unix:path={runtime}/bus"
    raise LookupError("neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR is set")


def _system() -> str:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM
