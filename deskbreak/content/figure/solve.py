"""A posture from turns, hinges and contacts: the anchor places it, pinned limbs are solved."""

from math import cos, degrees, radians, sin, sqrt

from deskbreak.content.figure import skeleton
from deskbreak.content.figure.pose import Anchor, Limb, PoseSpec
from deskbreak.content.figure.skeleton import Body, Pose
from deskbreak.content.figure.vectors import (
    ZERO,
    Mat,
    Quat,
    Vec,
    about_x,
    about_y,
    about_z,
    across,
    add,
    apply,
    arc,
    column,
    cross,
    distance,
    dot,
    lerp,
    norm,
    product,
    quaternion,
    scale,
    sub,
    transposed,
    unit,
)
from deskbreak.struct import Struct, replace

ARC = 7.0  # cm the hand keeps off whatever it let go of or is about to hold


def handhold(body: Body, s: str) -> Limb:
    """Where a hand of a posture is, as if it were pinned there."""
    sign = -1.0 if s == "l" else 1.0
    hand = body.frames[f"hand_{s}"]
    palm = scale(column(hand, 2), -sign)
    spot = add(body.points[f"palm_{s}"], scale(palm, skeleton.PALM_THICK))
    shoulder, elbow, wrist = (body.points[f"{n}_{s}"] for n in ("shoulder", "elbow", "wrist"))
    bend = sub(elbow, lerp(shoulder, wrist, 0.5))
    pole: Vec = (-1.0, -0.6, 0.5 * sign)
    if norm(bend) > 2.0:
        pole = unit(apply(transposed(body.frames["thorax"]), bend))
    return Limb("pin", spot, scale(column(hand, 1), -1.0), palm, pole)


def carried(a: Limb, b: Limb, u: float) -> Limb:
    """The hand on its way from one hold to another, at the share u of the way."""
    limb = a.towards(b, u)
    gap = distance(a.target, b.target)
    if a.palm is None or b.palm is None or gap < 2.0:
        return replace(limb, way="carry")
    away = unit(scale(add(a.palm, b.palm), -1.0))
    arc = scale(away, min(ARC, gap * 0.3) * 4 * u * (1 - u))
    return Limb("carry", add(limb.target, arc), limb.along, limb.palm, limb.pole)


LEG = (skeleton.THIGH, skeleton.SHIN, -1.0)
ARM = (skeleton.UPPER_ARM, skeleton.FOREARM, 1.0)


class Reach(Struct):
    """A solved limb: the upper bone's turn against its parent, the hinge, and what it lacks."""

    turn: Quat
    hinge: float
    missing: float


def two_bones(
    parent: Mat, start: Vec, target: Vec, limb: tuple[float, float, float], pole: Vec
) -> Reach:
    """Bend a limb so that its end comes to the target and its middle joint points along pole.

    `limb` is LEG or ARM; `pole` is a world direction. `missing` is the gap in cm when out of reach.
    """
    upper, lower, hinge_sign = limb
    way = sub(target, start)
    far = norm(way)
    longest = upper + lower - 0.02
    reach = min(max(far, abs(upper - lower) + 0.5), longest)
    u = unit(way)
    aside = across(pole, u)
    if norm(aside) < 1e-4:
        aside = across((0.3, 0.2, 0.9), u)
    aside = unit(aside)
    bend = arc((upper * upper + reach * reach - lower * lower) / (2 * upper * reach))
    bone = add(scale(u, cos(bend)), scale(aside, sin(bend)))
    hinge = 180 - degrees(arc((upper**2 + lower**2 - reach * reach) / (2 * upper * lower)))
    turn = _upper_turn(parent, bone, cross(aside, u), hinge_sign)
    return Reach(turn, hinge, max(0.0, far - longest))


def two_directions(parent: Mat, upper: Vec, lower: Vec, hinge_sign: float) -> Reach:
    """Lay a limb along two world directions; the plane of the two gives the hinge."""
    a, b = unit(upper), unit(lower)
    axis = cross(a, b)
    if norm(axis) < 1e-3:
        axis = scale(across(column(parent, 2), a), hinge_sign)
    return Reach(_upper_turn(parent, a, unit(axis), hinge_sign), degrees(arc(dot(a, b))), 0.0)


def _upper_turn(parent: Mat, bone: Vec, axis: Vec, hinge_sign: float) -> Quat:
    z = scale(axis, hinge_sign)
    y = scale(bone, -1.0)
    x = unit(cross(y, z))
    return quaternion(product(transposed(parent), transposed((x, y, cross(x, y)))))


def span(knee: float) -> float:
    """Distance from hip to ankle at a knee bend in degrees."""
    upper, lower, _ = LEG
    return sqrt(upper**2 + lower**2 + 2 * upper * lower * cos(radians(knee)))


def foot_frame(turn: float, pitch: float, roll: float = 0.0) -> Mat:
    """A foot turned to the right, its toes pitched up, its top leaning right (degrees)."""
    return product(product(about_y(-turn), about_z(pitch)), about_x(roll))


def ankle_over(
    spot: Vec, turn: float, pitch: float, roll: float = 0.0, on_ball: bool = False
) -> Vec:
    """The ankle of a foot on a spot (below the ankle when flat).

    The foot tips over its ball when the heel rises and over its heel when the toes rise, unless it
    stays on the ball all the time; rolled, it lies on its edge.
    """
    heading = apply(about_y(-turn), (1.0, 0.0, 0.0))
    ahead = -skeleton.HEEL_BACK if pitch > 0 and not on_ball else skeleton.BALL_AHEAD
    pivot = add(spot, scale(heading, ahead))
    return add(pivot, apply(foot_frame(turn, pitch, roll), (-ahead, skeleton.ANKLE_UP, 0.0)))


def hand_frame(fingers: Vec, palm: Vec, sign: float) -> Mat:
    """A hand whose fingers and palm point along two world directions."""
    y = scale(unit(fingers), -1.0)
    z = scale(unit(across(palm, y)), -sign)
    return transposed((cross(y, z), y, z))


def wrist_over(spot: Vec, hand: Mat, sign: float) -> Vec:
    """The wrist of a hand whose palm rests on the spot."""
    return sub(spot, apply(hand, (0.0, -skeleton.PALM_AHEAD, -sign * skeleton.PALM_THICK)))


# Legs before arms, so that a hand may rest on a knee; what rests on another limb comes last.
ORDER = ("leg_l", "leg_r", "arm_l", "arm_r")
SLACK = 2.0  # a pinned knee keeps at least this bend when the hips have to give way


class Solved(Struct):
    """A worked-out posture and by how many cm each pinned hand or foot misses its place."""

    body: Body
    missing: dict[str, float]


def posture(
    turns: dict[str, Quat],
    amounts: dict[str, float],
    limbs: dict[str, Limb],
    anchor: Anchor | None,
    root: Vec = ZERO,
) -> Solved:
    """Work out one posture; without an anchor the middle of the hips comes to root."""
    body = Body({}, {}, Pose(root, dict(turns), dict(amounts)))
    skeleton.trunk(body)
    later = [n for n in ORDER if limbs[n].way in ("pin", "on", "carry")]
    for name in ORDER:
        if name not in later:
            _loose(name, limbs[name], body)
    if anchor is not None:
        _move(body.points, sub(anchor.at, body.points[anchor.point]))
    _give_way(limbs, body.points)
    missing: dict[str, float] = {}
    for name in sorted(later, key=lambda n: (_rank(limbs[n], limbs), ORDER.index(n))):
        gap = _pinned(name, limbs[name], body)
        missing[name] = 0.0 if limbs[name].way == "carry" else gap
    pose = replace(body.pose, root=body.points["hips"])
    return Solved(replace(body, pose=pose), missing)


def ankle_place(limb: Limb) -> Vec:
    """Where the ankle of a pinned foot belongs."""
    return ankle_over(limb.target, limb.turn, limb.pitch, limb.roll, limb.on_ball)


def _rank(limb: Limb, limbs: dict[str, Limb]) -> int:
    if limb.way != "on" or limb.bone[-2:] not in ("_l", "_r"):
        return 0
    kind = "leg" if limb.bone[:-2] in ("thigh", "shin", "foot") else "arm"
    other = limbs[kind + limb.bone[-2:]]
    return 1 + (_rank(other, limbs) if other.way == "on" and other.bone != limb.bone else 0)


def _move(points: dict[str, Vec], by: Vec) -> None:
    for name, point in points.items():
        points[name] = add(point, by)


def _give_way(limbs: dict[str, Limb], points: dict[str, Vec]) -> None:
    """Let the hips sink towards a pinned foot that would otherwise be out of reach."""
    longest = span(SLACK)
    for _ in range(2):
        for s in "lr":
            limb = limbs[f"leg_{s}"]
            if limb.way == "pin":
                way = sub(ankle_place(limb), points[f"hip_{s}"])
                over = norm(way) - longest
                if over > 0:
                    _move(points, scale(unit(way), over))


def _loose(name: str, limb: Limb, body: Body) -> None:
    part, s = name.split("_")
    if limb.way == "aim" and limb.along is not None:
        bone, sign = ("thorax", 1.0) if part == "arm" else ("pelvis", -1.0)
        _take(body, part, s, two_directions(body.frames[bone], limb.target, limb.along, sign))
    (skeleton.arm if part == "arm" else skeleton.leg)(body, s)


def _take(body: Body, part: str, s: str, reach: Reach) -> None:
    ball, hinge = ("shoulder", "elbow") if part == "arm" else ("hip", "knee")
    body.pose.turns[f"{ball}_{s}"] = reach.turn
    body.pose.amounts[f"{hinge}_{s}"] = reach.hinge


def _pinned(name: str, limb: Limb, body: Body) -> float:
    part, s = name.split("_")
    if part == "arm":
        return _hand(limb, s, body)
    parent = body.frames["pelvis"]
    target = body.site(limb.bone, limb.target) if limb.way == "on" else ankle_place(limb)
    reach = two_bones(parent, body.points[f"hip_{s}"], target, LEG, apply(parent, limb.pole))
    _take(body, "leg", s, reach)
    skeleton.leg(body, s)
    if limb.way == "pin":
        foot = foot_frame(limb.turn, limb.pitch, limb.roll)
        to_shin = transposed(body.frames[f"shin_{s}"])
        body.pose.turns[f"foot_{s}"] = quaternion(product(to_shin, foot))
        body.pose.amounts[f"toe_{s}"] = max(0.0, -limb.pitch)
        skeleton.leg(body, s)
    return reach.missing


def _hand(limb: Limb, s: str, body: Body) -> float:
    sign = -1.0 if s == "l" else 1.0
    parent, shoulder = body.frames["thorax"], body.points[f"shoulder_{s}"]
    fingers, palm, spot = limb.along, limb.palm, limb.target
    if limb.way == "on":
        base = body.frames[limb.bone]
        spot = body.site(limb.bone, limb.target)
        fingers = None if fingers is None else apply(base, fingers)
        palm = None if palm is None else apply(base, palm)
    hand = hand_frame(fingers or sub(spot, shoulder), palm or (0.0, -1.0, 0.0), sign)
    wrist = wrist_over(spot, hand, sign)
    reach = two_bones(parent, shoulder, wrist, ARM, apply(parent, limb.pole))
    _take(body, "arm", s, reach)
    skeleton.arm(body, s)
    to_forearm = transposed(body.frames[f"forearm_{s}"])
    body.pose.turns[f"hand_{s}"] = quaternion(product(to_forearm, hand))
    skeleton.arm(body, s)
    return reach.missing


def stand(spec: PoseSpec) -> Solved:
    """A pose as a key frame: with its own height and balance where it asks for them."""
    anchor = spec.anchor
    for _ in range(5 if spec.balance is not None else 1):
        anchor = _height(spec, anchor)
        solved = posture(spec.turns, spec.amounts, spec.limbs, anchor)
        if spec.balance is None:
            return solved
        off = _middle(spec) + spec.balance - skeleton.centre_of_mass(solved.body.points)[0]
        anchor = Anchor(anchor.point, add(anchor.at, (off * 1.15, 0.0, 0.0)))
    return posture(spec.turns, spec.amounts, spec.limbs, _height(spec, anchor))


def _feet(spec: PoseSpec) -> list[tuple[str, Vec]]:
    return [(s, ankle_place(limb)) for s in "lr" if (limb := spec.limbs[f"leg_{s}"]).way == "pin"]


def _middle(spec: PoseSpec) -> float:
    """Where the weight belongs along x: over the middle of the feet that stand."""
    feet = _feet(spec)
    return sum(ankle[0] + 4.0 for _, ankle in feet) / len(feet) if feet else 0.0


def _height(spec: PoseSpec, anchor: Anchor) -> Anchor:
    if spec.soft is None or anchor.point != "hips":
        return anchor
    body = Body({}, {}, Pose(anchor.at, spec.turns, spec.amounts))
    skeleton.trunk(body)
    reach = span(spec.soft)
    heights = []
    for s, ankle in _feet(spec):
        way = sub(body.points[f"hip_{s}"], ankle)
        flat = way[0] ** 2 + way[2] ** 2
        heights.append(ankle[1] + sqrt(max(0.0, reach**2 - flat)) - (way[1] + ankle[1]))
    rise = min(heights, default=0.0)
    return Anchor(anchor.point, add(anchor.at, (0.0, rise, 0.0)))
