"""From the bytes of a desk to the word for it."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.desks.height import DeskError, Judge, Reading, read


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        (b"\x00\x00\x00\x00", Reading(62.0, False)),
        (b"\x2a\x16\x00\x00", Reading(118.74, False)),  # noted by somebody who looked into theirs
        (b"\x52\x12\x00\x00", Reading(108.9, False)),
        (b"\x64\x19\x80\x0c", Reading(127.0, True)),
        (b"\x64\x19\x80\xf3", Reading(127.0, True)),
        (b"\x00\x00\x00\x00\x07\x07", Reading(62.0, False)),
    ],
)
def test_read(value: bytes, reading: Reading) -> None:
    found = read(value)
    assert (pytest.approx(found.height_cm), found.moving) == (reading.height_cm, reading.moving)


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x01\x02\x03"])
def test_too_few_bytes(value: bytes) -> None:
    with pytest.raises(DeskError, match=f"found {len(value)} bytes for a height, allowed: 4"):
        read(value)


@given(st.integers(0, 65535), st.integers(-32768, 32767))
def test_every_value_is_a_height(steps: int, speed: int) -> None:
    reading = read(struct.pack("<Hh", steps, speed))
    assert 62.0 <= reading.height_cm <= 717.36
    assert reading.moving == (speed != 0)


def test_the_word_changes_well_beyond_the_boundary() -> None:
    judge = Judge(90.0)
    heights = [72, 89, 91, 91.9, 92, 91, 89, 88.1, 88, 91.9, 120]
    words = [judge.word(height) for height in heights]
    assert words == ["sitting"] * 4 + ["standing"] * 4 + ["sitting"] * 2 + ["standing"]


@pytest.mark.parametrize(("height", "word"), [(89.9, "sitting"), (90.0, "standing")])
def test_the_first_height_is_on_one_side(height: float, word: str) -> None:
    assert Judge(90.0).word(height) == word
