"""Draws round-ended strokes and discs into ARGB pixels, PNG and SVG with nothing but arithmetic.

A shape is its signed distance: negative inside. Union is a minimum, a soft edge is a clamp, and the
outline that keeps an icon readable on any panel is the same distance, a little further out.
Used when the icons are made, never while the program runs.
"""

import math
import struct
import zlib
from dataclasses import dataclass
from typing import Protocol

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
