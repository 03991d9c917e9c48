"""Reads a switch from the settings database of GNOME and its relatives, without their libraries.

The database is one file that is replaced at every change: a table of names, each a piece of a path
with a pointer to the piece before it, and the values beside. `FORMAT` is how it begins.
"""

import struct
from collections.abc import Mapping
from pathlib import Path

FORMAT = b"GVariant"
_HEADER = struct.Struct("<8sIIII")
_TABLE = struct.Struct("<II")
_ITEM = struct.Struct("<IIIHBBII")
_BLOOM_WORDS = 0x07FFFFFF
_NO_PARENT = 0xFFFFFFFF
_LONGEST = 16 << 20


def database(environ: Mapping[str, str]) -> Path:
    """Where the person's settings lie."""
    config = environ.get("XDG_CONFIG_HOME") or f"{environ.get('HOME', '')}/.config"
    return Path(config) / "dconf" / "user"


def read_switch(path: Path, key: str) -> bool | None:
    """The truth under that key ("/org/gnome/..."); None where it was never set.

    Raises OSError, and ValueError or struct.error for a file that makes no sense.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    if not data:
        return None
    return find_switch(data, key)


def find_switch(data: bytes, key: str) -> bool | None:
    """The truth under that key in a database."""
    signature, _version, _options, start, end = _HEADER.unpack_from(data)
    if signature != FORMAT or end > len(data):
        raise ValueError("this is not a settings database")
    items = _items(data[start:end])
    for number, item in enumerate(items):
        kind, value_start, value_end = chr(item[4]), item[6], item[7]
        if kind == "v" and _name(data, items, number) == key:
            value = data[value_start:value_end]
            return bool(value[0]) if value[1:] == b"\0b" else None
    return None


def _items(table: bytes) -> list[tuple[int, ...]]:
    bloom, buckets = _TABLE.unpack_from(table)
    at = _TABLE.size + 4 * ((bloom & _BLOOM_WORDS) + buckets)
    whole = len(table) - (len(table) - at) % _ITEM.size
    return list(_ITEM.iter_unpack(table[at:whole]))


def _name(data: bytes, items: list[tuple[int, ...]], number: int) -> str:
    """The pieces of a name put together, the last first."""
    pieces: list[str] = []
    while number != _NO_PARENT and len(pieces) <= len(items):
        _hash, parent, start, size, *_ = items[number]
        pieces.append(data[start : start + size].decode("utf-8", "replace"))
        number = parent
    return "".join(reversed(pieces))
