"""The values of PulseAudio's own protocol, each with a letter in front that tells its type.

PipeWire's PulseAudio server speaks it as well. Only what asking for recordings takes is here.
"""

import struct
from collections.abc import Sequence
from typing import Any

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
