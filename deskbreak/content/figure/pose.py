"""One pose as the figure needs it: turns, hinges, what is pinned where, what carries the weight.

Made from a table (see tables.py). In limb tables z counts outwards from the body's middle, so that
the same words serve the left and the right.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from deskbreak.content.fields import shown
from deskbreak.content.figure.skeleton import (
    AMOUNTS,
    BONES,
    SIDES,
    SPINE,
    TURNS,
    hand_turn,
    limb_turn,
    spine_turn,
)
from deskbreak.content.figure.tables import ARM_WAYS, LEG_WAYS, PoseError, Table, known, way_of
from deskbreak.content.figure.vectors import (
    NO_TURN,
    Quat,
    Vec,
    about_x,
    about_y,
    about_z,
    frame,
    lerp,
    product,
    quaternion,
)
from deskbreak.struct import Struct, replace

__all__ = ["Anchor", "Limb", "PoseError", "PoseSpec", "compile_pose"]

POSE_KEYS = frozenset(
    {"from", "anchor", "pelvis", "face", "breath", "rest", "touch", "balance", "soft", *SPINE}
    | {f"{n}_{s}" for n in ("arm", "leg", "hand", "blades") for s in "lr"}
)
RESTS = ("feet", "seat", "mat", "wall")
# Without a side: the limb's own.
SAME_SIDE = ("upper_arm", "forearm", "hand", "thigh", "shin", "foot")


class Limb(Struct):
    """How an arm or leg is placed.

    free: by joint angles; pin: hand or foot at a world spot; on: at a spot of a bone;
    aim: both bones along world directions (`target` and `along`); carry: a hand on its way.
    """

    way: str
    target: Vec
    along: Vec | None
    palm: Vec | None
    pole: Vec
    bone: str = ""
    turn: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    on_ball: bool = False
    lift: float | None = None

    def towards(self, other: "Limb", u: float) -> "Limb":
        """The placing that lies the share u of the way to another of the same kind."""
        turn, pitch, roll = (
            getattr(self, key) + (getattr(other, key) - getattr(self, key)) * u
            for key in ("turn", "pitch", "roll")
        )
        return replace(
            self, target=lerp(self.target, other.target, u), pole=lerp(self.pole, other.pole, u),
            along=_between(self.along, other.along, u), palm=_between(self.palm, other.palm, u),
            turn=turn, pitch=pitch, roll=roll, on_ball=self.on_ball or other.on_ball,
        )  # fmt: skip


def _between(a: Vec | None, b: Vec | None, u: float) -> Vec | None:
    return lerp(a, b, u) if a is not None and b is not None else a


class Anchor(Struct):
    """The point of the body that is put at a place, and so places the whole body."""

    point: str
    at: Vec


class PoseSpec(Struct):
    """A compiled pose, before the pinned limbs are solved.

    `rest` is what carries the weight (feet, seat, mat, wall); `touch` gives points that lie on a
    surface at a height; with `balance` the hips find their place over the feet (offset in
    cm), with `soft` the hips' height follows from the bend of the straighter knee in degrees.
    """

    turns: dict[str, Quat]
    amounts: dict[str, float]
    limbs: dict[str, Limb]
    anchor: Anchor
    rest: str
    touch: dict[str, float]
    balance: float | None
    soft: float | None


def vector(value: object, sign: float = 1.0) -> Vec:
    """Three numbers as a vector, the third counted outwards when sign is the side's."""
    if not isinstance(value, Sequence) or len(value) not in (2, 3):
        raise PoseError(shown(value), "two or three numbers")
    x, y, *rest = (float(v) for v in value)
    return (x, y, sign * rest[0] if rest else 0.0)


def compile_pose(table: Table) -> PoseSpec:
    """A resolved table as a pose; raises PoseError for words it does not know."""
    known(table, POSE_KEYS)
    turns: dict[str, Quat] = dict.fromkeys(TURNS, NO_TURN)
    amounts: dict[str, float] = dict.fromkeys(AMOUNTS, 0.0)
    turns["pelvis"] = _pelvis(table.get("pelvis", {}))
    for joint in SPINE:
        turn = _numbers(table.get(joint, {}), ("flex", "side", "twist", "glide"), joint)
        turns[joint] = quaternion(
            spine_turn(turn.get("flex", 0.0), turn.get("side", 0.0), turn.get("twist", 0.0))
        )
        amounts["glide"] += turn.get("glide", 0.0)
    amounts.update(_numbers(table.get("face", {}), ("lids", "gaze"), "face"))
    amounts.update(_numbers(table.get("breath", {}), ("belly",), "breath"))
    limbs: dict[str, Limb] = {}
    for side, sign in SIDES:
        for name, words in (("hand", ("curl", "spread")), ("blades", ("up", "back"))):
            found = _numbers(table.get(f"{name}_{side}", {}), words, name)
            amounts.update({f"{k}_{side}": v for k, v in found.items()})
        arm, leg = table.get(f"arm_{side}", {}), table.get(f"leg_{side}", {})
        limbs[f"arm_{side}"] = _limb(arm, ARM_WAYS, sign, f"arm_{side}")
        limbs[f"leg_{side}"] = _limb(leg, LEG_WAYS, sign, f"leg_{side}")
        turns[f"shoulder_{side}"] = quaternion(limb_turn(*_angles(arm), sign))
        hand = hand_turn(float(arm.get("turn", 20.0)), float(arm.get("wrist", 0.0)), sign)
        turns[f"hand_{side}"] = quaternion(hand)
        amounts[f"elbow_{side}"] = float(arm.get("elbow", 0.0))
        turns[f"hip_{side}"] = quaternion(limb_turn(*_angles(leg), sign))
        turns[f"foot_{side}"] = quaternion(about_z(float(leg.get("ankle", 0.0))))
        amounts[f"knee_{side}"] = float(leg.get("knee", 0.0))
        amounts[f"toe_{side}"] = float(leg.get("toe", 0.0))
    rest = table.get("rest", "feet")
    if rest not in RESTS:
        raise PoseError(shown(rest), ", ".join(RESTS), "rest")
    anchor = table.get("anchor", {"point": "hips", "at": [0, 88]})
    return PoseSpec(
        turns, amounts, limbs, Anchor(anchor["point"], vector(anchor.get("at", [0, 0, 0]))),
        rest, {k: float(v) for k, v in table.get("touch", {}).items()},
        _optional(table, "balance"), _optional(table, "soft"),
    )  # fmt: skip


def _optional(table: Table, key: str) -> float | None:
    value = table.get(key)
    return None if value is None or value is False else float(value)


def _numbers(table: Mapping[str, Any], words: tuple[str, ...], name: str) -> dict[str, float]:
    known(table, words, name)
    return {k: float(v) for k, v in table.items()}


def _pelvis(table: Mapping[str, Any]) -> Quat:
    words = ("pitch", "yaw", "roll")
    plain = {k: v for k, v in table.items() if k not in ("facing", "up")}
    turn = _numbers(plain, words, "pelvis")
    pitch, yaw, roll = (turn.get(w, 0.0) for w in words)
    local = product(product(about_y(-yaw), about_z(-pitch)), about_x(roll))
    base = frame(vector(table.get("facing", [1, 0, 0])), vector(table.get("up", [0, 1, 0])))
    return quaternion(product(base, local))


def _limb(
    table: Mapping[str, Any], ways: Mapping[str, frozenset[str]], sign: float, name: str
) -> Limb:
    way = way_of(table) or "free"
    for key in table:
        if key not in ways[way]:
            found = f"a key that does not go with a limb placed by {way!r}"
            raise PoseError(found, ", ".join(sorted(ways[way])), f"{name}.{key}")
    along, palm = table.get("fingers"), table.get("palm")
    target = table.get("upper", table.get("offset", table.get("at", (0.0, 0.0, 0.0))))
    if way == "pin" and name.startswith("leg"):
        target = (target[0], table.get("y", 0.0), target[1])
    if way == "aim" and name.startswith("leg"):
        along = table.get("lower", table["upper"])
    if way == "aim" and name.startswith("arm"):
        along, palm = table.get("lower", table["upper"]), None
    default_pole = (-1.0, -0.6, 0.5) if name.startswith("arm") else (1.0, 0.6, 0.0)
    bone = str(table.get("on", ""))
    if bone in SAME_SIDE:
        bone += name[-2:]
    if bone and bone.removesuffix("_l").removesuffix("_r") not in BONES:
        raise PoseError(f"the bone {bone!r}", ", ".join(sorted(BONES)), f"{name}.on")
    along, palm = (None if way_to is None else vector(way_to, sign) for way_to in (along, palm))
    turn, pitch, roll = (float(table.get(key, 0.0)) for key in ("turn", "pitch", "roll"))
    lift = None if table.get("lift") is None else float(table["lift"])
    return Limb(
        way, vector(target, sign), along, palm, vector(table.get("pole", default_pole), sign),
        bone, turn * sign, pitch, roll * sign, table.get("pivot") == "ball", lift,
    )  # fmt: skip


def _angles(limb: Mapping[str, Any]) -> tuple[float, float, float]:
    flex, abd, rot = (float(limb.get(key, 0.0)) for key in ("flex", "abd", "rot"))
    return flex, abd, rot
