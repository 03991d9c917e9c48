"""One exercise's moving figure, asked for a picture at a time."""

from collections.abc import Sequence
from math import cos, pi

from deskbreak.content.figure import props
from deskbreak.content.figure.arrows import Way, draw, fading, push_way, ways
from deskbreak.content.figure.camera import Lens, View
from deskbreak.content.figure.motion import Arrow, Moment, Motion
from deskbreak.content.figure.palette import LIGHT, Palette
from deskbreak.content.figure.scene import figure_shapes, ghost, shadow, spine
from deskbreak.content.figure.shapes import Ellipse, Line, Scene, Shape
from deskbreak.content.figure.skeleton import Body
from deskbreak.content.figure.vectors import Vec, add
from deskbreak.struct import Struct, field, replace

Paper = tuple[tuple[float, float], bool, Palette]  # size in pixels, mirrored, colours
PAPERS = 4  # papers whose ghosts are kept: two starts, each to both sides
PULSE_S = 2.4  # about how long the highlight takes to swell and fade


class Figure(Struct):
    """The figure of one exercise as a loop of `cycle_s` seconds.

    `side` is the side that works when not mirrored: right, left, both or alternate.
    `max_extension` is how far in degrees the trunk may bend back during the loop, if limited.
    With `ghost` the start pose stands pale behind the figure, with `spine` its spine is drawn.
    """

    exercise_id: str
    motion: Motion
    view: View
    things: tuple[props.Prop, ...]
    side: str
    max_extension: float | None
    watched: tuple[str, ...]
    steady: tuple[str, ...]
    ghost: bool
    spine: bool
    _ways: dict[tuple[int, int], tuple[tuple[Arrow, Way], ...]] = field(default_factory=dict)
    _ghosts: dict[tuple[int, Paper], Sequence[Shape]] = field(default_factory=dict)

    @property
    def cycle_s(self) -> float:
        """Length of the loop in seconds: one repetition, or one to each side when alternating."""
        return self.motion.cycle_s

    def with_length(self, seconds: float) -> "Figure":
        """The same figure with its resting phase fitted to a length; others stay as they are."""
        return replace(self, motion=self.motion.with_length(seconds))

    def still_times(self, count: int) -> list[float]:
        """At most `count` times that tell the movement in stills: resting poses, then ways."""
        keys = self.motion.keys
        starts = self.motion.starts
        rests = sorted(zip(keys, starts, strict=True), key=lambda one: -one[0].hold)[:count]
        ways = [
            start + key.hold + keys[(i + 1) % len(keys)].move * 0.45
            for i, (key, start) in enumerate(zip(keys, starts, strict=True))
        ]
        times = [start + key.hold / 2 for key, start in rests]
        return sorted([*times, *ways[: max(0, count - len(times))]])

    def body(self, t_seconds: float) -> Body:
        """The posture at a time, in centimetres."""
        return self.motion.at(t_seconds).body

    def scene(
        self, t_seconds: float, *, mirrored: bool = False,
        size: tuple[float, float] = (640.0, 400.0), palette: Palette = LIGHT, arrows: bool = True,
    ) -> Scene:  # fmt: skip
        """The picture at a time (any number of seconds; it loops) for a size in pixels."""
        drift, moment = self.motion.drift(t_seconds), self.motion.moment(t_seconds)
        lens, body = Lens(self.view, size, mirrored, drift), self.body(t_seconds)
        climbing = any(thing.kind == "flight" for thing in self.things)
        shapes: list[Shape] = [] if climbing else [self._floor(lens, palette, drift)]
        for thing in self.things:
            shapes += props.draw(thing, lens, palette, drift)
        if not climbing:
            shapes += shadow(body, lens, palette, self.things)
        if self.ghost:
            shapes += self._ghost(moment, lens, (size, mirrored, palette))
        key = self.motion.keys[moment.b]
        pulses = max(1, round(self.cycle_s / PULSE_S))  # whole ones, so that the loop closes
        breath = 0.72 + 0.28 * cos(2 * pi * t_seconds * pulses / self.cycle_s)
        shapes += figure_shapes(body, lens, palette, key.highlight, breath)
        if self.spine:
            shapes += spine(body, lens, palette)
        shapes += self._gaze(body, lens, palette)
        if arrows:
            shapes += self._arrows(moment, body, lens, palette)
        return Scene(size[0], size[1], palette.background, tuple(shapes))

    def _ghost(self, moment: Moment, lens: Lens, paper: Paper) -> Sequence[Shape]:
        """The start of this round, while the figure is not there itself."""
        keys = len(self.motion.keys)
        start = keys // 2 if self.side == "alternate" and moment.a >= keys // 2 else 0
        if moment.a == moment.b == start:
            return []
        if (start, paper) not in self._ghosts:  # it stands still, so it is drawn once for a paper
            if len(self._ghosts) >= PAPERS:
                self._ghosts.clear()
            start_pose = self.motion.solved[start].body
            self._ghosts[start, paper] = ghost(start_pose, lens, paper[2])
        return self._ghosts[start, paper]

    def _arrows(self, moment: Moment, body: Body, lens: Lens, palette: Palette) -> list[Shape]:
        key = self.motion.keys[moment.b]
        if (moment.a, moment.b) not in self._ways:
            self._ways[moment.a, moment.b] = ways(self.motion, key.arrows, moment.a, moment.b)
        out: list[Shape] = []
        for arrow, way in self._ways[moment.a, moment.b]:
            out += draw(way, lens, palette, fading(arrow, moment))
        for arrow in key.arrows:
            if arrow.push is not None:
                out += draw(push_way(arrow, body), lens, palette, 1.0)
        return out

    def _floor(self, lens: Lens, palette: Palette, drift: Vec) -> Shape:
        view = self.view
        middle = view.left + view.width / 2
        c, s = view.plane((1.0, 0.0, 0.0))[0], view.plane((0.0, 0.0, 1.0))[0]
        x, y, _ = lens(add(drift, (middle * c, 0.0, middle * s)))
        r = max(view.width * 0.47, 60.0) * lens.k
        return Ellipse((x, y), r, r * max(0.12, lens.tilt), palette.floor, False, 1.0, "floor")

    def _gaze(self, body: Body, lens: Lens, palette: Palette) -> list[Shape]:
        far = body.pose.amounts["gaze"]
        if far <= 0.01:
            return []
        ends = tuple(lens(body.site("head", (x, 0.0, 0.0)))[:2] for x in (13.0, 13.0 + 55.0 * far))
        return [Line(ends, palette.accent, 1.4 * lens.k, True, 0.8 * far, "arrow")]
