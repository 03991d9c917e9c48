"""The icons of deskbreak, drawn on a 16 by 16 grid: a person on a chair, facing right.

Whoever sits leaves the corner above the knees free, and that corner says more: an arrow up (time to
move), two bars (paused), a question mark (cannot tell). Standing, walking and the empty chair are
silhouettes of their own, so every state differs by shape and not only by colour.

`python -m tools.draw_icons [TOP_OF_THE_REPOSITORY]` writes the files again.
"""

import math
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from deskbreak.adapters.tray.pixmap import SIZES

Colour = tuple[int, int, int]


class Shape(Protocol):
    """Something that can be drawn on the 16 by 16 grid; y grows downwards."""

    def distance(self, x: float, y: float) -> float:
        """How far the point lies outside of the shape, in grid units; negative inside."""

    def svg(self, grow: float) -> str:
        """The element without its colour, made larger by `grow` on every side."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line with round ends and a full width of `width`."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 2.0

    def distance(self, x: float, y: float) -> float:
        """How far the point lies outside, in grid units."""
        dx, dy = self.x2 - self.x1, self.y2 - self.y1
        square = dx * dx + dy * dy
        along = ((x - self.x1) * dx + (y - self.y1) * dy) / square if square else 0.0
        along = min(1.0, max(0.0, along))
        gap = math.hypot(x - self.x1 - along * dx, y - self.y1 - along * dy)
        return gap - self.width / 2

    def svg(self, grow: float) -> str:
        """A line with round caps."""
        return (
            f'<line x1="{self.x1:g}" y1="{self.y1:g}" x2="{self.x2:g}" y2="{self.y2:g}"'
            f' stroke-width="{self.width + 2 * grow:g}" stroke-linecap="round"'
        )


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float

    def distance(self, x: float, y: float) -> float:
        """How far the point lies outside, in grid units."""
        return math.hypot(x - self.x, y - self.y) - self.radius

    def svg(self, grow: float) -> str:
        """A line of no length with round caps is a disc, so that one colour attribute does."""
        return Stroke(self.x, self.y, self.x, self.y, 2 * self.radius).svg(grow)


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of one colour; later layers lie on top."""

    colour: Colour
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Layers with one outline around all of them, on a square of `side` grid units."""

    layers: tuple[Layer, ...]
    outline: Colour
    outline_width: float = 0.9
    side: float = 16.0


def pixels(drawing: Drawing, size: int) -> bytes:
    """The drawing at `size` by `size`: ARGB32 in network byte order, not premultiplied."""
    scale = size / drawing.side
    rows = bytearray()
    for row in range(size):
        for column in range(size):
            rows += _pixel(drawing, (column + 0.5) / scale, (row + 0.5) / scale, scale)
    return bytes(rows)


def _pixel(drawing: Drawing, x: float, y: float, scale: float) -> bytes:
    gaps = [min(shape.distance(x, y) for shape in layer.shapes) for layer in drawing.layers]
    alpha = _cover(min(gaps) - drawing.outline_width, scale)
    red, green, blue = (float(part) for part in drawing.outline)
    for layer, gap in zip(drawing.layers, gaps, strict=True):
        share = _cover(gap, scale)
        red += (layer.colour[0] - red) * share
        green += (layer.colour[1] - green) * share
        blue += (layer.colour[2] - blue) * share
    return bytes((round(255 * alpha), round(red), round(green), round(blue)))


def _cover(gap: float, scale: float) -> float:
    return min(1.0, max(0.0, 0.5 - gap * scale))


def png(drawing: Drawing, size: int) -> bytes:
    """The drawing as a PNG file."""
    argb = pixels(drawing, size)
    rows = bytearray()
    for start in range(0, len(argb), 4 * size):
        rows.append(0)
        for at in range(start, start + 4 * size, 4):
            rows += argb[at + 1 : at + 4] + argb[at : at + 1]
    head = struct.pack(">2I5B", size, size, 8, 6, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(rows), 9))
    return b"\x89PNG\r\n\x1a\n" + body + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def svg(drawing: Drawing, title: str) -> str:
    """The drawing as an SVG file."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.side:g} {drawing.side:g}">',
        f"  <title>{title}</title>",
    ]
    for layer in drawing.layers:
        for shape in layer.shapes:
            element = shape.svg(drawing.outline_width)
            lines.append(f'  {element} stroke="{_hex(drawing.outline)}"/>')
    for layer in drawing.layers:
        lines += [f'  {shape.svg(0)} stroke="{_hex(layer.colour)}"/>' for shape in layer.shapes]
    return "\n".join([*lines, "</svg>", ""])


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


INK = (24, 32, 38)
PAPER = (250, 250, 248)
TEAL = (64, 196, 178)
AMBER = (255, 176, 32)
GREEN = (126, 211, 88)
GREY = (198, 206, 212)

CHAIR = (Stroke(2.0, 6.5, 2.0, 14.2, 1.7), Stroke(2.0, 12.9, 7.6, 12.9, 1.7))
SEATED = (
    Disc(5.6, 3.0, 2.1),
    Stroke(5.6, 6.9, 5.6, 9.6, 2.4),
    Stroke(5.6, 10.0, 10.6, 10.0, 2.0),
    Stroke(10.6, 10.0, 10.6, 14.2, 2.0),
)
ARROW = (
    Stroke(12.4, 2.2, 12.4, 7.4, 1.9),
    Stroke(12.4, 2.0, 10.0, 4.4, 1.9),
    Stroke(12.4, 2.0, 14.8, 4.4, 1.9),
)
BARS = (Stroke(10.6, 2.4, 10.6, 6.4, 2.0), Stroke(14.1, 2.4, 14.1, 6.4, 2.0))
QUESTION = (
    Stroke(10.5, 2.8, 11.2, 1.9, 1.6),
    Stroke(11.2, 1.9, 12.6, 1.7, 1.6),
    Stroke(12.6, 1.7, 13.6, 2.5, 1.6),
    Stroke(13.6, 2.5, 13.4, 3.6, 1.6),
    Stroke(13.4, 3.6, 12.3, 4.8, 1.6),
    Disc(12.3, 7.4, 1.0),
)
STANDING = (
    Disc(4.8, 2.9, 2.1),
    Stroke(4.8, 6.8, 4.8, 14.2, 2.4),
    Stroke(4.8, 7.0, 8.4, 8.4, 1.6),
)
DESK = (Stroke(8.6, 9.2, 14.4, 9.2, 1.8), Stroke(12.2, 9.2, 12.2, 14.2, 1.8))
WALKING = (
    Disc(9.0, 2.7, 2.0),
    Stroke(8.2, 6.4, 7.4, 9.4, 2.4),
    Stroke(7.4, 9.6, 10.8, 14.2, 2.0),
    Stroke(7.4, 9.6, 3.8, 14.0, 2.0),
    Stroke(8.4, 6.4, 12.6, 8.4, 1.7),
    Stroke(8.0, 6.4, 4.0, 8.6, 1.7),
)
EMPTY = (
    Stroke(4.0, 2.4, 4.6, 9.4, 2.0),
    Stroke(4.6, 9.4, 11.6, 9.4, 2.0),
    Stroke(4.6, 9.4, 4.0, 14.2, 1.7),
    Stroke(11.6, 9.4, 12.2, 14.2, 1.7),
)

DRAWINGS = {
    "sitting": Drawing((Layer(TEAL, CHAIR), Layer(PAPER, SEATED)), INK),
    "due": Drawing((Layer(AMBER, CHAIR + SEATED), Layer(AMBER, ARROW)), INK),
    "break": Drawing((Layer(GREEN, WALKING),), INK),
    "paused": Drawing((Layer(GREY, CHAIR + SEATED), Layer(PAPER, BARS)), INK),
    "standing": Drawing((Layer(TEAL, DESK), Layer(PAPER, STANDING)), INK),
    "unknown": Drawing((Layer(GREY, CHAIR + SEATED), Layer(AMBER, QUESTION)), INK),
    "away": Drawing((Layer(GREY, EMPTY),), INK),
}
"""One drawing for each state of the icon."""

ONE_COLOUR = {"light": INK, "dark": PAPER}
"""The colour for a panel of that shade."""


def drawings() -> Iterator[tuple[str, Drawing]]:
    """Every state in colours, and as "sitting-light" and "sitting-dark" in one."""
    for name, drawing in DRAWINGS.items():
        yield name, drawing
        for shade, colour in ONE_COLOUR.items():
            layers = tuple(Layer(colour, layer.shapes) for layer in drawing.layers)
            yield f"{name}-{shade}", Drawing(layers, colour, outline_width=0.0)


def write(top: Path) -> None:
    """Write the pixmaps of the package and the application icon below the top of the repository."""
    packed = top / "deskbreak" / "adapters" / "tray" / "pixmaps"
    packed.mkdir(parents=True, exist_ok=True)
    for name, drawing in drawings():
        raw = b"".join(pixels(drawing, size) for size in SIZES)
        (packed / f"{name}.argb.z").write_bytes(zlib.compress(raw, 9))
    icons = top / "config" / "icons"
    icons.mkdir(parents=True, exist_ok=True)
    (icons / "deskbreak.svg").write_text(svg(DRAWINGS["sitting"], "deskbreak"), encoding="utf-8")
    for size in (48, 128):
        (icons / f"deskbreak-{size}.png").write_bytes(png(DRAWINGS["sitting"], size))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
