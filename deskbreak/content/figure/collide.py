"""Contacts measured: what slips, where the weight falls, what goes through what."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, radians, sin

from deskbreak.content.figure.pose import Limb, PoseSpec
from deskbreak.content.figure.props import Box, Prop
from deskbreak.content.figure.skeleton import (
    BALL_AHEAD,
    HEEL_BACK,
    PALM_THICK,
    RADIUS,
    Body,
    centre_of_mass,
)
from deskbreak.content.figure.solve import ankle_place
from deskbreak.content.figure.vectors import Vec, add, apply, distance, dot, lerp, scale, sub

Found = Iterator[tuple[str, str]]
# How far (cm) a lying part may be off its surface: what flesh and a shirt give when the weight of
# a lying trunk flattens them, and as much that they hang below a trunk that just lifts.
LIE = 2.0


def fleshy(body: Body) -> Iterator[tuple[str, Vec, float]]:
    """The points that are not only marks, and the radius of the flesh around each in cm."""
    for name, point in body.points.items():
        radius = RADIUS.get(name.removesuffix("_l").removesuffix("_r"))
        if radius is not None:
            yield name, point, radius


def unsupported(body: Body) -> float:
    """How far in cm the weight of a lying or kneeling body falls outside of all that touches.

    What touches is every part whose flesh comes within LIE of the mat.
    """
    carrying = [
        (x + a * radius, z + b * radius)
        for _, (x, y, z), radius in fleshy(body)
        if y - radius <= LIE
        for a in (-1.0, 1.0)
        for b in (-1.0, 1.0)
    ]
    if not carrying:
        return body.points["hips"][1]
    x, _, z = centre_of_mass(body.points)
    return _outside((x, z), carrying)


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
    flesh = {name: radius for name, _, radius in fleshy(body)}
    for name in first.touch.keys() & second.touch.keys():
        gap = body.points[name][1] - flesh.get(name, 0.0) - first.touch[name]
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
        return body.site(limb.bone, limb.target)
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


Bone = tuple[str, str, float]  # from, to, radius

TRUNK: tuple[Bone, ...] = (("hips", "t12", 8.0), ("t12", "c7", 7.0), ("head", "head", 8.0))
ARM: tuple[Bone, ...] = (("elbow", "wrist", 2.8), ("wrist", "tips", 1.0))
SHIN: tuple[Bone, ...] = (("knee", "ankle", 4.3), ("heel", "toe", 2.2))
# What an arm, and what the other leg keeps out of.
LEG_BY_ARM: tuple[Bone, ...] = (("hip", "knee", 5.8), ("knee", "ankle", 4.0))
LEG_BY_LEG: tuple[Bone, ...] = (("hip", "knee", 5.6), ("knee", "ankle", 4.3))
# cm that two limbs press into each other: flesh and clothes of both sides give about 1 cm each, and
# limbs are rounder in this model (cones of a bone's length) than they are.
GIVE = 2.5
THING_GIVE = 1.5  # cm of flesh and clothes against something hard

Segment = tuple[Vec, Vec]
Parts = Sequence[tuple[str, Segment, float]]  # name, where, radius


def through_body(body: Body) -> Found:
    """Arms through trunk, head, legs or the other arm; legs through each other."""
    trunk = [(b, (body.points[a], body.points[b]), radius) for a, b, radius in TRUNK]
    legs = [*_parts(body, LEG_BY_ARM, "l"), *_parts(body, LEG_BY_ARM, "r")]
    for s, o in (("l", "r"), ("r", "l")):
        yield from _hits(_parts(body, ARM, s), [*trunk, *legs])
        yield from _hits(_parts(body, SHIN, s), _parts(body, LEG_BY_LEG, o, 0.25))
    yield from _hits(_parts(body, ARM, "l"), _parts(body, ARM, "r"))


def _parts(body: Body, bones: Sequence[Bone], s: str, start: float = 0.0) -> Parts:
    """The bones of one side, each from a share of its length on."""
    ends = ((body.points[f"{a}_{s}"], body.points[f"{b}_{s}"], b, r) for a, b, r in bones)
    return [(f"{b}_{s}", (lerp(first, last, start), last), r) for first, last, b, r in ends]


def _hits(ones: Parts, others: Parts) -> Found:
    for a, one, radius in ones:
        for b, other, around in others:
            deep = radius + around - between(one, other)
            if deep > GIVE and (a, b) != ("tips_l", "tips_r"):  # hands may clasp
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


def through_things(body: Body, things: Sequence[Prop]) -> Found:
    """Joints that sink into something solid; what a figure climbs its pinned feet show."""
    boxes = [(thing.kind, box) for thing in things for box in thing.boxes if box.solid]
    for name, point, radius in fleshy(body):
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
