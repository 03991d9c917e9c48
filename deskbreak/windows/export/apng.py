"""Writes a film as an animated PNG (APNG, endless); programs that know only PNG show a still."""

import struct
import zlib
from itertools import count

from deskbreak.windows.export.film import CLEAR, Film, changes

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
