"""What tells front from back and level from tilted: trousers with a belt, shoulder blades."""

from collections.abc import Sequence
from math import atan2, cos, pi, sin

from deskbreak.content.figure import face
from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.dress import Piece, Tailor
from deskbreak.content.figure.shapes import Point
from deskbreak.content.figure.skeleton import SIDES, Body
from deskbreak.content.figure.vectors import Vec, apply

# The hips as a cylinder with a long round section: how deep and how far apart its ends are (cm).
DEEP, APART = 8.9, 4.8
WAIST, HEM, BELT = 10.6, -4.0, 2.8  # heights in the frame of the pelvis, and the belt's width
ARC = 12  # pieces of the visible half


def clothed(body: Body, lens: Lens, wider: float = 0.0) -> list[Piece]:
    """The whole figure as pieces to paint, unsorted; `wider` by some pixels for a rim."""
    tailor = Tailor(body, lens, wider)
    face.head(tailor, lens)
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
