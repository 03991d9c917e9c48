"""The view that a pose file asks for: from where, and what has to be in the picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from deskbreak.content.figure import kinds
from deskbreak.content.figure.camera import View, framed
from deskbreak.content.figure.motion import Motion
from deskbreak.content.figure.props import Prop
from deskbreak.content.figure.skeleton import POINTS
from deskbreak.content.figure.tables import PoseError, known
from deskbreak.content.figure.vectors import Vec, add
from deskbreak.content.problem import nearest

CAMERA_KEYS = frozenset({"yaw", "elevation", "focus", "margin", "least"})
USUAL = (("yaw", -20.0), ("elevation", 10.0))
WHOLE = ("chair", "mat", "step", "stairs")  # things that are seen from end to end


def viewed(camera: Mapping[str, Any], motion: Motion, things: Sequence[Prop]) -> View:
    """The view that a camera table asks for, with everything that moves in its frame."""
    known(camera, CAMERA_KEYS, "camera")
    yaw, elevation = (
        kinds.number(camera.get(k, d), f"camera.{k}", -360.0, 360.0) for k, d in USUAL
    )
    view = View(yaw, elevation)
    focus = kinds.words(camera.get("focus", []), "camera.focus")
    for name in focus:
        if name not in POINTS:
            raise PoseError(f"the point {name!r}", nearest(name, POINTS), "camera.focus")
    points: list[Vec] = []
    count = len(motion.keys)
    for i in range(count):
        for share in (0.0, 0.3, 0.6):
            body = motion.between(i, (i + 1) % count, share)
            t_drift = _share_of_cycle(motion, i, share)
            names = focus or list(body.body.points)
            points += [
                add(
                    body.body.points[n],
                    (-motion.travel[0] * t_drift, -motion.travel[1] * t_drift, 0.0),
                )
                for n in names
            ]
    if not focus:
        for box in (box for thing in things if thing.kind in WHOLE for box in thing.boxes):
            x, _, z = box.high
            points += [box.low, box.high, (x, box.low[1], z)]
    usual = [40.0, 30.0] if focus else [150.0, 110.0]
    wide, high = kinds.numbers(camera.get("least", usual), "camera.least", (2,))
    margin = kinds.number(camera.get("margin", 8.0 if focus else 12.0), "camera.margin", 0.0)
    return framed(view, points, margin, (wide, high))


def _share_of_cycle(motion: Motion, i: int, share: float) -> float:
    t = sum(k.hold for k in motion.keys[: i + 1]) + sum(k.move for k in motion.keys[1 : i + 1])
    return (t + share * motion.keys[(i + 1) % len(motion.keys)].move) / motion.cycle_s
