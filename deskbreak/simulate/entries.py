"""The entries of a calendar, as a scenario writes them down."""

from datetime import datetime, time, timedelta
from typing import Any

from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.schedule import Entry
from deskbreak.settings.problems import Note, Spot, shown
from deskbreak.settings.types import UNFIT, TimeOfDay, Words
from deskbreak.struct import Struct

MOST = 1000
_TITLE = Words("a title", 200)
_KEYS = ("from", "to", "title")


class Written(Struct):
    """An entry as a clock on the wall shows it: by the time of that day, or with its date."""

    begins: time | datetime
    ends: time | datetime
    title: str = ""

    def on(self, now: Moment) -> Entry:
        """The entry on the day that it is then; one that ends before it begins ends tomorrow."""
        begins, ends = (self._dated(edge, now) for edge in (self.begins, self.ends))
        if ends <= begins:
            ends += timedelta(days=1)
        first, last = (local_datetime(edge, now.zone).timestamp() for edge in (begins, ends))
        return Entry(first, last, self.title)

    @staticmethod
    def _dated(edge: time | datetime, now: Moment) -> datetime:
        return edge if isinstance(edge, datetime) else datetime.combine(now.local.date(), edge)


class Entries(Struct):
    """All entries of a calendar."""

    allowed: str = 'a list of entries such as { from = "10:00", to = "11:00", title = "Review" }'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A list of `Written`."""
        if not isinstance(found, list) or len(found) > MOST:
            notes.append(Note(spot, shown(found), self.allowed))
            return UNFIT
        return tuple(
            written
            for place, table in enumerate(found)
            if (written := self._entry(table, (*spot, place), notes)) is not None
        )

    def _entry(self, table: object, spot: Spot, notes: list[Note]) -> Written | None:
        if not isinstance(table, dict) or not set(table) <= set(_KEYS):
            notes.append(Note(spot, shown(table), self.allowed))
            return None
        begins, ends = (_edge(table.get(key), (*spot, key), notes) for key in ("from", "to"))
        title = _TITLE.read(table.get("title", ""), (*spot, "title"), notes)
        if UNFIT in (begins, ends, title):
            return None
        if isinstance(begins, datetime) != isinstance(ends, datetime):
            notes.append(Note((*spot, "to"), shown(table["to"]), "with a date if from has one"))
        elif isinstance(begins, datetime) and ends <= begins:
            notes.append(Note((*spot, "to"), shown(table["to"]), "a time after from"))
        else:
            return Written(begins, ends, title)
        return None


def _edge(found: object, spot: Spot, notes: list[Note]) -> Any:
    """A time of the day, or TOML's own local date-time."""
    if isinstance(found, datetime) and found.tzinfo is None and 1970 < found.year < 2200:
        return found
    tried: list[Note] = []
    value = TimeOfDay().read(found, spot, tried)
    allowed = f"{TimeOfDay().allowed}, or a local date and time such as 2026-03-02T10:00:00"
    said = "nothing" if found is None else None
    notes.extend(Note(spot, said or note.found, allowed) for note in tried)
    return value
