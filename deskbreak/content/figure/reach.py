"""Contacts measured: what misses its place, what slips, where the weight falls."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, radians, sin

from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.pose import Limb, PoseSpec
from deskbreak.content.figure.skeleton import (
    BALL_AHEAD,
    HEEL_BACK,
    PALM_THICK,
    RADIUS,
    Body,
    centre_of_mass,
    site,
)
from deskbreak.content.figure.solve import ankle_place
from deskbreak.content.figure.vectors import Vec, add, apply, distance

Found = Iterator[tuple[str, str]]
# How far (cm) a lying part may be off its surface: what flesh and a shirt give when the weight of
# a lying trunk flattens them, and as much that they hang below a trunk that just lifts.
LIE = 2.0
SOLES = 0.6  # cm that the heel of a hand under load, or the sole of a shoe, is pressed flat
PRESSED = ("heel", "ball", "toe", "wrist")


def give(name: str) -> float:
    """How many cm (as a negative height) a point gives beyond what all flesh gives."""
    return -SOLES if name.startswith(PRESSED) else 0.0


def flesh(name: str) -> float | None:
    """The radius of the flesh around a point in cm; None for a point that is only a mark."""
    return RADIUS.get(name.removesuffix("_l").removesuffix("_r"))


def unsupported(body: Body) -> float:
    """How far in cm the weight of a lying or kneeling body falls outside of all that touches.

    What touches is every part whose flesh comes within LIE of the mat.
    """
    carrying = [
        (x + a * radius, z + b * radius)
        for name, (x, y, z) in body.points.items()
        if (radius := flesh(name)) is not None and y - radius <= LIE
        for a in (-1.0, 1.0)
        for b in (-1.0, 1.0)
    ]
    if not carrying:
        return body.points["hips"][1]
    x, _, z = centre_of_mass(body.points)
    return _outside((x, z), carrying)


def out_of_reach(missing: dict[str, float], allowed: float) -> Found:
    """Pinned hands and feet that the limb is too short for."""
    for name, gap in missing.items():
        if gap > allowed:
            yield name, f"{name} misses its place by {gap:.1f} cm"


def slips(body: Body, first: PoseSpec, second: PoseSpec, allowed: float) -> Found:
    """Contacts that both neighbouring keys have, and that are not kept on the way."""
    for name, limb in first.limbs.items():
        other = second.limbs[name]
        if limb.way not in ("pin", "on") or limb.way != other.way or limb.bone != other.bone:
            continue
        if limb.target == other.target and limb.pitch == other.pitch and limb.turn == other.turn:
            gap = distance(_touching(body, name), _place(body, name, limb))
            if gap > allowed:
                yield name, f"{name} slips by {gap:.1f} cm"
    if first.anchor == second.anchor and first.balance is None and first.soft is None:
        gap = distance(body.points[first.anchor.point], first.anchor.at)
        if gap > allowed:
            yield "anchor", f"{first.anchor.point} slips by {gap:.1f} cm"
    for name in first.touch.keys() & second.touch.keys():
        gap = body.points[name][1] - (flesh(name) or 0.0) - first.touch[name]
        if not -LIE <= gap <= LIE:
            yield name, f"{name} is {gap:.1f} cm from what it lies on"


def _touching(body: Body, name: str) -> Vec:
    part, s = name.split("_")
    if part == "leg":
        return body.points[f"ankle_{s}"]
    sign = -1.0 if s == "l" else 1.0
    thick = apply(body.frames[f"hand_{s}"], (0.0, 0.0, -sign * PALM_THICK))
    return add(body.points[f"palm_{s}"], thick)


def _place(body: Body, name: str, limb: Limb) -> Vec:
    if limb.way == "on":
        return site(body.points, body.frames, limb.bone, limb.target)
    if name.startswith("leg"):
        return ankle_place(limb)
    return limb.target


def weight_outside(body: Body, *specs: PoseSpec) -> float:
    """How far in cm the weight falls outside the outline of feet and supporting hands.

    With two poses (on the way between them) what is on the ground in either carries.
    """
    carrying: list[tuple[float, float]] = []
    for spec in specs:
        for s in "lr":
            foot, hand = spec.limbs[f"leg_{s}"], spec.limbs[f"arm_{s}"]
            if foot.way == "pin":
                carrying += _sole(foot)
            if hand.way == "pin":
                carrying.append((body.points[f"palm_{s}"][0], body.points[f"palm_{s}"][2]))
    x, _, z = centre_of_mass(body.points)
    return _outside((x, z), carrying)


def _sole(foot: Limb) -> list[tuple[float, float]]:
    """The part of a standing foot that carries: all of it flat, ball and toes, or the heel."""
    tipped = foot.pitch > 10.0 and not foot.on_ball
    on_ball = foot.pitch < -10.0 or foot.on_ball
    along = (-HEEL_BACK,) if tipped else (BALL_AHEAD, 18.0) if on_ball else (-HEEL_BACK, 18.0)
    x, _, z = foot.target
    c, s = cos(radians(foot.turn)), sin(radians(foot.turn))
    return [(x + a * c - w * s, z + a * s + w * c) for a in along for w in (-4.0, 4.0)]


def _outside(p: tuple[float, float], points: Sequence[tuple[float, float]]) -> float:
    """Distance of a point from the hull of some points, from the half planes around it."""
    if not points:
        return 0.0
    worst = 0.0
    for a in points:
        for b in points:
            dx, dz = b[0] - a[0], b[1] - a[1]
            long = hypot(dx, dz)
            if long < 1e-6:
                continue
            nx, nz = dz / long, -dx / long
            if all((q[0] - a[0]) * nx + (q[1] - a[1]) * nz <= 1e-6 for q in points):
                worst = max(worst, (p[0] - a[0]) * nx + (p[1] - a[1]) * nz)
    return worst


def outside_view(figure: Figure, point: Vec, t: float) -> float:
    """How far in cm a point lies outside the picture at time t."""
    dx, dy, dz = figure.motion.drift(t)
    x, y, _ = figure.view.plane((point[0] - dx, point[1] - dy, point[2] - dz))
    view = figure.view
    return max(
        view.left - x, x - view.left - view.width, view.bottom - y, y - view.bottom - view.height
    )
