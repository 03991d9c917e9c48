"""The values of PipeWire's own protocol: a size, a type and a body each, padded to eight bytes.

Only what listing the objects of a PipeWire server takes is here.
"""

import struct
from typing import Any

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
