"""One run of a routine that is told the time: commands in; moments, what begins, reports out."""

from enum import StrEnum

from deskbreak.content.playback import Frame, Part, Run, Segment, Timeline
from deskbreak.windows.report import Reporter


class Turn(StrEnum):
    """What has just begun."""

    GET_READY = "get_ready"
    NEXT = "next"
    GO = "go"
    SWITCH = "switch"
    OVER = "over"


_TURNS = {
    Part.LEAD_IN: Turn.GET_READY,
    Part.TRANSITION: Turn.NEXT,
    Part.WORK: Turn.GO,
    Part.SWITCH: Turn.SWITCH,
}


class Playing:
    """A routine under way; `now` is always the same steady clock, in seconds.

    Reports each step as it begins, and the end exactly once, whatever brings it about. `speed`
    lets time run faster, for a demonstration.
    """

    def __init__(
        self,
        line: Timeline,
        reporter: Reporter,
        now: float,
        *,
        easier: frozenset[str] = frozenset(),
        speed: float = 1.0,
    ) -> None:
        self._speed = speed
        self._reporter = reporter
        self._run = Run.start(line, now * speed, easier)
        self._seen: Segment | None = None
        self._step = 0
        self._over = False
        self.frame: Frame = self._run.at(now * speed)

    @property
    def line(self) -> Timeline:
        """The routine in time."""
        return self._run.timeline

    def look(self, now: float) -> Turn | None:
        """Bring `frame` up to date; says what has begun since the last look, the latest of it."""
        self.frame = frame = self._run.at(now * self._speed)
        if self._over:
            return None
        if frame.number != self._step:
            self._step = frame.number
            self._reporter.step(frame.share, frame.number, frame.of)
        if frame.over:
            self._over = True
            self._reporter.ended(frame.share, frame.number, frame.of)
            return Turn.OVER
        if frame.segment == self._seen:
            return None
        self._seen = frame.segment
        return _TURNS[frame.segment.part]

    def pause_or_go_on(self, now: float) -> None:
        """Stand still, or go on from the same place."""
        if self._run.paused:
            self._run = self._run.resume(now * self._speed)
        else:
            self.pause(now)

    def pause(self, now: float) -> None:
        """Stand still, as it may do already."""
        self._run = self._run.pause(now * self._speed)

    def back(self, now: float) -> None:
        """Begin this step again, or the one before."""
        self._run = self._run.back(now * self._speed)
        self._seen = None

    def skip(self, now: float) -> None:
        """Leave out the rest of this step, or of the pause before it."""
        self._run = self._run.skip(now * self._speed)

    def ease(self, now: float) -> None:
        """The easier version of this exercise from now on, or the usual one again."""
        self._run = self._run.ease(now * self._speed)

    def end(self, now: float) -> None:
        """Stop here."""
        self._run = self._run.end(now * self._speed)
