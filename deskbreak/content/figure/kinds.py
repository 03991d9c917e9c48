"""Of what kind the values of a pose file are, looked at before anything is made of them."""

from collections.abc import Mapping
from typing import Any

from deskbreak.content.figure.skeleton import POINTS
from deskbreak.content.figure.tables import PoseError, way_of
from deskbreak.content.problem import nearest, shown

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
    anchor = table.get("anchor", {})
    if "anchor" in table and anchor.get("point") not in POINTS:
        point = anchor.get("point", "nothing")
        raise PoseError(f"the point {point!r}", nearest(str(point), POINTS), "anchor.point")
    for name in table.get("touch", {}):
        if name not in POINTS:
            raise PoseError(f"the point {name!r}", nearest(name, POINTS), f"touch.{name}")


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
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PoseError(shown(value), allowed, key)
    if not least <= value <= most:  # neither is what is no number at all
        raise PoseError(shown(value), allowed, key)
    return float(value)


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
