"""The shape of the history database, and the steps that lead to it from every earlier version.

One table takes everything that came to pass, one row each, in the words of `core.records`:
what is asked of every row (when, on which local day, what) is a column, the rest stays JSON as
other programs see it. What statistics ask for is a view. So a new kind of happening needs no
change here, `export` and `import` lose nothing, and nothing is stored twice that could disagree.
Ten years are some 150,000 rows; the two indexes carry the order of recording (the row id) too.

A step is never changed once it was released: `PRAGMA user_version` counts the steps a file has.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.private import make_folder

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x6465736B  # "desk": how a history of ours is told from another program's file

Step = tuple[str, ...]

_FIRST: Step = (
    """
    CREATE TABLE happenings (
        id INTEGER PRIMARY KEY,   -- the order of recording; the wall clock may be stepped
        wall REAL NOT NULL,       -- seconds since 1970 in UTC
        zone_s INTEGER NOT NULL,  -- how far the local clock was ahead of UTC
        day TEXT NOT NULL,        -- the local day it belongs to, 2026-03-02
        event TEXT NOT NULL,      -- the public name
        data TEXT NOT NULL CHECK (json_valid(data))  -- the public keys and values, an object
    )
    """,
    "CREATE INDEX happenings_by_day ON happenings (day)",
    "CREATE INDEX happenings_by_event ON happenings (event)",
    """
    CREATE VIEW bouts AS SELECT
        id, wall, zone_s, day,
        json_extract(data, '$.posture') AS posture,
        json_extract(data, '$.length_s') AS length_s
    FROM happenings WHERE event = 'bout_ended'
    """,
    """
    CREATE VIEW breaks AS SELECT
        id, wall, zone_s, day,
        json_extract(data, '$.kind') AS kind,
        CASE event WHEN 'natural_break' THEN 'natural'
            ELSE json_extract(data, '$.outcome') END AS outcome,
        json_extract(data, '$.routine') AS routine,
        coalesce(json_extract(data, '$.length_s'), json_extract(data, '$.away_s')) AS length_s,
        json_extract(data, '$.at_step') AS at_step,
        json_extract(data, '$.of') AS of_steps
    FROM happenings WHERE event IN ('break_ended', 'natural_break')
    """,
    # A prompt became what the next thing said that can answer one; where that is another prompt,
    # this one was replaced. "+event" keeps the walk on the row id, where the answer is near.
    """
    CREATE VIEW prompts AS SELECT
        id, wall, zone_s, day,
        CASE event WHEN 'prompt' THEN 'break' WHEN 'stand_prompt' THEN 'stand' ELSE 'sit' END
            AS kind,
        json_extract(data, '$.bout_s') AS bout_s,
        json_extract(data, '$.overdue_s') AS overdue_s,
        json_extract(data, '$.suggests') AS suggests,
        (SELECT later.event FROM happenings AS later
            WHERE later.id > happenings.id AND +later.event IN (
                'snoozed', 'skipped', 'dismissed', 'ignored', 'prompt_withdrawn', 'break_started',
                'posture', 'prompt', 'stand_prompt', 'sit_prompt')
            ORDER BY later.id LIMIT 1) AS became
    FROM happenings WHERE event IN ('prompt', 'stand_prompt', 'sit_prompt')
    """,
    """
    CREATE VIEW feedback AS SELECT
        id, wall, zone_s, day,
        json_extract(data, '$.routine') AS routine,
        json_extract(data, '$.feedback') AS feedback,
        json_extract(data, '$.exercise') AS exercise
    FROM happenings WHERE event = 'feedback'
    """,
    """
    CREATE VIEW ledgers AS SELECT
        closed.id, json_extract(closed.data, '$.day') AS day,
        part.key AS activity, part.value AS seconds
    FROM happenings AS closed, json_each(closed.data, '$.ledger') AS part
    WHERE closed.event = 'day_closed'
    """,
)

# A day in numbers, kept so that ten years can be looked at without counting them again. It is
# made by whoever asks for the day and dropped as soon as a row of that day comes or goes, so it
# can never disagree with the rows. A ledger belongs to the day it names, not to that of its row.
_DAYS: Step = (
    """
    CREATE TABLE days (
        day TEXT PRIMARY KEY,
        version INTEGER NOT NULL, -- of what is in data
        data TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX happenings_by_closed_day ON happenings (json_extract(data, '$.day'))
    WHERE event = 'day_closed'
    """,
    *(
        f"""
        CREATE TRIGGER days_{name} AFTER {event} ON happenings BEGIN
            DELETE FROM days WHERE day = {row}.day;
            DELETE FROM days
                WHERE {row}.event = 'day_closed' AND day = json_extract({row}.data, '$.day');
        END
        """
        for name, event, row in (
            ("insert", "INSERT", "NEW"),
            ("delete", "DELETE", "OLD"),
            ("update_old", "UPDATE", "OLD"),
            ("update_new", "UPDATE", "NEW"),
        )
    ),
)

STEPS: tuple[Step, ...] = (_FIRST, _DAYS)


class NotOursError(Exception):
    """The file is no history; the text says what it is instead."""


class TooNewError(Exception):
    """The file was written by a later deskbreak than this one."""


def check_header(path: Path) -> bool:
    """Whether the file is a history, from its first bytes; False where there is nothing in it yet.

    SQLite itself would change another program's database while looking at it. Raises NotOursError
    or OSError.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        return False
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise NotOursError("it is not a database")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotOursError("it belongs to another program")
    return True


def migrate(connection: "sqlite3.Connection") -> None:
    """Bring a database to the last step, each step whole or not at all.

    `connection` has no transaction open and begins none by itself (`isolation_level=None`).
    Raises TooNewError or sqlite3.DatabaseError.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(STEPS):
        raise TooNewError
    for number, step in enumerate(STEPS[version:], start=version + 1):
        take_step(connection, number, step)


def take_step(connection: "sqlite3.Connection", number: int, step: Step) -> None:
    """Take one step and count it, in one transaction. Raises sqlite3.DatabaseError."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in step:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")


def connect(path: Path, patience_s: float) -> "sqlite3.Connection":
    """Open the file of the history for writing, made and brought up to date where it has to be.

    `patience_s` is how long to wait for another writer. Raises NotOursError, TooNewError, OSError
    or sqlite3.DatabaseError.
    """
    import sqlite3

    make_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    begun = check_header(path)
    connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
    try:
        if not begun:  # before the journal is there, so that it stands in the file itself
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA cache_size = -256")  # KiB
        (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        level = "NORMAL" if journal == "wal" else "FULL"  # some network disks know no shared memory
        connection.execute(f"PRAGMA synchronous = {level}")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection
