"""What can be heard of a routine: a chime and a spoken cue for what begins."""

import argparse
from collections.abc import Callable
from typing import Protocol

from deskbreak.adapters.sound.chimes import Chime
from deskbreak.adapters.sound.speaker import Speaker
from deskbreak.adapters.sound.voice import Voice
from deskbreak.content.playback import Frame
from deskbreak.windows.phrases import spoken
from deskbreak.windows.session import Turn

_CHIMES = {
    Turn.GO: Chime.GO,
    Turn.NEXT: Chime.STEP,
    Turn.SWITCH: Chime.SIDE,
    Turn.OVER: Chime.END,
}


class Ears(Protocol):
    """Somebody who listens."""

    def turn(self, turn: Turn, frame: Frame) -> None:
        """Let be heard what begins."""

    def look(self) -> None:
        """See to the programs that play; to be called now and then."""

    def close(self) -> None:
        """Fall silent, for good."""


class Sounds:
    """Chimes, spoken cues, both or none."""

    @classmethod
    def wanted(cls, clock: Callable[[], float], options: argparse.Namespace) -> "Sounds":
        """What a player's words ask for (`options.parser`); nothing where it has to be quiet."""
        heard = not options.quiet
        return cls(clock, sound=options.sound and heard, voice=options.voice and heard)

    def __init__(self, clock: Callable[[], float], *, sound: bool, voice: bool) -> None:
        self._speaker = Speaker(clock) if sound else None
        self._voice = Voice(clock) if voice else None

    def turn(self, turn: Turn, frame: Frame) -> None:
        """Play and say it."""
        if self._speaker is not None and turn in _CHIMES:
            self._speaker.play(_CHIMES[turn])
        if self._voice is not None:
            self._voice.say(spoken(turn, frame))

    def look(self) -> None:
        """See to what plays and speaks."""
        for one in (self._speaker, self._voice):
            if one is not None:
                one.look()

    def close(self) -> None:
        """Fall silent, for good."""
        for one in (self._speaker, self._voice):
            if one is not None:
                one.close()
        self._speaker = self._voice = None
