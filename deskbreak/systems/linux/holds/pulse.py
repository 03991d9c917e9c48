"""A connection to the sound server: who records what, told at every change.

It speaks PulseAudio's own protocol over the local socket, to PulseAudio or to PipeWire.
"""

import asyncio
import itertools
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from deskbreak.adapters.stream import Stream
from deskbreak.adapters.timer import Timer
from deskbreak.struct import Struct
from deskbreak.systems.posix.sockets import connect, send_with_credentials

_PLAIN = {"N": None, "1": True, "0": False}
_WORDS = {"L": 4, "B": 1, "R": 8, "r": 8, "U": 8, "T": 8, "V": 4}
_SIZES = {"x": (4, 1, 0), "m": (1, 1, 0), "v": (1, 4, 0), "a": (0, 0, 6)}
"""Bytes: of how many bytes their count is, how many each counts for, how many there are anyway."""

_FRAME = struct.Struct(">5I")
_CONTROL = 0xFFFFFFFF
_LONGEST = 1 << 20


def number(value: int) -> bytes:
    """A number of 32 bits."""
    return b"L" + struct.pack(">I", value)


def text(value: str | None) -> bytes:
    """A text, or none."""
    return b"N" if value is None else b"t" + value.encode() + b"\0"


def blob(value: bytes) -> bytes:
    """Bytes of any kind."""
    return b"x" + struct.pack(">I", len(value)) + value


def properties(values: dict[str, str]) -> bytes:
    """Named texts."""
    parts = [b"P"]
    for name, value in values.items():
        data = value.encode() + b"\0"
        parts += [text(name), number(len(data)), blob(data)]
    return b"".join([*parts, b"N"])


def frame(*values: bytes) -> bytes:
    """A control message of these values."""
    payload = b"".join(values)
    return _FRAME.pack(len(payload), _CONTROL, 0, 0, 0) + payload


def take_frame(buffer: bytearray) -> bytes | None:
    """The payload of the first message, removed from the buffer; None where it is not all there.

    Raises ValueError for what cannot be a message.
    """
    if len(buffer) < _FRAME.size:
        return None
    length, *_ = _FRAME.unpack_from(buffer)
    if length > _LONGEST:
        raise ValueError(f"a message of {length} bytes")
    if len(buffer) < _FRAME.size + length:
        return None
    payload = bytes(buffer[_FRAME.size : _FRAME.size + length])
    del buffer[: _FRAME.size + length]
    return payload


class Values:
    """Takes one value after the other from a payload.

    Raises ValueError, IndexError or struct.error for what is not as it should be.
    """

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def more(self) -> bool:
        """Whether there is anything left."""
        return self._at < len(self._data)

    def take(self) -> Any:
        """The next value: a number, a text or None, a truth, bytes, or a dict of bytes by name."""
        tag = chr(self._data[self._at])
        self._at += 1
        if tag in _PLAIN:
            return _PLAIN[tag]
        if tag in _WORDS:
            return self._word(_WORDS[tag])
        if tag in _SIZES:
            size, each, more = _SIZES[tag]
            return self._bytes(more + each * self._word(size) if size else more)
        return self._text() if tag == "t" else self._properties(tag)

    def record(self, names: Sequence[str]) -> dict[str, Any]:
        """The next values under their names; those named "" are left out."""
        values = [(name, self.take()) for name in names]
        return {name: value for name, value in values if name}

    def _word(self, size: int) -> int:
        return int.from_bytes(self._bytes(size), "big")

    def _bytes(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            raise ValueError("a value that is cut off")
        self._at += size
        return self._data[self._at - size : self._at]

    def _text(self) -> str:
        end = self._data.index(b"\0", self._at)
        found, self._at = self._data[self._at : end], end + 1
        return found.decode("utf-8", "replace")

    def _properties(self, tag: str) -> dict[str, bytes]:
        if tag != "P":
            raise ValueError(f"a value of unknown type {tag!r}")
        found = {}
        while (name := self.take()) is not None:
            self.take()
            found[name] = self.take()
        return found


_ERROR, _REPLY, _AUTH, _SET_CLIENT_NAME = 0, 2, 8, 9
_GET_SOURCE_INFO, _GET_SOURCE_OUTPUT_INFO_LIST = 23, 32
_SUBSCRIBE, _SUBSCRIBE_EVENT = 35, 66
_SOURCE_OUTPUTS_MASK, _SOURCE_OUTPUTS = 0x08, 3
_KIND = 0x0F
_VERSION = 19
"""The first that tells whether a recording is corked, and the last that is as simple."""

_NONE = 0xFFFFFFFF
_COOKIE = 256
_PATIENCE_S = 25.0
_TOGETHER_S = 0.1
"""Several changes at once are looked at once."""

_RECORDING = (
    "index", "media", "", "client", "source", "", "", "", "", "resample", "", "properties", "corked"
)  # fmt: skip
_SOURCE = ("", "name", "", "", "", "", "", "", "monitor_of")


class Recording(Struct):
    """A program that takes sound in. `properties` are what it says of itself."""

    client: int | None
    source: int
    resample: str
    corked: bool
    properties: Mapping[str, str]


class Microphone(Struct):
    """Where sound comes from; a monitor hears only what the machine itself plays."""

    name: str
    is_monitor: bool


def socket_of(environ: Mapping[str, str]) -> Path:
    """Where the sound server listens. Raises OSError where it is on another machine or nowhere."""
    server = environ.get("PULSE_SERVER", "")
    if server:
        path = server.rpartition("}")[2].removeprefix("unix:")
        if not path.startswith("/"):
            raise OSError(f"the sound server is on another machine ({server})")
        return Path(path)
    folder = environ.get("PULSE_RUNTIME_PATH", "")
    if folder:
        return Path(folder) / "native"
    if not environ.get("XDG_RUNTIME_DIR"):
        raise OSError("XDG_RUNTIME_DIR is not set")
    return Path(environ["XDG_RUNTIME_DIR"]) / "pulse" / "native"


def cookie_of(environ: Mapping[str, str]) -> bytes:
    """What lets us in where being the same user does not."""
    home = environ.get("HOME", "/")
    config = Path(environ.get("XDG_CONFIG_HOME") or f"{home}/.config")
    named = environ.get("PULSE_COOKIE", "")
    for path in (Path(named), config / "pulse" / "cookie", Path(home) / ".pulse-cookie"):
        try:
            cookie = path.read_bytes()
        except OSError:
            continue
        if len(cookie) >= _COOKIE:
            return cookie[:_COOKIE]
    return b"\0" * _COOKIE


class PulseLink:
    """One connection. `changed` is called with all recordings, at first and after every change.

    `lost` is called once with a sentence if the server goes, refuses us or cannot be understood.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        changed: Callable[[list[Recording]], None],
        lost: Callable[[str], None],
    ) -> None:
        self._changed = changed
        self._lost = lost
        self._stream = Stream(loop, self._take, lambda why: self._end(f"the sound server {why}"))
        self._numbers: Iterator[int] = itertools.count(1)
        self._waiting: dict[int, Callable[[Values | None], None]] = {}
        self._soon = Timer(loop)

    def open(self, path: Path, cookie: bytes) -> None:
        """Connect and listen. Raises OSError."""
        try:
            connection = connect(path)
        except OSError as error:
            raise OSError(f"cannot reach the sound server: {error.strerror}") from error
        self._stream.open(connection)
        self._stream.expect_within(_PATIENCE_S)
        version, secret = number(_VERSION), blob(cookie)
        ours = next(self._numbers)
        self._waiting[ours] = self._let_in
        first = frame(number(_AUTH), number(ours), version, secret)
        self._stream.send(first[send_with_credentials(connection, first) :])

    def close(self) -> None:
        """Hang up."""
        self._soon.cancel()
        self._waiting.clear()
        self._stream.close()

    def ask_source(self, index: int, told: Callable[[Microphone | None], None]) -> None:
        """Ask where a recording gets its sound from; None if that is gone."""

        def answered(values: Values | None) -> None:
            if values is None:
                told(None)
                return
            found = values.record(_SOURCE)
            told(Microphone(found["name"] or "", found["monitor_of"] != _NONE))

        self._ask(_GET_SOURCE_INFO, answered, number(index), text(None))

    def _end(self, why: str) -> None:
        self.close()
        self._lost(why)

    # the conversation

    def _ask(self, what: int, answered: Callable[[Values | None], None], *values: bytes) -> None:
        ours = next(self._numbers)
        self._waiting[ours] = answered
        self._stream.expect_within(_PATIENCE_S)
        self._stream.send(frame(number(what), number(ours), *values))

    def _take(self, buffer: bytearray) -> None:
        while (payload := take_frame(buffer)) is not None:
            values = Values(payload)
            what, number = values.take(), values.take()
            if what == _SUBSCRIBE_EVENT:
                self._told_of(values.take())
            elif what in (_REPLY, _ERROR) and number in self._waiting:
                answered = self._waiting.pop(number)
                if not self._waiting:
                    self._stream.expect_within(None)
                answered(values if what == _REPLY else None)

    def _let_in(self, values: Values | None) -> None:
        if values is None:
            self._end("the sound server does not let us in")
            return
        name = properties({"application.name": "deskbreak"})
        self._ask(_SET_CLIENT_NAME, lambda _values: None, name)
        self._ask(_SUBSCRIBE, lambda _values: None, number(_SOURCE_OUTPUTS_MASK))
        self._look()

    def _told_of(self, event: int) -> None:
        if event & _KIND == _SOURCE_OUTPUTS and not self._soon.is_set:
            self._soon.set(_TOGETHER_S, self._look)

    def _look(self) -> None:
        self._ask(_GET_SOURCE_OUTPUT_INFO_LIST, self._listed)

    def _listed(self, values: Values | None) -> None:
        recordings = []
        while values is not None and values.more:
            recordings.append(_recording(values.record(_RECORDING)))
        self._changed(recordings)


def _recording(found: Mapping[str, Any]) -> Recording:
    said = {name: _said(value) for name, value in found["properties"].items()}
    client = None if found["client"] == _NONE else found["client"]
    return Recording(client, found["source"], found["resample"] or "", found["corked"], said)


def _said(value: bytes) -> str:
    return value.rstrip(b"\0").decode("utf-8", "replace")
