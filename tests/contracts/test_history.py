"""What every History keeps to: the one in SQLite, the one in memory, and SQLite without a disk."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.core.enums import BreakKind, Feedback, Outcome
from deskbreak.core.moment import Moment
from deskbreak.core.progress import Past, Play
from deskbreak.core.records import (
    BreakEnded,
    BreakStarted,
    DayClosed,
    FeedbackTaken,
    LevelOffered,
    LevelSet,
    Prompted,
    Skipped,
)
from deskbreak.stats.day import Row
from tests.fakes.history import MemoryHistory

Some = SqliteHistory | MemoryHistory


@pytest.fixture(params=["sqlite", "memory", "no disk"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Some]:
    made: Some = MemoryHistory()
    if request.param == "sqlite":
        made = SqliteHistory(tmp_path / "new" / "history.sqlite3", problem=pytest.fail)
    elif request.param == "no disk":
        (tmp_path / "file").write_text("a file where a folder is asked for")
        made = SqliteHistory(tmp_path / "file" / "history.sqlite3", problem=lambda _: None)
    yield made
    made.close()


def at(text: str, zone: str = "UTC") -> Moment:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return Moment(local.timestamp(), 0.0, 0.0, ZoneInfo(zone))


def stretch(routine: str) -> BreakStarted:
    return BreakStarted(BreakKind.STRETCH, routine)


def test_an_empty_history_answers_every_question(history: Some) -> None:
    assert history.day(date(2026, 3, 2)) == []
    assert history.past().plays == ()


def test_a_day_comes_back_in_the_order_and_words_in_which_it_was_said(history: Some) -> None:
    prompt = Prompted(1800, 0, BreakKind.STRETCH, ("stretch", "walk", "snooze", "skip"))
    history.record(prompt, at("2026-03-02T09:30:00", "Europe/Berlin"))
    history.record(Skipped(), at("2026-03-02T09:31:00", "Europe/Berlin"))
    wall = datetime(2026, 3, 2, 8, 30, tzinfo=UTC).timestamp()
    assert history.day(date(2026, 3, 2)) == [
        Row(
            wall,
            3600,
            date(2026, 3, 2),
            "prompt",
            {
                "bout_s": 1800,
                "overdue_s": 0,
                "suggests": "stretch",
                "actions": ["stretch", "walk", "snooze", "skip"],
            },
        ),
        Row(wall + 60, 3600, date(2026, 3, 2), "skipped", {}),
    ]


def test_the_small_hours_belong_to_the_day_before(history: Some) -> None:
    history.record(Skipped(), at("2026-03-03T03:59:59"))
    history.record(Skipped(), at("2026-03-03T04:00:00"))
    assert len(history.day(date(2026, 3, 2))) == 1
    assert len(history.day(date(2026, 3, 3))) == 1


def test_when_a_day_begins_can_change(history: Some) -> None:
    history.day_starts = time(0)
    history.record(Skipped(), at("2026-03-03T03:59:59"))
    assert len(history.day(date(2026, 3, 3))) == 1


def test_a_zone_of_half_hours_is_kept(history: Some) -> None:
    zone = timezone(timedelta(hours=-3, minutes=-30))
    moment = Moment(datetime(2026, 3, 2, 12, tzinfo=zone).timestamp(), 0.0, 0.0, zone)
    history.record(Skipped(), moment)
    assert [entry.zone_s for entry in history.day(date(2026, 3, 2))] == [-12600]


def test_the_routines_started_last_come_in_order(history: Some) -> None:
    for minute, routine in enumerate(["a", "b", "a", "c"]):
        history.record(stretch(routine), at(f"2026-03-02T10:{minute:02}:00"))
        history.record(BreakStarted(BreakKind.WALK), at(f"2026-03-02T10:{minute:02}:30"))
    assert history.past().started == ["a", "b", "a", "c"]
    assert history.past().plays[3] == Play("c", at("2026-03-02T10:03:00").wall)


def test_order_is_the_order_of_recording_though_the_wall_clock_is_set_back(history: Some) -> None:
    history.record(stretch("first"), at("2026-03-02T10:00:00"))
    history.record(stretch("second"), at("2026-03-02T09:00:00"))
    assert history.past().started == ["first", "second"]


@pytest.mark.parametrize(
    ("outcome", "share"), [(Outcome.DONE, 1.0), (Outcome.PARTIAL, 0.6), (Outcome.SKIPPED, 0.0)]
)
def test_a_routine_comes_back_with_what_became_of_it(
    history: Some, outcome: Outcome, share: float
) -> None:
    history.record(stretch("a"), at("2026-03-02T10:00:00"))
    ended = BreakEnded(outcome, 116, BreakKind.STRETCH, "a", 2, 3)
    history.record(ended, at("2026-03-02T10:02:00"))
    judged = at("2026-03-02T10:03:00")
    history.record(FeedbackTaken("a", "it_hurt", "neck_turn"), judged)
    known = Play("a", judged.wall, share, Feedback.IT_HURT, "neck_turn")
    assert history.past().plays == (known,)


def test_when_a_level_was_offered_and_chosen_comes_back(history: Some) -> None:
    assert history.past() == Past()
    offered, chosen = at("2026-03-02T10:00:00"), at("2026-03-03T10:00:00")
    history.record(LevelOffered(2), offered)
    history.record(LevelSet(2), chosen)
    past = history.past()
    assert (past.level_offered, past.level_set) == (offered.wall, chosen.wall)


def test_text_of_any_language_comes_back(history: Some) -> None:
    history.record(stretch("größe-伸展-\u0000-🧘"), at("2026-03-02T10:00:00"))
    assert history.past().started[0] == "größe-伸展-\u0000-🧘"


def test_a_ledger_comes_back(history: Some) -> None:
    ledger = {"sitting": 3600, "away": 82800}
    history.record(DayClosed("2026-03-01", ledger), at("2026-03-02T04:00:00"))
    assert history.day(date(2026, 3, 2))[0].data == {"day": "2026-03-01", "ledger": ledger}


def test_closing_twice_is_as_good_as_once(history: Some) -> None:
    history.record(Skipped(), at("2026-03-02T10:00:00"))
    history.close()
    history.close()
