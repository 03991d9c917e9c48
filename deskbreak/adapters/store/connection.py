"""Opens the file of the history for writing, and knows what its refusals mean."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.private import make_folder

if TYPE_CHECKING:
    import sqlite3

PATIENCE_S = 0.04  # another program may be writing (an import); the loop cannot wait longer
_CACHE_KIB = 256


def connect(path: Path, patience_s: float = PATIENCE_S) -> "sqlite3.Connection":
    """Open the file for writing, made and brought up to date where it has to be.

    `patience_s` is how long to wait for another writer. Raises NotOursError, TooNewError, OSError
    or sqlite3.DatabaseError.
    """
    import sqlite3

    from deskbreak.adapters.store.schema import APPLICATION_ID, check_header, migrate

    make_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    begun = check_header(path)
    connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
    try:
        if not begun:  # before the journal is there, so that it stands in the file itself
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        level = "NORMAL" if journal == "wal" else "FULL"  # some network disks know no shared memory
        connection.execute(f"PRAGMA synchronous = {level}")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def is_corrupt(reason: Exception) -> bool:
    """Whether the file is damaged, or no database at all."""
    import sqlite3

    code = getattr(reason, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_busy(reason: Exception) -> bool:
    """Whether another program is writing, an import say; that passes."""
    import sqlite3

    return getattr(reason, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def inode_of(path: Path) -> tuple[int, int] | None:
    """Which file stands under that name; None without one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
