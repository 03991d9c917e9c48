"""Which picture of the figure belongs to a moment of the routine. Pure but for reading poses.

The figure moves at the exercise's own tempo. In a pause it shows the coming movement through to its
end, so that one has seen it before it is one's turn.
"""

from collections.abc import Sequence
from pathlib import Path

from deskbreak.content.figure import Figure, PoseError, load_figure
from deskbreak.content.model import Exercise, Side, Sides
from deskbreak.content.playback import Frame, Part
from deskbreak.struct import Struct


class Picture(Struct):
    """A figure at `t` seconds of its loop; `lively` where it is on its way between two poses."""

    figure: Figure
    t: float
    mirrored: bool
    lively: bool


class Figures:
    """The figures of a routine, read when they are first wanted and kept.

    `folders` are where poses lie, the later ones first in rank.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, Figure | None] = {}
        self._fitted: dict[tuple[str, float], Figure] = {}

    def of(self, exercise: Exercise) -> Figure | None:
        """The figure of an exercise; None where it has no poses, or none that can be read."""
        if exercise.id not in self._read:
            try:
                self._read[exercise.id] = load_figure(exercise.id, self._folders)
            except (OSError, ValueError, PoseError):
                self._read[exercise.id] = None
        return self._read[exercise.id]

    def picture(self, frame: Frame, first: Side, *, still: bool = False) -> Picture | None:
        """The picture of a moment; None where there is only text.

        `first` is the side that begins in this run. `still` gives the pose that one is in or goes
        to, without the movement between.
        """
        figure = self.of(frame.exercise)
        if figure is None:
            return None
        fitted, t = self._place(figure, frame)
        moment = fitted.motion.moment(t)
        mirrored = _mirrored(figure, frame, first)
        if still:
            return Picture(fitted, key_time(fitted, moment.b), mirrored, lively=False)
        lively = moment.a != moment.b and frame.segment.part is not Part.SWITCH
        return Picture(fitted, t % fitted.cycle_s, mirrored, lively)

    def _place(self, figure: Figure, frame: Frame) -> tuple[Figure, float]:
        """The figure fitted to the dose, and the time in its loop."""
        exercise, length = frame.exercise, frame.segment.length_s
        rests = sum(key.fill for key in figure.motion.keys)
        if frame.segment.part is Part.SWITCH:
            return figure, 0.0
        if frame.segment.part is Part.WORK:
            holds = max(1, exercise.reps or 1)
            if rests and not exercise.tempo:  # a hold lasts as long as its dose
                figure = self._with_length(figure, length * min(rests, holds) / holds)
            return figure, frame.passed_s
        if rests:
            figure = self._with_length(figure, length)
        loop = figure.cycle_s
        if exercise.sides is Sides.ALTERNATE and exercise.rep_s:
            loop = float(exercise.rep_s)  # one side is enough of what changes sides
        times = max(1, round(length / loop))
        return figure, frame.passed_s * times * loop / length

    def _with_length(self, figure: Figure, seconds: float) -> Figure:
        """Fitting solves every pose anew, so it is done once for a length."""
        key = (figure.exercise_id, round(seconds, 3))
        if key not in self._fitted:
            self._fitted[key] = figure.with_length(seconds)
        return self._fitted[key]


def key_time(figure: Figure, number: int) -> float:
    """When in its loop a figure arrives at a key pose, in seconds."""
    keys = figure.motion.keys
    return sum(keys[at].hold + keys[at + 1].move for at in range(number))


def _mirrored(figure: Figure, frame: Frame, first: Side) -> bool:
    if figure.side == "alternate":
        return first is Side.LEFT
    return frame.side is not None and figure.side in tuple(Side) and figure.side != frame.side
