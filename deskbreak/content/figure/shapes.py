"""The display list: everything a drawer has to know, in pixels, painted in order.

A drawer goes through `Scene.shapes` once. Colours are `#rrggbb`; y grows downwards.
- Polygon: closed; filled with `fill`, then edged with `stroke`; "" for either leaves it out.
- Line: an open path with round ends; `dotted` asks for round dots two widths apart.
- Ellipse: filled; `soft` ones are full in the middle and fade to nothing at the rim.
`opacity` counts for the whole shape. `part` tells what a shape belongs to, for drawers that have no
colours: body, far, hair, face, outline, prop, floor, shadow, glow, ghost, spine or arrow.
"""

from collections.abc import Sequence
from math import acos, atan2, cos, hypot, pi, sin
from typing import NamedTuple

Point = tuple[float, float]


class Polygon(NamedTuple):
    """A closed outline with a fill and an edge."""

    points: tuple[Point, ...]
    fill: str
    stroke: str
    width: float
    opacity: float
    part: str


class Line(NamedTuple):
    """An open path with round ends and corners."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dotted: bool
    opacity: float
    part: str


class Ellipse(NamedTuple):
    """An upright ellipse around a centre, sharp or fading out."""

    centre: Point
    rx: float
    ry: float
    fill: str
    soft: bool
    opacity: float
    part: str


Shape = Polygon | Line | Ellipse


class Scene(NamedTuple):
    """One picture: its size in pixels, its ground colour and its shapes from back to front."""

    width: float
    height: float
    background: str
    shapes: tuple[Shape, ...]


Circle = tuple[float, float, float]

_ROUND = tuple((cos(2 * pi * i / 40), sin(2 * pi * i / 40)) for i in range(40))
_ROUGH = _ROUND[::2]
_COARSE = 20.0  # px of radius up to which fewer corners do
_CAP = 6


def disc(x: float, y: float, r: float) -> tuple[Point, ...]:
    """A circle as a polygon."""
    return tuple((x + r * c, y + r * s) for c, s in _ROUND)


def hull(circles: Sequence[Circle]) -> tuple[Point, ...]:
    """The rubber band around some circles."""
    out = []
    for c, s in _ROUND if max(q[2] for q in circles) > _COARSE else _ROUGH:
        top = -1e9
        for x, y, r in circles:  # a plain loop: this is the busiest place of a frame
            reach = x * c + y * s + r
            if reach > top:
                top, bx, by, br = reach, x, y, r
        out.append((bx + br * c, by + br * s))
    return tuple(out)


def capsule(a: Circle, b: Circle) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """A tapered limb from a to b, and its outline left open at a."""
    (x0, y0, r0), (x1, y1, r1) = a, b
    dx, dy = x1 - x0, y1 - y0
    d = hypot(dx, dy)
    if d <= abs(r0 - r1) + 1e-6:
        ring = disc(*(a if r0 >= r1 else b))
        return ring, ring
    mid, half = atan2(dy, dx), acos((r0 - r1) / d)
    end = _arc(b, mid - half, mid + half)
    start = _arc(a, mid + half, mid - half + 2 * pi)
    return tuple(end + start), (start[-1], *end, start[0])


def _arc(circle: Circle, a: float, b: float) -> list[Point]:
    x, y, r = circle
    step = (b - a) / _CAP
    return [(x + r * cos(a + step * i), y + r * sin(a + step * i)) for i in range(_CAP + 1)]
