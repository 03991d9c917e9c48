"""What the keys of a scenario may hold, beside the kinds of value that settings have already."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo, available_timezones

from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.schedule import Entry
from deskbreak.settings.problems import Note, Spot, nearest, shown
from deskbreak.settings.types import UNFIT, Span, TimeOfDay, Words
from deskbreak.settings.values import Duration
from deskbreak.struct import Struct


class Value(Protocol):
    """How a key's value is read: what fits, or UNFIT and a note of what is the matter."""

    @property
    def allowed(self) -> str:
        """What may stand here, as the end of a sentence."""

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """The value for code."""


class Start(Struct):
    """A date and time as the clock on the wall reads, in whole seconds."""

    first: int
    last: int

    @property
    def allowed(self) -> str:
        """An example and the range."""
        return (
            "a local date and time in whole seconds, without offset or quotes, such as "
            f"2026-03-02T09:00:00, in the years {self.first} to {self.last}"
        )

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """Only TOML's own local date-time will do."""
        fits = isinstance(found, datetime) and found.tzinfo is None and not found.microsecond
        if fits and self.first <= found.year <= self.last:  # type: ignore[attr-defined]
            return found
        notes.append(Note(spot, shown(found), self.allowed))
        return UNFIT


class Zone(Struct):
    """The name of a time zone."""

    allowed: str = 'the IANA name of a time zone, such as "Europe/Berlin"'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A name that this machine's time zone data has."""
        likely = None
        if isinstance(found, str):
            try:
                return ZoneInfo(found)
            except (KeyError, ValueError, OSError):  # no such name, no name at all, a folder
                likely = nearest(found, sorted(available_timezones()), notes)
        hint = f' (perhaps "{likely}")' if likely else ""
        notes.append(Note(spot, shown(found), f"{self.allowed}{hint}"))
        return UNFIT


class Jump(Struct):
    """A length of time forward or back, in seconds."""

    longest: Duration

    @property
    def allowed(self) -> str:
        """Examples and the range."""
        return f'a length with or without a sign, such as "1h" or "-90s", up to {self.longest.text}'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A duration, perhaps with a sign."""
        typed, tried = found if isinstance(found, str) else shown(found), list[Note]()
        span = Span(Duration(0), self.longest, Duration(0))
        length = span.read(typed[typed[:1] in ("+", "-") :], spot, tried)
        if length is UNFIT:
            notes.extend(_noted(found, tried, span.allowed, self.allowed))
            return UNFIT
        return -float(length) if typed.startswith("-") else float(length)


def _noted(found: object, tried: list[Note], usual: str, allowed: str) -> Iterator[Note]:
    """Notes about a part of what was `found`, with what is `allowed` here for the `usual`."""
    for note in tried:
        said = "nothing" if found is None else shown(found)
        yield Note(note.spot, said, note.allowed.replace(usual, allowed))


class Until(Struct):
    """A time of the day, or `today`, which lasts until the next day starts."""

    allowed: str = 'a time such as "12:30", 00:00 to 23:59, or "today"'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A time, or the word."""
        if found == "today":
            return found
        tried: list[Note] = []
        value = TimeOfDay().read(found, spot, tried)
        notes.extend(_noted(found, tried, TimeOfDay().allowed, self.allowed))
        return value


class Anything(Struct):
    """A value that is looked at later, together with its neighbours."""

    allowed: str

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:  # noqa: ARG002 - by Value
        """As it stands."""
        return found


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
    notes.extend(_noted(found, tried, TimeOfDay().allowed, allowed))
    return value
