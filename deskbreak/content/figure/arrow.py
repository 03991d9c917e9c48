"""Arrows as written: the way of a point to the next key pose, a push, or a whole round."""

from collections.abc import Collection, Mapping
from typing import Any

from deskbreak.content.figure.pose import vector
from deskbreak.content.figure.skeleton import twin
from deskbreak.content.figure.tables import PoseError, known
from deskbreak.content.figure.vectors import ZERO, Vec
from deskbreak.content.problem import nearest
from deskbreak.struct import Struct

WORDS = frozenset({"point", "size", "off", "push", "whole"})

Way = tuple[Vec, ...]


class Arrow(Struct):
    """One arrow of a key pose.

    It shows the path of `point` (the liveliest one if empty), `size` times as large and shifted
    by `off` cm. With `push` it is a straight arrow of that many cm from the point, shown while
    the pose is held as well; with `whole` it is the path of the whole loop.
    """

    point: str = ""
    size: float = 1.0
    off: Vec = ZERO
    push: Vec | None = None
    whole: bool = False

    def mirrored(self) -> "Arrow":
        """The same arrow on the other side."""
        x, y, z = self.off
        push = None if self.push is None else (self.push[0], self.push[1], -self.push[2])
        return Arrow(twin(self.point), self.size, (x, y, -z), push, self.whole)


def arrows(entry: object, points: Collection[str]) -> tuple[Arrow, ...]:
    """The arrows of a key as written: nothing, a point's name, a table, or a list of these.

    The empty name asks for no arrow; nothing at all for the liveliest point's.
    """
    if entry is None:
        return (Arrow(),)
    if isinstance(entry, list):
        return tuple(arrow for one in entry for arrow in arrows(one, points))
    table: Mapping[str, Any] = {"point": entry} if isinstance(entry, str) else {}
    if isinstance(entry, Mapping):
        table = entry
    known(table, WORDS, "arrow")
    point = table.get("point")
    if point == "":
        return ()
    if point not in points:
        raise PoseError(f"the point {point!r}", nearest(str(point), points), "arrow")
    push = table.get("push")
    return (
        Arrow(
            str(point),
            float(table.get("size", 1.0)),
            vector(table.get("off", ZERO)),
            None if push is None else vector(push),
            bool(table.get("whole", False)),
        ),
    )
