"""From a parsed pose file to a figure: keys, things and camera, with mistakes traced."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deskbreak.content.fields import shown
from deskbreak.content.figure import props, tables
from deskbreak.content.figure.camera import View, framed
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.motion import Arrow, Key, Motion
from deskbreak.content.figure.pose import compile_pose, vector
from deskbreak.content.figure.props import Prop
from deskbreak.content.figure.scene import known_areas
from deskbreak.content.figure.skeleton import twin
from deskbreak.content.figure.tables import PoseError, Table, known, mirrored, resolve
from deskbreak.content.figure.vectors import ZERO, Vec, sub
from deskbreak.settings.problems import Problem
from deskbreak.struct import Struct

ARROW_KEYS = frozenset({"point", "size", "off", "push", "whole"})
CAMERA_KEYS = frozenset({"yaw", "elevation", "focus", "margin", "least"})
USUAL = (("yaw", -20.0), ("elevation", 10.0))
WHOLE = ("chair", "mat", "step", "stairs")  # things that are seen from end to end


def viewed(camera: Mapping[str, Any], motion: Motion, things: Sequence[Prop]) -> View:
    """The view that a camera table asks for, with everything that moves in its frame."""
    known(camera, CAMERA_KEYS, "camera")
    yaw, elevation = (
        tables.number(camera.get(k, d), f"camera.{k}", -360.0, 360.0) for k, d in USUAL
    )
    view = View(yaw, elevation)
    focus = tables.words(camera.get("focus", []), "camera.focus")
    for name in focus:
        tables.known_point(name, "camera.focus")
    points: list[Vec] = []
    for i, (key, start) in enumerate(zip(motion.keys, motion.starts, strict=True)):
        following = (i + 1) % len(motion.keys)
        for share in (0.0, 0.3, 0.6):
            body = motion.between(i, following, share).body
            drift = motion.drift(start + key.hold + share * motion.keys[following].move)
            points += [sub(body.points[name], drift) for name in focus or body.points]
    if not focus:
        for box in (box for thing in things if thing.kind in WHOLE for box in thing.boxes):
            x, _, z = box.high
            points += [box.low, box.high, (x, box.low[1], z)]
    usual = [40.0, 30.0] if focus else [150.0, 110.0]
    wide, high = tables.numbers(camera.get("least", usual), "camera.least", (2,))
    margin = tables.number(camera.get("margin", 8.0 if focus else 12.0), "camera.margin", 0.0)
    return framed(view, points, margin, (wide, high))


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


def _arrows(entry: object) -> tuple[Arrow, ...]:
    """The arrows of a key as written: nothing, a point's name, a table, or a list of these.

    The empty name asks for no arrow; nothing at all for the liveliest point's.
    """
    if entry is None:
        return (Arrow(),)
    if isinstance(entry, list):
        return tuple(arrow for one in entry for arrow in _arrows(one))
    table = entry if isinstance(entry, Mapping) else {}
    if isinstance(entry, str):
        table = {"point": entry}
    known(table, ARROW_KEYS, "arrow")
    if table.get("point") == "":
        return ()
    point, push = tables.known_point(table.get("point"), "arrow"), table.get("push")
    arrow = Arrow(
        point, float(table.get("size", 1.0)), vector(table.get("off", ZERO)),
        None if push is None else vector(push), bool(table.get("whole", False)),
    )  # fmt: skip
    return (arrow,)


def build_figure(exercise_id: str, table: Table, bases: Mapping[str, Table]) -> Figure:
    """A figure from its parsed table and the base poses it may inherit from.

    Raises PoseError for the first mistake, with the table and the key it is in.
    """
    known(table, FIGURE_KEYS)
    side = table.get("side", "both")
    if side not in SIDE_WORDS:
        raise PoseError(shown(side), ", ".join(SIDE_WORDS), "side")
    travel = tables.numbers(table.get("travel", [0.0, 0.0]), "travel", (2,))
    motion = Motion(_keys(table, bases, travel), (travel[0], travel[1], 0.0))
    listed = table.get("props", [])
    if not isinstance(listed, list):
        raise PoseError(shown(listed), "a list", "props")
    things = tuple(_thing(entry, motion) for entry in listed)
    camera = tables.mapping(table.get("camera", {}), "camera")
    view = viewed(camera, motion, things)
    limit = table.get("max_extension")
    return Figure(
        exercise_id, motion, view, things, side,
        None if limit is None else tables.number(limit, "max_extension", 0.0, 90.0),
        watched=tuple(camera.get("focus", motion.solved[0].body.points)),
        steady=tables.words(table.get("steady", []), "steady"),
        ghost=bool(table.get("ghost", not any(travel))),
        spine=bool(table.get("spine", False)),
    )  # fmt: skip


def _thing(entry: object, motion: Motion) -> props.Prop:
    if entry != "mat":
        return props.prop(entry)
    xs = [x for solved in motion.solved for x, _, _ in solved.body.points.values()]
    return props.prop({"kind": "mat", "x": min(xs) - 14.0, "to_x": max(xs) + 14.0})


def _keys(table: Table, bases: Mapping[str, Table], travel: Sequence[float]) -> list[Key]:
    poses = tables.mapping(table.get("pose", {}), "pose")
    for name, pose in poses.items():
        with inside(f"pose.{name}"):
            tables.pose_kinds(tables.mapping(pose, name))
    entries = tables.tables(table.get("key", []), "key")
    if len(entries) < 2:
        raise PoseError(f"{len(entries)} of them", "two or more, as a movement has", "key")
    shared = _Shared(
        poses,
        bases,
        known_areas(tables.words(table.get("highlight", []), "highlight")),
        tables.words(table.get("steady", []), "steady"),
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
    name = tables.word(entry.get("pose", ""), "pose")
    pose = resolve(name, shared.poses, shared.bases)
    warm = shared.highlight
    if "highlight" in entry:
        warm = known_areas(tables.words(entry["highlight"], "highlight"))
    shown_arrows = _arrows(entry.get("arrow"))
    move, hold = (tables.number(entry.get(k, d), k, least, 600.0) for k, d, least in TIMES)
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


BASES = "bases.toml"


def load_figure(exercise_id: str, dirs: Sequence[Path]) -> Figure:
    """Read the figure of an exercise from the last of the folders that has one.

    Raises FileNotFoundError when no folder has a file for it, PoseError, with its `problem`, when
    it has a mistake, and OSError when it cannot be read.
    """
    found = [d / f"{exercise_id}.toml" for d in dirs if (d / f"{exercise_id}.toml").is_file()]
    if not found:
        raise FileNotFoundError(f"no poses for {exercise_id}")
    bases: Table = {}
    for folder in dirs:
        if (folder / BASES).is_file():
            bases.update(_parsed(folder / BASES).get("pose", {}))
    table = _parsed(found[-1])
    try:
        return build_figure(exercise_id, table, bases)
    except PoseError as mistake:
        raise _placed(mistake, found[-1]) from None
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        # A person's file: what the checks of single values let through must not stop the player.
        unclear = PoseError(f"poses that cannot be worked out ({error})", "other values")
        raise _placed(unclear, found[-1]) from error


def _parsed(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        said = re.sub(r" \(at .*\)$", "", str(error))
        broken = PoseError(f"no TOML: {said}", "TOML")
        at = int(line.group(1)) if line else None
        broken.problem = Problem(str(path), at, "", broken.found, broken.allowed)
        raise broken from None


def _placed(mistake: PoseError, path: Path) -> PoseError:
    """The mistake with its file and line; the line is looked up only now that it is wanted."""
    line = line_in(path.read_text(encoding="utf-8"), mistake.table, mistake.index, mistake.key)
    where = {"": "", "key": f"key {mistake.index + 1}"}.get(mistake.table, mistake.table)
    label = ": ".join(part for part in (where, mistake.key) if part)
    mistake.problem = Problem(str(path), line, label, mistake.found, mistake.allowed)
    return mistake


def line_in(text: str, table: str, index: int = 0, key: str = "") -> int | None:
    """The line of a key such as `leg_r.knee` in a table of a pose file; of the table without it."""
    from deskbreak.settings.lines import Lines

    top = key.partition(".")[0]
    lines = Lines(text)
    named = tuple(part for part in table.split(".") if part)
    around: tuple[str | int, ...] = (*named, index) if table == "key" else named
    names = [top, top.removesuffix("_l").removesuffix("_r")]  # `leg` stands for both legs
    known = [lines.of((*around, name)) for name in names]
    whole = lines.of(around)
    return next((line for line in known if line != whole), whole)
