import re

import pytest

from deskbreak.simulate.picture import draw
from deskbreak.simulate.replay import replay
from deskbreak.simulate.scenario import scenario_of
from tests.desk import PlainAdviser
from tests.simulate.examples import NAMES, played
from tests.simulate.test_replay import day

COLOUR = re.compile(r"\033\[[0-9;]*m")

UNKIND = re.compile(
    r"\b(weak|damage|danger|injur\w*|wrong|bad|fail\w*|must|never|fragile|harm\w*|fix|lazy)\b|"
    r"should have",
    re.I,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_plain_picture_is_ascii_and_fits_its_width(name: str) -> None:
    for width in (80, 50):
        picture = draw(played(name), width=width)
        assert picture.isascii()
        assert "\033" not in picture
        assert max(len(line) for line in picture.splitlines()) <= width
        assert all(line == line.rstrip() for line in picture.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_a_coloured_picture_is_as_wide_and_says_the_same(name: str) -> None:
    coloured = draw(played(name), width=80, colour=True)
    bare = COLOUR.sub("", coloured)
    assert bare != coloured
    assert max(len(line) for line in bare.splitlines()) <= 80
    plain_words = re.findall(r"[a-z]{3,}", draw(played(name), width=80))
    assert re.findall(r"[a-z]{3,}", bare) == plain_words


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_has_kind_words(name: str) -> None:
    assert UNKIND.findall(draw(played(name))) == []


def test_a_morning_in_full() -> None:
    of = day(
        '30m answer with="walk"',
        "30m input_stops",
        "36m input_starts",
        '1h6m30s answer with="snooze"',
        "1h8m resume",
        end="1h15m",
    )
    assert draw(of) == (
        """\
day
Monday 2 March 2026, 09:00 to 10:15, Europe/Berlin

          0                   5m                  10m
Mon 09:00 ============================================================
    09:15 ============================================================
    09:30 !+++++++++++++++++++++++====================================
    09:45 ============================================================
    10:00 ========================!=z===================!=============

          = sitting  + break  ! asked to move  z snoozed

Monday 2 March 2026
09:30      Time to move: 30m of sitting. Walk, stretch, snooze or skip?
09:30    > You choose: walk
09:30      Walk begins
09:30    > You take your hands off
09:36    > You type again
09:36      Walk over after 6m: done
09:36      30m of sitting come to an end
10:06      Time to move: 30m of sitting. Stretch, walk, snooze or skip?
10:06:30 > You choose: snooze
10:06:30   Snoozed for 5m
10:08    > You resume
10:08      deskbreak says: deskbreak is not paused.
10:11:30   Time to move: 35m30s of sitting, 5m30s over. Stretch, walk, snooze or
           skip?
10:15      The end: sitting, 39m into this bout

In all: asked 3, walks 1, snoozes 1
The day so far: sitting 1h9m, break 6m, not running 5h"""
    )


def rows(picture: str) -> list[str]:
    return re.findall(r"^(?:\w{3} |    )\d\d:\d\d (.*)$", picture, re.M)


def test_an_absence_begins_at_the_last_input() -> None:
    of = day("10m input_stops", "20m input_starts", end="30m")
    assert rows(draw(of))[2] == "." * 60
    assert rows(draw(of))[1] == "=" * 60
    assert rows(draw(of))[4] == "=" * 60


def test_a_walk_that_is_not_taken_is_drawn_as_sitting() -> None:
    assert "+" not in "".join(rows(draw(day('30m answer with="walk"', end="50m"))))


def test_every_kind_of_time_has_a_letter_of_its_own() -> None:
    of = day(
        '5m pause for="5m"',
        "12m stand",
        '15m restart down="3m"',
        "20m lock",
        '25m sleep for="5m"',
        "31m unlock",
        '35m idle_source state="lost"',
        end="40m",
        breaks='typing_gap = "0s"\n[[settings.schedule.hours]]\nfrom="09:02"\nto="12:00"',
    )
    picture = draw(of)
    assert set("".join(rows(picture))) == set("=#.-_x?:")
    legend = "= sitting  # standing  . away  _ asleep  - paused  : off hours"
    assert legend in picture
    assert "? presence unknown  x not running" in picture


def test_the_night_on_which_the_clocks_change_skips_a_row() -> None:
    hours = re.findall(r"^(?:\w{3} |    )(\d\d):00 ", draw(played("dst-night")), re.M)
    assert hours == ["20", "21", "22", "23", "00", "01", "03", "04", "05", "06", "07"]


@pytest.mark.parametrize(
    ("end", "count", "first"),
    [("10m", 10, "Mon 09:00"), ("55m", 11, "Mon 09:00"), ("30h", 30, "Mon 09:00"),
     ("3d", 19, "Mon 08:00"), ("20d", 21, "02 Mar Mo")],
)  # fmt: skip
def test_the_longer_the_day_the_more_time_in_a_row(end: str, count: int, first: str) -> None:
    picture = draw(day("1m lock", end=end))
    body = picture.split("\n\n")[1].splitlines()[1:]
    assert (len(body), body[0][:9]) == (count, first)


def test_of_many_days_only_the_days_are_told() -> None:
    picture = draw(day("10m lock", end="20d"))
    assert picture.count("The day 2026-") == 20
    assert "The screen is locked" not in picture
    assert "--json has every event" in picture


def test_only_a_replay_that_was_watched_can_be_drawn() -> None:
    scenario = scenario_of('start = 2026-03-02T09:00:00\nend = "1m"\n', "a")
    with pytest.raises(ValueError, match="nobody watched"):
        draw(replay(scenario, PlainAdviser()))
