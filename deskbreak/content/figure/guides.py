"""What an illustrator adds to a figure: a ghost of the start, and the line of the spine."""

from collections.abc import Sequence
from itertools import pairwise

from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.face import clothed
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.shapes import Line, Polygon, Shape
from deskbreak.content.figure.skeleton import Body, site
from deskbreak.content.figure.vectors import Vec, lerp

GHOST, GHOST_EDGE = 0.10, 0.30  # how much of the ink is in the ghost and in its edge

# The spine from the tail up: bone and offset in its frame, about where the vertebrae lie.
SPINE: Sequence[tuple[str, Vec]] = (
    ("pelvis", (-5.5, -5.0, 0.0)), ("pelvis", (-6.0, 1.5, 0.0)), ("lumbar", (-5.0, 0.0, 0.0)),
    ("lumbar", (-4.6, 7.5, 0.0)), ("thorax", (-5.0, 1.0, 0.0)), ("thorax", (-5.8, 9.0, 0.0)),
    ("thorax", (-5.2, 17.0, 0.0)), ("thorax", (-2.6, 24.5, 0.0)), ("head", (-3.2, -7.0, 0.0)),
)  # fmt: skip
BEADS = 4  # pieces each stretch of the curve is drawn in


def ghost(body: Body, lens: Lens, palette: Palette) -> list[Shape]:
    """A posture as one pale flat figure with a rim, to stand behind the moving one.

    The rim is a wider figure below: filling one costs an eighth of what drawing its edges does.
    """
    fill = mix(palette.background, palette.ink, GHOST)
    edge = mix(palette.background, palette.ink, GHOST_EDGE)
    rim = max(0.7, min(lens.k * 0.5, 2.0))
    return [
        Polygon(piece.points, colour, "", 0.0, 1.0, "ghost")
        for colour, wider in ((edge, rim), (fill, 0.0))
        for piece in clothed(body, lens, wider)
    ]


def spine(body: Body, lens: Lens, palette: Palette) -> list[Shape]:
    """The line of the spine as beads on a dark thread, seen through the clothes."""
    knots = [lens(site(body.points, body.frames, bone, at)) for bone, at in SPINE]
    curve = _smooth(knots)
    path = tuple((x, y) for x, y, _ in curve)
    return [
        Line(path, mix(palette.shirt, "#000000", 0.55), 2.6 * lens.k, False, 0.85, "spine"),
        Line(path, palette.white, 1.5 * lens.k, True, 1.0, "spine"),
    ]


def _smooth(knots: Sequence[Vec]) -> list[Vec]:
    """A Catmull-Rom curve through the knots."""
    out: list[Vec] = []
    last = len(knots) - 1
    for i in range(last):
        before, after = knots[max(0, i - 1)], knots[min(last, i + 2)]
        for step in range(BEADS):
            out.append(_between(before, knots[i], knots[i + 1], after, step / BEADS))
    return [*out, knots[-1]]


def _between(a: Vec, b: Vec, c: Vec, d: Vec, u: float) -> Vec:
    """The point at the share u of the stretch from b to c, by de Casteljau."""
    handle_b = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, b[2])
    handle_c = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[2])
    row = [b, handle_b, handle_c, c]
    while len(row) > 1:
        row = [lerp(p, q, u) for p, q in pairwise(row)]
    return row[0]
