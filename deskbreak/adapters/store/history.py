"""What came to pass, in SQLite: append only, one writer.

The journal is a write-ahead log with `synchronous = NORMAL`. A committed row is in the hands of
the system at once, so no kill of this program loses it; a power cut may take the rows of the last
half minute or so, whole rows from the end, and leaves the file consistent (B34). `FULL` would
wait for the disk at every row, on the loop, to save those.

Where the disk takes nothing (full, read-only, gone), rows wait in memory, the person hears of it
once, and they are written as soon as it takes them again, which is tried with growing pauses.
Another program that writes is waited for without a word for half a minute. Where a folder allows no
locks (some network drives) nothing is written: without them two programs would spoil the file.
"""

import json
import logging
from collections import deque
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskbreak.adapters.store.rows import (
    COLUMNS,
    INSERT,
    LATEST,
    LEVELS,
    ROUTINES,
    entries_of,
    past_of,
    row_of,
)
from deskbreak.adapters.store.schema import connect
from deskbreak.adapters.store.state import Problem, set_aside
from deskbreak.backoff import Backoff
from deskbreak.core.ledger import day_of
from deskbreak.core.moment import Moment
from deskbreak.core.progress import Past
from deskbreak.core.records import Happening
from deskbreak.ports import Capability
from deskbreak.private import inode_of
from deskbreak.stats.day import Row

if TYPE_CHECKING:
    import sqlite3

log = logging.getLogger(__name__)

_WAITING_AT_MOST = 2000
_PATIENCE_S = 0.04  # another program may be writing (an import); the loop cannot wait longer
_LAST_PATIENCE_S = 2.0  # at the end nothing is on the loop any more
_TRY_AGAIN_S, _TRY_RARELY_S = 5.0, 60.0
_TRIES_IN_SILENCE = 3  # after 5, 15 and 35 seconds
_LOCKED = (
    "another program has kept it locked for half a minute, or its folder allows no locks, "
    "as some network drives do"
)
_BUSY, _DAMAGED = 5, (11, 26)  # BUSY, CORRUPT and NOTADB of sqlite3, which is not loaded yet
_COMPANIONS = ("-wal", "-shm")

_RECALLED = f"""{COLUMNS}
    WHERE (event IN (?, ?, ?) AND json_extract(data, '$.routine') IS NOT NULL)
        OR event IN (?, ?)
    ORDER BY id DESC LIMIT ?"""


class SqliteHistory:
    """The history file, opened at the first row or question; its size makes no difference to that.

    `day_starts` is when a local day begins; it may be set at any time and counts for new rows.
    `later` calls something after so many seconds. Nothing here raises for what a disk or a file is
    like: `problem` is told.
    """

    def __init__(
        self,
        path: Path,
        problem: Problem,
        day_starts: time = time(4),
        later: Callable[[float, Callable[[], None]], object] = lambda _seconds, _then: None,
    ) -> None:
        self.day_starts = day_starts
        self._later = later
        self._tries = 0
        self._pauses = Backoff(_TRY_AGAIN_S, _TRY_RARELY_S)
        self._trying = False
        self._trouble = ""
        self._patience_s = _PATIENCE_S
        self._path = path
        self._problem = problem
        self._connection: sqlite3.Connection | None = None
        self._inode: tuple[int, int] | None = None
        self._waiting: deque[Row] = deque(maxlen=_WAITING_AT_MOST)
        self._dropped = 0

    def record(self, happening: Happening, at: Moment) -> None:
        """Append one row; where the disk takes none, keep it until it does."""
        offset = at.local.utcoffset()
        self._dropped += len(self._waiting) == _WAITING_AT_MOST
        self._waiting.append(
            Row(
                wall=round(at.wall, 3),
                zone_s=round(offset.total_seconds()) if offset else 0,
                day=day_of(at, self.day_starts),
                event=happening.event,
                data=json.loads(json.dumps(happening.as_dict())),  # as it will be read back
            )
        )
        self._flush()

    def past(self) -> Past:
        """What is known here of earlier routines, for a start without a saved state."""
        newest = self._ask(_RECALLED, (*ROUTINES, *LEVELS, LATEST))
        return past_of([*reversed(newest), *self._waiting])

    def day(self, day: date) -> list[Row]:
        """Everything of one local day, in order."""
        found = self._ask(f"{COLUMNS} WHERE day = ? ORDER BY id", (day.isoformat(),))
        return [*found, *(e for e in self._waiting if e.day == day)]

    def forget_before(self, day: date) -> None:
        """Let go of every day before this one, for good (`history.keep`)."""
        from deskbreak.adapters.store.exchange import forget

        def work(connection: "sqlite3.Connection") -> None:
            number = forget(connection, date.min, day - timedelta(days=1))
            log.info("%d entries before %s are forgotten", number, day)

        if day > date.min:
            self._attempt(work)

    def mend(self) -> None:
        """Look whether the file is damaged; if it is, begin anew with what can be read of it."""

        def check(connection: "sqlite3.Connection") -> None:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                self._set_aside(found.splitlines()[-1])

        self._attempt(check)

    def unsaved(self) -> int:
        """How many rows are lost if the program ends now; tries once more to write them."""
        if self._waiting:
            self._patience_s = _LAST_PATIENCE_S
            self._hang_up()
            self._flush()
            self._patience_s = _PATIENCE_S
        return len(self._waiting) + self._dropped

    def capabilities(self) -> list[Capability]:
        """A line for `doctor` where rows cannot be kept."""
        if not self._trouble:
            return []
        advice = f"In memory until it can be written: {_entries(len(self._waiting))}."
        return [Capability("history", None, False, f"{self._path}: {self._trouble}", advice)]

    def close(self) -> None:
        """Write what waits, if it can be written, and let go of the file."""
        if lost := self.unsaved():
            self._problem(f"{_entries(lost)} of the history could not be written to {self._path}.")
        self._hang_up()

    def _flush(self) -> None:
        def write(connection: "sqlite3.Connection") -> None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(INSERT, [row_of(entry) for entry in self._waiting])
            self._waiting.clear()
            self._tries, self._trouble = 0, ""
            self._pauses.reset()

        self._attempt(write)
        if self._waiting and not self._trying:
            self._trying = True
            self._later(self._pauses.pause_s(), self._try_again)

    def _try_again(self) -> None:
        self._trying = False
        self._tries += 1
        if self._waiting:
            self._flush()

    def _ask(self, query: str, values: tuple[Any, ...]) -> list[Row]:
        found: list[Row] = []

        def read(connection: "sqlite3.Connection") -> None:
            found[:] = entries_of(connection.execute(query, values), lambda _odd: None)

        self._attempt(read)
        return found

    def _attempt(self, work: "Callable[[sqlite3.Connection], None]") -> None:
        """Do it on the open file; where that turns out to be no history, on a new one."""
        from sqlite3 import DatabaseError

        from deskbreak.adapters.store.schema import NotOursError, TooNewError

        for _ in range(2):
            try:
                return work(self._open())
            except NotOursError as reason:
                unusable = str(reason)
            except TooNewError:
                return self._complain("it was written by a later deskbreak than this one")
            except (OSError, DatabaseError) as reason:
                if _code(reason) not in _DAMAGED:
                    return self._wait(reason)
                unusable = str(reason)
            if not self._set_aside(unusable):
                return None
        return None

    def _open(self) -> "sqlite3.Connection":
        if self._connection is not None and self._inode != inode_of(self._path):
            self._hang_up()  # somebody deleted or moved the file: write where people will look
        if self._connection is None:
            self._connection = connect(self._path, self._patience_s)
            self._inode = inode_of(self._path)
        return self._connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _wait(self, reason: Exception) -> None:
        """What waits is written with a later row; only what is no passing matter is said."""
        if self._connection is not None and self._connection.in_transaction:
            self._hang_up()  # it could not even be undone
        busy = _code(reason) == _BUSY  # an import say; that passes
        if busy and self._tries < _TRIES_IN_SILENCE:
            log.info("another program writes the history; rows wait: %s", reason)
        else:
            self._complain(_LOCKED if busy else str(reason))

    def _complain(self, reason: str) -> None:
        known, self._trouble = bool(self._trouble), reason
        if not known:
            log.warning("the history cannot be used: %s", reason)
            self._problem(
                f"The history {self._path} cannot be used now ({reason}). "
                "What happens is kept in memory and written later."
            )

    def _set_aside(self, reason: str) -> bool:
        try:
            kept = set_aside(self._path, _COMPANIONS)
        except OSError as second:
            self._complain(f"{reason}; {second}")
            return False
        # Renamed while open: what the journal still holds stays with the file it belongs to.
        self._hang_up()
        self._problem(
            f"The history could not be read ({reason}). It is kept as {kept}; "
            f"{self._begin_anew(kept)}"
        )
        return True

    def _begin_anew(self, kept: Path) -> str:
        """Take over what can be read of the old file; what came of it, for people."""
        from sqlite3 import DatabaseError

        from deskbreak.adapters.store.exchange import import_entries
        from deskbreak.adapters.store.salvage import salvage

        try:
            if saved := import_entries(self._path, salvage(kept)):
                return f"{_entries(saved)} could be taken over into a new one."
        except (OSError, DatabaseError) as trouble:
            log.warning("nothing could be taken over: %s", trouble)
        return "a new one begins."


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _code(reason: Exception) -> int:
    return getattr(reason, "sqlite_errorcode", 0) & 0xFF
