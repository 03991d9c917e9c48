"""Speaks cues: through plyer where it can, else through the speech program of the desktop.

Speaking takes seconds and cannot be stopped from inside, so it is done by a process of its own:
`python -m deskbreak.adapters.sound.voice TEXT`.
"""

import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from deskbreak.adapters.programs import python
from deskbreak.adapters.sound.process import Noise
from deskbreak.ports import Capability
from deskbreak.text.display import one_line

DEADLINE_S = 20.0
_PROGRAMS = {
    "linux": (("espeak-ng", "-s", "150"), ("spd-say", "--wait")),
    "darwin": (("say",),),
}
_ADVICE = "Install espeak-ng."

Clock = Callable[[], float]


class Voice:
    """Says one thing at a time; what is said next cuts short what is being said.

    Call `look` now and then: nothing happens by itself. `words` start the process that speaks.
    """

    def __init__(self, clock: Clock, words: Sequence[str] | None = None) -> None:
        self._clock = clock
        self._words = words or python("deskbreak.adapters.sound.voice")
        self._noise: Noise | None = None

    def say(self, text: str) -> None:
        """Begin to speak; an empty text says nothing. Never blocks, never fails."""
        if not text:
            return
        self.close()
        try:
            self._noise = Noise([*self._words, one_line(text)], self._clock(), DEADLINE_S)
        except OSError:
            self._noise = None

    def look(self) -> None:
        """Let go of what has been said, and stop what takes far too long."""
        if self._noise is not None and self._noise.result(self._clock()) is not None:
            self._noise = None

    def close(self) -> None:
        """Fall silent, in the middle of a word if need be."""
        if self._noise is not None:
            self._noise.stop()
            self._noise = None


def plyer_backend() -> Any:
    """What plyer speaks with here. Raises anything, LookupError where it has nothing."""
    warnings.filterwarnings("ignore", module=r"plyer\.")
    from plyer.facades import TTS
    from plyer.utils import platform

    backend = import_module(f"plyer.platforms.{platform}.tts").instance()
    if type(backend) is TTS:
        raise LookupError("there is no program that plyer speaks with")
    return backend


def speak(text: str) -> bool:
    """Say it and wait until it is said; False where nothing here can speak."""
    try:
        plyer_backend().speak(message=text.lstrip("-"))  # a program would take it for an option
    except Exception:  # noqa: BLE001 - backends of plyer raise whatever they meet
        return _speak_with_program(text)
    return True


def _speak_with_program(text: str) -> bool:
    for words in _found():
        done = subprocess.run([*words, "--", text], check=False, stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            return True
    return False


def _found() -> list[tuple[str, ...]]:
    return [words for words in _PROGRAMS.get(sys.platform, ()) if shutil.which(words[0])]


def capability() -> Capability:
    """What `doctor` says of spoken cues."""
    try:
        backend = f"plyer ({type(plyer_backend()).__name__})"
    except Exception:  # noqa: BLE001 - backends of plyer raise whatever they meet
        programs = _found()
        if not programs:
            return Capability("voice", None, False, "no program that speaks", _ADVICE)
        backend = programs[0][0]
    return Capability("voice", backend, works=True)


if __name__ == "__main__":
    sys.exit(0 if speak(" ".join(sys.argv[1:])) else 1)
