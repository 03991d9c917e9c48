"""Plays chimes through the first program of the desktop that can."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from deskbreak.adapters.programs import environment
from deskbreak.ports import Capability

DEADLINE_S = 5.0
_FOLDER = Path(__file__).parent / "chimes"
_PROGRAMS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
_ADVICE = "Install pw-play (pipewire-bin), paplay (pulseaudio-utils) or aplay (alsa-utils)."


class Chime(StrEnum):
    """What a chime tells: it is your turn, this one is done, change sides, all is done."""

    GO = "go"
    STEP = "step"
    SIDE = "side"
    END = "end"

    @property
    def file(self) -> Path:
        """Where it lies (`tools/make_chimes.py` has made it)."""
        return _FOLDER / f"{self}.wav"


class Noise:
    """A program that makes a sound, in a process group of its own: looked after, never waited for.

    It may last `lasts_s` seconds. The constructor raises OSError where it cannot be started.
    """

    def __init__(self, words: Sequence[str], clock: Callable[[], float], lasts_s: float) -> None:
        self._process = subprocess.Popen(
            words,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._clock = clock
        self._until = clock() + lasts_s

    def result(self) -> bool | None:
        """Whether it did what it should; None while it is at it. Ends it past its deadline."""
        code = self._process.poll()
        if code is None and self._clock() > self._until:
            self.stop()
            return False
        return None if code is None else code == 0

    def stop(self) -> None:
        """End it and what it has started, at once."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
        self._process.wait()


class Speaker:
    """Plays one chime at a time; a new one takes the place of the old one.

    A program that fails is not asked again, and the next one tries in its place. Call `look` now
    and then: nothing happens by itself. `programs` are argument lists without the file.
    """

    def __init__(
        self, clock: Callable[[], float], programs: Sequence[Sequence[str]] | None = None
    ) -> None:
        self._clock = clock
        self._programs = list(found() if programs is None else programs)
        self._chime: Chime | None = None
        self._noise: Noise | None = None

    def play(self, chime: Chime) -> None:
        """Begin to play. Never blocks, never fails."""
        self.close()
        if (winsound := _winsound()) is not None:
            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            with contextlib.suppress(RuntimeError):  # there is no device
                winsound.PlaySound(str(chime.file), flags)
        else:
            self._chime = chime
            self._try()

    def look(self) -> None:
        """See what has become of the program, and let the next one try if it could not."""
        worked = self._noise.result() if self._noise is not None else None
        if worked is not None:
            self._noise = None
        if worked is False:
            self._programs.pop(0)
            self._try()

    def close(self) -> None:
        """Fall silent."""
        if self._noise is not None:
            self._noise.stop()
            self._noise = None

    def _try(self) -> None:
        while self._chime is not None and self._programs:
            words = [*self._programs[0], str(self._chime.file)]
            try:
                self._noise = Noise(words, self._clock, DEADLINE_S)
            except OSError:  # gone since it was found
                self._programs.pop(0)
            else:
                return


def found(programs: Sequence[tuple[str, ...]] = _PROGRAMS) -> list[tuple[str, ...]]:
    """The programs among these that this machine has, the best first."""
    return [words for words in programs if shutil.which(words[0])]


def capability() -> Capability:
    """What `doctor` says of chimes; whether there is a device shows only when one is played."""
    if _winsound() is not None:
        return Capability("sound", "winsound", works=True)
    programs = found()
    if not programs:
        return Capability("sound", None, False, "no program that plays sounds", _ADVICE)
    return Capability("sound", programs[0][0], works=True)


def _winsound() -> Any:
    """The player that comes with a Python on Windows; None elsewhere."""
    try:
        return import_module("winsound")
    except ImportError:
        return None
