"""Where a display is, and what lets us in there."""

import os
import re
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

from deskbreak.struct import Struct

_NAME = re.compile(
    r"(?:(?P<way>tcp|unix)/)?(?P<host>[-.\w]*):(?P<number>\d{1,5})(?:\.(?P<screen>\d{1,3}))?"
)
_FIRST_PORT = 6000
_COOKIE = b"MIT-MAGIC-COOKIE-1"
_ANY_HOST, _THIS_HOST = 0xFFFF, 0x100


class Display(Struct):
    """One X server: the socket's path or its host and port, its number, and the screen meant."""

    address: str | tuple[str, int]
    number: int
    screen: int


def display_of(name: str) -> Display:
    """What a DISPLAY stands for. Raises OSError where it makes no sense, or asks the network."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise OSError(f"this is not the name of a display: {name!r}")
    number, screen = int(found["number"]), int(found["screen"] or 0)
    host = found["host"]
    if found["way"] != "tcp" and host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return Display(path if Path(path).exists() else f"\0{path}", number, screen)
    numbers = "127.0.0.1" if host == "localhost" else host
    try:
        socket.inet_aton(numbers)
    except OSError:
        raise OSError(f"the host of display {name} is not given by its numbers") from None
    return Display((numbers, _FIRST_PORT + number), number, screen)


def cookie_for(display: Display) -> tuple[bytes, bytes]:
    """The kind and the secret of what lets us in; empty where there is nothing of the kind."""
    path = os.environ.get("XAUTHORITY") or str(Path("~/.Xauthority").expanduser())
    try:
        entries = list(_entries(Path(path).read_bytes()))
    except (OSError, struct.error):
        return b"", b""
    here = socket.gethostname().encode()
    best: tuple[int, bytes] = (0, b"")
    for family, address, number, kind, secret in entries:
        if kind == _COOKIE and number in (b"", b"%d" % display.number):
            ours = family == _ANY_HOST or (family == _THIS_HOST and address == here)
            best = max(best, (1 + ours, secret), key=lambda found: found[0])
    return (_COOKIE, best[1]) if best[0] else (b"", b"")


def _entries(data: bytes) -> Iterator[tuple[int, bytes, bytes, bytes, bytes]]:
    """Family, address, number, kind and secret of each. Raises struct.error where it breaks off."""
    at = 0
    while at < len(data):
        (family,) = struct.unpack_from(">H", data, at)
        at += 2
        parts = []
        for _ in range(4):
            (length,) = struct.unpack_from(">H", data, at)
            parts.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        address, number, kind, secret = parts
        yield family, address, number, kind, secret
