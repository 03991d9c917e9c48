"""Which entries of a calendar are one thing that takes place, once or again and again."""

from collections.abc import Iterable, Iterator
from datetime import date

from deskbreak.calendars.pieces import Piece

Series = list[Piece]
"""What takes place, and the dates of it that were changed."""


def series_of(pieces: Iterable[Piece], first: date, last: date) -> Iterator[Series]:
    """Every series that may touch these days; those that take little work come first."""
    by_uid: dict[str, list[Piece]] = {}
    for piece in pieces:
        uid = piece.value("UID") or f"line {piece.line}"
        by_uid.setdefault(uid, []).append(piece)
    repeating: list[tuple[Piece, Series]] = []
    for same in by_uid.values():
        whole, changes = _apart(same)
        changes = [piece for piece in changes if piece.may_touch(first, last)]
        whole = [piece for piece in whole if piece.may_touch(first, last)]
        if not whole and changes:  # what they change is over, or in another file
            yield changes
        for piece in whole:
            if piece.rules:
                repeating.append((piece, changes))
            else:
                yield [piece, *changes]
    for piece, changes in repeating:
        yield [piece, *changes]


def _apart(same: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Entries of one UID: what takes place, and the changed dates of it.

    A feed may use one UID for many things, so all are taken; only where they are counted as
    versions of one thing (SEQUENCE), the newest alone.
    """
    if len(same) == 1:
        return same, []
    changes = [piece for piece in same if piece.value("RECURRENCE-ID") is not None]
    whole = [piece for piece in same if piece.value("RECURRENCE-ID") is None]
    newest = max(map(_sequence, whole), default=0)
    return [piece for piece in whole if _sequence(piece) == newest], changes


def _sequence(piece: Piece) -> int:
    try:
        return int(piece.value("SEQUENCE") or 0)
    except ValueError:
        return 0
