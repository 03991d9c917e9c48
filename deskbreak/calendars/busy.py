"""Which entries of a calendar say that the person is taken, and for how long."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from icalendar import Event

from deskbreak.struct import Struct

# Lines that say that an entry keeps nobody busy.
_FREE: Mapping[str, Collection[str]] = MappingProxyType({
    "STATUS": ("CANCELLED",), "TRANSP": ("TRANSPARENT",), "X-MICROSOFT-CDO-ALLDAYEVENT": ("TRUE",),
    "X-MICROSOFT-CDO-BUSYSTATUS": ("FREE", "WORKINGELSEWHERE"),
})  # fmt: skip
_KEPT_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
_LONGEST_TITLE = 120


class Window(Struct):
    """The time asked for, in seconds on the wall clock."""

    begins: float
    ends: float


class Entry(Struct, order=True):
    """A busy entry, in seconds on the wall clock; `title` is empty where none may be shown."""

    begins: float
    ends: float
    title: str


def entry_of(event: Event, owner: str | None = None) -> Entry | None:
    """The busy time of one occurrence; None if the person is free, or it is for whole days.

    `owner` is the mail address of whoever keeps the calendar, where that is known.
    """
    begins, ends = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    if not isinstance(begins, datetime) or not isinstance(ends, datetime):
        return None
    if any(_word(event, name) in free for name, free in _FREE.items()):
        return None
    if owner is not None and _has_declined(event, owner):
        return None
    # A time without a zone is this machine's local time.
    entry = Entry(begins.timestamp(), ends.timestamp(), _title(event))
    return entry if entry.begins < entry.ends else None


def _has_declined(event: Event, owner: str) -> bool:
    return any(
        str(attendee).lower().removeprefix("mailto:") == owner.lower()
        and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED"
        for attendee in _all(event, "ATTENDEE")
    )


def _all(event: Event, name: str) -> list[Any]:
    """A property may stand once, several times or not at all."""
    value = event.get(name, [])
    return value if isinstance(value, list) else [value]


def _word(event: Event, name: str) -> str:
    return " ".join(map(str, _all(event, name))).strip().upper()


def _title(event: Event) -> str:
    if _word(event, "CLASS") in _KEPT_PRIVATE:
        return ""
    words = " ".join(" ".join(map(str, _all(event, "SUMMARY"))).split())
    return words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"
