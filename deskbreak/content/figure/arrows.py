"""Where arrows run, and what they look like."""

from collections.abc import Sequence
from functools import reduce
from math import hypot

from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.motion import Arrow, Moment, Motion
from deskbreak.content.figure.palette import Palette
from deskbreak.content.figure.shapes import Point, Polygon, Shape
from deskbreak.content.figure.skeleton import Body
from deskbreak.content.figure.vectors import ZERO, Vec, add, distance, lerp, scale, sub

LIVELY = ("tips_l", "tips_r", "toe_l", "toe_r", "hips", "crown", "chest", "knee_l", "knee_r")
LEAST = 5.0  # cm below which a path is too short to show
STEPS = 12
FADE = 0.82  # share of a move from which its arrow fades

Way = tuple[Vec, ...]


def ways(motion: Motion, shown: Sequence[Arrow], a: int, b: int) -> tuple[tuple[Arrow, Way], ...]:
    """Some arrows with their ways in space between two neighbouring keys, pushes left out."""
    if a == b:
        return ()
    bodies = [motion.between(a, b, i / STEPS).body for i in range(STEPS + 1)]
    found = [(arrow, _way(motion, arrow, bodies)) for arrow in shown if arrow.push is None]
    return tuple(one for one in found if max(distance(one[1][0], p) for p in one[1]) >= LEAST)


def _way(motion: Motion, arrow: Arrow, bodies: Sequence[Body]) -> Way:
    first, last = bodies[0].points, bodies[-1].points
    if arrow.whole:
        count = STEPS * len(motion.keys)  # not quite to the end, so that head and tail stay apart
        seen = [motion.at(motion.cycle_s * i / count).body for i in range(round(count * 0.88))]
        return _sized(_rounded([body.points[arrow.point] for body in seen]), arrow)
    name = arrow.point or max(LIVELY, key=lambda n: distance(first[n], last[n]))
    return _sized([body.points[name] for body in bodies], arrow)


def _rounded(way: Sequence[Vec]) -> list[Vec]:
    """The way without the corners of the key poses that it goes through."""
    half = STEPS // 2
    return [_mean(way[max(0, i - half) : i + half + 1]) for i in range(len(way))]


def _sized(way: Sequence[Vec], arrow: Arrow) -> Way:
    middle = _mean(way) if arrow.whole else lerp(way[0], way[-1], 0.5)
    return tuple(add(add(middle, scale(sub(p, middle), arrow.size)), arrow.off) for p in way)


def _mean(way: Sequence[Vec]) -> Vec:
    return scale(reduce(add, way), 1 / len(way))


def push_way(arrow: Arrow, body: Body) -> Way:
    """The way of a push at a posture: straight, from the point it pushes at."""
    start = add(body.points[arrow.point], arrow.off)
    return tuple(add(start, scale(arrow.push or ZERO, i / 4)) for i in range(5))


def fading(arrow: Arrow, moment: Moment) -> float:
    """How much of an arrow is seen: a way goes when the movement arrives, a whole round stays."""
    if arrow.whole:
        return 1.0
    return max(0.0, min(1.0, (1.0 - moment.share) / (1.0 - FADE)))


def draw(way: Way, lens: Lens, palette: Palette, strength: float) -> list[Shape]:
    """A band that widens along the way and ends in a head, with a pale rim around it."""
    points = [lens(p)[:2] for p in way]
    (x, y), *others = points
    long = max((hypot(px - x, py - y) for px, py in others), default=0.0)
    if len(points) < 3 or strength <= 0.02 or long < 4.0:
        return []
    outline = _outline(points, min(max(1.9 * lens.k, 3.0), 6.5))
    opacity = round(0.95 * strength, 2)
    rim = max(1.6, lens.k * 0.7)
    return [
        Polygon(outline, "", palette.background, rim * 2, opacity, "outline"),
        Polygon(outline, palette.arrow, "", 0.0, opacity, "arrow"),
    ]


def _outline(points: list[Point], wide: float) -> tuple[Point, ...]:
    """The band around a path, `wide` px thick where the head begins, and its head."""
    n = len(points) - 1
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(points):
        ux, uy = _along(points, i)
        half = wide * (0.25 + 0.25 * i / n)
        left.append((x - uy * half, y + ux * half))
        right.append((x + uy * half, y - ux * half))
    (x, y), (ux, uy) = points[-1], _along(points, n)
    span = wide * 1.35
    head = [
        (x - uy * span, y + ux * span),
        (x + ux * wide * 2.3, y + uy * wide * 2.3),
        (x + uy * span, y - ux * span),
    ]
    return (*left, *head, *reversed(right))


def _along(points: Sequence[Point], i: int) -> Point:
    (x0, y0), (x1, y1) = points[max(0, i - 2)], points[min(len(points) - 1, i + 1)]
    long = hypot(x1 - x0, y1 - y0)
    return ((x1 - x0) / long, (y1 - y0) / long) if long > 1e-6 else (1.0, 0.0)
