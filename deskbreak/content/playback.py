"""A run through a routine: what to do at each moment, and how much of it was done.

A `Timeline` is the routine cut into segments. A `Run` is a place on it that moves with the time
it is told; every command gives a new run. Nothing here reads a clock.
"""

from collections.abc import Iterator
from enum import StrEnum

from deskbreak.content.derive import pauses
from deskbreak.content.model import Exercise, Routine, Side, Sides, Step, Timing
from deskbreak.struct import Struct, replace

RESTART_AFTER_S = 3.0
"""Later than this into a step, `back` goes to its own beginning and not to the step before."""


class Part(StrEnum):
    """What a segment is for."""

    LEAD_IN = "lead_in"
    TRANSITION = "transition"
    WORK = "work"
    SWITCH = "switch"


class Beat(StrEnum):
    """Where in a repetition one is: on the way there, holding, or on the way back."""

    OUT = "out"
    HOLD = "hold"
    BACK = "back"


class Segment(Struct):
    """A stretch of the timeline; all times in seconds.

    `step` counts from 0; a lead-in and a transition belong to the step that they lead to. `side`
    is the side at work where each side has its turn, or the side to change to.
    """

    part: Part
    step: int
    start_s: float
    length_s: float
    side: Side | None = None
    changes_position: bool = False

    @property
    def end_s(self) -> float:
        """Where the next segment begins."""
        return self.start_s + self.length_s


class Timeline(Struct):
    """A routine in time. `first` is the side that begins, everywhere in this run."""

    routine: Routine
    first: Side
    segments: tuple[Segment, ...]

    @property
    def total_s(self) -> float:
        """The length with all pauses."""
        return self.segments[-1].end_s

    @property
    def work_s(self) -> float:
        """The length without pauses."""
        return sum(one.length_s for one in self.segments if one.part is Part.WORK)

    def begin_of(self, step: int) -> float:
        """Where a step begins, its lead-in or transition included; the end after the last."""
        starts = (one.start_s for one in self.segments if one.step == step)
        return min(starts, default=self.total_s)

    def work_of(self, step: int) -> float:
        """Where the work of a step begins."""
        return next(
            one.start_s for one in self.segments if one.step == step and one.part is Part.WORK
        )


class Rep(Struct):
    """The repetition one is at, counted from 1; `beat` is None where the dose has no tempo."""

    number: int
    of: int
    beat: Beat | None


class Frame(Struct):
    """Everything a player has to know to show one moment; all times in seconds.

    `number` counts steps from 1. In a lead-in or transition `step` is the one that comes.
    `progress` (0 to 1) is the place on the timeline, `share` (0 to 1) how much of the work was
    really done: what was skipped does not count. `next` is the exercise after this one.
    """

    segment: Segment
    step: Step
    number: int
    of: int
    side: Side | None
    passed_s: float
    left_s: float
    total_left_s: float
    rep: Rep | None
    next: Exercise | None
    progress: float
    share: float
    easier: bool
    paused: bool
    over: bool

    @property
    def exercise(self) -> Exercise:
        """The exercise that is done, or that comes."""
        return self.step.exercise


def timeline(
    routine: Routine, timing: Timing, first: Side = Side.LEFT, *, extended: bool = False
) -> Timeline:
    """Lay a routine out in time.

    `first` should change from run to run. `extended` lets the walk at the end of a routine that
    allows it go on as long as it may.
    """
    extra = (routine.extend_to_s or routine.total_s) - routine.total_s if extended else 0
    segments: list[Segment] = []
    at = 0.0
    for segment in _cut(routine, timing, first, extra):
        segments.append(replace(segment, start_s=at))
        at += segment.length_s
    return Timeline(routine, first, tuple(segments))


def _cut(routine: Routine, timing: Timing, first: Side, extra: int) -> Iterator[Segment]:
    """The segments in order, still without their places in time."""
    last = len(routine.steps) - 1
    for index, pause in enumerate(pauses(routine.steps, timing)):
        step = routine.steps[index]
        seconds = step.seconds + (extra if index == last else 0)
        part = Part.TRANSITION if index else Part.LEAD_IN
        yield Segment(part, index, 0.0, pause.seconds, changes_position=pause.changes_position)
        if step.exercise.sides is Sides.EACH:
            yield Segment(Part.WORK, index, 0.0, seconds, first)
            yield Segment(Part.SWITCH, index, 0.0, timing.switch_side_s, first.other)
            yield Segment(Part.WORK, index, 0.0, seconds, first.other)
        else:
            yield Segment(Part.WORK, index, 0.0, seconds)


class Run(Struct):
    """A place on a timeline that moves on by itself; `now` is always the same steady clock.

    Commands given to a run that is over change nothing.
    """

    timeline: Timeline
    since: float
    position_s: float = 0.0
    paused: bool = False
    ended: bool = False
    easier: frozenset[str] = frozenset()
    done_s: tuple[float, ...] = ()

    @classmethod
    def start(cls, line: Timeline, now: float, easier: frozenset[str] = frozenset()) -> "Run":
        """Begin; `easier` are the exercises that show their easier version from the start."""
        return cls(line, now, easier=easier, done_s=(0.0,) * len(line.segments))

    @property
    def segment(self) -> Segment:
        """Where on the timeline it is; the last segment once it is over."""
        segments = self.timeline.segments
        return next((one for one in segments if self.position_s < one.end_s), segments[-1])

    @property
    def over(self) -> bool:
        """Whether it reached the end or was ended."""
        return self.ended or self.position_s >= self.timeline.total_s

    @property
    def share(self) -> float:
        """How much of the work was done, 0 to 1."""
        work = zip(self.timeline.segments, self.done_s, strict=True)
        return sum(s for one, s in work if one.part is Part.WORK) / self.timeline.work_s

    def settled(self, now: float) -> "Run":
        """The same run with everything up to now booked."""
        if self.paused or self.over or now <= self.since:
            return self
        line = self.timeline
        place = min(self.position_s + now - self.since, line.total_s)
        done = tuple(
            max(before, min(place, one.end_s) - one.start_s)
            if one.end_s > self.position_s and one.start_s < place
            else before
            for one, before in zip(line.segments, self.done_s, strict=True)
        )
        return replace(self, since=now, position_s=place, done_s=done)

    def at(self, now: float) -> Frame:
        """What to show."""
        here, line = self.settled(now), self.timeline
        segment, steps = here.segment, line.routine.steps
        step, following = steps[segment.step], steps[segment.step + 1 :]
        passed = min(here.position_s - segment.start_s, segment.length_s)
        rep = _rep(step, segment, passed) if segment.part is Part.WORK else None
        return Frame(
            segment=segment,
            step=step,
            number=segment.step + 1,
            of=len(steps),
            side=_side(line.first, step, segment, rep),
            passed_s=passed,
            left_s=segment.length_s - passed,
            total_left_s=line.total_s - here.position_s,
            rep=rep,
            next=following[0].exercise if following else None,
            progress=here.position_s / line.total_s,
            share=here.share,
            easier=step.exercise.id in self.easier,
            paused=self.paused,
            over=here.over,
        )

    def pause(self, now: float) -> "Run":
        """Stand still."""
        here = self.settled(now)
        return here if here.over else replace(here, paused=True)

    def resume(self, now: float) -> "Run":
        """Go on from the same place."""
        here = self.settled(now)
        return replace(here, paused=False, since=now) if here.paused and not here.over else here

    def skip(self, now: float) -> "Run":
        """Leave out the rest of this step; in a pause between steps, begin at once."""
        here = self.settled(now)
        if here.over:
            return here
        segment, place = here.segment, here.segment.end_s
        if segment.part is Part.WORK:
            place = here.timeline.begin_of(segment.step + 1)
        return replace(here, position_s=place)

    def back(self, now: float) -> "Run":
        """Begin this step again, or the one before if this one has hardly begun."""
        here, line = self.settled(now), self.timeline
        if here.over:
            return here
        step = here.segment.step
        if here.position_s - line.work_of(step) <= RESTART_AFTER_S:
            step = max(0, step - 1)
        return replace(here, position_s=line.begin_of(step))

    def end(self, now: float) -> "Run":
        """Stop here."""
        here = self.settled(now)
        return here if here.over else replace(here, ended=True)

    def ease(self, now: float) -> "Run":
        """Show the easier version of this exercise from now on, or the usual one again."""
        here = self.settled(now)
        step = here.timeline.routine.steps[here.segment.step]
        return here if here.over else replace(here, easier=here.easier ^ {step.exercise.id})


def _rep(step: Step, segment: Segment, passed: float) -> Rep | None:
    """Which repetition it is by now; None for walks and single holds."""
    exercise = step.exercise
    if exercise.tempo and exercise.rep_s:
        of = round(segment.length_s / exercise.rep_s)
        number = min(int(passed // exercise.rep_s), of - 1)
        out, hold, _ = exercise.tempo
        into = passed - number * exercise.rep_s
        beat = Beat.OUT if into < out else Beat.HOLD if into < out + hold else Beat.BACK
        return Rep(number + 1, of, beat)
    if exercise.hold_s and (exercise.reps or 1) > 1:
        of = exercise.reps or 1
        return Rep(min(int(passed * of // segment.length_s), of - 1) + 1, of, None)
    return None


def _side(first: Side, step: Step, segment: Segment, rep: Rep | None) -> Side | None:
    if step.exercise.sides is Sides.ALTERNATE and rep:
        return first if rep.number % 2 else first.other
    if step.exercise.sides is Sides.EACH:
        return segment.side or first
    return None
