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
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskbreak.adapters.store.history import COLUMNS, INSERT, Entry, connect, row_of
from deskbreak.text import in_json

if TYPE_CHECKING:
    import sqlite3

FORMAT = "deskbreak-history"
VERSION = 1

_PATIENCE_S = 5.0
_LONGEST_EVENT = 100
_WHOLE_DAY_S = 86_400
_LAST_WALL = 253_402_300_800  # the year 10000

Raw = tuple[float, int, str, str, str]


class UnfitError(Exception):
    """The text is no export; `line` counts from 1, the text says what is the matter there."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


def export_lines(entries: Iterable[Entry]) -> Iterator[str]:
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


def read_lines(lines: Iterable[str]) -> list[Entry]:
    """The rows of an export. Raises UnfitError, and then nothing is to be taken in."""
    found = []
    begun = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            raise UnfitError(number, "it is no JSON") from None
        if not begun:
            _check_first(number, said)
            begun = True
        else:
            found.append(_entry(number, said))
    if not begun:
        raise UnfitError(1, "there is nothing in it")
    return found


def import_entries(path: Path, entries: Iterable[Entry]) -> int:
    """Take rows into the history file, all or none; how many were new.

    Raises sqlite3.DatabaseError, OSError, or what `connect` raises.
    """
    with closing(connect(path, _PATIENCE_S)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            number = _take_in(connection, [row_of(entry) for entry in entries])
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return number


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
    if not present or min(row[0] for row in new) >= max(row[0] for row in present):
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
        latest = max(latest, row[0])
        yield latest, row


def _same(row: Raw) -> Raw:
    """The row as we would write it, so that equal rows are equal texts."""
    wall, zone_s, day, event, data = row
    return wall, zone_s, day, event, json.dumps(json.loads(data), separators=(",", ":"))


def _check_first(number: int, said: Any) -> None:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise UnfitError(number, f'it is no export of deskbreak (no "format": "{FORMAT}")')
    if said.get("version") != VERSION:
        raise UnfitError(number, f"its version {said.get('version')!r} is not known here")


def _entry(number: int, said: Any) -> Entry:
    match said:
        case {
            "wall": int() | float() as wall, "zone_s": int(zone_s), "day": str(day),
            "event": str(event), "data": dict(data),
        }:  # fmt: skip
            pass
        case _:
            raise UnfitError(number, "it lacks wall, zone_s, day, event or data")
    if isinstance(wall, bool) or not 0 <= wall < _LAST_WALL:
        raise UnfitError(number, f"wall is {wall!r}, allowed: seconds since 1970")
    if isinstance(zone_s, bool) or abs(zone_s) >= _WHOLE_DAY_S:
        raise UnfitError(number, f"zone_s is {zone_s!r}, allowed: less than a day in seconds")
    if not event or len(event) > _LONGEST_EVENT:
        raise UnfitError(number, "event is no name")
    try:
        return Entry(float(wall), zone_s, date.fromisoformat(day), event, data)
    except ValueError:
        raise UnfitError(number, f"day is {day!r}, allowed: a day such as 2026-03-02") from None
