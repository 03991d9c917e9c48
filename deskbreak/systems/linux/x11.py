"""A connection to the X server, read and written by the loop: nothing here waits for an answer.

As little as this needs no library: a request is four bytes and words of 32 bits, and what comes in
are packets of 32 bytes, of which replies can be longer. Requests are numbered by their order.
"""

import asyncio
import os
import re
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from deskbreak.adapters.stream import Stream
from deskbreak.struct import Struct
from deskbreak.systems.posix.sockets import connect

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


PATIENCE_S = 25.0
"""How long a question may be open. A server that only stands still for a while is waited for."""

_ORDER = b"l" if sys.byteorder == "little" else b"B"
_VERSION = 11
_LET_IN, _ERROR, _REPLY, _GENERIC_EVENT, _SENT = 1, 0, 1, 35, 0x80
_PACKET = 32
_QUERY_EXTENSION = 98

Told = Callable[[bytes | None], None]
"""Gets a reply as it came in, or None where the server says no."""


class Extension(Struct):
    """The numbers of an extension's requests and events."""

    opcode: int
    first_event: int


class XLink(Stream):
    """One connection. `ready` is called when it can be used.

    `heard` gets the code of each event and its 32 bytes, each in a turn of the loop of its own.
    `lost` is called once with a sentence if the server goes, does not answer or does not let us in;
    the link is of no more use then.
    """

    __slots__ = (
        "_heard", "_ids", "_opened", "_ready", "_screen", "_sequence", "_waiting", "root",
    )  # fmt: skip

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        ready: Callable[[], None],
        heard: Callable[[int, bytes], None],
        lost: Callable[[str], None],
    ) -> None:
        super().__init__(loop, self._packets, lambda why: lost(f"the X server {why}"))
        self.root = 0
        self._ready = ready
        self._heard = heard
        self._opened = False
        self._screen = 0
        self._sequence = 0
        self._ids = 0
        self._waiting: dict[int, Told] = {}

    def begin(self, name: str) -> None:
        """Connect to that display. Raises OSError."""
        display = display_of(name)
        try:
            self.open(connect(display.address))
        except OSError as error:
            raise OSError(f"cannot reach display {name}: {error.strerror}") from error
        self._screen = display.screen
        self.expect_within(PATIENCE_S)
        self._greet(display)

    def close(self) -> None:
        """Hang up."""
        self._waiting.clear()
        super().close()

    def new_id(self) -> int:
        """A number for something that the next request makes."""
        self._ids += 1
        return self._ids

    def request(self, code: int, data: int = 0, body: bytes = b"") -> None:
        """Ask for something to be done; `data` is the byte beside the code."""
        padded = body + b"\0" * (-len(body) % 4)
        self._sequence = (self._sequence + 1) & 0xFFFF
        self.send(struct.pack("=BBH", code, data, 1 + len(padded) // 4) + padded)

    def ask(self, code: int, data: int, body: bytes, told: Told) -> None:
        """The same for a request that is answered."""
        if not self._waiting:
            self.expect_within(PATIENCE_S)
        self.request(code, data, body)
        self._waiting[self._sequence] = told

    def ask_extension(self, name: str, told: Callable[[Extension | None], None]) -> None:
        """Ask for the numbers of an extension; None where the server does not have it."""

        def answered(reply: bytes | None) -> None:
            there = reply is not None and reply[8]
            told(Extension(reply[9], reply[10]) if reply is not None and there else None)

        body = struct.pack("=Hxx", len(name)) + name.encode()
        self.ask(_QUERY_EXTENSION, 0, body, answered)

    # the greeting

    def _greet(self, display: Display) -> None:
        kind, secret = cookie_for(display)
        greeting = struct.pack("=cxHHHHxx", _ORDER, _VERSION, 0, len(kind), len(secret))
        padded = [part + b"\0" * (-len(part) % 4) for part in (kind, secret)]
        self.send(greeting + b"".join(padded))

    def _welcome(self, buffer: bytearray) -> bool:
        """Take in the answer to the greeting; False while it is not there yet."""
        if len(buffer) < 8:
            return False
        length = 8 + 4 * struct.unpack_from("=H", buffer, 6)[0]
        if len(buffer) < length:
            return False
        said = bytes(buffer[:length])
        del buffer[:length]
        if said[0] != _LET_IN:
            reason = said[8 : 8 + said[1]].decode("utf-8", "replace").strip()
            self._end(f"does not let us in ({reason})")
            return False
        (self._ids,) = struct.unpack_from("=I", said, 12)
        self.root = _root(said, self._screen)
        self._opened = True
        self.expect_within(None)
        self._ready()
        return True

    # what comes in

    def _packets(self, buffer: bytearray) -> None:
        if not self._opened and not self._welcome(buffer):
            return
        while len(buffer) >= _PACKET:
            kind, length = buffer[0] & ~_SENT, _PACKET
            if kind in (_REPLY, _GENERIC_EVENT):
                length += 4 * struct.unpack_from("=I", buffer, 4)[0]
            if len(buffer) < length:
                return
            packet = bytes(buffer[:length])
            del buffer[:length]
            if kind in (_REPLY, _ERROR):
                self._answered(packet)
            else:
                self._loop.call_soon(self._happened, kind, packet)

    def _answered(self, packet: bytes) -> None:
        told = self._waiting.pop(struct.unpack_from("=H", packet, 2)[0], None)
        if told is not None:  # otherwise something went wrong that nobody asked about
            self.expect_within(PATIENCE_S if self._waiting else None)
            told(packet if packet[0] == _REPLY else None)

    def _happened(self, kind: int, packet: bytes) -> None:
        if self.is_open:
            self._heard(kind, packet)


def _root(said: bytes, screen: int) -> int:
    """The root window of a screen, out of all that the server says of itself at first."""
    vendor, screens, formats = struct.unpack_from("=H2xBB", said, 24)
    at = 40 + vendor + (-vendor % 4) + 8 * formats
    for _ in range(min(screen, screens - 1)):
        depths, at = said[at + 39], at + 40
        for _ in range(depths):
            at += 8 + 24 * struct.unpack_from("=H", said, at + 2)[0]
    return int(struct.unpack_from("=I", said, at)[0])
