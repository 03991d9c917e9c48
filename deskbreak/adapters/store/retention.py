"""Forgets: a day, a range of days, everything, or what is older than the person wants to keep."""

from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.adapters.store.connection import connect

if TYPE_CHECKING:
    import sqlite3

_PATIENCE_S = 5.0

_CLOSED_DAY = "json_extract(data, '$.day')"
_DELETE = f"""
    DELETE FROM happenings WHERE
        (event != 'day_closed' AND day BETWEEN :first AND :last)
        OR (event = 'day_closed' AND {_CLOSED_DAY} BETWEEN :first AND :last)
"""


def erase(
    path: Path,
    first: date = date.min,
    last: date = date.max,
    patience_s: float = _PATIENCE_S,
) -> int:
    """Forget all days between the two, both included; how many rows that were.

    What is forgotten is overwritten in the file, too. All or nothing. Makes no file where there
    is none. Raises sqlite3.DatabaseError, OSError, or what `connect` raises.
    """
    from sqlite3 import OperationalError

    if not path.exists():
        return 0
    with closing(connect(path, patience_s)) as connection:
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
    return int(connection.execute(_DELETE, edges).rowcount)


def count_rows(path: Path, first: date = date.min, last: date = date.max) -> int:
    """How many rows `erase` would forget. Raises what `erase` raises."""
    if not path.exists():
        return 0
    with closing(connect(path, _PATIENCE_S)) as connection:
        where = _DELETE.split("WHERE", 1)[1]
        edges = {"first": first.isoformat(), "last": last.isoformat()}
        (number,) = connection.execute(
            f"SELECT count(*) FROM happenings WHERE {where}", edges
        ).fetchone()
    return int(number)
