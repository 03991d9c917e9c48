"""Lengths of time in words: one spelling wherever they are shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.text import durations


@pytest.mark.parametrize(
    ("seconds", "spelled", "brief"),
    [
        (0, "0 seconds", "0 s"),
        (1, "1 second", "1 s"),
        (45.4, "45 seconds", "45 s"),
        (59.6, "1 minute", "1 min"),
        (60, "1 minute", "1 min"),
        (89, "1 minute", "1 min"),
        (1799.7, "30 minutes", "30 min"),
        (3570, "1 hour", "1 h"),
        (3600, "1 hour", "1 h"),
        (3660, "1 hour 1 minute", "1 h 1 min"),
        (7500, "2 hours 5 minutes", "2 h 5 min"),
    ],
)
def test_a_length_to_the_minute(seconds: float, spelled: str, brief: str) -> None:
    assert (durations.spelled(seconds), durations.brief(seconds)) == (spelled, brief)


@pytest.mark.parametrize(
    ("seconds", "spelled", "brief"),
    [
        (5, "5 seconds", "5 s"),
        (60, "1 minute", "1 min"),
        (90, "90 seconds", "90 s"),
        (120, "2 minutes", "2 min"),
        (121, "2 minutes 1 second", "2 min 1 s"),
        (150, "2 minutes 30 seconds", "2 min 30 s"),
        (300, "5 minutes", "5 min"),
        (630, "10 minutes", "10 min"),
        (3600, "1 hour", "1 h"),
        (5400, "1 hour 30 minutes", "1 h 30 min"),
        (7200, "2 hours", "2 h"),
    ],
)
def test_a_chosen_length(seconds: float, spelled: str, brief: str) -> None:
    said = durations.exactly(seconds), durations.brief_exactly(seconds)
    assert said == (spelled, brief)


@given(st.integers(1, 600), st.floats(0, 1))
def test_minutes_gone_and_minutes_left_add_up(limit: int, share: float) -> None:
    gone = share * limit * 60

    def minutes(text: str) -> int:
        hours, rest = re.search(r"(\d+) h", text), re.search(r"(?<!under )(\d+) min", text)
        return 60 * int(hours[1] if hours else 0) + int(rest[1] if rest else 0)

    left = durations.left(limit * 60 - gone)
    together = minutes(durations.gone(gone)) + minutes(left)
    assert together in ((limit - 1, limit) if left == "under 1 min" else (limit,))


def test_a_length_in_digits() -> None:
    assert [durations.digits(count) for count in (0, 59, 60, 185)] == [
        "0:00",
        "0:59",
        "1:00",
        "3:05",
    ]
