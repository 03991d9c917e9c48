"""Speaks cues: through plyer where it can, else through the speech program of the desktop.

Speaking takes seconds and cannot be stopped from inside, so it is done by a process of its own:
`python -m deskbreak.adapters.sound.voice TEXT`.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence

from deskbreak.adapters import plyer
from deskbreak.adapters.programs import python
from deskbreak.adapters.sound.speaker import Noise, found
from deskbreak.ports import Capability
from deskbreak.text.display import one_line

DEADLINE_S = 20.0
_PROGRAMS = (("espeak-ng", "-s", "150"), ("spd-say", "--wait"), ("say",))
_ADVICE = "Install espeak-ng."


class Voice:
    """Says one thing at a time; what is said next cuts short what is being said.

    Call `look` now and then: nothing happens by itself. `words` start the process that speaks.
    """

    def __init__(self, clock: Callable[[], float], words: Sequence[str] | None = None) -> None:
        self._clock = clock
        self._words = words or python("deskbreak.adapters.sound.voice")
        self._noise: Noise | None = None

    def say(self, text: str) -> None:
        """Begin to speak; an empty text says nothing. Never blocks, never fails."""
        if not text:
            return
        self.close()
        try:
            self._noise = Noise([*self._words, one_line(text)], self._clock, DEADLINE_S)
        except OSError:
            self._noise = None

    def look(self) -> None:
        """Let go of what has been said, and stop what takes far too long."""
        if self._noise is not None and self._noise.result() is not None:
            self._noise = None

    def close(self) -> None:
        """Fall silent, in the middle of a word if need be."""
        if self._noise is not None:
            self._noise.stop()
            self._noise = None


def speak(text: str) -> bool:
    """Say it and wait until it is said; False where nothing here can speak."""
    try:
        plyer.backend("tts", "speaks").speak(message=text.lstrip("-"))  # else taken for an option
    except Exception:  # noqa: BLE001 - backends of plyer raise whatever they meet
        for words in found(_PROGRAMS):
            done = subprocess.run([*words, "--", text], check=False, stdin=subprocess.DEVNULL)
            if done.returncode == 0:
                return True
        return False
    return True


def capability() -> Capability:
    """What `doctor` says of spoken cues."""
    try:
        backend = f"plyer ({type(plyer.backend('tts', 'speaks')).__name__})"
    except Exception:  # noqa: BLE001 - backends of plyer raise whatever they meet
        programs = found(_PROGRAMS)
        if not programs:
            return Capability("voice", None, False, "no program that speaks", _ADVICE)
        backend = programs[0][0]
    return Capability("voice", backend, works=True)


if __name__ == "__main__":
    sys.exit(0 if speak(" ".join(sys.argv[1:])) else 1)
