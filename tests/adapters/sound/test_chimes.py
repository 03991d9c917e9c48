"""The chimes that come with the program."""

import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from deskbreak.adapters.sound.speaker import Chime
from tools.make_chimes import RATE, samples, write


def read(path: Path) -> "array[int]":
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize("chime", list(Chime))
def test_what_is_shipped_is_what_is_made(chime: Chime, tmp_path: Path) -> None:
    write(chime, tmp_path / "made.wav")
    shipped, made = read(chime.file), read(tmp_path / "made.wav")
    assert len(shipped) == len(made)
    # Another C library may round the last bit of a sine another way.
    assert max(abs(one - other) for one, other in zip(shipped, made, strict=True)) <= 2


@pytest.mark.parametrize("chime", list(Chime))
def test_a_chime_is_soft_short_and_ends_in_silence(chime: Chime) -> None:
    heard = samples(chime)
    assert 4000 < max(abs(one) for one in heard) < 14000
    assert len(heard) <= 1.5 * RATE
    assert heard[0] == 0
    assert abs(heard[-1]) < 50
    assert max(abs(b - a) for a, b in pairwise(heard)) < 7000  # no click


def test_each_chime_is_another_one() -> None:
    assert len({bytes(samples(chime)) for chime in Chime}) == len(Chime)
