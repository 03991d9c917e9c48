"""Contacts measured: what misses its place, what slips, where the weight falls."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, radians, sin

from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.pose import Limb, PoseSpec
from deskbreak.content.figure.props import Box, Prop
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
from deskbreak.content.figure.vectors import Vec, add, apply, distance, dot, lerp, scale, sub

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


Clash = Iterator[tuple[str, str]]
Bone = tuple[str, str, float]  # from, to, radius

ARM: tuple[Bone, ...] = (("elbow", "wrist", 2.8), ("wrist", "tips", 1.0))
LEG: tuple[Bone, ...] = (("knee", "ankle", 4.3), ("heel", "toe", 2.2))
TRUNK = (("hips", "t12", 8.0), ("t12", "c7", 7.0), ("head", "head", 8.0))
# cm that two limbs press into each other: flesh and clothes of both sides give about 1 cm each, and
# limbs are rounder in this model (cones of a bone's length) than they are.
GIVE = 2.5
THING_GIVE = 1.5  # cm of flesh and clothes against something hard


def through_body(body: Body) -> Clash:
    """Arms through trunk, head, legs or the other arm; legs through each other."""
    for s, o in (("l", "r"), ("r", "l")):
        yield from _arm(body, s)
        yield from _leg(body, s, o)
    for a, b, r in ARM:
        one = _part(body, a, b, "l")
        for c, d, radius in ARM:
            if not b == d == "tips":  # hands may clasp
                yield from _hit(f"{b}_l", (*one, r), f"{d}_r", (*_part(body, c, d, "r"), radius))


def _part(body: Body, a: str, b: str, s: str, start: float = 0.0) -> tuple[Vec, Vec]:
    first, last = body.points[f"{a}_{s}"], body.points[f"{b}_{s}"]
    return (lerp(first, last, start), last)


def _arm(body: Body, s: str) -> Clash:
    for a, b, r in ARM:
        one = (*_part(body, a, b, s), r)
        for c, d, radius in TRUNK:
            yield from _hit(f"{b}_{s}", one, d, (body.points[c], body.points[d], radius))
        for leg in "lr":
            for c, d, radius in (("hip", "knee", 5.8), ("knee", "ankle", 4.0)):
                yield from _hit(f"{b}_{s}", one, f"{d}_{leg}", (*_part(body, c, d, leg), radius))


def _leg(body: Body, s: str, o: str) -> Clash:
    for a, b, r in LEG:
        one = (*_part(body, a, b, s), r)
        for c, d, radius in (("hip", "knee", 5.6), ("knee", "ankle", 4.3)):
            yield from _hit(f"{b}_{s}", one, f"{d}_{o}", (*_part(body, c, d, o, 0.25), radius))


Segment = tuple[Vec, Vec]
Thick = tuple[Vec, Vec, float]


def _hit(a: str, one: Thick, b: str, two: Thick) -> Clash:
    deep = one[2] + two[2] - between(one[:2], two[:2])
    if deep > GIVE:
        yield f"{a}:{b}", f"the part at {a} goes {deep:.1f} cm into the one at {b}"


def between(one: Segment, two: Segment) -> float:
    """Shortest distance between two straight pieces."""
    (p, q), (v, w) = one, two
    d1, d2, r = sub(q, p), sub(w, v), sub(p, v)
    a, e, f = dot(d1, d1), dot(d2, d2), dot(d2, r)
    if a < 1e-9:
        t = 0.0 if e < 1e-9 else max(0.0, min(1.0, f / e))
        return distance(p, add(v, scale(d2, t)))
    c = dot(d1, r)
    if e < 1e-9:
        return distance(add(p, scale(d1, max(0.0, min(1.0, -c / a)))), v)
    b = dot(d1, d2)
    denominator = a * e - b * b
    s = max(0.0, min(1.0, (b * f - c * e) / denominator)) if denominator > 1e-9 else 0.0
    t = (b * s + f) / e
    if t < 0.0:
        s, t = max(0.0, min(1.0, -c / a)), 0.0
    elif t > 1.0:
        s, t = max(0.0, min(1.0, (b - c) / a)), 1.0
    return distance(add(p, scale(d1, s)), add(v, scale(d2, t)))


def through_things(body: Body, things: Sequence[Prop], drift: Vec) -> Clash:
    """Joints that sink into something solid."""
    del drift  # what the figure climbs is checked by its pinned feet
    boxes = [(thing.kind, box) for thing in things for box in thing.boxes if box.solid]
    for name, point in body.points.items():
        radius = RADIUS.get(name.removesuffix("_l").removesuffix("_r"))
        if radius is None:
            continue
        for kind, box in boxes:
            deep = radius - _gap(point, box)
            if deep > THING_GIVE:
                yield f"{name}:{kind}", f"{name} is {deep:.1f} cm in the {kind}"


def _gap(p: Vec, box: Box) -> float:
    """Distance from a point to a box; negative inside."""
    outside = [max(lo - v, v - hi) for v, lo, hi in zip(p, box.low, box.high, strict=True)]
    beyond = [max(0.0, o) for o in outside]
    if any(beyond):
        return float(sum(v * v for v in beyond) ** 0.5)
    return max(outside)
