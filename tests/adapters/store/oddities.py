"""Rows that no history of ours would have, each odd in one way."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.store.history import SqliteHistory
from deskbreak.adapters.store.rows import INSERT
from deskbreak.core.enums import Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded

DAY = date(2026, 3, 2)
NOON = Moment(datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp(), 0.0, 0.0)

SOUND = {
    "wall": NOON.wall, "zone_s": 0, "day": "2026-03-02", "event": "bout_ended",
    "data": json.dumps({"posture": "sitting", "length_s": 600}),
}  # fmt: skip
CLOSED = {"event": "day_closed"}
ODD: dict[str, dict[str, Any]] = {
    "data null": {"data": "null"},
    "data a list": {"data": "[1]"},
    "data a text": {"data": '"x"'},
    "data huge": {"data": json.dumps({"posture": "sitting", "length_s": 10**400})},
    "data deep": {"data": '{"a":' + "[" * 900 + "]" * 900 + "}", "wall": -1},
    "data infinite": {"data": '{"length_s": 1e999}'},
    "data half a character": {"data": '{"posture": "\\ud800"}'},
    "a text for a number": {"data": '{"length_s": "long"}'},
    "a list for a text": {"event": "break_ended", "data": '{"outcome": ["done"], "length_s": 1}'},
    "a table for a text": {"event": "feedback", "data": '{"routine": "r", "feedback": {}}'},
    "day junk": {"day": "not a day"},
    "day within no month": {"day": "2026-02-31"},
    "day before all": {"day": "0001-01-01"},
    "day after all": {"day": "9999-12-31"},
    "day bytes": {"day": b"2026-03-02"},
    "wall text": {"wall": "noon"},
    "wall bytes": {"wall": b"x"},
    "wall far": {"wall": 1e300},
    "zone text": {"zone_s": "east"},
    "zone far": {"zone_s": 10**9},
    "event empty": {"event": ""},
    "event bytes": {"event": b"bout_ended"},
    "no day closed": CLOSED | {"data": "{}"},
    "closed on no day": CLOSED | {"data": '{"day": "soon", "ledger": {"sitting": 1}}'},
    "closed on a number": CLOSED | {"data": '{"day": 7, "ledger": {"sitting": 1}}'},
    "closed with a list": CLOSED | {"data": '{"day": "2026-03-02", "ledger": [1]}'},
    "closed with a text": CLOSED | {"data": '{"day": "2026-03-02", "ledger": {"sitting": "x"}}'},
    "closed with far too much": CLOSED
    | {"data": '{"day": "2026-03-02", "ledger": {"sitting": 1e308}}'},
}  # fmt: skip


def put(path: Path, *odd: dict[str, Any]) -> None:
    """A history with one sound bout, and these rows beside it."""
    history = SqliteHistory(path, pytest.fail)
    history.record(BoutEnded(Posture.SITTING, 600), NOON)
    history.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in odd:
            connection.execute(INSERT, tuple((SOUND | row).values()))
