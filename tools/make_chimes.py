"""Makes the chimes that are shipped: `python -m tools.make_chimes` writes them anew."""

import wave
from array import array
from collections.abc import Iterable
from math import exp, pi, sin
from pathlib import Path
from typing import NamedTuple

from deskbreak.adapters.sound.speaker import Chime

RATE = 16_000
"""Samples a second; one channel, 16 bits."""

_LOUDNESS = 0.22
_ATTACK_S = 0.012
_RELEASE_S = 0.06
_PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.28, 1.7), (3.01, 0.09, 2.6))
"""Of a softly struck bar: its height over the note, its strength, how much faster it dies."""


class Note(NamedTuple):
    """One stroke: when, how high, and how fast it dies away (1/s)."""

    at_s: float
    hertz: float
    decay: float


_C5, _E5, _G5, _C6 = 523.25, 659.26, 783.99, 1046.5
_TUNES = {
    Chime.GO: (0.4, (Note(0.0, _G5, 9.0),)),
    Chime.STEP: (0.8, (Note(0.0, _G5, 7.0), Note(0.16, _C5, 5.5))),
    Chime.SIDE: (0.7, (Note(0.0, _E5, 9.0), Note(0.2, _E5, 7.0))),
    Chime.END: (1.5, (Note(0.0, _C5, 5.0), Note(0.17, _E5, 5.0), Note(0.34, _C6, 3.6))),
}


def samples(chime: Chime) -> "array[int]":
    """The chime as it is played."""
    length_s, notes = _TUNES[chime]
    count = int(length_s * RATE)
    return array("h", (_sample(at / RATE, length_s, notes) for at in range(count)))


def _sample(at_s: float, length_s: float, notes: Iterable[Note]) -> int:
    fade = min(1.0, (length_s - at_s) / _RELEASE_S)
    level = sum(_stroke(at_s - note.at_s, note) for note in notes if at_s > note.at_s)
    return round(max(-1.0, min(1.0, level * _LOUDNESS * fade)) * 32767)


def _stroke(into_s: float, note: Note) -> float:
    attack = min(1.0, into_s / _ATTACK_S)
    return attack * sum(
        strength * exp(-into_s * note.decay * faster) * sin(2 * pi * note.hertz * height * into_s)
        for height, strength, faster in _PARTIALS
    )


def write(chime: Chime, path: Path) -> None:
    """Write a chime as a WAV file."""
    data = samples(chime)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data.tobytes())


if __name__ == "__main__":
    for one in Chime:
        write(one, one.file)
