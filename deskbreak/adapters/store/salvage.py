"""Takes what can still be read out of a damaged history, page by page.

The rows lie on the leaves of a tree of pages (https://www.sqlite.org/fileformat2.html). Each leaf
says by itself which rows are on it, so a bad page costs its own rows, and one further up in the
tree costs none: nothing is asked of the tree.
"""

import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from deskbreak.adapters.store.rows import entries_of
from deskbreak.stats.day import Row

_LEAF = 0x0D
_PAGE_SIZES = [512 << n for n in range(8)]
_USUAL_PAGE = 4096
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""How many bytes the numbers of each type have."""

_COLUMNS = 6


def salvage(damaged: Path) -> list[Row]:
    """The sound rows of a file that is damaged, in the order of recording; it stays as it is.

    A row that is too long for one page is not among them. Raises OSError.
    """
    found: dict[tuple[Any, ...], int] = {}
    for number, row in _rows(_with_journal(damaged)):
        found.setdefault(row, number)  # pages that were given up may hold a row once more
    return list(entries_of(sorted(found, key=found.__getitem__), lambda _odd: None))


def _with_journal(damaged: Path) -> bytes:
    """What is in the file once the journal beside it has been worked in, as far as that goes."""
    journal = damaged.with_name(f"{damaged.name}-wal")
    if not journal.exists():
        return damaged.read_bytes()
    with TemporaryDirectory(dir=damaged.parent, prefix=".salvage-") as folder:
        copy = Path(folder, "copy")
        shutil.copyfile(damaged, copy)
        shutil.copyfile(journal, f"{copy}-wal")
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return copy.read_bytes()


def _rows(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Every row on any leaf with its id, sound or not."""
    size = int.from_bytes(data[16:18], "big")
    size = size if size in _PAGE_SIZES else _USUAL_PAGE
    for begin in range(size, len(data), size):
        page = data[begin : begin + size]
        if page[0] != _LEAF:
            continue
        count = min(int.from_bytes(page[3:5], "big"), size // 2)
        for place in range(8, 8 + 2 * count, 2):
            with suppress(IndexError, ValueError, struct.error):
                yield _row(page, int.from_bytes(page[place : place + 2], "big"))


def _row(page: bytes, at: int) -> tuple[int, tuple[Any, ...]]:
    """The id and the columns of a row. Raises IndexError, ValueError or struct.error for no row."""
    length, at = _number(page, at)
    number, at = _number(page, at)
    record = page[at : at + length]
    ends, at = _number(record, 0)
    kinds = []
    while at < ends:
        kind, at = _number(record, at)
        kinds.append(kind)
    if len(record) != length or len(kinds) != _COLUMNS:
        raise ValueError("not a row of ours, or one that goes on on another page")
    values = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    return number, tuple(values[1:])


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins."""
    number = 0
    for place in range(at, at + 8):
        number = number << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return number, place + 1
    return number << 8 | data[at + 8], at + 9


def _value(record: bytes, at: int, kind: int) -> tuple[Any, int]:
    """A value of that type, and where the next one begins."""
    if kind in _WHOLE:
        end = at + _WHOLE[kind]
        return int.from_bytes(record[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", record, at)[0], at + 8
    if kind < 12:
        return {8: 0, 9: 1}.get(kind), at
    end = at + (kind - 12) // 2
    value = record[at:end]
    return (value.decode(errors="replace") if kind % 2 else value), end
