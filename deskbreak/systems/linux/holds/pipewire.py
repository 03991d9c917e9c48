"""A connection to PipeWire: which streams of pictures there are, told as they come and go."""

import asyncio
import itertools
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deskbreak.adapters.holds.probes import Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.adapters.stream import Stream
from deskbreak.adapters.timer import Timer
from deskbreak.ports import Capability
from deskbreak.struct import Struct
from deskbreak.systems.linux.holds.listeners import Again
from deskbreak.systems.linux.wayland import on_wayland
from deskbreak.systems.posix.sockets import connect

_INT, _STRING, _STRUCT = 4, 8, 14
_HEADER = struct.Struct("=IIII")
_POD = struct.Struct("=II")
_SIZE = 0xFFFFFF
_LONGEST = 1 << 20


def pack(value: int | str | tuple[Any, ...]) -> bytes:
    """A number, a text or a struct of values."""
    if isinstance(value, int):
        body, kind = struct.pack("=i", value), _INT
    elif isinstance(value, str):
        body, kind = value.encode() + b"\0", _STRING
    else:
        body, kind = b"".join(pack(item) for item in value), _STRUCT
    return _POD.pack(len(body), kind) + body + b"\0" * (-len(body) % 8)


def message(number: int, method: int, sequence: int, *values: int | str | tuple[Any, ...]) -> bytes:
    """A call of that method of the object of that number."""
    body = pack(values)
    return _HEADER.pack(number, method << 24 | len(body), sequence, 0) + body


def take_message(buffer: bytearray) -> tuple[int, int, list[Any]] | None:
    """Object, event and values of the first message, removed from the buffer; None if incomplete.

    Raises ValueError or struct.error for what is not as it should be.
    """
    if len(buffer) < _HEADER.size:
        return None
    number, word, _sequence, _descriptors = _HEADER.unpack_from(buffer)
    if word & _SIZE > _LONGEST:
        raise ValueError(f"a message of {word & _SIZE} bytes")
    end = _HEADER.size + (word & _SIZE)
    if len(buffer) < end:
        return None
    body = bytes(buffer[_HEADER.size : end])
    del buffer[:end]
    values, _ = unpack(body, 0)  # what follows is a footer, for other clients
    return number, word >> 24, values if isinstance(values, list) else [values]


def unpack(data: bytes, at: int) -> tuple[Any, int]:
    """The value at that place and where the next begins: None for a type that is of no use here."""
    size, kind = _POD.unpack_from(data, at)
    at += _POD.size
    if at + size > len(data):
        raise ValueError("a value that is cut off")
    following = at + (size + 7 & ~7)
    match kind:
        case 4:
            return struct.unpack_from("=i", data, at)[0], following
        case 5:
            return struct.unpack_from("=q", data, at)[0], following
        case 8:
            return data[at : at + size].rstrip(b"\0").decode("utf-8", "replace"), following
        case 14:
            return _struct(data, at, at + size), following
    return None, following


def _struct(data: bytes, at: int, end: int) -> list[Any]:
    values = []
    while at < end:
        value, at = unpack(data, at)
        values.append(value)
    return values


def named(values: list[Any]) -> dict[str, str]:
    """A count, then names and texts in turn, as a dictionary."""
    return dict(zip(values[1::2], values[2::2], strict=False))


_CORE, _CLIENT, _REGISTRY = 0, 1, 2
_HELLO, _SYNC, _PONG, _GET_REGISTRY = 1, 2, 3, 5
_UPDATE_PROPERTIES = 2
_VERSION = 3
_PATIENCE_S = 25.0
_TOGETHER_S = 0.1

_SCREEN = "Stream/Output/Video"
_SOURCE = "Video/Source"
_TAKES = "Stream/Input/Video"
KINDS = (_SCREEN, _SOURCE, _TAKES)


class Node(Struct):
    """An end of a stream of pictures. `device` is set for one that a piece of hardware makes."""

    kind: str
    name: str
    program: str
    device: bool

    @property
    def is_screen(self) -> bool:
        """Whether pictures of a screen or window come out of it."""
        return self.kind == _SCREEN or (self.kind == _SOURCE and not self.device)

    @property
    def takes(self) -> bool:
        """Whether a program takes pictures in by it."""
        return self.kind == _TAKES


def socket_of(environ: Mapping[str, str]) -> Path:
    """Where PipeWire listens. Raises OSError where that cannot be known."""
    name = environ.get("PIPEWIRE_REMOTE") or "pipewire-0"
    if name.startswith("/"):
        return Path(name)
    folder = environ.get("PIPEWIRE_RUNTIME_DIR") or environ.get("XDG_RUNTIME_DIR")
    if not folder:
        raise OSError("XDG_RUNTIME_DIR is not set")
    return Path(folder) / name


class PipeWireLink:
    """One connection. `changed` is called with all nodes of pictures, and again when they change.

    `lost` is called once with a sentence if PipeWire goes or cannot be understood.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        changed: Callable[[list[Node]], None],
        lost: Callable[[str], None],
    ) -> None:
        self._changed = changed
        self._lost = lost
        self._stream = Stream(loop, self._take, lambda why: self._end(f"PipeWire {why}"))
        self._sequence = itertools.count()
        self._nodes: dict[int, Node] = {}
        self._told = False
        self._soon = Timer(loop)

    def open(self, path: Path) -> None:
        """Connect and listen. Raises OSError."""
        try:
            self._stream.open(connect(path))
        except OSError as error:
            raise OSError(f"cannot reach PipeWire: {error.strerror}") from error
        self._stream.expect_within(_PATIENCE_S)
        self._told = False
        self._say(_CORE, _HELLO, _VERSION)
        self._say(_CLIENT, _UPDATE_PROPERTIES, (1, "application.name", "deskbreak"))
        self._say(_CORE, _GET_REGISTRY, _VERSION, _REGISTRY)
        self._say(_CORE, _SYNC, _CORE, 0)

    def close(self) -> None:
        """Hang up."""
        self._soon.cancel()
        self._nodes.clear()
        self._stream.close()

    def _say(self, number: int, method: int, *values: int | str | tuple[Any, ...]) -> None:
        self._stream.send(message(number, method, next(self._sequence), *values))

    def _end(self, why: str) -> None:
        self.close()
        self._lost(why)

    def _take(self, buffer: bytearray) -> None:
        while (message := take_message(buffer)) is not None:
            match message:
                case (0, 2, [int(number), int(sequence)]):  # the core pings
                    self._say(_CORE, _PONG, number, sequence)
                case (0, 3, [0, int(), int(), str(why)]):  # ... or complains
                    self._end(f"PipeWire refuses something ({why})")
                case (0, 1, _):  # ... or has told all that there is
                    self._stream.expect_within(None)
                    self._tell()
                case (2, 0, [int(number), int(), "PipeWire:Interface:Node", int(), list(said)]):
                    self._add(number, named(said))
                case (2, 1, [int(number)]):  # something is gone from the registry
                    self._remove(number)

    def _add(self, number: int, said: Mapping[str, str]) -> None:
        kind = said.get("media.class", "")
        if kind in KINDS:
            program = said.get("application.name", "")
            device = "device.id" in said
            self._nodes[number] = Node(kind, said.get("node.name", ""), program, device)
            self._tell_soon()

    def _remove(self, number: int) -> None:
        if self._nodes.pop(number, None) is not None:
            self._tell_soon()

    def _tell_soon(self) -> None:
        if self._told and not self._soon.is_set:
            self._soon.set(_TOGETHER_S, self._tell)

    def _tell(self) -> None:
        self._told = True
        self._changed(list(self._nodes.values()))


SCREEN_SHARE = "screen share"
TELLER = "PipeWire"
_X11 = "programs that copy an X11 screen by themselves do not show"
_INSTEAD = "Before you share your screen: `deskbreak pause`, or Pause in the tray."


class PictureEar:
    """Hears what PipeWire tells of pictures, whenever there is a PipeWire.

    `heard` gets the nodes, none while there is nobody to tell.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        environ: Mapping[str, str],
        heard: Callable[[list[Node]], None],
    ) -> None:
        self._heard = heard
        self._link = PipeWireLink(loop, self._changed, self._lost)
        self._nowhere = ""
        path = Path()
        try:
            path = socket_of(environ)
        except OSError as error:
            self._nowhere = str(error)
        unanswered = "PipeWire has not answered yet"
        self.again = Again(loop, lambda: self._link.open(path), path, unanswered)

    @property
    def why(self) -> str:
        """What is the matter; empty where it tells."""
        return self._nowhere or self.again.why

    def start(self) -> None:
        """Begin to listen."""
        if not self._nowhere:
            self.again.start()

    def close(self) -> None:
        """Stop listening."""
        self.again.close()
        self._link.close()

    def _lost(self, why: str) -> None:
        self._heard([])
        self.again.fail(why)

    def _changed(self, nodes: list[Node]) -> None:
        self.again.worked()
        self._heard(nodes)


class ScreenShareProbe(Probe):
    """Says that a screen or window is shared or recorded through PipeWire."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, reason: Reason, environ: Mapping[str, str]
    ) -> None:
        self._reason = reason
        self._wayland = on_wayland(environ)
        self.ear = PictureEar(loop, environ, self._heard)

    def start(self) -> None:
        """Begin to listen."""
        self.ear.start()

    def capabilities(self) -> list[Capability]:
        """Whether PipeWire tells."""
        if self.ear.why:
            return [Capability(SCREEN_SHARE, None, False, self.ear.why, _INSTEAD)]
        return [Capability(SCREEN_SHARE, TELLER, True, "" if self._wayland else _X11)]

    def close(self) -> None:
        """Stop listening."""
        self.ear.close()
        self._reason.close()

    def _heard(self, nodes: list[Node]) -> None:
        shared = any(node.is_screen for node in nodes)
        self._reason.says(TELLER, taker(nodes) if shared else None)


def camera_taken(nodes: list[Node]) -> bool:
    """Whether more programs take pictures than screens are shared: the rest look at a camera."""
    screens = sum(node.is_screen for node in nodes)
    return sum(node.takes for node in nodes) > screens


def taker(nodes: list[Node]) -> str:
    """The name of a program that takes pictures in."""
    return next((node.program for node in nodes if node.takes and node.program), "")
