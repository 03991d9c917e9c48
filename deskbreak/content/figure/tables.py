"""Pose tables as written: inheritance, `arm` meaning both arms, and the mirror image."""

from collections.abc import Mapping
from typing import Any

from deskbreak.content.figure.skeleton import twin

Table = dict[str, Any]

WHOLE = ("anchor", "touch")  # replaced as a whole, not merged
PAIRED = ("arm", "leg", "hand", "blades")
ARM_WAYS: Mapping[str, frozenset[str]] = {
    "free": frozenset({"flex", "abd", "rot", "elbow", "turn", "wrist"}),
    "pin": frozenset({"at", "fingers", "palm", "pole", "lift"}),
    "on": frozenset({"on", "offset", "fingers", "palm", "pole"}),
    "aim": frozenset({"upper", "lower", "fingers", "palm", "turn", "wrist"}),
}
LEG_WAYS: Mapping[str, frozenset[str]] = {
    "free": frozenset({"flex", "abd", "rot", "knee", "ankle", "toe"}),
    "pin": frozenset({"at", "y", "turn", "pitch", "roll", "pivot", "pole", "lift"}),
    "on": frozenset({"on", "offset", "pole", "ankle"}),
    "aim": frozenset({"upper", "lower", "ankle", "toe"}),
}
DECIDING = {"at": "pin", "y": "pin", "pitch": "pin", "roll": "pin", "on": "on", "offset": "on",
            "upper": "aim", "lower": "aim", "flex": "free", "abd": "free", "rot": "free",
            "elbow": "free", "knee": "free"}  # fmt: skip


class PoseError(ValueError):
    """A pose table that cannot be understood; says which exercise, pose and key."""


def way_of(limb: Mapping[str, Any]) -> str | None:
    """How a limb table places the limb: free, pin, on or aim; None when it does not say."""
    ways = {DECIDING[k] for k in limb if k in DECIDING}
    if len(ways) > 1:
        raise PoseError(f"a limb is placed in two ways at once ({', '.join(sorted(ways))})")
    return next(iter(ways), None)


def split_pairs(table: Mapping[str, Any]) -> Table:
    """Turn `arm`, `leg`, `hand` and `blades` into both sides; a one-sided table adds to it."""
    out: Table = {k: v for k, v in table.items() if k not in PAIRED}
    for name in PAIRED:
        for side in ("_l", "_r"):
            both, one = table.get(name), table.get(name + side)
            if both is not None:
                out[name + side] = joined(both, one or {}, name)
    return out


def joined(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Table:
    """The newer entries over the older; a limb placed in another way starts afresh."""
    if name[:3] in ("arm", "leg"):
        way = way_of(new)
        if way is not None and way != way_of(old):
            return dict(new)
    return {**old, **new}


def inherit(base: Mapping[str, Any], child: Mapping[str, Any]) -> Table:
    """The child's pose table over the base's."""
    out: Table = dict(base)
    for key, value in split_pairs(child).items():
        if key == "from":
            continue
        if isinstance(value, Mapping) and isinstance(out.get(key), Mapping) and key not in WHOLE:
            out[key] = joined(out[key], value, key)
        else:
            out[key] = value
    return out


def resolve(name: str, poses: Mapping[str, Table], bases: Mapping[str, Table]) -> Table:
    """A pose with everything it inherits, from the same file first and then from the bases."""
    chain: list[Table] = []
    seen: set[str] = set()
    while name:
        found = poses.get(name) if name in poses and name not in seen else bases.get(name)
        if found is None:
            raise PoseError(f"there is no pose {name!r}")
        if any(found is other for other in chain):
            raise PoseError(f"pose {name!r} inherits from itself")
        seen.add(name)
        chain.append(found)
        name = str(found.get("from", ""))
    out: Table = {}
    for table in reversed(chain):
        out = inherit(out, table)
    return out


def mirrored(table: Mapping[str, Any]) -> Table:
    """The same pose with left and right exchanged; expects a table without pairs."""
    out: Table = {}
    for key, value in table.items():
        if key in ("lumbar", "thorax", "neck", "pelvis"):
            flip = ("side", "twist", "yaw", "roll")
            value = {k: -v if k in flip else v for k, v in value.items()}  # noqa: PLW2901
            for vector in ("facing", "up"):
                if vector in value:
                    x, y, z = value[vector]
                    value[vector] = [x, y, -z]
        elif key == "anchor":
            at = value.get("at", [0, 0, 0])
            at = [at[0], at[1], -at[2]] if len(at) == 3 else at
            value = {**value, "point": twin(value["point"]), "at": at}  # noqa: PLW2901
        elif key == "touch":
            value = {twin(k): v for k, v in value.items()}  # noqa: PLW2901
        elif isinstance(value, Mapping) and "on" in value:
            value = {**value, "on": twin(value["on"])}  # noqa: PLW2901
        out[twin(key)] = value
    return out
