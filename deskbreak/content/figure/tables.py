"""Pose tables as written: inheritance, `arm` meaning both arms, and the mirror image."""

from collections.abc import Collection, Mapping
from typing import Any

from deskbreak.content.fields import nearest, shown
from deskbreak.content.figure.skeleton import POINTS, twin
from deskbreak.settings.problems import Problem

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
    """A mistake in the poses of an exercise: what was found and what is allowed.

    `key` is the entry that is meant, `table` and `index` the table of the file that it is in, as
    far as they are known where it is noticed. Once its file is known, `problem` says everything.
    """

    def __init__(
        self, found: str, allowed: str, key: str = "", table: str = "", index: int = 0
    ) -> None:
        super().__init__(found)
        self.found, self.allowed, self.key = found, allowed, key
        self.table, self.index = table, index
        self.problem: Problem | None = None

    def __str__(self) -> str:
        if self.problem is not None:
            return str(self.problem)
        return f"{self.key}: found {self.found}, allowed: {self.allowed}".removeprefix(": ")

    def within(self, table: str, index: int = 0) -> "PoseError":
        """The same mistake, in this table unless it knows its own already."""
        if not self.table:
            self.table, self.index = table, index
        return self


def known(table: Mapping[str, Any], words: Collection[str], where: str = "") -> None:
    """Raise PoseError for the first key that is none of the words; `where` is what has the key."""
    for key in table:
        if key not in words:
            label = f"{where}.{key}" if where else key
            raise PoseError("an unknown key", nearest(key, words), label)


def way_of(limb: Mapping[str, Any], name: str = "") -> str | None:
    """How a limb table places the limb: free, pin, on or aim; None when it does not say."""
    ways = {DECIDING[k] for k in limb if k in DECIDING}
    if len(ways) > 1:
        found = f"a limb placed in two ways ({', '.join(sorted(ways))})"
        raise PoseError(found, "one of them", name)
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
    key, owner = "pose", ""  # where the name stands that is being looked up
    while name:
        found = poses.get(name) if name in poses and name not in seen else bases.get(name)
        if found is None:
            raise PoseError(f"no pose {name!r}", nearest(name, {*poses, *bases}), key, owner)
        if any(found is other for other in chain):
            raise PoseError(f"pose {name!r} inheriting from itself", "another pose", key, owner)
        seen.add(name)
        chain.append(found)
        key, owner = "from", f"pose.{name}"
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


WORDS = ("from", "rest", "on", "point", "pivot", "pose", "kind")
LARGEST = 1000.0  # no angle and no place of a pose is further off, in degrees and cm


def pose_kinds(table: Mapping[str, Any]) -> None:
    """Raise PoseError for the first entry of a pose that is of another kind than poses have."""
    for key, value in table.items():
        if key in WORDS:
            word(value, key)
        elif key in ("balance", "soft"):
            if value is not False:
                number(value, key)
        else:
            _part(value, key)
    if "anchor" in table:
        known_point(table["anchor"].get("point", "nothing"), "anchor.point")
    for name in table.get("touch", {}):
        known_point(name, f"touch.{name}")


def _part(value: object, key: str) -> None:
    if not isinstance(value, Mapping):
        raise PoseError(shown(value), "a table", key)
    for name, inner in value.items():
        label = f"{key}.{name}"
        if name in WORDS:
            word(inner, label)
        elif isinstance(inner, list):
            numbers(inner, label, (2, 3))
        else:
            number(inner, label)
    if key[:3] in ("arm", "leg"):
        way_of(value, key)


def known_point(name: object, key: str) -> str:
    """The name of a point of the body."""
    if name not in POINTS:
        raise PoseError(f"the point {name!r}", nearest(str(name), POINTS), key)
    return str(name)


def word(value: object, key: str) -> str:
    """A value that has to be a word."""
    if not isinstance(value, str):
        raise PoseError(shown(value), "a word", key)
    return value


def words(value: object, key: str) -> tuple[str, ...]:
    """A value that has to be a list of words."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise PoseError(shown(value), "a list of words", key)
    return tuple(value)


def number(value: object, key: str, least: float = -LARGEST, most: float = LARGEST) -> float:
    """A value that has to be a number within bounds."""
    allowed = f"a number from {least:g} to {most:g}"
    if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
        return float(value)
    raise PoseError(shown(value), allowed, key)


def numbers(value: object, key: str, lengths: tuple[int, ...]) -> tuple[float, ...]:
    """A value that has to be a list of so many numbers."""
    if not isinstance(value, list) or len(value) not in lengths:
        allowed = " or ".join(str(n) for n in lengths)
        raise PoseError(shown(value), f"a list of {allowed} numbers", key)
    return tuple(number(one, key) for one in value)


def tables(value: object, key: str) -> list[Mapping[str, Any]]:
    """A value that has to be a list of tables."""
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise PoseError(shown(value), f"a list of tables, [[{key}]]", key)
    return list(value)


def mapping(value: object, key: str) -> Mapping[str, Any]:
    """A value that has to be a table."""
    if not isinstance(value, Mapping):
        raise PoseError(shown(value), "a table", key)
    return value
