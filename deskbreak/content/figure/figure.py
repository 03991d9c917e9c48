"""One exercise's moving figure: read from its pose file, asked for a picture at a time."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi
from pathlib import Path
from typing import Any

from deskbreak.content.figure import arrow, props
from deskbreak.content.figure.camera import Lens, View, framed
from deskbreak.content.figure.glow import check
from deskbreak.content.figure.motion import Key, Motion
from deskbreak.content.figure.palette import LIGHT, Palette
from deskbreak.content.figure.pose import compile_pose
from deskbreak.content.figure.scene import figure_shapes, shadow
from deskbreak.content.figure.shapes import Ellipse, Line, Scene, Shape
from deskbreak.content.figure.skeleton import Body, twin
from deskbreak.content.figure.tables import PoseError, Table, mirrored, resolve
from deskbreak.content.figure.vectors import Vec, add, apply

BASES = "bases.toml"
PULSE_S = 2.4  # about how long the highlight takes to swell and fade
FIGURE_KEYS = frozenset(
    {"schema", "side", "steady", "travel", "props", "camera", "highlight", "pose", "key"}
    | {"max_extension"}
)
KEY_KEYS = frozenset(
    {"pose", "move", "hold", "fill", "even", "arrow", "arrow_size", "highlight", "mirrored"}
)
CAMERA_KEYS = frozenset({"yaw", "elevation", "focus", "margin", "least"})
SIDE_WORDS = ("right", "left", "both", "alternate")


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of one exercise as a loop of `cycle_s` seconds.

    `side` is the side that works when not mirrored: right, left, both or alternate.
    `max_extension` is how far in degrees the trunk may bend back during the loop, if limited.
    """

    exercise_id: str
    motion: Motion
    view: View
    things: tuple[props.Prop, ...]
    side: str
    max_extension: float | None
    watched: tuple[str, ...]
    steady: tuple[str, ...]
    _ways: dict[tuple[int, int], tuple[Vec, ...]]

    @property
    def cycle_s(self) -> float:
        """Length of the loop in seconds: one repetition, or one to each side when alternating."""
        return self.motion.cycle_s

    @property
    def mirrored_side(self) -> str:
        """The side that works in the mirrored picture."""
        return {"right": "left", "left": "right"}.get(self.side, self.side)

    def with_length(self, seconds: float) -> "Figure":
        """The same figure with its resting phase fitted to a length; others stay as they are."""
        return replace(self, motion=self.motion.with_length(seconds))

    def still_times(self, count: int) -> list[float]:
        """At most `count` times that tell the movement in stills: resting poses, then ways."""
        keys = self.motion.keys
        rests: list[tuple[float, float]] = []
        ways: list[float] = []
        t = 0.0
        for i, key in enumerate(keys):
            following = keys[(i + 1) % len(keys)]
            rests.append((key.hold, t + key.hold / 2))
            ways.append(t + key.hold + following.move * 0.45)
            t += key.hold + following.move
        longest = sorted(rests, key=lambda rest: -rest[0])[:count]
        return sorted([*(time for _, time in longest), *ways[: max(0, count - len(longest))]])

    def body(self, t_seconds: float) -> Body:
        """The posture at a time, in centimetres."""
        return self.motion.at(t_seconds).body

    def scene(
        self, t_seconds: float, *, mirrored: bool = False,
        size: tuple[float, float] = (640.0, 400.0), palette: Palette = LIGHT, arrows: bool = True,
    ) -> Scene:  # fmt: skip
        """The picture at a time (any number of seconds; it loops) for a size in pixels."""
        drift = self.motion.drift(t_seconds)
        lens = Lens(self.view, size, mirrored, drift)
        moment = self.motion.moment(t_seconds)
        body = self.motion.at(t_seconds).body
        climbing = any(thing.kind == "flight" for thing in self.things)
        shapes: list[Shape] = [] if climbing else [self._floor(lens, palette, drift)]
        for thing in self.things:
            shapes += props.draw(thing, lens, palette, drift)
        if not climbing:
            shapes += shadow(body, lens, palette, 0.0)
        key = self.motion.keys[moment.b]
        pulses = max(1, round(self.cycle_s / PULSE_S))  # whole ones, so that the loop closes
        breath = 0.72 + 0.28 * cos(2 * pi * t_seconds * pulses / self.cycle_s)
        shapes += figure_shapes(body, lens, palette, key.highlight, breath)
        shapes += self._gaze(body, lens, palette)
        if arrows and moment.a != moment.b:
            shapes += arrow.draw(self._way(moment.a, moment.b), moment, lens, palette)
        return Scene(size[0], size[1], palette.background, tuple(shapes))

    def _way(self, a: int, b: int) -> tuple[Vec, ...]:
        if (a, b) not in self._ways:
            self._ways[a, b] = arrow.path(self.motion, a, b)
        return self._ways[a, b]

    def _floor(self, lens: Lens, palette: Palette, drift: Vec) -> Shape:
        view = self.view
        flat = View(view.yaw, view.elevation).plane
        middle = view.left + view.width / 2
        c, s = flat((1.0, 0.0, 0.0))[0], flat((0.0, 0.0, 1.0))[0]
        x, y, _ = lens(add(drift, (middle * c, 0.0, middle * s)))
        r = max(view.width * 0.47, 60.0) * lens.k
        return Ellipse((x, y), r, r * max(0.12, lens.tilt), palette.floor, False, 1.0, "floor")

    def _gaze(self, body: Body, lens: Lens, palette: Palette) -> list[Shape]:
        far = body.pose.amounts["gaze"]
        if far <= 0.01:
            return []
        head = body.frames["head"]
        ends = [
            lens(add(body.points["head"], apply(head, (x, 0.0, 0.0))))[:2]
            for x in (13.0, 13.0 + 55.0 * far)
        ]
        return [Line(tuple(ends), palette.accent, 1.4 * lens.k, True, 0.8 * far, "arrow")]


def load_figure(exercise_id: str, dirs: Sequence[Path]) -> Figure:
    """Read the figure of an exercise from the last of the folders that has one.

    Raises FileNotFoundError when no folder has a file for it, PoseError when it has a mistake.
    """
    found = [d / f"{exercise_id}.toml" for d in dirs if (d / f"{exercise_id}.toml").is_file()]
    if not found:
        raise FileNotFoundError(f"no poses for {exercise_id}")
    bases: Table = {}
    for folder in dirs:
        if (folder / BASES).is_file():
            bases.update(_parsed(folder / BASES).get("pose", {}))
    try:
        return build_figure(exercise_id, _parsed(found[-1]), bases)
    except PoseError as mistake:
        raise PoseError(f"{found[-1].name}: {mistake}") from None


def _parsed(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as mistake:
        raise PoseError(f"{path.name}: {mistake}") from None


def build_figure(exercise_id: str, table: Table, bases: Mapping[str, Table]) -> Figure:
    """A figure from its parsed table and the base poses it may inherit from."""
    _known(table, FIGURE_KEYS, "the file")
    side = table.get("side", "both")
    if side not in SIDE_WORDS:
        raise PoseError(f"side is {side!r}, not one of {', '.join(SIDE_WORDS)}")
    keys = _keys(table, bases)
    travel = table.get("travel", [0.0, 0.0])
    motion = Motion(keys, (float(travel[0]), float(travel[1]), 0.0))
    things = tuple(_thing(entry, motion) for entry in table.get("props", []))
    view = _view(table.get("camera", {}), motion, things)
    limit = table.get("max_extension")
    watched = tuple(table.get("camera", {}).get("focus", motion.key_posture(0).body.points))
    return Figure(
        exercise_id,
        motion,
        view,
        things,
        side,
        None if limit is None else float(limit),
        watched,
        tuple(table.get("steady", ())),
        {},
    )


def _thing(entry: str | Mapping[str, Any], motion: Motion) -> props.Prop:
    if entry != "mat":
        return props.prop(entry)
    xs = [p[0] for i in range(len(motion.keys)) for p in motion.key_posture(i).body.points.values()]
    return props.prop({"kind": "mat", "x": min(xs) - 14.0, "to_x": max(xs) + 14.0})


def _known(table: Mapping[str, Any], words: frozenset[str], where: str) -> None:
    for key in table:
        if key not in words:
            raise PoseError(f"unknown entry {key!r} in {where}")


def _keys(table: Table, bases: Mapping[str, Table]) -> list[Key]:
    poses: Mapping[str, Table] = table.get("pose", {})
    highlight = check(table.get("highlight", ()))
    entries = list(table.get("key", ()))
    if len(entries) < 2:
        raise PoseError("a movement needs at least two keys")
    rounds = [False, True] if table.get("side") == "alternate" else [False]
    half = [v / 2 for v in table.get("travel", (0.0, 0.0))]
    keys = []
    for turned in rounds:
        for entry in entries:
            _known(entry, KEY_KEYS, "a key")
            keys.append(_key(entry, poses, bases, highlight, turned, half, table.get("steady", ())))
    return keys


def _key(
    entry: Table, poses: Mapping[str, Table], bases: Mapping[str, Table],
    highlight: tuple[str, ...], turned: bool, half: Sequence[float],
    steady: Sequence[str],
) -> Key:  # fmt: skip
    pose = resolve(str(entry.get("pose", "")), poses, bases)
    warm = check(entry["highlight"]) if "highlight" in entry else highlight
    point = entry.get("arrow")
    if turned != bool(entry.get("mirrored", False)):
        kept = {name: pose[name] for name in steady if name in pose}
        pose = {**mirrored(pose), **kept}
        warm = tuple(twin(name) for name in warm)
        point = None if point is None else twin(point)
    if turned:
        pose = _moved(pose, half)
    return Key(
        compile_pose(pose), float(entry.get("move", 1.0)), float(entry.get("hold", 0.0)),
        bool(entry.get("fill", False)), bool(entry.get("even", False)), point,
        float(entry.get("arrow_size", 1.0)), warm,
    )  # fmt: skip


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


def _view(camera: Table, motion: Motion, things: Sequence[props.Prop]) -> View:
    _known(camera, CAMERA_KEYS, "the camera")
    view = View(float(camera.get("yaw", -20.0)), float(camera.get("elevation", 10.0)))
    focus = camera.get("focus")
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
        for box in (b for thing in things if thing.kind in ("chair", "mat") for b in thing.boxes):
            points += [box.low, box.high]
    least = camera.get("least", [40.0, 30.0] if focus else [150.0, 110.0])
    margin = float(camera.get("margin", 8.0 if focus else 12.0))
    return framed(view, points, margin, (float(least[0]), float(least[1])))


def _share_of_cycle(motion: Motion, i: int, share: float) -> float:
    t = sum(k.hold for k in motion.keys[: i + 1]) + sum(k.move for k in motion.keys[1 : i + 1])
    return (t + share * motion.keys[(i + 1) % len(motion.keys)].move) / motion.cycle_s
