"""Reading the history for statistics: the same numbers, kept or counted, whoever writes."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deskbreak.adapters.store.exchange import erase, import_entries
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.queries import Reader, UnreadableError
from deskbreak.adapters.store.schema import APPLICATION_ID, STEPS, take_step
from deskbreak.core.enums import Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded, DayClosed, Skipped
from deskbreak.stats.day import Day, Row
from tests.adapters.store.accidents import read_only

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def at(day: int, hour: int) -> Moment:
    return Moment(datetime(2026, 3, day, hour, tzinfo=UTC).timestamp(), 0.0, 0.0)


def two_days(path: Path) -> SqliteHistory:
    """Monday is closed, Tuesday is going on; the daemon still has the file open."""
    history = SqliteHistory(path, problem=pytest.fail)
    history.record(BoutEnded(Posture.SITTING, 600), at(2, 10))
    history.record(BoutEnded(Posture.SITTING, 900), at(2, 12))
    history.record(DayClosed("2026-03-02", {"sitting": 1501, "away": 84899}), at(3, 4))
    history.record(BoutEnded(Posture.STANDING, 300), at(3, 9))
    return history


def days(path: Path, first: date = date.min, last: date = date.max) -> list[Day]:
    with Reader(path) as reader:
        return reader.days(first, last)


def kept(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [day for (day,) in connection.execute("SELECT day FROM days ORDER BY day")]


def test_no_history_is_an_empty_one_and_stays_away(path: Path) -> None:
    with Reader(path) as reader:
        assert reader.days(date.min, date.max) == []
        assert reader.rows(date.min, date.max) == []
        assert list(reader.all_rows()) == []
        assert reader.first_and_last() is None
    assert not path.exists()


def test_an_empty_file_is_an_empty_history(path: Path) -> None:
    path.touch()
    assert days(path) == []


def test_days_are_counted_while_the_daemon_has_the_file(path: Path) -> None:
    history = two_days(path)
    monday, tuesday = days(path)
    assert (monday.day, monday.closed, monday.sitting) == (MONDAY, True, [600, 900])
    assert monday.ledger == {"sitting": 1501, "away": 84899}
    assert (tuesday.day, tuesday.closed, tuesday.standing) == (TUESDAY, False, [300])
    history.record(BoutEnded(Posture.STANDING, 60), at(3, 10))
    assert days(path)[1].standing == [300, 60]
    history.close()


def test_a_day_that_is_over_is_kept_and_the_running_one_is_not(path: Path) -> None:
    two_days(path).close()
    fresh = days(path)
    assert kept(path) == ["2026-03-02"]
    assert days(path) == fresh


def test_what_is_kept_goes_as_soon_as_a_row_of_that_day_comes_or_goes(path: Path) -> None:
    history = two_days(path)
    days(path)
    history.record(BoutEnded(Posture.SITTING, 7), at(2, 13))  # somebody set the clock back
    assert kept(path) == []
    assert days(path)[0].sitting == [600, 900, 7]
    history.record(DayClosed("2026-03-02", {"sitting": 1508, "away": 84892}), at(3, 5))
    assert days(path)[0].ledger["sitting"] == 1508
    history.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE happenings SET day = '2026-03-01' WHERE id = 1")
        connection.commit()
    assert [(day.day.day, day.sitting) for day in days(path)][:2] == [(1, [600]), (2, [900, 7])]


def test_only_the_days_that_are_asked_for_are_there(path: Path) -> None:
    two_days(path).close()
    assert [day.day for day in days(path, TUESDAY, TUESDAY)] == [TUESDAY]
    assert days(path, date(2026, 3, 4), date(2027, 1, 1)) == []
    with Reader(path) as reader:
        assert [row.event for row in reader.rows(MONDAY, MONDAY)] == ["bout_ended"] * 2
        assert [row.event for row in reader.rows(TUESDAY, TUESDAY)] == ["bout_ended"]
        assert [row.event for row in reader.all_rows()].count("day_closed") == 1
        assert reader.first_and_last() == (MONDAY, TUESDAY)


def test_a_kept_day_of_another_version_is_counted_anew(path: Path) -> None:
    two_days(path).close()
    fresh = days(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("""UPDATE days SET version = 0, data = '{"old": 1}'""")
        connection.commit()
    assert days(path) == fresh


def test_a_file_of_an_earlier_version_is_read_as_it_is(path: Path) -> None:
    two_days(path).close()
    with Reader(path) as reader:
        rows = list(reader.all_rows())
        fresh = reader.days(date.min, date.max)
    old = path.with_name("old")
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        take_step(connection, 1, STEPS[0])
    import_entries(path.with_name("new"), rows)
    with closing(sqlite3.connect(old)) as connection:
        connection.execute(f"ATTACH '{path.with_name('new')}' AS new")
        connection.execute("INSERT INTO happenings SELECT * FROM new.happenings")
        connection.commit()
    assert days(old) == fresh
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_many_days_are_counted_in_pieces_and_none_is_missing(path: Path) -> None:
    entries = []
    for number in range(0, 400, 3):
        day = date.fromordinal(MONDAY.toordinal() + number)
        wall = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
        entries.append(Row(wall, 0, day, "bout_ended", {"posture": "sitting", "length_s": 60}))
        closed = {"day": day.isoformat(), "ledger": {"sitting": 60, "away": 86340}}
        after = date.fromordinal(day.toordinal() + 1)
        entries.append(Row(wall + 57600, 0, after, "day_closed", closed))
    import_entries(path, entries)
    found = [day for day in days(path) if day.used]
    assert [day.day for day in found] == [e.day for e in entries if e.event == "bout_ended"]
    assert {day.ledger["sitting"] for day in found} == {60}
    assert len(kept(path)) == len(found)


def test_somebody_who_writes_for_long_keeps_nobody_from_looking(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.store.queries._PATIENCE_S", 0.01)
    two_days(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert days(path)[0].sitting == [600, 900]
        other.execute("ROLLBACK")


def test_a_file_that_cannot_be_written_is_read_all_the_same(path: Path) -> None:
    two_days(path).close()
    with read_only(path.parent):
        assert days(path)[0].sitting == [600, 900]


def test_another_programs_database_is_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(UnreadableError, match="another program"), Reader(path):
        pass
    assert path.read_bytes() == before


def test_a_file_that_is_none_and_one_of_a_later_version_are_said_plainly(path: Path) -> None:
    path.write_text("something else, long enough to be looked at as a database file")
    with pytest.raises(UnreadableError, match="not a database"), Reader(path):
        pass
    path.unlink()
    two_days(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(UnreadableError, match="later deskbreak"), Reader(path):
        pass


def test_reading_in_the_daemons_own_process_takes_no_locks_away(path: Path) -> None:
    """Closing a file by other means than SQLite drops every lock of the process on it."""
    history = two_days(path)
    days(path)
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute('SELECT count(*) FROM happenings').fetchone(); c.close()"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
    # A last reader that thinks itself alone would have taken the journal away on closing.
    assert path.with_name(path.name + "-wal").exists()
    history.record(Skipped(), at(3, 11))
    history.close()
    with Reader(path) as reader:
        assert [row.event for row in reader.rows(TUESDAY, TUESDAY)] == ["bout_ended", "skipped"]


def test_forgetting_a_day_takes_its_numbers_along(path: Path) -> None:
    two_days(path).close()
    days(path)
    erase(path, MONDAY, MONDAY)
    assert [day.day for day in days(path)] == [TUESDAY]
    assert kept(path) == []
