"""Writes a film as an animated GIF (GIF89a, endless)."""

import struct
from collections.abc import Iterator

from deskbreak.windows.export.film import CLEAR, Film, changes

_BITS = 8
_MOST_CODES = 4096


def gif(film: Film) -> bytes:
    """The file."""
    head = b"GIF89a" + struct.pack("<HHBBB", film.width, film.height, 0xF7, 0, 0)
    out = [head, film.table, b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"]
    for change in changes(film):
        stays = round(change.stays_ms / 10)
        out.append(struct.pack("<BBBBHBB", 0x21, 0xF9, 4, 0x05, stays, CLEAR, 0))
        out.append(struct.pack("<BHHHHB", 0x2C, 0, change.top, film.width, change.rows, 0))
        out.append(bytes([_BITS]))
        out += _blocks(compressed(change.pixels))
    return b"".join([*out, b"\x3b"])


def compressed(pixels: bytes) -> bytes:
    """The pixels as LZW codes of growing width, as GIF packs them."""
    bits = _Bits()
    for code, width in _codes(pixels):
        bits.put(code, width)
    return bits.done()


def _codes(pixels: bytes) -> Iterator[tuple[int, int]]:
    """Each code with its width in bits."""
    clear, stop = 1 << _BITS, (1 << _BITS) + 1
    known: dict[int, int] = {}
    following, width = stop + 1, _BITS + 1
    yield clear, width
    prefix = -1
    for pixel in pixels:
        if prefix < 0:
            prefix = pixel
            continue
        key = prefix << _BITS | pixel
        longer = known.get(key)
        if longer is not None:
            prefix = longer
            continue
        yield prefix, width
        prefix = pixel
        if following == _MOST_CODES:
            yield clear, width
            known.clear()
            following, width = stop + 1, _BITS + 1
            continue
        known[key] = following
        if following == 1 << width:
            width += 1
        following += 1
    if prefix >= 0:
        yield prefix, width
    yield stop, width


class _Bits:
    """Packs codes from the lowest bit on."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._rest = 0
        self._count = 0

    def put(self, code: int, width: int) -> None:
        self._rest |= code << self._count
        self._count += width
        while self._count >= 8:
            self._out.append(self._rest & 0xFF)
            self._rest >>= 8
            self._count -= 8

    def done(self) -> bytes:
        if self._count:
            self._out.append(self._rest & 0xFF)
        return bytes(self._out)


def _blocks(data: bytes) -> Iterator[bytes]:
    """The data in pieces of at most 255 bytes, each after its length, and the empty one."""
    for at in range(0, len(data), 255):
        piece = data[at : at + 255]
        yield bytes([len(piece)]) + piece
    yield b"\0"
