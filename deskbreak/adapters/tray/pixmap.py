"""The icon of each state as the tray wants it: made beforehand, read when first needed."""

import zlib
from pathlib import Path

SIZES = (16, 22, 24, 32, 48)

Pixmaps = list[tuple[int, int, bytes]]
"""Width, height and ARGB32 in network byte order, one of each size."""


def pixmaps(name: str) -> Pixmaps:
    """The pixmaps of one icon; `name` is from `tools.draw_icons`. Raises FileNotFoundError."""
    path = Path(__file__).parent / "pixmaps" / f"{name}.argb.z"
    raw = memoryview(zlib.decompress(path.read_bytes()))
    found, start = [], 0
    for size in SIZES:
        end = start + 4 * size * size
        found.append((size, size, bytes(raw[start:end])))
        start = end
    return found
