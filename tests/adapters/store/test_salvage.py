"""A damaged history: what can be read is taken over, and the file is kept as it was."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from deskbreak.adapters.store.exchange import import_entries
from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.queries import Reader
from deskbreak.adapters.store.salvage import salvage
from deskbreak.core.moment import Moment
from deskbreak.core.records import Skipped
from deskbreak.stats.day import Row
from tests.thorough import THOROUGH

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = 4096
ROWS = [
    Row((BEGIN + timedelta(minutes=n)).timestamp(), 3600, date(2026, 3, 2), "bout_ended",
          {"posture": "sitting", "length_s": n})
    for n in range(3000)
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "history.sqlite3"
    import_entries(path, ROWS)
    return path


def spoil(path: Path, page: int, filled: bytes = b"\xa5") -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(filled * PAGE)


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_of_a_sound_file_everything_is_taken(path: Path) -> None:
    assert salvage(path) == ROWS


def test_whichever_page_is_bad_it_costs_its_own_rows_at_most(path: Path) -> None:
    sound = path.read_bytes()
    fewest = len(ROWS)
    for page in range(1, pages(path) + 1, 1 if THOROUGH else 5):
        for filled in (b"\xa5", b"\0"):
            path.write_bytes(sound)
            spoil(path, page, filled)
            found = salvage(path)
            assert set(map(repr, found)) <= set(map(repr, ROWS))
            assert found == sorted(found, key=lambda entry: entry.wall)
            fewest = min(fewest, len(found))
    assert len(ROWS) - 60 < fewest < len(ROWS)


def test_of_half_a_file_the_half_is_taken(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(pages(path) // 2 * PAGE - 100)
    assert len(salvage(path)) > len(ROWS) // 4


def test_rows_that_are_still_in_the_journal_are_taken(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE happenings SET event = 'another' WHERE id = 3000")
        kept = path.with_name("kept")
        kept.write_bytes(path.read_bytes())
        kept.with_name("kept-wal").write_bytes(path.with_name(f"{path.name}-wal").read_bytes())
    assert salvage(kept)[-1].event == "another"
    assert {found.name for found in path.parent.iterdir()} == {path.name, "kept", "kept-wal"}


@pytest.mark.parametrize("seed", range(20))
def test_no_rubbish_is_ever_more_than_nothing(path: Path, seed: int) -> None:
    random, data = Random(seed), bytearray(path.read_bytes())
    for _ in range(2000):
        data[random.randrange(len(data))] = random.randrange(256)
    path.write_bytes(data)
    assert len(salvage(path)) <= len(ROWS) + 200
    path.write_bytes(b"\x0d" + random.randbytes(PAGE * 5))
    assert salvage(path) == []


HURTS: dict[str, Callable[[Path], None]] = {
    "the head": lambda path: spoil(path, 1),
    "the root of the table": lambda path: spoil(path, 2),
    "a leaf": lambda path: spoil(path, 9),
}


@pytest.mark.parametrize("hurt", HURTS.values(), ids=HURTS)
def test_the_daemon_goes_on_with_what_could_be_taken_over(
    path: Path, hurt: Callable[[Path], None]
) -> None:
    hurt(path)
    before = path.read_bytes()
    problems: list[str] = []
    history = SqliteHistory(path, problems.append)
    history.mend()
    history.record(Skipped(), Moment(ROWS[-1].wall + 60, 0.0, 0.0))
    history.close()
    (kept,) = path.parent.glob("*.broken-????-??-??")
    assert kept.read_bytes() == before
    (said,) = problems
    assert str(kept) in said
    assert "entries could be taken over into a new one" in said
    with Reader(path) as reader:
        found = list(reader.all_rows())
    assert len(ROWS) - 60 < len(found) <= len(ROWS) + 1
    assert found[-1].event == "skipped"


def test_a_sound_file_is_left_alone(path: Path) -> None:
    history = SqliteHistory(path, pytest.fail)
    history.mend()
    history.close()
    assert not list(path.parent.glob("*.broken-*"))
