"""One run of a routine whose time is given: commands in; moments, sounds and reports out."""

import argparse
from collections.abc import Callable

from deskbreak.adapters.sound.speaker import Chime, Speaker
from deskbreak.adapters.sound.voice import Voice
from deskbreak.content.playback import Frame, Part, Run, Segment, Timeline
from deskbreak.text.player import spoken
from deskbreak.windows.report import Reporter

ASKS_AFTER_S = 15.0
"""Of what was ended sooner nothing is asked: it was a look, or a mistake."""

_CHIMES = {Part.WORK: Chime.GO, Part.TRANSITION: Chime.STEP, Part.SWITCH: Chime.SIDE}


class Session:
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
        self._began_s, self._lasted_s = now * speed, 0.0
        self.frame: Frame = self._run.at(now * speed)

    @property
    def line(self) -> Timeline:
        """The routine in time."""
        return self._run.timeline

    @property
    def asks(self) -> bool:
        """Whether it is over and there is something to ask: enough time, and some of it done."""
        return self.frame.share > 0 and self._lasted_s >= ASKS_AFTER_S

    def look(self, now: float) -> bool:
        """Bring `frame` up to date; whether its segment, or the end, has begun since the last."""
        self.frame = frame = self._run.at(now * self._speed)
        if self._over:
            return False
        if frame.number != self._step:
            self._step = frame.number
            self._reporter.step(frame.share, frame.number, frame.of)
        if frame.over:
            self._over = True
            self._lasted_s = now * self._speed - self._began_s
            self._reporter.ended(frame.share, frame.number, frame.of)
            return True
        begun = frame.segment != self._seen
        self._seen = frame.segment
        return begun

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


class Sounds:
    """Chimes, spoken cues, both or none: what can be heard of a routine."""

    def __init__(self, clock: Callable[[], float], *, sound: bool, voice: bool) -> None:
        self._speaker = Speaker(clock) if sound else None
        self._voice = Voice(clock) if voice else None

    @classmethod
    def wanted(cls, clock: Callable[[], float], options: argparse.Namespace) -> "Sounds":
        """What the options of a player ask for; nothing where it has to be quiet."""
        heard = not options.quiet
        return cls(clock, sound=options.sound and heard, voice=options.voice and heard)

    def play(self, frame: Frame) -> None:
        """Let be heard what begins with this moment."""
        chime = Chime.END if frame.over else _CHIMES.get(frame.segment.part)
        if self._speaker is not None and chime is not None:
            self._speaker.play(chime)
        if self._voice is not None:
            self._voice.say(spoken(frame))

    def look(self) -> None:
        """See to the programs that play and speak; to be called now and then."""
        for one in (self._speaker, self._voice):
            if one is not None:
                one.look()

    def close(self) -> None:
        """Fall silent, for good."""
        for one in (self._speaker, self._voice):
            if one is not None:
                one.close()
        self._speaker = self._voice = None
