"""The motion arrow: the path of the liveliest point on the way to the next key pose."""

from math import hypot

from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.motion import Moment, Motion
from deskbreak.content.figure.palette import Palette
from deskbreak.content.figure.shapes import Line, Polygon, Shape
from deskbreak.content.figure.vectors import Vec, add, distance, lerp, scale, sub

LIVELY = ("tips_l", "tips_r", "toe_l", "toe_r", "hips", "crown", "chest", "knee_l", "knee_r")
LEAST = 7.0  # cm below which a path is too short to show
STEPS = 12


def path(motion: Motion, a: int, b: int) -> tuple[Vec, ...]:
    """The way of the shown point from key a to key b in space; empty when none is shown."""
    key = motion.keys[b]
    if a == b or key.arrow == "":
        return ()
    bodies = [motion.between(a, b, i / STEPS).body for i in range(STEPS + 1)]
    name = key.arrow or max(
        LIVELY, key=lambda n: distance(bodies[0].points[n], bodies[-1].points[n])
    )
    way = [body.points[name] for body in bodies]
    if key.arrow_size != 1.0:
        middle = lerp(way[0], way[-1], 0.5)
        way = [add(middle, scale(sub(p, middle), key.arrow_size)) for p in way]
    if max(distance(way[0], p) for p in way) < LEAST:
        return ()
    return tuple(way)


def draw(way: tuple[Vec, ...], moment: Moment, lens: Lens, palette: Palette) -> list[Shape]:
    """The dotted path with its head; it fades as the movement arrives."""
    if len(way) < 3 or moment.share > 0.92:
        return []
    points = [lens(p)[:2] for p in way]
    size = 3.6 * max(lens.k, 1.0) if lens.k < 4 else 11.0 + lens.k
    (x0, y0), (x1, y1) = points[-4], points[-1]
    long = hypot(x1 - x0, y1 - y0)
    if long < 1e-6:
        return []
    ux, uy = (x1 - x0) / long, (y1 - y0) / long
    tip = (x1 + ux * size, y1 + uy * size)
    wings = [(x1 - uy * size * 0.75 * k, y1 + ux * size * 0.75 * k) for k in (1, -1)]
    return [
        Line(tuple(points), palette.accent, size * 0.5, True, 0.9, "arrow"),
        Polygon((tip, wings[0], wings[1]), palette.accent, "", 0.0, 0.95, "arrow"),
    ]
