"""The whole history as JSON lines, out and in again, without a loss either way.

The first line says what it is; every other line is one row: `wall` (seconds since 1970 in UTC),
`zone_s`, `day`, `event`, `data`, in the order of recording. Taking in what is there already
changes nothing; rows of another computer find their place by the clock, so that the order of
recording stays an order in time as far as both keep to one.
"""

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskbreak.adapters.store.rows import (
    COLUMNS,
    INSERT,
    OddError,
    Raw,
    entry_from,
    row_of,
    values_of,
)
from deskbreak.adapters.store.schema import connect
from deskbreak.stats.day import Row
from deskbreak.text.display import in_json

if TYPE_CHECKING:
    import sqlite3

FORMAT = "deskbreak-history"
VERSION = 1

_PATIENCE_S = 5.0


class UnfitError(Exception):
    """The text is no export; `line` counts from 1, the text says what is the matter there."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


def export_lines(entries: Iterable[Row]) -> Iterator[str]:
    """The lines of an export, without line ends."""
    yield json.dumps({"format": FORMAT, "version": VERSION})
    for entry in entries:
        row = {
            "wall": entry.wall,
            "zone_s": entry.zone_s,
            "day": entry.day.isoformat(),
            "event": entry.event,
            "data": entry.data,
        }
        yield in_json(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def read_lines(lines: Iterable[str]) -> list[Row]:
    """The rows of an export. Raises UnfitError, and then nothing is to be taken in."""
    found: list[Row] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line.removeprefix("\ufeff") if number == 1 else line)
        except (ValueError, RecursionError):
            raise UnfitError(number, "it is not JSON") from None
        if found is None:
            _check_first(number, said)
            found = []
            continue
        try:
            found.append(_entry(said))
        except OddError as reason:
            raise UnfitError(number, str(reason)) from None
    if found is None:
        raise UnfitError(1, "there is nothing in it")
    return found


def import_entries(path: Path, entries: Iterable[Row]) -> int:
    """Take rows into the history file, all or none; how many were new.

    Raises sqlite3.DatabaseError, OSError, or what `connect` raises.
    """
    with closing(connect(path, _PATIENCE_S)) as connection, connection:
        connection.execute("BEGIN IMMEDIATE")
        return _take_in(connection, [row_of(entry) for entry in entries])


def _take_in(connection: "sqlite3.Connection", rows: list[Raw]) -> int:
    present: list[Raw] = [_same(row) for row in connection.execute(f"{COLUMNS} ORDER BY id")]
    have = Counter(present)
    new = []
    for row in rows:
        if have[row]:
            have[row] -= 1
        else:
            new.append(row)
    if not new:
        return 0
    if min(row[0] for row in new) >= max(map(_wall, present), default=0.0):
        connection.executemany(INSERT, new)
        return len(new)
    # The order of recording is the row id, so rows that belong between others move the others.
    merged = heapq.merge(_in_time(present), _in_time(new), key=lambda row: row[0])
    connection.execute("DELETE FROM happenings")
    connection.executemany(INSERT, (row for _, row in merged))
    return len(new)


def _in_time(rows: list[Raw]) -> Iterator[tuple[float, Raw]]:
    """Each row with the latest time up to it: where a clock was set back, its order stays."""
    latest = float("-inf")
    for row in rows:
        latest = max(latest, _wall(row))
        yield latest, row


def _wall(row: Raw) -> float:
    """When a row was recorded; an odd one stays beside its neighbours."""
    return float(row[0]) if isinstance(row[0], int | float) else float("-inf")


def _same(row: Raw) -> Raw:
    """The row as we would write it, so that equal rows are equal texts; an odd one as it is."""
    wall, zone_s, day, event, data = row
    try:
        return wall, zone_s, day, event, json.dumps(values_of(data), separators=(",", ":"))
    except OddError:
        return row


def _check_first(number: int, said: Any) -> None:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise UnfitError(number, f'it is not an export of deskbreak (no "format": "{FORMAT}")')
    if said.get("version") != VERSION:
        raise UnfitError(number, f"its version {said.get('version')!r} is not known here")


def _entry(said: Any) -> Row:
    match said:
        case {"wall": wall, "zone_s": zone_s, "day": day, "event": event, "data": data}:
            return entry_from(wall, zone_s, day, event, values_of(json.dumps(data)))
    raise OddError("it lacks wall, zone_s, day, event or data")


# A ledger belongs to the day it names, not to that of its row.
_BETWEEN = """
    FROM happenings WHERE
        (event != 'day_closed' AND day BETWEEN :first AND :last)
        OR (event = 'day_closed' AND json_extract(data, '$.day') BETWEEN :first AND :last)
"""


def erase(path: Path, first: date = date.min, last: date = date.max) -> int:
    """Forget all days between the two, both included; how many rows that were.

    What is forgotten is overwritten in the file, too. All or nothing. Makes no file where there
    is none. Raises sqlite3.DatabaseError, OSError, or what `connect` raises.
    """
    from sqlite3 import OperationalError

    if not path.exists():
        return 0
    with closing(connect(path, _PATIENCE_S)) as connection:
        number = forget(connection, first, last)
        if number:
            # The journal still holds the old pages; with readers about it is emptied later.
            with suppress(OperationalError):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return number


def forget(connection: "sqlite3.Connection", first: date, last: date) -> int:
    """Do it on an open connection. Raises sqlite3.DatabaseError."""
    connection.execute("PRAGMA secure_delete = ON")
    edges = {"first": first.isoformat(), "last": last.isoformat()}
    return int(connection.execute(f"DELETE {_BETWEEN}", edges).rowcount)


def count_rows(path: Path, first: date = date.min, last: date = date.max) -> int:
    """How many rows `erase` would forget. Raises what `erase` raises."""
    if not path.exists():
        return 0
    with closing(connect(path, _PATIENCE_S)) as connection:
        edges = {"first": first.isoformat(), "last": last.isoformat()}
        (number,) = connection.execute(f"SELECT count(*) {_BETWEEN}", edges).fetchone()
    return int(number)
