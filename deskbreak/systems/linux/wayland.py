"""A connection to a Wayland compositor: what it offers, objects made there, events from them.

The wire protocol needs no library for as little as this: each message is the number of an object,
a length, the number of a request or event of that object, and arguments of 32-bit words.
"""

import asyncio
import os
import struct
from collections.abc import Callable, Mapping

from deskbreak.adapters.stream import Stream
from deskbreak.systems.posix.sockets import connect

_DISPLAY = 1
_SYNC, _GET_REGISTRY = 0, 1
_ERROR, _DELETE_ID = 0, 1
_GLOBAL, _GLOBAL_REMOVE = 0, 1
_BIND = 0
_PATIENCE_S = 25.0
_FIRST_OF_SERVER = 0xFF000000

Heard = Callable[[int, bytes], None]
"""Called with the number of an event and its arguments; may raise one of `stream.UNREADABLE`."""


def on_wayland(environ: Mapping[str, str]) -> bool:
    """Whether this session is one of Wayland."""
    session = environ.get("XDG_SESSION_TYPE", "").lower()
    return bool(environ.get("WAYLAND_DISPLAY")) or session == "wayland"


def socket_path(environ: Mapping[str, str]) -> str:
    """Where the compositor of this session listens. Raises OSError where there is none."""
    name = environ.get("WAYLAND_DISPLAY") or "wayland-0"
    if not on_wayland(environ):
        raise OSError("there is no Wayland compositor here (WAYLAND_DISPLAY is not set)")
    folder = environ.get("XDG_RUNTIME_DIR", "")
    if not name.startswith("/") and not folder:
        raise OSError("XDG_RUNTIME_DIR is not set")
    return os.path.join(folder, name)  # noqa: PTH118 - an absolute name stands for itself


class WaylandLink(Stream):
    """One connection. `ready` is called when `version` knows what the compositor offers.
    `patience_s` is how many seconds that may take.

    `lost` is called once with a sentence, later, if the compositor goes, does not answer or
    refuses something; the link is of no more use then.
    """

    __slots__ = (
        "_free", "_globals", "_heard", "_next", "_ready", "_registry",
        "patience_s",
    )  # fmt: skip

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        ready: Callable[[], None],
        lost: Callable[[str], None],
    ) -> None:
        super().__init__(loop, self._messages, lambda why: lost(f"the compositor {why}"))
        self._ready = ready
        self._globals: dict[str, tuple[int, int]] = {}
        self._heard: dict[int, Heard] = {_DISPLAY: self._display}
        self._next = _DISPLAY + 1
        self._free: list[int] = []
        self._registry = 0
        self.patience_s = _PATIENCE_S

    def begin(self, path: str) -> None:
        """Connect and ask what there is. Raises OSError."""
        try:
            self.open(connect(path))
        except OSError as error:
            raise OSError(f"cannot reach the compositor: {error.strerror}") from error
        self.expect_within(self.patience_s)
        self._registry = self.create(self._registered)
        self.request(_DISPLAY, _GET_REGISTRY, self._registry)
        self.sync(self._all_told)

    def version(self, interface: str) -> int:
        """The version in which the compositor offers an interface; 0 where it does not."""
        return self._globals.get(interface, (0, 0))[1]

    def bind(self, interface: str, version: int, heard: Heard | None = None) -> int:
        """The number of the compositor's object of that interface. Raises OSError without it."""
        if not self.version(interface):
            raise OSError(f"the compositor does not offer {interface}")
        name, most = self._globals[interface]
        made = self.create(heard)
        self._say(
            self._registry, _BIND,
            struct.pack("=I", name) + _string(interface)
            + struct.pack("=II", min(version, most), made),
        )  # fmt: skip
        return made

    def create(self, heard: Heard | None = None) -> int:
        """A number for an object that the next request makes."""
        if self._free:
            made = self._free.pop()
        else:
            made, self._next = self._next, self._next + 1
        if heard is not None:
            self._heard[made] = heard
        return made

    def adopt(self, number: int, heard: Heard) -> None:
        """Listen to an object that the compositor has made."""
        self._heard[number] = heard

    def destroy(self, number: int, request: int) -> None:
        """Let an object go, by that request of its own."""
        self._heard.pop(number, None)
        self.request(number, request)

    def request(self, number: int, request: int, *words: int) -> None:
        """Ask something of an object; the arguments are 32-bit words."""
        self._say(number, request, struct.pack(f"={len(words)}I", *words))

    def sync(self, done: Callable[[], None]) -> None:
        """Call back when everything asked so far has been done."""
        callback = self.create(lambda _event, _body: done())
        self.request(_DISPLAY, _SYNC, callback)

    def _say(self, number: int, request: int, body: bytes) -> None:
        self.send(struct.pack("=II", number, (8 + len(body)) << 16 | request) + body)

    def _messages(self, buffer: bytearray) -> None:
        while len(buffer) >= 8:
            number, word = struct.unpack_from("=II", buffer)
            length, event = word >> 16, word & 0xFFFF
            if length < 8:
                raise ValueError(f"a message of {length} bytes")
            if len(buffer) < length:
                return
            body = bytes(buffer[8:length])
            del buffer[:length]
            heard = self._heard.get(number)
            if heard is not None:  # events of an object that we have just let go are still coming
                heard(event, body)

    def _display(self, event: int, body: bytes) -> None:
        if event == _ERROR:
            complaint, _ = string(body, 8)
            self._end(f"refuses something ({complaint})")
        elif event == _DELETE_ID:
            (number,) = struct.unpack_from("=I", body)
            self._heard.pop(number, None)
            if number < _FIRST_OF_SERVER:
                self._free.append(number)

    def _registered(self, event: int, body: bytes) -> None:
        (name,) = struct.unpack_from("=I", body)
        if event == _GLOBAL:
            interface, at = string(body, 4)
            (version,) = struct.unpack_from("=I", body, at)
            self._globals.setdefault(interface, (name, version))
        elif event == _GLOBAL_REMOVE:
            self._globals = {i: found for i, found in self._globals.items() if found[0] != name}

    def _all_told(self) -> None:
        self.expect_within(None)
        self._ready()


def string(body: bytes, at: int) -> tuple[str, int]:
    """A string among the arguments of an event, and where the next argument begins."""
    (length,) = struct.unpack_from("=I", body, at)
    text = body[at + 4 : at + 3 + length].decode("utf-8", "replace")
    return text, at + 4 + (length + 3 & ~3)


def _string(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)
