"""How high a desk is, and whether one sits or stands at it. Lengths are centimetres."""

import struct
from contextlib import suppress

from deskbreak.struct import Struct

# What Linak-type desks count from: the lowest an IKEA Idåsen goes. Others differ a little.
LOWEST_CM = 62.0
# Midway between the heights for sitting (65-85 cm) and for standing (95-125 cm) of EN 527-1.
BOUNDARY_CM = 90.0
# What can be a boundary: a desk has to come to rest on both sides of it.
BOUNDARIES_CM = (LOWEST_CM + 3, 125.0)
# So far beyond the boundary a desk is on the other side of it; nudging it there says nothing.
SLACK_CM = 2.0
_WIRE = struct.Struct("<Hh")


def boundary(text: str) -> float:
    """A boundary such as `95cm` or `95`. Raises ValueError for what can be none."""
    least, most = BOUNDARIES_CM
    with suppress(ValueError):
        if least <= (height := float(text.strip().lower().removesuffix("cm"))) <= most:
            return height
    raise ValueError(f"found {text!r}, allowed: {least:g}cm to {most:g}cm")


class DeskError(Exception):
    """The desk cannot be heard; the text says why, for people."""


class Reading(Struct):
    """The height, and whether the desk is moving."""

    height_cm: float
    moving: bool


def read(value: bytes) -> Reading:
    """The value of the height characteristic: tenths of a millimetre, then the speed.

    The layout is the one that all programs for these desks have found (linak-controller, idasen):
    an unsigned and a signed 16-bit number, little-endian. Raises DeskError for anything else.
    """
    if len(value) < _WIRE.size:
        found = f"found {len(value)} bytes for a height, allowed: {_WIRE.size}"
        raise DeskError(f"the desk gives no height ({found})")
    steps, speed = _WIRE.unpack_from(value)
    return Reading(LOWEST_CM + steps / 100, speed != 0)


class Judge:
    """Says `sitting` or `standing` of heights at which a desk has come to rest."""

    def __init__(self, boundary_cm: float = BOUNDARY_CM) -> None:
        self._boundary_cm = boundary_cm
        self._standing: bool | None = None

    def word(self, height_cm: float) -> str:
        """The word for that height; close to the boundary it is the one before."""
        above = height_cm - self._boundary_cm
        if self._standing is None or abs(above) >= SLACK_CM:
            self._standing = above >= 0
        return "standing" if self._standing else "sitting"
