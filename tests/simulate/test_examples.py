import json
import re
from datetime import datetime

import pytest

from deskbreak.core.enums import Activity
from deskbreak.simulate.deeds import DEEDS
from tests.simulate.examples import (
    AROUND,
    EXPECTED,
    NAMES,
    SCENARIOS,
    drawn_and_told,
    expected,
    lines,
    played,
)

README = (SCENARIOS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_what_is_expected_and_nothing_else(name: str) -> None:
    assert lines(played(name)) == expected(name)


def test_no_expectation_is_left_over() -> None:
    assert tuple(sorted(path.stem for path in EXPECTED.glob("*.jsonl"))) == NAMES
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_in_its_first_line_what_it_shows_and_so_does_the_list(name: str) -> None:
    first = (SCENARIOS / f"{name}.toml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert f"| [{name}.toml]({name}.toml) | {first[2:]} |" in README


def test_the_list_names_no_example_that_is_not_there() -> None:
    assert set(re.findall(r"^\| \[(.+?)\.toml\]", README, re.M)) == set(NAMES)


def test_everything_that_can_be_done_is_in_an_example_and_in_the_manual() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in SCENARIOS.glob("*.toml"))
    assert [do for do in DEEDS if f"`{do}`" not in README] == []
    shown = set(re.findall(r'^do = "(\w+)"', texts, re.M))
    assert set(DEEDS) - shown == {"done"}


def test_every_event_that_an_example_gives_is_in_the_manual() -> None:
    given = {json.loads(line)["event"] for name in NAMES for line in expected(name)}
    assert len(given) >= 18
    assert [event for event in given if f"`{event}`" not in README] == []


@pytest.mark.parametrize("name", NAMES)
def test_times_go_up_and_the_last_event_is_the_end(name: str) -> None:
    events = played(name).happened
    times = [event["t"] for event in events]
    assert times == sorted(times)
    assert [event["event"] for event in events].count("end") == 1
    assert events[-1]["event"] == "end"
    assert all(datetime.fromisoformat(event["wall"]).tzinfo is not None for event in events)


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_and_the_ledger_tell_of_the_same_day(name: str) -> None:
    drawn, told = drawn_and_told(played(name))
    for activity in set(Activity) - {Activity.NOT_RUNNING}:
        assert drawn[activity] == pytest.approx(told[activity], abs=AROUND), activity
