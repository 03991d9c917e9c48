"""From a parsed pose file to a figure: keys, things and camera, with mistakes traced."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from deskbreak.content.figure import kinds, props
from deskbreak.content.figure.arrow import arrows
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.glow import check
from deskbreak.content.figure.motion import Key, Motion
from deskbreak.content.figure.pose import compile_pose
from deskbreak.content.figure.skeleton import POINTS, twin
from deskbreak.content.figure.tables import PoseError, Table, known, mirrored, resolve
from deskbreak.content.figure.viewing import viewed
from deskbreak.content.problem import shown
from deskbreak.struct import Struct

FIGURE_KEYS = frozenset(
    {"schema", "side", "steady", "travel", "props", "camera", "highlight", "pose", "key"}
    | {"max_extension", "ghost", "spine"}
)
KEY_KEYS = frozenset({"pose", "move", "hold", "fill", "even", "arrow", "highlight", "mirrored"})
TIMES = (("move", 1.0, 0.05), ("hold", 0.0, 0.0))  # key, what it is unsaid, the least in seconds
SIDE_WORDS = ("right", "left", "both", "alternate")


@contextmanager
def inside(table: str, index: int = 0) -> Iterator[None]:
    """Tell a mistake that is noticed in here which table it is in."""
    try:
        yield
    except PoseError as mistake:
        raise mistake.within(table, index) from None


def build_figure(exercise_id: str, table: Table, bases: Mapping[str, Table]) -> Figure:
    """A figure from its parsed table and the base poses it may inherit from.

    Raises PoseError for the first mistake, with the table and the key it is in.
    """
    known(table, FIGURE_KEYS)
    side = table.get("side", "both")
    if side not in SIDE_WORDS:
        raise PoseError(shown(side), ", ".join(SIDE_WORDS), "side")
    travel = kinds.numbers(table.get("travel", [0.0, 0.0]), "travel", (2,))
    motion = Motion(_keys(table, bases, travel), (travel[0], travel[1], 0.0))
    things = tuple(_thing(entry, motion) for entry in _listed(table.get("props", []), "props"))
    camera = kinds.mapping(table.get("camera", {}), "camera")
    view = viewed(camera, motion, things)
    limit = table.get("max_extension")
    return Figure(
        exercise_id,
        motion,
        view,
        things,
        side,
        None if limit is None else kinds.number(limit, "max_extension", 0.0, 90.0),
        tuple(camera.get("focus", motion.key_posture(0).body.points)),
        kinds.words(table.get("steady", []), "steady"),
        bool(table.get("ghost", not any(travel))),
        bool(table.get("spine", False)),
        {},
        {},
    )


def _listed(value: object, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise PoseError(shown(value), "a list", key)
    return value


def _thing(entry: object, motion: Motion) -> props.Prop:
    if entry != "mat":
        return props.prop(entry)
    xs = [p[0] for i in range(len(motion.keys)) for p in motion.key_posture(i).body.points.values()]
    return props.prop({"kind": "mat", "x": min(xs) - 14.0, "to_x": max(xs) + 14.0})


def _keys(table: Table, bases: Mapping[str, Table], travel: Sequence[float]) -> list[Key]:
    poses = kinds.mapping(table.get("pose", {}), "pose")
    for name, pose in poses.items():
        with inside(f"pose.{name}"):
            kinds.pose_kinds(kinds.mapping(pose, name))
    entries = kinds.tables(table.get("key", []), "key")
    if len(entries) < 2:
        raise PoseError(f"{len(entries)} of them", "two or more, as a movement has", "key")
    shared = _Shared(
        poses,
        bases,
        check(kinds.words(table.get("highlight", []), "highlight")),
        kinds.words(table.get("steady", []), "steady"),
        [v / 2 for v in travel],
    )
    rounds = [False, True] if table.get("side") == "alternate" else [False]
    keys = []
    for turned in rounds:
        for index, entry in enumerate(entries):
            with inside("key", index):
                keys.append(_key(entry, shared, turned=turned))
    return keys


class _Shared(Struct):
    """What all keys of a file have in common."""

    poses: Mapping[str, Table]
    bases: Mapping[str, Table]
    highlight: tuple[str, ...]
    steady: tuple[str, ...]
    half: Sequence[float]


def _key(entry: Mapping[str, Any], shared: _Shared, *, turned: bool) -> Key:
    known(entry, KEY_KEYS)
    name = kinds.word(entry.get("pose", ""), "pose")
    pose = resolve(name, shared.poses, shared.bases)
    warm = shared.highlight
    if "highlight" in entry:
        warm = check(kinds.words(entry["highlight"], "highlight"))
    shown_arrows = arrows(entry.get("arrow"), POINTS)
    move, hold = (kinds.number(entry.get(k, d), k, least, 600.0) for k, d, least in TIMES)
    if turned != bool(entry.get("mirrored", False)):
        kept = {part: pose[part] for part in shared.steady if part in pose}
        pose = {**mirrored(pose), **kept}
        warm = tuple(twin(area) for area in warm)
        shown_arrows = tuple(arrow.mirrored() for arrow in shown_arrows)
    if turned:
        pose = _moved(pose, shared.half)
    try:
        spec = compile_pose(pose)
    except PoseError as mistake:
        raise mistake.within(_owner(name, mistake.key, shared.poses)) from None
    return Key(
        spec, move, hold, bool(entry.get("fill", False)), bool(entry.get("even", False)),
        shown_arrows, warm,
    )  # fmt: skip


def _owner(name: str, key: str, poses: Mapping[str, Table]) -> str:
    """The table of the file that a pose has an entry from; none if it comes from the bases."""
    top = key.partition(".")[0]
    while name in poses:
        if {top, top[:-2], twin(top)} & poses[name].keys():
            return f"pose.{name}"
        name = str(poses[name].get("from", ""))
    return ""


def _moved(pose: Table, by: Sequence[float]) -> Table:
    """A pose further along the way of a travelling movement."""
    if not any(by):
        return pose
    out = dict(pose)
    for name in ("anchor", "leg_l", "leg_r", "arm_l", "arm_r"):
        part = out.get(name, {})
        if "at" in part:
            x, y, *z = part["at"]
            if name.startswith("leg"):
                out[name] = {**part, "at": [x + by[0], y], "y": part.get("y", 0.0) + by[1]}
            else:
                out[name] = {**part, "at": [x + by[0], y + by[1], *z]}
    return out
