"""Where a limb would go through the body or through a thing."""

from collections.abc import Iterator, Sequence

from deskbreak.content.figure.props import Box, Prop
from deskbreak.content.figure.skeleton import RADIUS, Body
from deskbreak.content.figure.vectors import Vec, add, distance, dot, lerp, scale, sub

Found = Iterator[tuple[str, str]]
Bone = tuple[str, str, float]  # from, to, radius

ARM: tuple[Bone, ...] = (("elbow", "wrist", 2.8), ("wrist", "tips", 1.0))
LEG: tuple[Bone, ...] = (("knee", "ankle", 4.3), ("heel", "toe", 2.2))
TRUNK = (("hips", "t12", 8.0), ("t12", "c7", 7.0), ("head", "head", 8.0))
# cm that two limbs press into each other: flesh and clothes of both sides give about 1 cm each, and
# limbs are rounder in this model (cones of a bone's length) than they are.
GIVE = 2.5
THING_GIVE = 1.5  # cm of flesh and clothes against something hard


def through_body(body: Body) -> Found:
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


def _arm(body: Body, s: str) -> Found:
    for a, b, r in ARM:
        one = (*_part(body, a, b, s), r)
        for c, d, radius in TRUNK:
            yield from _hit(f"{b}_{s}", one, d, (body.points[c], body.points[d], radius))
        for leg in "lr":
            for c, d, radius in (("hip", "knee", 5.8), ("knee", "ankle", 4.0)):
                yield from _hit(f"{b}_{s}", one, f"{d}_{leg}", (*_part(body, c, d, leg), radius))


def _leg(body: Body, s: str, o: str) -> Found:
    for a, b, r in LEG:
        one = (*_part(body, a, b, s), r)
        for c, d, radius in (("hip", "knee", 5.6), ("knee", "ankle", 4.3)):
            yield from _hit(f"{b}_{s}", one, f"{d}_{o}", (*_part(body, c, d, o, 0.25), radius))


Segment = tuple[Vec, Vec]
Thick = tuple[Vec, Vec, float]


def _hit(a: str, one: Thick, b: str, two: Thick) -> Found:
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


def through_things(body: Body, things: Sequence[Prop], drift: Vec) -> Found:
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
