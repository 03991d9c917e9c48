"""A hand that leaves one hold for another: it travels through the air, palm-first."""

from dataclasses import replace

from deskbreak.content.figure.pose import Limb
from deskbreak.content.figure.skeleton import PALM_THICK, Body
from deskbreak.content.figure.vectors import (
    Vec,
    add,
    apply,
    column,
    distance,
    lerp,
    norm,
    scale,
    sub,
    transposed,
    unit,
)

ARC = 7.0  # cm the hand keeps off whatever it let go of or is about to hold


def handhold(body: Body, s: str) -> Limb:
    """Where a hand of a posture is, as if it were pinned there."""
    sign = -1.0 if s == "l" else 1.0
    hand = body.frames[f"hand_{s}"]
    palm = scale(column(hand, 2), -sign)
    spot = add(body.points[f"palm_{s}"], scale(palm, PALM_THICK))
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
