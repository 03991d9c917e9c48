"""What the rows of one day amount to."""

import json
from typing import Any

import pytest

from deskbreak.core.enums import Activity
from deskbreak.stats.day import Day, count, played
from tests.stats.rows import DAY, bout, routine, row, walk

PROMPT: dict[str, Any] = {"bout_s": 1800, "overdue_s": 0, "suggests": "walk", "actions": ["walk"]}


def test_bouts_are_counted_by_posture() -> None:
    day = count(DAY, [bout("09:30", 30), bout("10:00", 15, "standing"), bout("11:00", 45)])
    assert (day.sitting, day.standing) == ([1800, 2700], [900])


def test_without_a_ledger_times_are_those_of_what_has_ended() -> None:
    day = count(DAY, [bout("09:30", 30), walk("09:35"), bout("10:00", 15, "standing")])
    assert not day.closed
    assert [day.of(a) for a in (Activity.SITTING, Activity.STANDING, Activity.BREAK)] == [
        1800, 900, 300,
    ]  # fmt: skip


def test_a_ledger_counts_more_than_the_rows() -> None:
    day = count(DAY, [bout("09:30", 30)], {"sitting": 2000, "away": 84400})
    assert day.closed
    assert day.of(Activity.SITTING) == 2000


@pytest.mark.parametrize(
    ("answer", "became"),
    [
        ("break_started", "taken"),
        ("snoozed", "snoozed"),
        ("skipped", "skipped"),
        ("dismissed", "dismissed"),
        ("ignored", "ignored"),
        ("prompt_withdrawn", "withdrawn"),
        ("posture", "posture_changed"),
        ("prompt", "replaced"),
    ],
)
def test_a_prompt_became_what_answered_it(answer: str, became: str) -> None:
    day = count(DAY, [row("09:30", "prompt", **PROMPT), row("09:31", "hold"), row("09:32", answer)])
    assert day.prompts[became] == 1


def test_a_prompt_without_an_answer_is_open_and_an_answer_without_a_prompt_is_none() -> None:
    assert count(DAY, [row("09:30", "prompt", **PROMPT)]).prompts == {"open": 1}
    assert count(DAY, [row("09:30", "skipped")]).prompts == {}


def test_a_break_that_was_left_early_is_not_counted_anywhere() -> None:
    left = walk("09:35", outcome="ignored")
    day = count(DAY, [left, routine("10:00", "hips", outcome="skipped")])
    assert (day.walks, day.played, day.of(Activity.BREAK), day.used) == (0, {}, 0, False)


def test_routines_keep_the_step_they_reached() -> None:
    day = count(DAY, [routine("10:00", "hips", at_step=2, of=5), routine("11:00", "neck")])
    assert {played(text): n for text, n in day.played.items()} == {
        ("hips", 2): 1,
        ("neck", None): 1,
    }
    assert played("a@home@3") == ("a@home", 3)


def test_a_hold_lasts_until_it_is_over() -> None:
    rows = [
        row("10:00", "hold", reason="call"),
        row("10:05", "hold", reason="camera"),
        row("10:30", "hold_over", reason="call"),
        row("10:31", "hold_over", reason="app"),
    ]
    assert count(DAY, rows).held == {"call": 1800}


def test_everything_else_is_counted() -> None:
    rows = [
        row("09:00", "natural_break", away_s=120),
        row("09:10", "feedback", feedback="good", routine="hips"),
        row("09:20", "reminder", name="Eyes"),
        row("09:30", "paused"),
        row("09:40", "something_of_a_later_version", value=[1, 2]),
    ]
    day = count(DAY, rows)
    assert (day.natural, day.feedback, day.reminders, day.pauses) == (
        1,
        {"good": 1},
        {"Eyes": 1},
        1,
    )


def test_rows_of_another_program_with_odd_values_are_counted_as_far_as_they_go() -> None:
    rows = [
        row("09:00", "bout_ended", length_s="long"),
        row("09:10", "break_ended", outcome="done"),
    ]
    day = count(DAY, rows)
    assert (day.sitting, day.walks, day.walk_s) == ([0], 1, 0)


def test_a_day_is_kept_as_json_and_comes_back() -> None:
    rows = [bout("09:30", 30), walk("09:35"), routine("10:00", "hips", at_step=2, of=5),
            row("10:30", "prompt", **PROMPT), row("10:31", "snoozed"),
            row("11:00", "natural_break", away_s=120), row("11:10", "feedback", feedback="good"),
            row("11:11", "hold", reason="call"), row("11:12", "hold_over", reason="call"),
            row("11:13", "reminder", name="Eyes"), row("11:14", "paused")]  # fmt: skip
    day = count(DAY, rows, {"sitting": 86400})
    assert Day.from_dict(DAY, json.loads(json.dumps(day.as_dict()))) == day
