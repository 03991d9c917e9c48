"""Plays chimes through the first program of the desktop that can."""

import shutil
import sys
from collections.abc import Callable, Sequence

from deskbreak.adapters.sound.chimes import Chime
from deskbreak.adapters.sound.process import Noise
from deskbreak.ports import Capability

DEADLINE_S = 5.0
_PROGRAMS = {
    "linux": (("pw-play",), ("paplay",), ("aplay", "-q")),
    "darwin": (("afplay",),),
}
_ADVICE = "Install pw-play (pipewire-bin), paplay (pulseaudio-utils) or aplay (alsa-utils)."

Clock = Callable[[], float]


class Speaker:
    """Plays one chime at a time; a new one takes the place of the old one.

    A program that fails is not asked again, and the next one tries in its place. Call `look` now
    and then: nothing happens by itself. `programs` are argument lists without the file.
    """

    def __init__(self, clock: Clock, programs: Sequence[Sequence[str]] | None = None) -> None:
        self._clock = clock
        self._programs = list(found() if programs is None else programs)
        self._chime: Chime | None = None
        self._noise: Noise | None = None

    def play(self, chime: Chime) -> None:
        """Begin to play. Never blocks, never fails."""
        self._stop()
        if sys.platform == "win32":
            _play_on_windows(chime)
            return
        self._chime = chime
        self._try()

    def look(self) -> None:
        """See what has become of the program, and let the next one try if it could not."""
        if self._noise is None:
            return
        worked = self._noise.result(self._clock())
        if worked is None:
            return
        self._noise = None
        if not worked:
            self._programs.pop(0)
            self._try()

    def close(self) -> None:
        """Fall silent."""
        self._stop()

    def _try(self) -> None:
        while self._chime is not None and self._programs:
            words = [*self._programs[0], str(self._chime.file)]
            try:
                self._noise = Noise(words, self._clock(), DEADLINE_S)
            except OSError:  # gone since it was found
                self._programs.pop(0)
            else:
                return

    def _stop(self) -> None:
        if self._noise is not None:
            self._noise.stop()
            self._noise = None


def found() -> list[tuple[str, ...]]:
    """The programs on this machine that play a WAV file, the best first."""
    return [words for words in _PROGRAMS.get(sys.platform, ()) if shutil.which(words[0])]


def capability() -> Capability:
    """What `doctor` says of chimes; whether there is a device shows only when one is played."""
    if sys.platform == "win32":
        return Capability("sound", "winsound", works=True)
    programs = found()
    if not programs:
        return Capability("sound", None, False, "no program that plays sounds", _ADVICE)
    return Capability("sound", programs[0][0], works=True)


def _play_on_windows(chime: Chime) -> None:
    if sys.platform == "win32":
        import winsound

        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        try:
            winsound.PlaySound(str(chime.file), flags)
        except RuntimeError:  # there is no device
            return
