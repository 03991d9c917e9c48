"""From the text of an entry to an event of the library's, placed in time."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from icalendar import Event

from deskbreak.calendars.dates import put_right
from deskbreak.calendars.pieces import Piece
from deskbreak.calendars.rules import Rule
from deskbreak.calendars.zones import UNNAMED, zone_of

_READ = frozenset({
    "UID", "SEQUENCE", "SUMMARY", "CLASS", "STATUS", "TRANSP", "ATTENDEE", "DTSTART", "DTEND",
    "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
})  # fmt: skip
"""The lines that say when somebody is busy; descriptions, attachments and alarms are not read."""

_LISTS = ("RDATE", "EXDATE")
_LONGEST_LINE = 10_000

_NEEDED = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE")
_DATED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
_RULE = re.compile(r"^RRULE(;[^:\n]*)?:.*$", re.MULTILINE | re.IGNORECASE)
_MARGIN = timedelta(days=3)
"""More than zones are apart and the clocks are changed by."""

_ZONE = re.compile(r';TZID=(?:"([^"\n]*+)"|([^";:\n]*+))(?=[;:])', re.IGNORECASE)
_LONGEST_ZONE = 100


def event_of(piece: Piece) -> tuple[Event, list[str]]:
    """An entry with all that places it in time, and what had to be left out of it.

    Raises ValueError if it cannot be placed.
    """
    text, odd = put_right(_needed(piece.text))
    text = _ZONE.sub(_named_zone, text)
    text = _RULE.sub(lambda line: line[0].replace(" ", ""), text)
    event = Event.from_ical(text)
    for name, why in event.errors:
        if name in _NEEDED:
            raise ValueError(f"{name}: {why}")
    if "DTSTART" not in event or not isinstance(event, Event):
        raise ValueError("it has no DTSTART")
    if _ends_before_it_begins(event):  # the library would take its end for the begin
        raise ValueError("it ends before it begins")
    return event, odd


def _ends_before_it_begins(event: Event) -> bool:
    begins, ends, duration = start_of(event), event.get("DTEND"), event.get("DURATION")
    if ends is None:
        return duration is not None and duration.dt < timedelta(0)
    if isinstance(begins, datetime) and isinstance(ends.dt, datetime):
        with contextlib.suppress(TypeError):  # one of them has a zone, the other has none
            return bool(ends.dt < begins)
    return _reading(ends.dt).date() < _reading(begins).date()


def _named_zone(written: re.Match[str]) -> str:
    """A name that the library can look for among its files, and is not empty."""
    name = "".join(filter(str.isprintable, written[1] or written[2] or ""))[:_LONGEST_ZONE]
    return f';TZID="{name or UNNAMED}"'


def _needed(text: str) -> str:
    """The lines of an entry that are read; what is inside it (alarms) is left out."""
    kept = ["BEGIN:VEVENT"]
    inside = -1
    for line in text.split("\n"):
        name = re.split("[;:]", line, maxsplit=1)[0].upper()
        inside += (name == "BEGIN") - (name == "END")
        if inside == 0 and name in _READ and (len(line) <= _LONGEST_LINE or name in _LISTS):
            kept.append(line)
    return "\n".join([*kept, "END:VEVENT"])


def with_zone(event: Event) -> Iterator[str]:
    """Give the times of an event their zones, as far as anybody can tell; what is no zone."""
    unknown: set[str] = set()
    for name in _DATED:
        value: Any = event.get(name)
        for prop in value if isinstance(value, list) else [value]:
            zone = None if prop is None else str(prop.params.get("TZID") or "")
            if not zone:
                continue
            found = zone_of(zone)
            if found is None:
                unknown.add(zone)
                continue
            for one in getattr(prop, "dts", [prop]):
                one.dt = _placed(one.dt, found)
    for zone in sorted(unknown - {UNNAMED}):
        yield f"no zone is called {zone!r}; local time is taken"


def _placed(when: Any, zone: tzinfo) -> Any:
    if isinstance(when, tuple):
        return tuple(_placed(one, zone) for one in when)
    floats = isinstance(when, datetime) and when.tzinfo is None
    return when.replace(tzinfo=zone) if floats else when


def start_of(event: Event) -> Any:
    """When it begins: a day, or a point in time."""
    prop: Any = event["DTSTART"]
    return prop.dt


def wind_forward(event: Event, rules: Sequence[Rule], first: datetime) -> None:
    """Let a rule that has gone on for long begin shortly before the first day asked for."""
    if len(rules) != 1 or "RDATE" in event:
        return
    begins = start_of(event)
    before = first.astimezone(UTC).replace(tzinfo=None) - _length(event, begins) - _MARGIN
    way, skipped = rules[0].wound(_reading(begins), before)
    if not skipped:
        return
    for name in ("DTSTART", "DTEND"):
        prop: Any = event.get(name)
        if prop is not None:
            prop.dt += way
    if rules[0].count is not None:
        rule: Any = event["RRULE"]
        rule["COUNT"] = [rules[0].count - skipped]


def _length(event: Event, begins: Any) -> timedelta:
    """How long one occurrence is at most."""
    ends: Any = event.get("DTEND")
    duration: Any = event.get("DURATION")
    if ends is not None:
        return max(_reading(ends.dt) - _reading(begins), timedelta(0)) + timedelta(days=1)
    return timedelta(days=1) if duration is None else max(duration.dt, timedelta(0))


def _reading(when: date | datetime) -> datetime:
    """What a clock and a calendar on the wall show, whatever the zone."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=None)
    return datetime.combine(when, time())
