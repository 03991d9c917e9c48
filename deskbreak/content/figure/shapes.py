"""The display list: everything a drawer has to know, in pixels, painted in order.

A drawer goes through `Scene.shapes` once. Colours are `#rrggbb`; y grows downwards.
- Polygon: closed; filled with `fill`, then edged with `stroke`; "" for either leaves it out.
- Line: an open path with round ends; `dotted` asks for round dots two widths apart.
- Ellipse: filled; `soft` ones are full in the middle and fade to nothing at the rim.
`opacity` counts for the whole shape. `part` tells what a shape belongs to, for drawers that have no
colours: body, far, hair, face, outline, prop, floor, shadow, glow, ghost, spine or arrow.
"""

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
