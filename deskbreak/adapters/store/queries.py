"""Reads the history for statistics, beside a daemon that writes or without one.

Days that are over are kept in numbers (table `days`, see `schema`): ten years are then a few
thousand small rows. They are made here, at the first question, a month at a time, so that
the daemon never waits for long. A file that cannot be written to is counted anew each time.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from deskbreak.adapters.store.rows import (
    COLUMNS,
    FIRST_DAY,
    LAST_DAY,
    OddError,
    Raw,
    day_from,
    entries_of,
)
from deskbreak.adapters.store.schema import APPLICATION_ID, STEPS, migrate
from deskbreak.stats.day import VERSION, Day, Row, count

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

_WITH_DAYS = 2
"""The step of the schema that brought the table `days`."""

_PATIENCE_S = 2.0
_AT_ONCE = timedelta(31)
"""The days that are counted and kept in one transaction lie no further apart."""

_PRESENT = """
    WITH RECURSIVE present(day) AS (
        SELECT min(day) FROM happenings WHERE day >= :first
        UNION ALL
        SELECT (SELECT min(day) FROM happenings WHERE day > present.day) FROM present
        WHERE present.day < :last
    )
    SELECT day FROM present WHERE day <= :last
"""
"""Every day with rows, by leaps through the index instead of a walk over all rows."""

_CLOSED = """
    FROM happenings INDEXED BY happenings_by_closed_day
    WHERE event = 'day_closed' AND json_extract(data, '$.day') BETWEEN :first AND :last
"""
_LEDGERS = f"SELECT wall, zone_s, json_extract(data, '$.day'), event, data {_CLOSED} ORDER BY id"
_CLOSED_DAYS = f"SELECT json_extract(data, '$.day') {_CLOSED}"
_INDEXED = "INDEXED BY happenings_by_closed_day"
_KEPT = "SELECT day, data FROM days WHERE version = :version AND day BETWEEN :first AND :last"
_ROWS = f"{COLUMNS} WHERE day BETWEEN ? AND ? AND event != 'day_closed' ORDER BY day, id"


class UnreadableError(Exception):
    """The history cannot be read; the text says why."""


class Reader:
    """The history of one file, open as long as the `with` lasts. A missing file is an empty one.

    Everything raises UnreadableError where the file is no history or the disk says no.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection
        self._keeps = False
        self._changes = False
        self.odd = 0

    def __enter__(self) -> Self:
        self._guarded(self._open)
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def first_and_last(self) -> tuple[date, date] | None:
        """The first and the last day with anything on it; None of an empty history."""
        found = self._guarded(lambda: self._present(FIRST_DAY.isoformat(), LAST_DAY.isoformat()))
        return (day_from(min(found)), day_from(max(found))) if found else None

    def rows(self, first: date, last: date) -> list[Row]:
        """Everything of these days but the closing of ledgers, by day and order of recording."""
        edges = (first.isoformat(), last.isoformat())
        return self._guarded(lambda: list(entries_of(self._all(_ROWS, edges), self._pass_over)))

    def all_rows(self) -> Iterator[Row]:
        """Every row there is, in the order of recording; `odd` counts those that make no sense."""
        cursor = self._guarded(lambda: self._connection.execute(f"{COLUMNS} ORDER BY id"))
        while some := self._guarded(lambda: cursor.fetchmany(1000)):
            yield from entries_of(some, self._pass_over)

    def days(self, first: date, last: date) -> list[Day]:
        """Every day between the two, both included, of which anything is known."""
        return self._guarded(lambda: self._days(first, last))

    def _pass_over(self, _row: Raw) -> None:
        self.odd += 1

    def _present(self, first: str, last: str) -> set[str]:
        """The days with rows, as far as they are days."""
        rows = self._all(_PRESENT, {"first": first, "last": last})
        return {day for (day,) in rows if _is_day(day)}

    def _days(self, first: date, last: date) -> list[Day]:
        edges = {"first": first.isoformat(), "last": last.isoformat()}
        kept = dict(self._all(_KEPT, edges | {"version": VERSION}) if self._keeps else ())
        present = self._present(edges["first"], edges["last"])
        rows = self._all(self._planned(_CLOSED_DAYS), edges)
        closed = {day for (day,) in rows if _is_day(day)}
        # One text for all of them is read in half the time.
        numbers = json.loads(f"[{','.join(kept.values())}]")
        found = {
            day: Day.from_dict(date.fromisoformat(day), one)
            for day, one in zip(kept, numbers, strict=True)
        }
        missing = sorted((present | closed) - found.keys())
        for chunk in _chunks(missing):
            found.update(self._count_and_keep(chunk, closed))
        return [found[day] for day in sorted(found)]

    def _count_and_keep(self, days: list[str], closed: set[str]) -> dict[str, Day]:
        """Count some days in one transaction, so that what is kept is what the rows say."""
        from sqlite3 import OperationalError

        over = [day for day in days if day in closed]
        if not (self._changes and over):
            return self._count(days)
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                found = self._count(days)
                self._connection.executemany(
                    "INSERT OR REPLACE INTO days VALUES (?, ?, ?)",
                    [(day, VERSION, json.dumps(found[day].as_dict())) for day in over],
                )
        except OperationalError:  # somebody writes, or the disk is full: counting is enough
            self._changes = False
            return self._count(days)
        return found

    def _count(self, days: list[str]) -> dict[str, Day]:
        first, last = days[0], days[-1]
        odd: Counter[str] = Counter()

        def pass_over(row: Raw) -> None:
            odd[row[2]] += 1

        closed = self._all(self._planned(_LEDGERS), {"first": first, "last": last})
        closings = entries_of(closed, pass_over)
        ledgers = {entry.data["day"]: entry.data["ledger"] for entry in closings}
        counted = entries_of(self._all(_ROWS, (first, last)), pass_over)
        rows = {day: list(some) for day, some in groupby(counted, lambda row: row.day)}
        found = {}
        for text in days:
            day = date.fromisoformat(text)
            found[text] = count(day, rows.get(day, ()), ledgers.get(text))
            found[text].odd = odd[text]
        return found

    def _planned(self, query: str) -> str:
        """The planner takes the wrong index where it has one; an older file has none."""
        return query if self._keeps else query.replace(_INDEXED, "")

    def _open(self) -> None:
        import sqlite3

        if self._path.exists():
            self._connection = _connect(self._path)
            (owner,) = self._connection.execute("PRAGMA application_id").fetchone()
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if owner == APPLICATION_ID and 1 <= version <= len(STEPS):
                self._keeps = self._changes = version >= _WITH_DAYS
                return
            (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._connection.close()
            if owner == APPLICATION_ID and version:
                later = "it was written by a later deskbreak than this one"
                raise UnreadableError(f"{self._path}: {later}")
            if tables:
                raise UnreadableError(f"{self._path}: it belongs to another program")
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(self._connection)

    def _all(self, query: str, values: Any = ()) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _guarded(self, work: Callable[[], T]) -> T:
        from sqlite3 import DatabaseError

        try:
            return work()
        except (OSError, DatabaseError, ValueError, KeyError, TypeError) as reason:
            raise UnreadableError(f"{self._path}: {reason}") from reason


def _is_day(text: Any) -> bool:
    try:
        day_from(text)
    except OddError:
        return False
    return True


def _connect(path: Path) -> "sqlite3.Connection":
    """Open for reading and keeping; where that cannot be, for reading alone.

    Nothing but SQLite opens the file: closing it by other means would take away the locks of
    whoever writes it in this very process.
    """
    import sqlite3

    reason: Exception = sqlite3.OperationalError("it cannot be opened")
    for mode in ("mode=rw", "mode=ro", "mode=ro&immutable=1"):
        uri = f"{path.absolute().as_uri()}?{mode}"
        try:
            connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE_S, isolation_level=None)
            connection.text_factory = lambda text: text.decode(errors="replace")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            reason = error
        else:
            return connection
    raise reason


def _chunks(days: list[str]) -> Iterable[list[str]]:
    """Runs of days that lie near each other, so that a query over them reads little else."""
    chunk: list[str] = []
    for day in days:
        if chunk and date.fromisoformat(day) - date.fromisoformat(chunk[0]) >= _AT_ONCE:
            yield chunk
            chunk = []
        chunk.append(day)
    if chunk:
        yield chunk
