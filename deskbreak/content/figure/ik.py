"""Limbs that must reach: two bones to a target, hands and feet laid on a surface.

Everything is closed-form, so a pinned hand or foot stays put in every frame.
"""

from dataclasses import dataclass
from math import acos, cos, degrees, radians, sin, sqrt

from deskbreak.content.figure.skeleton import (
    ANKLE_UP,
    BALL_AHEAD,
    FOREARM,
    HEEL_BACK,
    PALM_AHEAD,
    PALM_THICK,
    SHIN,
    THIGH,
    UPPER_ARM,
)
from deskbreak.content.figure.vectors import (
    Mat,
    Quat,
    Vec,
    about_x,
    about_y,
    about_z,
    across,
    add,
    apply,
    cross,
    norm,
    product,
    quaternion,
    scale,
    sub,
    transposed,
    unit,
)

LEG = (THIGH, SHIN, -1.0)
ARM = (UPPER_ARM, FOREARM, 1.0)


@dataclass(frozen=True, slots=True)
class Reach:
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
    bend = acos(
        max(-1.0, min(1.0, (upper * upper + reach * reach - lower * lower) / (2 * upper * reach)))
    )
    bone = add(scale(u, cos(bend)), scale(aside, sin(bend)))
    hinge = 180 - degrees(
        acos(max(-1.0, min(1.0, (upper**2 + lower**2 - reach * reach) / (2 * upper * lower))))
    )
    return Reach(
        _upper_turn(parent, bone, cross(aside, u), hinge_sign), hinge, max(0.0, far - longest)
    )


def two_directions(parent: Mat, upper: Vec, lower: Vec, hinge_sign: float) -> Reach:
    """Lay a limb along two world directions; the plane of the two gives the hinge."""
    a, b = unit(upper), unit(lower)
    axis = cross(a, b)
    if norm(axis) < 1e-3:
        axis = scale(across((parent[0][2], parent[1][2], parent[2][2]), a), hinge_sign)
    angle = degrees(acos(max(-1.0, min(1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]))))
    return Reach(_upper_turn(parent, a, unit(axis), hinge_sign), angle, 0.0)


def _upper_turn(parent: Mat, bone: Vec, axis: Vec, hinge_sign: float) -> Quat:
    z = scale(axis, hinge_sign)
    y = scale(bone, -1.0)
    x = unit(cross(y, z))
    return quaternion(product(transposed(parent), transposed((x, y, cross(x, y)))))


def span(knee: float) -> float:
    """Distance from hip to ankle at a knee bend in degrees."""
    return sqrt(THIGH**2 + SHIN**2 + 2 * THIGH * SHIN * cos(radians(knee)))


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
    ahead = -HEEL_BACK if pitch > 0 and not on_ball else BALL_AHEAD
    pivot = add(spot, scale(heading, ahead))
    return add(pivot, apply(foot_frame(turn, pitch, roll), (-ahead, ANKLE_UP, 0.0)))


def hand_frame(fingers: Vec, palm: Vec, sign: float) -> Mat:
    """A hand whose fingers and palm point along two world directions."""
    y = scale(unit(fingers), -1.0)
    z = scale(unit(across(palm, y)), -sign)
    return transposed((cross(y, z), y, z))


def wrist_over(spot: Vec, hand: Mat, sign: float) -> Vec:
    """The wrist of a hand whose palm rests on the spot."""
    return sub(spot, apply(hand, (0.0, -PALM_AHEAD, -sign * PALM_THICK)))
