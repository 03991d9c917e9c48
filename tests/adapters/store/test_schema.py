"""The database's shape: the way there from every earlier version, and what its views answer."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.schema import APPLICATION_ID, STEPS, TooNewError, migrate, take_step
from deskbreak.core.enums import BreakKind, Outcome, Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import (
    BoutEnded,
    BreakEnded,
    BreakStarted,
    DayClosed,
    Dismissed,
    FeedbackTaken,
    Happening,
    NaturalBreak,
    PostureChanged,
    Prompted,
    PromptWithdrawn,
    Skipped,
    Snoozed,
    StandPrompted,
)

KNOWN = ("1f7dbc82641e", "ca0e6bc6ba59")
"""The first 12 digits of each step's SHA-256; once a release carried a step, its digits stay."""

PROMPT = Prompted(1800, 60, BreakKind.STRETCH, ("stretch", "walk", "snooze", "skip"))
STRETCH = BreakKind.STRETCH


def at_version(path: Path, version: int) -> sqlite3.Connection:
    """A file as the program of that version left it, with a row in it where it had a table."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for number, step in enumerate(STEPS[:version], start=1):
        take_step(connection, number, step)
    if version >= 1:
        connection.execute(
            "INSERT INTO happenings (wall, zone_s, day, event, data) VALUES (?, ?, ?, ?, ?)",
            (1772442000.5, 3600, "2026-03-02", "bout_ended", '{"posture":"sitting","length_s":9}'),
        )
    return connection


def shape(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.fixture
def newest(tmp_path: Path) -> Iterator[list[tuple[str, str]]]:
    with closing(sqlite3.connect(tmp_path / "newest", isolation_level=None)) as connection:
        migrate(connection)
        yield shape(connection)


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_every_earlier_version_comes_to_the_newest_shape_with_its_rows(
    tmp_path: Path, newest: list[tuple[str, str]], version: int
) -> None:
    with closing(at_version(tmp_path / "old", version)) as connection:
        migrate(connection)
        assert shape(connection) == newest
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        rows = connection.execute("SELECT wall, day, posture, length_s FROM bouts").fetchall()
        assert rows == [(1772442000.5, "2026-03-02", "sitting", 9)] * (version >= 1)


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_the_program_goes_on_writing_in_a_file_of_every_earlier_version(
    tmp_path: Path, version: int
) -> None:
    at_version(tmp_path / "old", version).close()
    history = SqliteHistory(tmp_path / "old", problem=pytest.fail)
    history.record(Skipped(), Moment(1772442001.0, 0.0, 0.0))
    found = history.day(datetime.fromtimestamp(1772442000, UTC).date())
    assert [entry.event for entry in found] == ["bout_ended", "skipped"]
    history.close()


def test_a_released_step_is_never_changed() -> None:
    digests = [hashlib.sha256("\n".join(step).encode()).hexdigest()[:12] for step in STEPS]
    assert tuple(digests) == KNOWN


def test_a_step_that_cannot_be_finished_leaves_nothing_of_itself(tmp_path: Path) -> None:
    with closing(at_version(tmp_path / "old", len(STEPS))) as connection:
        before = shape(connection)
        bad = ("CREATE TABLE half (a)", "INSERT INTO nowhere VALUES (1)")
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            take_step(connection, len(STEPS) + 1, bad)
        assert shape(connection) == before
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert not connection.in_transaction


def test_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with closing(at_version(tmp_path / "new", len(STEPS))) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        with pytest.raises(TooNewError):
            migrate(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)


# ------------------------------------------------------------------------------- the views


class Told:
    """A history that was told a few things, one a minute, and the questions put to its views."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *happenings: Happening) -> None:
        history = SqliteHistory(self.path, problem=pytest.fail)
        for minute, happening in enumerate(happenings):
            history.record(happening, Moment(1772442000.0 + 60 * minute, 0.0, 0.0))
        history.close()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path / "history.sqlite3")


def test_breaks_are_those_that_were_prompted_and_those_that_were_not(told: Told) -> None:
    told(
        BreakEnded(Outcome.PARTIAL, 90, STRETCH, "hips", 3, 5),
        BreakEnded(Outcome.DONE, 300, BreakKind.WALK),
        NaturalBreak(150),
    )
    assert told.ask(
        "SELECT kind, outcome, routine, length_s, at_step, of_steps FROM breaks ORDER BY id"
    ) == [
        ("stretch", "partial", "hips", 90, 3, 5),
        ("walk", "done", None, 300, None, None),
        (None, "natural", None, 150, None, None),
    ]


def test_a_prompt_became_what_answered_it(told: Told) -> None:
    told(
        PROMPT,
        Snoozed(300),
        PROMPT,
        Dismissed(),
        Skipped(),  # of a later break, not of this prompt
        PROMPT,
        PromptWithdrawn("left"),
        NaturalBreak(120),
        StandPrompted(1800, ("standing", "later")),
        PostureChanged(Posture.STANDING),
        PROMPT,
        BoutEnded(Posture.SITTING, 1860),
        BreakStarted(STRETCH, "hips"),
        PROMPT,
        StandPrompted(1800, ("standing", "later")),
    )
    assert told.ask("SELECT kind, became FROM prompts ORDER BY id") == [
        ("break", "snoozed"),
        ("break", "dismissed"),
        ("break", "prompt_withdrawn"),
        ("stand", "posture"),
        ("break", "break_started"),
        ("break", "stand_prompt"),
        ("stand", None),
    ]
    assert told.ask("SELECT bout_s, overdue_s, suggests FROM prompts ORDER BY id LIMIT 1") == [
        (1800, 60, "stretch")
    ]


def test_feedback_and_ledgers_are_tables_too(told: Told) -> None:
    told(
        FeedbackTaken("hips", "it_hurt", "lunge"),
        DayClosed("2026-03-01", {"sitting": 60, "away": 86340}),
    )
    assert told.ask("SELECT routine, feedback, exercise FROM feedback") == [
        ("hips", "it_hurt", "lunge")
    ]
    assert told.ask("SELECT day, activity, seconds FROM ledgers") == [
        ("2026-03-01", "sitting", 60),
        ("2026-03-01", "away", 86340),
    ]


def test_a_row_that_is_no_json_is_refused_by_the_file_itself(told: Told) -> None:
    told(Skipped())
    with closing(sqlite3.connect(told.path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE happenings SET data = 'no json'")
