"""The head: hair, face, ear, eyes that close and a gaze, as pieces and small marks."""

from collections.abc import Sequence
from math import atan2, cos, pi, sin

from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.dress import CLOSE, Piece, Tailor
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.shapes import Ellipse, Line, Point, Polygon, Shape, hull
from deskbreak.content.figure.skeleton import SIDES, Body
from deskbreak.content.figure.vectors import Vec, add, apply


def head(tailor: Tailor, lens: Lens) -> None:
    """Add hair, face, nose and ears; what is turned away goes under the hair."""
    body = tailor.body
    facing = lens.towards(apply(body.frames["head"], (1.0, 0.0, 0.0)))
    front = 0.5 if facing > -0.35 else -0.5

    def at(x: float, y: float, z: float = 0.0) -> Vec:
        return add(body.points["head"], apply(body.frames["head"], (x, y, z)))

    tailor.blob(
        "head", "hair", ("head", 8.9), (at(-1.4, 2.6), 8.5), (at(-2.6, -1.4), 7.6), bias=2.0
    )
    # A broad forehead and a narrower jaw; seen from the front the hair stays a cap.
    tailor.blob(
        "head", "skin", (at(2.6, -1.6, 1.2), 6.9), (at(2.6, -1.6, -1.2), 6.9), (at(3.4, -6.2), 4.6),
        (at(4.2, 0.9), 5.0), bias=2.0 + front,
    )  # fmt: skip
    tailor.blob("head", "skin", (at(8.4, 0.0), 1.0), (at(9.3, -2.6), 1.5), bias=2.0 + 1.1 * front)
    for sign in (-1.0, 1.0):
        if lens.towards(apply(body.frames["head"], (-0.2, 0.0, sign))) > 0.25:
            tailor.blob("ear", "skin", (at(-0.4, -0.4, sign * 8.3), 1.9),
                        (at(-0.2, -2.4, sign * 8.1), 1.3), bias=4.0)  # fmt: skip


def marks(body: Body, lens: Lens, palette: Palette) -> list[Shape]:
    """Eyes, brows and mouth on the visible part of the face, to be painted after the head."""
    frame = body.frames["head"]
    out: list[Shape] = []

    def at(x: float, y: float, z: float) -> tuple[float, float]:
        px, py, _ = lens(add(body.points["head"], apply(frame, (x, y, z))))
        return (px, py)

    for sign in (-1.0, 1.0):
        turned = lens.towards(apply(frame, (0.86, 0.1, sign * 0.5)))
        if turned < 0.12:
            continue
        narrow = min(1.0, 0.35 + turned)
        out += _eye(body, lens, palette, at(8.1, -0.2, sign * 3.2), narrow)
        brow = (at(8.6, 1.9, sign * 1.7), at(8.6, 2.4, sign * 3.2), at(7.7, 2.0, sign * 4.7))
        out.append(Line(brow, palette.hair, max(0.8, lens.k * 0.5), False, 0.9, "face"))
    facing = lens.towards(apply(frame, (1.0, 0.0, 0.0)))
    if facing > 0.3:
        side = 1.0 if lens.towards(apply(frame, (0.0, 0.0, 1.0))) < 0 else -1.0
        nose = (at(8.6, 0.2, 0.5 * side), at(10.4, -2.6, 0.5 * side), at(8.9, -3.3, -0.9 * side))
        shade = mix(palette.skin, "#5a2f1c", 0.55)
        out.append(Line(nose, shade, max(0.8, lens.k * 0.4), False, 0.9, "face"))
    if lens.towards(apply(frame, (1.0, -0.1, 0.0))) > -0.05:
        seen = [
            at(8.0 - abs(z) * 0.35, -5.9 + abs(z) * 0.34, z)
            for z in (-2.1, -1.0, 0.0, 1.0, 2.1)
            if lens.towards(apply(frame, (0.9, 0.0, z * 0.22))) > 0.05
        ]
        if len(seen) > 1:
            lip = mix(palette.skin, "#8a2f2f", 0.55)
            out.append(Line(tuple(seen), lip, max(0.8, lens.k * 0.45), False, 0.9, "face"))
    return out


def _eye(
    body: Body, lens: Lens, palette: Palette, centre: tuple[float, float], narrow: float
) -> list[Shape]:
    k, lids = lens.k, body.pose.amounts["lids"]
    x, y = centre
    if k < CLOSE:
        if lids > 0.6:
            lid = ((x - 1.1 * k * narrow, y), (x + 1.1 * k * narrow, y))
            return [Line(lid, palette.eye, max(0.8, k * 0.4), False, 1.0, "face")]
        r = max(0.7, 0.85 * k)
        return [Ellipse(centre, r * narrow, r, palette.eye, False, 1.0, "face")]
    wide, high = 1.75 * k * narrow, 1.15 * k * (1.0 - lids)
    lash = ((-1.0, 0.15), (-0.5, 0.55), (0.5, 0.55), (1.0, 0.15))
    curve = tuple((x + wide * a, y + k * b) for a, b in lash)
    rim = Line(curve, palette.eye, k * 0.32, False, 1.0, "face")
    if high < 0.25 * k:
        return [rim]
    white = hull([(x - wide * 0.45, y, high * 0.7), (x, y, high), (x + wide * 0.45, y, high * 0.7)])
    iris = min(0.95 * k, high)
    return [
        Polygon(white, palette.white, palette.eye, k * 0.22, 1.0, "face"),
        Ellipse((x, y), iris * narrow, iris, mix(palette.eye, "#6b4a2f", 0.5), False, 1.0, "face"),
        Ellipse((x, y), iris * 0.5 * narrow, iris * 0.5, "#15100c", False, 1.0, "face"),
    ]


# The hips as a cylinder with a long round section: how deep and how far apart its ends are (cm).
DEEP, APART = 8.9, 4.8
WAIST, HEM, BELT = 10.6, -4.0, 2.8  # heights in the frame of the pelvis, and the belt's width
ARC = 12  # pieces of the visible half


def clothed(body: Body, lens: Lens, wider: float = 0.0) -> list[Piece]:
    """The whole figure as pieces to paint, unsorted; `wider` by some pixels for a rim."""
    tailor = Tailor(body, lens, wider)
    head(tailor, lens)
    depth = tailor.trunk()
    belt(tailor, lens, depth)
    blades(tailor, lens, depth)
    return tailor.limbs()


def belt(tailor: Tailor, lens: Lens, depth: float) -> None:
    """Trousers up to the waist, over the shirt, and a belt with a buckle in front."""
    tailor.panel("trunk", "trousers", _band(tailor, lens, HEM, WAIST, 0.93), depth + 0.01)
    tailor.panel("trunk", "belt", _band(tailor, lens, WAIST - BELT, WAIST), depth + 0.02)
    front = (1.0, 0.0, 0.0)
    if lens.towards(apply(tailor.body.frames["pelvis"], front)) > 0.08:
        ring = [(DEEP + 0.3, y, z) for y, z in ((7.4, -2.3), (11.0, -2.3), (11.0, 2.3), (7.4, 2.3))]
        tailor.panel("trunk", "wood", _seen(tailor, lens, "pelvis", "hips", ring), depth + 0.03)


def blades(tailor: Tailor, lens: Lens, depth: float) -> None:
    """The shoulder blades under the shirt, seen from behind; they glide with the shoulders."""
    amounts, frames = tailor.body.pose.amounts, tailor.body.frames
    for s, sign in SIDES:
        if lens.towards(apply(frames["thorax"], (-1.0, 0.0, 0.35 * sign))) < 0.35:
            continue
        up, back = amounts[f"up_{s}"], amounts[f"back_{s}"]
        inner = 6.6 - 0.75 * back  # the inner edge nears the spine as the shoulders go back
        corners = ((-8.3, 17.0, inner), (-6.6, 16.0, inner + 7.0), (-8.3, 6.0, inner + 1.8))
        spots = [tailor.local("thorax", "t12", (x, y + up, z * sign)) for x, y, z in corners]
        tailor.blob("trunk", "fold", *((spot, 1.5) for spot in spots), at=depth + 0.04)


def _band(
    tailor: Tailor, lens: Lens, low: float, high: float, narrow: float = 1.0
) -> tuple[Point, ...]:
    """The visible half of the cylinder around the hips between two heights."""
    frame = tailor.body.frames["pelvis"]
    ahead, right = (lens.towards(apply(frame, axis)) for axis in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)))
    middle = atan2(right, ahead)
    rim: list[tuple[float, float]] = []
    for i in range(ARC + 1):
        turn = middle + pi * (i / ARC - 0.5)
        x, z = cos(turn) * DEEP, sin(turn)
        rim.append((x, z * DEEP + (APART if z > 0 else -APART)))
    upper = [(x, high, z) for x, z in rim]
    lower = [(x * narrow, low, z * narrow) for x, z in reversed(rim)]
    return _seen(tailor, lens, "pelvis", "hips", [*upper, *lower])


def _seen(
    tailor: Tailor, lens: Lens, bone: str, origin: str, ring: Sequence[Vec]
) -> tuple[Point, ...]:
    return tuple(lens(tailor.local(bone, origin, p))[:2] for p in ring)
