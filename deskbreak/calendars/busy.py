"""Which entries of a calendar say that the person is taken, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Event

from deskbreak.struct import Struct

_FREE = frozenset({"FREE", "WORKINGELSEWHERE"})
_KEPT_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
_LONGEST_TITLE = 120


class Entry(Struct, order=True):
    """A busy entry, in seconds on the wall clock; `title` is empty where none may be shown."""

    begins: float
    ends: float
    title: str


def entry_of(event: Event, owner: str | None = None) -> Entry | None:
    """The busy time of one occurrence; None if the person is free, or it is for whole days.

    `owner` is the mail address of whoever keeps the calendar, where that is known.
    """
    begins, ends = _when(event, "DTSTART"), _when(event, "DTEND")
    if begins is None or ends is None or not _is_busy(event, owner):
        return None
    entry = Entry(_wall(begins), _wall(ends), _title(event))
    return entry if entry.begins < entry.ends else None


def _is_busy(event: Event, owner: str | None) -> bool:
    return not (
        _word(event, "STATUS") == "CANCELLED"
        or _word(event, "TRANSP") == "TRANSPARENT"
        or _word(event, "X-MICROSOFT-CDO-BUSYSTATUS") in _FREE
        or _word(event, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"
        or (owner is not None and _has_declined(event, owner))
    )


def _has_declined(event: Event, owner: str) -> bool:
    invited = _all(event.get("ATTENDEE"))
    return any(
        str(attendee).lower().removeprefix("mailto:") == owner.lower()
        and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED"
        for attendee in invited
    )


def _all(value: Any) -> list[Any]:
    """A property may stand once, several times or not at all."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _word(event: Event, name: str) -> str:
    return " ".join(str(value) for value in _all(event.get(name))).strip().upper()


def _when(event: Event, name: str) -> datetime | None:
    """A point in time; None for a whole day."""
    found = getattr(event.get(name), "dt", None)
    return found if isinstance(found, datetime) else None


def _wall(when: datetime) -> float:
    """Seconds on the wall clock; a time without a zone is this machine's local time."""
    return when.timestamp()


def _title(event: Event) -> str:
    if _word(event, "CLASS") in _KEPT_PRIVATE:
        return ""
    words = " ".join(" ".join(map(str, _all(event.get("SUMMARY")))).split())
    return words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"


_AROUND = timedelta(days=1)
"""Asked for on either side, since times without a zone move by daylight saving; cut off after."""


class Window(Struct):
    """The time asked for, in seconds on the wall clock.

    `first` and `last` raise OverflowError or ValueError beyond the years that calendars know.
    """

    begins: float
    ends: float

    @property
    def first(self) -> datetime:
        """A while before it, as this machine's clock shows it."""
        return datetime.fromtimestamp(self.begins, UTC).astimezone() - _AROUND

    @property
    def last(self) -> datetime:
        """A while after it, as this machine's clock shows it."""
        return datetime.fromtimestamp(self.ends, UTC).astimezone() + _AROUND

    def touches(self, entry: Entry) -> bool:
        """Whether any of the entry is in it."""
        return entry.begins < self.ends and entry.ends > self.begins
