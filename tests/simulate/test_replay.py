import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.core.enums import Activity
from deskbreak.settings.files import shipped
from deskbreak.simulate.deeds import DEEDS
from deskbreak.simulate.replay import Replay, replay
from deskbreak.simulate.scenario import ScenarioError, read_scenario, scenario_of
from tests.desk import PlainAdviser
from tests.simulate.examples import AROUND, NAMES, SCENARIOS, drawn_and_told
from tests.thorough import examples

AT_ONCE = 'typing_gap = "0s"'


def day(*events: str, end: str = "1h", top: str = "", breaks: str = AT_ONCE) -> Replay:
    """Played from nine o'clock in Berlin; an event is `10m lock` or `10m sleep for="1m"`."""
    text = f'start = 2026-03-02T09:00:00\ntimezone = "Europe/Berlin"\nend = "{end}"\n{top}\n'
    text += f"[settings.breaks]\n{breaks}\n"
    for event in events:
        at, do, *keys = event.split()
        text += f'[[event]]\nat = "{at}"\ndo = "{do}"\n' + "".join(f"{key}\n" for key in keys)
    return replay(scenario_of(text, "day.toml"), PlainAdviser(), watch=True)


def found(of: Replay, *names: str) -> list[tuple[int, str]]:
    """When events of these names happened."""
    return [(e["t"], e["event"]) for e in of.happened if e["event"] in names]


def first(of: Replay, name: str) -> dict[str, Any]:
    return next(event for event in of.happened if event["event"] == name)


def test_whoever_types_without_a_gap_is_asked_at_the_end_of_the_polite_minute() -> None:
    assert found(day(breaks="", end="35m"), "prompt") == [(1860, "prompt")]


@pytest.mark.parametrize(("why", "away"), [("audio-playing", 1200), ("video-playing", 0)])
def test_b40_what_plays_sound_alone_keeps_nobody_seated(why: str, away: int) -> None:
    of = day(f'5m hold reason="inhibitor" why="{why}"', "10m input_stops", end="30m")
    assert of.happened[-1]["ledger"]["away"] == away


def test_an_event_has_its_time_on_both_clocks_and_its_public_keys() -> None:
    assert first(day(), "prompt") == {
        "t": 1800,
        "wall": "2026-03-02T09:30:00+01:00",
        "event": "prompt",
        "bout_s": 1800,
        "overdue_s": 0,
        "suggests": "walk",
        "actions": ["walk", "stretch", "snooze", "skip"],
    }


def test_the_last_event_is_the_end_with_the_state_and_the_ledger_of_the_day() -> None:
    end = day("10m input_stops", end="20m").happened[-1]
    parts = {part: seconds for part, seconds in end.pop("ledger").items() if seconds}
    assert end == {
        "t": 1200,
        "wall": "2026-03-02T09:20:00+01:00",
        "event": "end",
        "bout_s": 0,
        "state": "away",
    }
    assert parts == {"sitting": 600, "away": 600, "not_running": 5 * 3600}


def test_a_natural_break_has_the_time_at_which_it_was_earned() -> None:
    of = day("10m input_stops", "30m input_starts")
    assert found(of, "natural_break") == [(720, "natural_break")]


def test_a_break_that_a_nudge_delayed_still_stands_in_the_order_of_time() -> None:
    # A burst of two seconds just before the two minutes are over proves no return.
    of = day("10m input_stops", '11m59s input for="2s"', end="20m")
    assert found(of, "natural_break") == [(720, "natural_break")]
    times = [event["t"] for event in of.happened]
    assert times == sorted(times)


def test_a_snooze_says_at_which_t_it_is_due_again() -> None:
    of = day('31m answer with="snooze" for="10m"')
    assert first(of, "snoozed")["until_s"] == 31 * 60 + 600
    assert found(of, "prompt")[:2] == [(1800, "prompt"), (2460, "prompt")]


def test_without_a_length_the_first_one_on_offer_is_snoozed() -> None:
    assert first(day('30m answer with="snooze"'), "snoozed")["until_s"] == 2100


# routines


def test_a_routine_is_played_to_its_end_where_the_script_says_nothing() -> None:
    ended = first(day('30m answer with="stretch"'), "break_ended")
    assert (ended["t"], ended["outcome"], ended["length_s"]) == (1920, "done", 120)


def test_a_player_in_the_script_ends_its_own_routine_and_no_other() -> None:
    of = day(
        '30m answer with="stretch"',
        '1h2m answer with="stretch"',
        '1h7m player result="done"',
        end="2h",
    )
    ended = [(e["t"], e["outcome"]) for e in of.happened if e["event"] == "break_ended"]
    assert ended == [(1920, "done"), (4020, "done")]


@pytest.mark.parametrize(
    ("player", "outcome"),
    [
        ('result="done"', "done"),
        ('result="done" at_step=8 of=8', "done"),
        ('result="done" at_step=5 of=8', "partial"),
        ('result="done" at_step=4 of=8', "skipped"),
        ('result="died"', "withdrawn"),
        ('result="died" at_step=6 of=8', "partial"),
        ('result="died" at_step=5 of=8', "withdrawn"),
    ],
)
def test_how_far_the_player_was_decides_what_the_routine_counts_for(
    player: str, outcome: str
) -> None:
    of = day('30m answer with="stretch"', f"31m player {player}")
    assert first(of, "break_ended")["outcome"] == outcome


def test_a_routine_waits_while_the_machine_sleeps() -> None:
    of = day('30m answer with="stretch"', '31m sleep for="1m"')
    ended = first(of, "break_ended")
    assert (ended["t"], ended["outcome"], ended["length_s"]) == (1980, "done", 120)


def test_a_player_that_nobody_started_changes_nothing() -> None:
    with_player = day('10m player result="done"').happened
    assert with_player == day().happened


# what happens while the program is down


def test_what_happens_while_the_program_is_down_is_found_when_it_is_back() -> None:
    of = day('10m restart down="1m30s"', "11m input_stops", end="20m")
    assert found(of, "natural_break") == [(780, "natural_break")]
    gone = day('10m restart down="1m"', '10m30s set key="breaks.sit_limit" value="20m"', end="30m")
    assert found(gone, "prompt")[0] == (1260, "prompt")


def test_nobody_is_asked_and_nobody_answers_while_the_program_is_down() -> None:
    of = day('29m30s restart down="1m"', '30m answer with="walk"', end="32m")
    assert found(of, "prompt", "break_started") == [(1860, "prompt")]


def test_a_scenario_may_end_while_the_program_is_down() -> None:
    end = day('10m restart down="5m"', end="12m").happened[-1]
    assert (end["t"], end["bout_s"]) == (720, 0)
    assert end["ledger"]["not_running"] == 5 * 3600 + 120


def test_a_hold_a_lock_and_a_lost_source_outlast_a_restart() -> None:
    of = day('10m hold reason="call"', '20m restart down="10s"', "40m lock", end="42m")
    assert found(of, "hold", "prompt") == [(600, "hold")]
    locked = day("10m lock", '10m30s restart down="10s"', end="20m")
    assert locked.happened[-1]["state"] == "away"
    lost = day('10m idle_source state="lost"', '20m restart down="10s"', end="25m")
    assert lost.happened[-1]["state"] == "unknown"


# the script


def test_what_was_turned_down_is_kept_with_the_reason_and_its_place() -> None:
    of = day("10m resume", '31m answer with="skip"')
    assert [(done.t, done.event.do, done.before, done.refused) for done in of.done] == [
        (600.0, "resume", 0, "deskbreak is not paused."),
        (1860.0, "answer", 1, None),
    ]


@pytest.mark.parametrize(
    ("pause", "for_s"),
    [('for="20m"', 1200), ('until="09:45"', 2100), ('until="today"', 67800), ("", None)],
)
def test_pauses_end_as_they_were_asked_to(pause: str, for_s: int | None) -> None:
    assert first(day(f"10m pause {pause}"), "paused").get("for_s") == for_s


def test_a_mistake_is_raised_before_anything_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_text("start = 3\n")
    with pytest.raises(ScenarioError, match=r"day\.toml:1: start"):
        read_scenario(path)


def test_the_same_file_gives_the_same_bytes() -> None:
    path = SCENARIOS / "ordinary-morning.toml"
    once, again = (
        json.dumps(
            replay(read_scenario(path), CatalogueAdviser([shipped("microroutines")])).happened
        )
        for _ in range(2)
    )
    assert once == again
    assert '"break_started", "kind": "stretch", "routine": "' in once


def test_watching_changes_nothing() -> None:
    for name in NAMES:
        scenario = scenario_of((SCENARIOS / f"{name}.toml").read_text(), name)
        seen = replay(scenario, PlainAdviser(), watch=True)
        assert seen.happened == replay(scenario, PlainAdviser()).happened


CALENDAR = 'entries=[{from="09:10",to="09:50"},{from="09:50",to="10:10"}]'


def test_entries_of_a_calendar_hold_and_are_there_again_after_a_restart() -> None:
    of = day(f"0s calendar {CALENDAR}", '20m restart down="10s"', end="1h15m")
    assert found(of, "hold", "hold_over") == [(600, "hold"), (4200, "hold_over")]


def test_the_entries_of_a_later_event_take_the_place_of_those_before() -> None:
    of = day(f"0s calendar {CALENDAR}", "30m calendar entries=[]")
    assert found(of, "hold", "hold_over") == [(600, "hold"), (1800, "hold_over")]


def test_an_entry_may_have_a_date_or_cross_midnight() -> None:
    dated = "entries=[{from=2026-03-03T01:00:00,to=2026-03-03T02:00:00}]"
    of = day(f"0s calendar {dated}", end="18h")
    assert found(of, "hold", "hold_over") == [(57600, "hold"), (61200, "hold_over")]
    of = day('0s calendar entries=[{from="23:00",to="01:00"}]', end="18h")
    assert found(of, "hold", "hold_over") == [(50400, "hold"), (57600, "hold_over")]


# any script at all

A_BURST = 3
"""Seconds of input that prove a return; the picture may know less of them than the ledger."""

EXTRAS = {
    "input": ('for="5s"',),
    "sleep": ('for="1m"', 'for="3h"'),
    "clock": ('by="1h"', 'by="-2h"', 'by="3d"'),
    "timezone": ('to="Asia/Tokyo"', 'to="America/Lima"'),
    "hold": ('reason="call"', 'reason="inhibitor"', 'reason="inhibitor" why="audio"'),
    "release": ('reason="call"', 'reason="inhibitor"'),
    "calendar": (
        "entries=[]",
        'entries=[{from="09:30",to="10:00"},{from="23:00",to="10:45",title="X"}]',
        "entries=[{from=2026-03-02T11:00:00,to=2026-03-03T02:00:00}]",
    ),
    "answer": ('with="walk"', 'with="stretch"', 'with="snooze"', 'with="standing"', 'with="skip"'),
    "player": ('result="done"', 'result="died" at_step=3 of=9'),
    "desk": ('says="standing"', 'says="sitting"', 'says="unknown"'),
    "reading": ("on=true", "on=false", 'on=true for="45m"'),
    "pause": ('for="20m"', 'until="12:00"', ""),
    "restart": ('down="30s"', 'down="1h"'),
    "set": ('key="standing.enabled" value=true', 'key="breaks.sit_limit" value="5m"'),
    "session": ('state="behind"', 'state="in_front"'),
    "idle_source": ('state="lost"', 'state="back"'),
}
STEPS = st.sampled_from([f"{do} {keys}" for do in DEEDS for keys in EXTRAS.get(do, ("",))])


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30_000), STEPS), max_size=14))
def test_any_script_is_replayed_to_its_end_and_its_days_add_up(
    script: list[tuple[int, str]],
) -> None:
    events = [f"{at}s {step}" for at, step in sorted(script, key=lambda each: each[0])]
    of = day(*events, end="9h")
    assert [e["event"] for e in of.happened].count("end") == 1
    assert of.happened[-1]["t"] == 9 * 3600
    done = tuple(done.event for done in of.done)
    assert done == of.scenario.events[: len(done)]
    if not any(step.startswith("sleep") for _, step in script):  # which may last past the end
        assert len(done) == len(events)
    times = [event["t"] for event in of.happened]
    assert times == sorted(times)
    if not any(step.startswith(("clock", "timezone")) for _, step in script):
        drawn, told = drawn_and_told(of)
        assert sum(told.values()) == 14 * 3600
        told[Activity.NOT_RUNNING] -= 5 * 3600
        assert drawn == pytest.approx(told, abs=A_BURST * len(events) + AROUND)
