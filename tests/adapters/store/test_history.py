"""The history file: kills, corrupt files, other programs' files, disks that take nothing."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.schema import APPLICATION_ID, STEPS
from deskbreak.core.enums import BreakKind, Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded, BreakStarted, Skipped
from tests.adapters.store.accidents import full_disk, read_only, small_disk

DAY = date(2026, 3, 2)
NOON = Moment(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp(), 0.0, 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deskbreak" / "history.sqlite3"


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def history(path: Path, problems: list[str]) -> Iterator[SqliteHistory]:
    made = SqliteHistory(path, problems.append)
    yield made
    made.close()


def bout(length_s: int) -> BoutEnded:
    return BoutEnded(Posture.SITTING, length_s)


def lengths(path: Path) -> list[int]:
    """What another program reads in the file."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [n for (n,) in connection.execute("SELECT length_s FROM bouts ORDER BY id")]
    finally:
        connection.close()


def date_back(path: Path) -> None:
    os.utime(path, (NOON.wall, NOON.wall))


# --------------------------------------------------------------------------- a healthy file


def test_nothing_is_opened_before_the_first_row(path: Path, history: SqliteHistory) -> None:
    assert not path.parent.exists()
    history.record(Skipped(), NOON)
    assert path.exists()


def test_nobody_else_can_read_it(path: Path, history: SqliteHistory) -> None:
    before = os.umask(0)
    try:
        history.record(Skipped(), NOON)
    finally:
        os.umask(before)
    files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_sqlite_is_loaded_only_when_it_is_needed() -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from deskbreak.adapters.store.history import SqliteHistory;"
        "SqliteHistory(Path('x'), print); print('sqlite3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


def test_rows_are_there_for_others_at_once_and_after_the_next_start(path: Path) -> None:
    first = SqliteHistory(path, pytest.fail)
    first.record(bout(1), NOON)
    assert lengths(path) == [1]
    first.close()
    second = SqliteHistory(path, pytest.fail)
    second.record(bout(2), NOON)
    second.close()
    assert lengths(path) == [1, 2]
    assert not path.with_name(path.name + "-wal").exists()


def test_a_reader_in_the_middle_of_its_work_keeps_nobody_from_writing(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    history.record(bout(1), NOON)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM happenings").fetchone()
    history.record(bout(2), NOON)
    assert reader.execute("SELECT count(*) FROM happenings").fetchone() == (1,)
    reader.close()
    assert lengths(path) == [1, 2]
    assert problems == []


WRITER = """
import sys
from pathlib import Path
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.core.records import BoutEnded
from deskbreak.core.moment import Moment
from deskbreak.core.enums import Posture
history = SqliteHistory(Path(sys.argv[1]), print)
begin = int(sys.argv[2])
for number in range(begin, begin + 1_000_000):
    history.record(BoutEnded(Posture.SITTING, number), Moment(1772442000.0 + number, 0.0, 0.0))
    sys.stdout.write(f"{number}\\n"); sys.stdout.flush()
"""


def test_killed_at_any_moment_it_has_every_row_that_was_recorded(path: Path) -> None:
    written = 0
    for rows in (1, 2, 5, 40, 300, 1500):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(written)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(rows)][-1]
        writer.send_signal(signal.SIGKILL)
        said = max([said, *(int(line) for line in writer.stdout.read().split("\n")[:-1])])
        writer.stdout.close()
        writer.wait()
        found = lengths(path)
        assert found == list(range(len(found)))
        assert said <= found[-1] <= said + 1  # the last may be written but not yet said
        written = len(found)
    assert written > 1800


# ------------------------------------------------------------------ files that are no history


def make_history(path: Path, rows: int) -> None:
    history = SqliteHistory(path, pytest.fail)
    for number in range(rows):
        history.record(BreakStarted(BreakKind.STRETCH, f"routine-{number:05}"), NOON)
    history.close()


def make_foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()


def test_a_file_that_is_no_database_is_set_aside(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database at all " * 200)
    path.with_name(path.name + "-wal").write_bytes(b"its journal")
    date_back(path)
    history.record(bout(7), NOON)
    kept = path.with_name("history.sqlite3.broken-2026-03-02")
    assert kept.read_bytes().startswith(b"this is no database")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"its journal"
    assert lengths(path) == [7]
    assert len(problems) == 1
    assert str(kept) in problems[0]


def test_a_database_of_another_program_is_set_aside_unharmed(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    path.parent.mkdir()
    make_foreign(path)
    date_back(path)
    history.record(bout(7), NOON)
    kept = sqlite3.connect(path.with_name("history.sqlite3.broken-2026-03-02"))
    assert kept.execute("SELECT count(*) FROM bookmarks").fetchone() == (0,)
    kept.close()
    assert lengths(path) == [7]
    assert len(problems) == 1
    assert "another program" in problems[0]


def test_an_empty_file_is_simply_a_new_history(path: Path, history: SqliteHistory) -> None:
    path.parent.mkdir()
    path.touch()
    history.record(bout(7), NOON)
    assert lengths(path) == [7]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_page_of_rubbish_is_noticed_when_it_is_met(
    path: Path, history: SqliteHistory, problems: list[str], page: int
) -> None:
    make_history(path, 2000)
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096 + (100 if page == 1 else 0))
        file.write(b"\xa5" * (4096 - 100))
    date_back(path)
    for day in (DAY, date(2020, 1, 1)):
        history.day(day)
    history.record(bout(7), NOON)
    history.past()
    history.record(bout(8), NOON)
    assert len(problems) == 1
    assert path.with_name("history.sqlite3.broken-2026-03-02").exists()
    assert [e.data["length_s"] for e in history.day(DAY) if e.event == "bout_ended"][-1] == 8
    assert lengths(path)[-1] == 8


def test_half_a_file_is_noticed(path: Path, history: SqliteHistory, problems: list[str]) -> None:
    make_history(path, 2000)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    history.record(bout(7), NOON)
    history.day(DAY)
    assert len(problems) == 1
    assert len(list(path.parent.glob("*.broken-*"))) == 1


def test_one_found_out_in_the_middle_of_a_session_keeps_its_journal(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    history.record(bout(1), NOON)  # open, its rows still in the journal
    history._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    for number in range(300):
        history.record(BreakStarted(BreakKind.STRETCH, f"routine-{number}" * 30), NOON)
    with path.with_name(path.name + "-wal").open("r+b") as file:
        size = file.seek(0, 2)
        for at in range(32 + 24, size, 4096 + 24):
            file.seek(at)
            file.write(b"\xa5" * 4000)
    history.day(DAY)
    history.record(bout(2), NOON)
    assert len(problems) <= 1
    for kept in path.parent.glob("*.broken-????-??-??"):
        assert kept.with_name(kept.name + "-wal").exists() or kept.stat().st_size > 0
    assert [e.data.get("length_s") for e in history.day(DAY)][-1] == 2


def test_a_history_of_a_later_program_is_left_alone(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    make_history(path, 1)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    history.record(bout(7), NOON)
    history.record(bout(8), NOON)
    assert path.read_bytes() == before
    assert len(problems) == 1
    assert "later deskbreak" in problems[0]
    assert [e.data["length_s"] for e in history.day(DAY)] == [7, 8]


# ------------------------------------------------------------------- disks that take nothing


def test_rows_wait_out_a_full_disk_and_the_person_hears_of_it_once(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    history.record(bout(1), NOON)
    with full_disk():
        history.record(bout(2), NOON)
        history.record(bout(3), NOON)
        assert [e.data["length_s"] for e in history.day(DAY)] == [1, 2, 3]
    assert len(problems) == 1
    assert str(path) in problems[0]
    history.record(bout(4), NOON)
    assert lengths(path) == [1, 2, 3, 4]
    with full_disk():
        history.record(bout(5), NOON)
    assert len(problems) == 2


def test_rows_wait_out_a_small_disk_that_filled_up(tmp_path: Path, problems: list[str]) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, 256):
        history = SqliteHistory(disk / "history.sqlite3", problems.append)
        history.record(bout(0), NOON)
        (disk / "big").write_bytes(b"")
        with (disk / "big").open("ab", buffering=0) as big:
            while True:
                try:
                    big.write(b"x" * 4096)
                except OSError:
                    break
        for number in range(1, 200):
            history.record(bout(number), NOON)
        assert len(problems) == 1
        (disk / "big").unlink()
        history.record(bout(200), NOON)
        assert lengths(disk / "history.sqlite3") == list(range(201))
        history.close()


def test_a_full_disk_from_the_beginning(path: Path, problems: list[str]) -> None:
    history = SqliteHistory(path, problems.append)
    with full_disk():
        history.record(bout(1), NOON)
    history.record(bout(2), NOON)
    assert lengths(path) == [1, 2]
    assert len(problems) == 1
    history.close()


def test_rows_wait_out_a_read_only_folder(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    make_history(path, 1)
    with read_only(path.parent):
        history.record(bout(2), NOON)
        history.record(bout(3), NOON)
        assert len(problems) == 1
    history.record(bout(4), NOON)
    assert lengths(path) == [2, 3, 4]


def test_rows_wait_while_another_program_writes(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    history.record(bout(1), NOON)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    history.record(bout(2), NOON)
    other.execute("COMMIT")
    other.close()
    history.record(bout(3), NOON)
    assert lengths(path) == [1, 2, 3]
    assert problems == []  # that passes, and nobody has to hear of it


class Later:
    """Calls that were asked for, to be made when the test says so."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._then: list[Callable[[], None]] = []

    def __call__(self, seconds: float, then: Callable[[], None]) -> None:
        self.pauses.append(seconds)
        self._then.append(then)

    def passes(self) -> None:
        self._then.pop(0)()


def test_rows_that_wait_are_written_by_themselves_when_it_can_be_done(
    path: Path, problems: list[str]
) -> None:
    later = Later()
    history = SqliteHistory(path, problems.append, later=later)
    history.record(bout(1), NOON)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        history.record(bout(2), NOON)
        history.record(bout(3), NOON)
        assert len(later.pauses) == 1
        later.passes()
        assert history.capabilities() == []
        other.execute("COMMIT")
    later.passes()
    assert lengths(path) == [1, 2, 3]
    assert (problems, later.pauses) == ([], [5.0, 10.0])
    history.record(bout(4), NOON)
    assert len(later.pauses) == 2  # nothing waits: nobody wakes up
    history.close()


def test_what_stays_locked_is_said_within_a_minute_and_until_it_is_over(
    path: Path, problems: list[str]
) -> None:
    later = Later()
    history = SqliteHistory(path, problems.append, later=later)
    history.record(bout(1), NOON)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    history.record(bout(2), NOON)
    while not problems:
        later.passes()
    assert sum(later.pauses[:-1]) < 60
    assert "locked" in problems[0]
    for _ in range(12):
        later.passes()
    assert len(problems) == 1
    assert max(later.pauses) == 60
    (row,) = history.capabilities()
    assert (row.name, row.works) == ("history", False)
    assert str(path) in row.why
    assert "1 entry" in row.advice
    other.close()
    later.passes()
    assert lengths(path) == [1, 2]
    assert history.capabilities() == []
    assert history.unsaved() == 0
    history.close()
    assert len(problems) == 1


def test_where_nothing_was_ever_written_the_end_says_how_much_is_lost(
    path: Path, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.store.history._LAST_PATIENCE_S", 0.01)
    make_history(path, 1)
    history = SqliteHistory(path, problems.append)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    for number in range(3):
        history.record(bout(number), NOON)
    assert history.unsaved() == 3
    history.close()
    assert problems == [f"3 entries of the history could not be written to {path}."]
    other.close()


def test_a_disk_that_never_comes_back_costs_a_bounded_memory(
    tmp_path: Path, problems: list[str]
) -> None:
    (tmp_path / "file").touch()
    history = SqliteHistory(tmp_path / "file" / "history.sqlite3", problems.append)
    for number in range(2100):
        history.record(bout(number), NOON)
    kept = [entry.data["length_s"] for entry in history.day(DAY)]
    assert kept == list(range(100, 2100))
    history.close()
    assert len(problems) == 2
    assert "2100 entries" in problems[1]


@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_a_file_taken_away_while_running_is_begun_anew_where_people_look(
    path: Path, history: SqliteHistory, how: str
) -> None:
    history.record(bout(1), NOON)
    if how == "deleted":
        for file in path.parent.iterdir():
            file.unlink()
    else:
        path.rename(path.with_name("mine"))
    history.record(bout(2), NOON)
    assert lengths(path) == [2]


def test_the_file_says_whose_it_is(path: Path, history: SqliteHistory) -> None:
    history.record(bout(1), NOON)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_one_that_was_killed_while_it_was_begun_is_begun_again(
    path: Path, history: SqliteHistory, problems: list[str]
) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    history.record(bout(1), NOON)
    assert lengths(path) == [1]
    assert problems == []
