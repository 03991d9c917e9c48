"""Lengths and times as people type them mean the same in file, command, socket and window."""

import re
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.control.protocol import parse
from deskbreak.settings.files import shipped
from deskbreak.settings.keys import find_key, parse_value
from deskbreak.settings.load import check_text
from deskbreak.settings.typed import (
    LENGTH_PATTERN,
    TIME_PATTERN,
    UnclearError,
    seconds,
    time_of_day,
)
from deskbreak.simulate.scenario import scenario_of
from deskbreak.text.settings import with_units
from deskbreak.windows.settings.phrases import plain_of, refusal
from tests.settings.typing import (
    LENGTHS,
    MISSPELT_LENGTHS,
    NO_LENGTHS,
    NO_TIMES,
    TIMES,
    UNCLEAR_LENGTHS,
    UNCLEAR_TIMES,
)

PRESETS = shipped("config") / "presets"
LENGTH, TIME = "breaks.after_skip", "schedule.day_starts"
"""A length that may be anything from a second to eight hours, and a time."""


def in_a_file(path: str, typed: str) -> Any:
    """What the text means in config.toml; raises ValueError with the problem."""
    written = typed.replace("\n", "\\n")
    loaded = check_text(f'{path} = "{written}"\n', "config.toml", PRESETS)
    for problem in loaded.problems:
        if problem.severity == "error":
            raise ValueError(str(problem))
    return find_key(path).of(loaded.settings)


def in_a_window(path: str, typed: str) -> Any:
    """What the text of a field means; raises ValueError with the sentence below it."""
    kind = find_key(path).kind
    plain = plain_of(kind, typed)
    if why := refusal(kind, plain):
        raise ValueError(why)
    return kind.read(plain, (), [])


def on_the_socket(path: str, typed: str) -> Any:
    """What it means in a request."""
    if path == TIME:
        asked: Any = parse({"do": "pause", "until": typed}).asks
        return asked.until
    asked = parse({"do": "pause", "for": typed}).asks
    return asked.for_s


def in_a_scenario(path: str, typed: str) -> Any:
    """What it means in an event of a simulated day."""
    key = "until" if path == TIME else "for"
    written = typed.replace("\n", "\\n")
    top = 'start = 2026-03-02T09:00:00\nend = "1d"\n'
    text = f'{top}[[event]]\nat = 0\ndo = "pause"\n{key} = "{written}"\n'
    return scenario_of(text, "day.toml").events[0].values[key]


WAYS = pytest.mark.parametrize(
    "way", [in_a_file, parse_value, in_a_window, on_the_socket, in_a_scenario]
)


@WAYS
@pytest.mark.parametrize(("typed", "length"), LENGTHS.items())
def test_a_length_is_understood_everywhere(way: Any, typed: str, length: int) -> None:
    if length:  # a pause of no time is none
        assert way(LENGTH, typed) == length


@WAYS
@pytest.mark.parametrize(("typed", "reading"), TIMES.items())
def test_a_time_is_understood_everywhere(way: Any, typed: str, reading: str) -> None:
    assert way(TIME, typed) == time.fromisoformat(reading)


@WAYS
@pytest.mark.parametrize(
    ("path", "typed", "question"),
    [
        *((LENGTH, *each) for each in UNCLEAR_LENGTHS.items()),
        *((TIME, *each) for each in UNCLEAR_TIMES.items()),
    ],
)
def test_what_may_mean_two_things_is_asked_everywhere(
    way: Any, path: str, typed: str, question: str
) -> None:
    said = f'found "{typed}", allowed: {question}'
    with pytest.raises(
        Exception, match=re.escape(with_units(said) if way is in_a_window else said)
    ):
        way(path, typed)


@WAYS
@pytest.mark.parametrize(
    ("path", "typed"), [*((LENGTH, t) for t in NO_LENGTHS), *((TIME, t) for t in NO_TIMES)]
)
def test_anything_else_is_refused_everywhere(way: Any, path: str, typed: str) -> None:
    if way is in_a_window and typed != typed.strip():
        return  # a field has no line ends
    with pytest.raises(Exception, match="allowed"):
        way(path, typed)


@pytest.mark.parametrize("way", [in_a_file, parse_value, in_a_window])
@pytest.mark.parametrize(("typed", "meant"), MISSPELT_LENGTHS.items())
def test_a_misspelt_unit_names_the_one_that_was_meant(way: Any, typed: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f'perhaps "{meant}"'):
        way(LENGTH, typed)


@pytest.mark.parametrize(
    ("written", "path", "value"),
    [
        ("breaks.sit_limit = 45", "breaks.sit_limit", 2700),
        ("breaks.sit_limit = 7.5", "breaks.sit_limit", 450),
        ("breaks.typing_gap = 5", "breaks.typing_gap", 5),
        ("breaks.settle = 20", "breaks.settle", 20),
        ("history.keep = 365", "history.keep", 365 * 86_400),
        ("breaks.snooze = 5", "breaks.snooze", (300,)),
        ('breaks.snooze = "10 min"', "breaks.snooze", (600,)),
        ("breaks.snooze = [5, 10]", "breaks.snooze", (300, 600)),
        ("schedule.day_starts = 9", "schedule.day_starts", time(9)),
        ("schedule.meals = [12.45, 18]", "schedule.meals", (time(12, 45), time(18))),
        ("schedule.meals = 12:30:00", "schedule.meals", (time(12, 30),)),
        ('hold.apps = "gimp"', "hold.apps", ("gimp",)),
        ('routines.sore = "neck"', "routines.sore", ("neck",)),
    ],
)
def test_numbers_and_lone_values_stand_in_a_file_as_they_are(
    written: str, path: str, value: Any
) -> None:
    loaded = check_text(written, "config.toml", PRESETS)
    assert loaded.problems == ()
    assert find_key(path).of(loaded.settings) == value


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            "\n[breaks]\nsit_limit = 2",
            'c:3: breaks.sit_limit: found 2, allowed: "2m" or "2h", whichever you mean',
        ),
        (
            "standing.daily_target = 2",
            'c:1: standing.daily_target: found 2, allowed: "2m" or "2h", whichever you mean',
        ),
        (
            "schedule.meals = [12.3]",
            'c:1: schedule.meals[1]: found 12.3, allowed: "12:30" or "12:03", whichever you mean',
        ),
        (
            "breaks.typing_gap = 900",
            'c:1: breaks.typing_gap: found 900, allowed: a duration such as "30s" '
            "(a number alone is seconds), 0s to 5m",
        ),
        (
            "breaks.sit_limit = inf",
            'c:1: breaks.sit_limit: found inf, allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            "breaks.sit_limit = 0x" + "f" * 5000,
            "c:1: breaks.sit_limit: found a number with very many digits, "
            'allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            "breaks.sit_limit = true",
            'c:1: breaks.sit_limit: found true, allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            'hooks.prompt = "notify-send up"',
            'c:1: hooks.prompt: found "notify-send up", '
            "allowed: a list of 1 or more, each an argument, up to 4096 characters",
        ),
    ],
)
def test_a_number_that_makes_no_sense_is_told_with_its_place(written: str, sentence: str) -> None:
    assert [str(problem) for problem in check_text(written, "c", PRESETS).problems] == [sentence]


@pytest.mark.parametrize("typed", ["mon", "Monday", "mo", "MON", " monday "])
def test_a_day_of_the_week_is_understood(typed: str) -> None:
    text = f'[[schedule.hours]]\ndays = "{typed}"\nfrom = 9\nto = "5pm"\n'
    (hours,) = check_text(text, "c", PRESETS).settings.schedule.hours
    assert (hours.days, hours.begins, hours.ends) == (("mon",), time(9), time(17))


def test_a_day_that_is_none_names_the_one_that_was_meant() -> None:
    text = '[[schedule.hours]]\ndays = ["wendesday"]\nfrom = "9"\nto = "17"\n'
    (problem,) = check_text(text, "c", PRESETS).problems
    assert (problem.line, problem.allowed.endswith('(perhaps "wed")')) == (2, True)


@given(st.text(alphabet="0123456789dhmsin.,: ", max_size=12))
def test_the_pattern_for_editors_and_the_reader_of_lengths_agree(typed: str) -> None:
    try:
        seconds(typed)
    except UnclearError:
        return
    except ValueError:
        assert not re.search(LENGTH_PATTERN, typed.strip(" "))
    else:
        assert re.search(LENGTH_PATTERN, typed.strip(" "))


@given(st.text(alphabet="0123456789h:. apm", max_size=8))
def test_what_is_read_as_a_time_is_one_for_editors(typed: str) -> None:
    try:
        time_of_day(typed)
    except ValueError:
        return
    assert re.search(TIME_PATTERN, typed.strip(" ")) or typed.strip(" ").endswith(".0")
