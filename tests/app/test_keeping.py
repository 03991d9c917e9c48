"""What is done when a day is over: what is too old goes, and the day is counted."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.app.housekeeping import Keeping
from deskbreak.core.enums import Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded, DayClosed, Skipped

FIRST = date(2026, 3, 2)


def at(day: date, hour: int) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp(), 0.0, 0.0)


class Home:
    """A history, and the keeping that listens to what it records."""

    def __init__(self, path: Path, keep_days: float) -> None:
        self.path = path
        self.keep_s = keep_days * 86_400
        self.history = SqliteHistory(path, pytest.fail)
        self.keeping = Keeping(
            path, lambda: self.keep_s, self.history.forget_before, self.history.mend
        )

    def lives(self, days: int, since: date = FIRST) -> None:
        for number in range(days):
            day = since + timedelta(days=number)
            self.history.record(BoutEnded(Posture.SITTING, 600), at(day, 12))
            closed = DayClosed(day.isoformat(), {"sitting": 600, "away": 85_800})
            after = at(day + timedelta(days=1), 4)
            self.history.record(closed, after)
            self.keeping.heard(closed, after)

    def column(self, table: str) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute(f"SELECT DISTINCT day FROM {table} ORDER BY day")
            return [day for (day,) in rows]


def test_everything_is_kept_unless_less_is_wanted(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 0)
    home.lives(5)
    assert len(home.column("ledgers")) == 5
    home.history.close()


def test_only_so_many_days_are_kept(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 3)
    home.lives(10)
    assert home.column("ledgers") == ["2026-03-09", "2026-03-10", "2026-03-11"]
    assert home.column("bouts") == ["2026-03-09", "2026-03-10", "2026-03-11"]
    home.keep_s = 0.5 * 86_400  # whole days
    home.keeping.heard(DayClosed("2026-03-11", {}), at(date(2026, 3, 12), 4))
    assert home.column("ledgers") == ["2026-03-11"]
    home.history.close()


def test_a_clock_that_is_years_ahead_for_some_days_erases_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 30)
    home.lives(10)
    home.lives(6, since=date(2031, 6, 1))
    assert len(home.column("ledgers")) == 16
    home.history.close()


def test_whoever_comes_back_after_years_keeps_so_many_days_as_before(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 30)
    home.lives(10)
    home.lives(7, since=date(2031, 6, 1))
    assert home.column("ledgers")[0] == "2031-06-01"
    home.history.close()


def test_each_day_is_counted_as_soon_as_it_is_over(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 0)
    home.lives(3)
    assert home.column("days") == ["2026-03-02", "2026-03-03", "2026-03-04"]
    home.history.close()


def test_nothing_else_makes_it_move(tmp_path: Path) -> None:
    home = Home(tmp_path / "history.sqlite3", 1)
    home.keeping.heard(Skipped(), at(FIRST, 12))
    assert list(tmp_path.iterdir()) == []


def test_a_history_that_cannot_be_read_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_text("no database, but long enough to be taken for one by its size alone")
    looked_after: list[str] = []
    keeping = Keeping(path, lambda: 0.0, lambda _: None, lambda: looked_after.append("once"))
    keeping.heard(DayClosed("2026-03-02", {}), at(FIRST, 4))
    assert looked_after == ["once"]
    assert path.read_text().startswith("no database")
