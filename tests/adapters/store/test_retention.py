"""Forgetting: what is asked for is gone for good, and nothing else."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.retention import count_rows, erase
from deskbreak.core.enums import BreakKind
from deskbreak.core.moment import Moment
from deskbreak.core.records import BreakStarted, DayClosed

FIRST = date(2026, 3, 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def week(path: Path) -> SqliteHistory:
    """Seven days; each one's ledger is closed on the next."""
    history = SqliteHistory(path, problem=pytest.fail)
    for number in range(7):
        day = FIRST + timedelta(days=number)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        history.record(BreakStarted(BreakKind.STRETCH, f"secret-{number}"), Moment(noon, 0, 0))
        history.record(DayClosed(day.isoformat(), {"sitting": number}), Moment(noon + 57600, 0, 0))
    return history


def left(path: Path) -> tuple[list[str], list[str]]:
    """The routines and the ledgers that are still there."""
    with closing(sqlite3.connect(path)) as connection:
        routines = connection.execute(
            "SELECT json_extract(data, '$.routine') FROM happenings WHERE event = 'break_started'"
        )
        ledgers = connection.execute("SELECT DISTINCT day FROM ledgers")
        return [r[-1] for (r,) in routines], [day[-1] for (day,) in ledgers]


def test_a_day_goes_with_its_ledger(path: Path, week: SqliteHistory) -> None:
    week.close()
    day = FIRST + timedelta(days=2)
    assert count_rows(path, day, day) == 2
    assert erase(path, day, day) == 2
    assert left(path) == (["0", "1", "3", "4", "5", "6"], ["2", "3", "5", "6", "7", "8"])
    assert erase(path, day, day) == 0


def test_a_range_and_everything(path: Path, week: SqliteHistory) -> None:
    week.close()
    assert erase(path, FIRST, FIRST + timedelta(days=4)) == 10
    assert left(path) == (["5", "6"], ["7", "8"])
    assert erase(path) == 4
    assert left(path) == ([], [])


def test_it_is_gone_from_the_file_too(path: Path, week: SqliteHistory) -> None:
    week.close()
    erase(path, FIRST, FIRST)
    files = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any(b"secret-0" in data for data in files)
    assert any(b"secret-1" in data for data in files)


def test_it_works_while_the_daemon_writes(path: Path, week: SqliteHistory) -> None:
    assert erase(path, FIRST, FIRST) == 2
    assert week.day(FIRST) == []
    one = datetime(2026, 3, 2, 13, tzinfo=UTC).timestamp()
    week.record(BreakStarted(BreakKind.WALK), Moment(one, 0, 0))
    assert [entry.event for entry in week.day(FIRST)] == ["break_started"]
    week.close()


def test_where_there_is_nothing_nothing_is_made(path: Path) -> None:
    assert (erase(path), count_rows(path)) == (0, 0)
    assert not path.exists()


def test_the_history_lets_go_of_what_is_too_old(path: Path, week: SqliteHistory) -> None:
    week.forget_before(FIRST + timedelta(days=5))
    week.close()
    assert left(path) == (["5", "6"], ["7", "8"])
