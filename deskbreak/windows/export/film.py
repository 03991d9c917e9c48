"""A film in at most 255 colours, and what changes from one frame to the next. Pure."""

import struct
import zlib
from collections.abc import Iterator
from itertools import count

from deskbreak.struct import Struct

CLEAR = 255
"""The index that lets the frame before show through."""


class Film(Struct):
    """Frames of one byte a pixel, each an index of `colours` (red, green, blue; 255 at most).

    `frame_ms` is how long each frame stays.
    """

    width: int
    height: int
    colours: tuple[tuple[int, int, int], ...]
    frames: tuple[bytes, ...]
    frame_ms: int

    @property
    def table(self) -> bytes:
        """The colours as 256 times three bytes."""
        flat = bytes(part for colour in self.colours for part in colour)
        return flat.ljust(768, b"\0")


class Change(Struct):
    """Some whole rows of a frame, `CLEAR` where nothing is new, and for how long it stays."""

    top: int
    rows: int
    pixels: bytes
    stays_ms: int


def changes(film: Film) -> Iterator[Change]:
    """What is new in each frame; frames that bring nothing new make the one before stay longer."""
    before: bytes | None = None
    waiting: Change | None = None
    for frame in film.frames:
        change = _change(film, before, frame)
        before = frame
        if waiting is not None and not change.rows:
            waiting = Change(
                waiting.top, waiting.rows, waiting.pixels, waiting.stays_ms + film.frame_ms
            )
            continue
        if waiting is not None:
            yield waiting
        waiting = change
    if waiting is not None:
        yield waiting


def _change(film: Film, before: bytes | None, frame: bytes) -> Change:
    width = film.width
    if before is None:
        return Change(0, film.height, frame, film.frame_ms)
    rows = [
        row
        for row in range(film.height)
        if frame[row * width : (row + 1) * width] != before[row * width : (row + 1) * width]
    ]
    if not rows:
        return Change(0, 0, b"", film.frame_ms)
    begin, end = rows[0] * width, (rows[-1] + 1) * width
    new = bytes(
        now if now != was else CLEAR
        for now, was in zip(frame[begin:end], before[begin:end], strict=True)
    )
    return Change(rows[0], rows[-1] - rows[0] + 1, new, film.frame_ms)


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


_INDEXED = 3
_OVER = 1


def apng(film: Film) -> bytes:
    """The file."""
    shown = list(changes(film))
    out = [
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", film.width, film.height, 8, _INDEXED, 0, 0, 0)),
        _chunk(b"acTL", struct.pack(">II", len(shown), 0)),
        _chunk(b"PLTE", film.table),
        _chunk(b"tRNS", b"\xff" * CLEAR + b"\0"),
    ]
    numbers = count()
    for place, change in enumerate(shown):
        area = (film.width, change.rows, 0, change.top)
        control = struct.pack(
            ">IIIIIHHBB", next(numbers), *area, change.stays_ms, 1000, 0, _OVER if place else 0
        )
        out.append(_chunk(b"fcTL", control))
        data = _packed(change.pixels, film.width)
        if place == 0:
            out.append(_chunk(b"IDAT", data))
        else:
            out.append(_chunk(b"fdAT", struct.pack(">I", next(numbers)) + data))
    return b"".join([*out, _chunk(b"IEND", b"")])


def _packed(pixels: bytes, width: int) -> bytes:
    """The rows, none of them filtered: flat colours are smallest as they are."""
    rows = (b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    return zlib.compress(b"".join(rows), 9)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
