"""Reads one calendar of a file: recurrences, exceptions and zones by the two libraries."""

import re
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event, Timezone
from icalendar.timezone import tzp

from deskbreak.calendars.busy import Entry, Window, entry_of
from deskbreak.calendars.pieces import Piece, Sheet
from deskbreak.calendars.rules import Rule, put_right
from deskbreak.calendars.zones import UNNAMED, zone_of

_AGAIN_S = 0.1  # where the first ring is lost (within a destructor, say), the next one is not


class TooLongError(BaseException):
    """The time is over. No `Exception`, so that no library takes it for one of its own."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLongError in what takes more seconds of the processor; not where nobody can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def series_of(pieces: Iterable[Piece], first: date, last: date) -> list[list[Piece]]:
    """What takes place, each with the dates of it that were changed, if it may touch these days.

    Those that take little work come first.
    """
    by_uid: dict[str, list[Piece]] = {}
    for piece in pieces:
        uid = piece.value("UID") or f"line {piece.line}"
        by_uid.setdefault(uid, []).append(piece)
    found: list[list[Piece]] = []
    for same in by_uid.values():
        whole, changes = ([p for p in part if p.may_touch(first, last)] for part in _apart(same))
        if not whole and changes:  # what they change is over, or in another file
            found.append(changes)
        found += [[piece, *changes] for piece in whole]
    return sorted(found, key=lambda series: bool(series[0].rules))


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


_READ = frozenset({
    "UID", "SEQUENCE", "SUMMARY", "CLASS", "STATUS", "TRANSP", "ATTENDEE", "DTSTART", "DTEND",
    "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
})  # fmt: skip
"""The lines that say when somebody is busy; descriptions, attachments and alarms are not read."""

_LISTS = ("RDATE", "EXDATE")
_LONGEST_LINE = 10_000

_DATED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
_NEEDED = (*_DATED, "DURATION", "RRULE")
_RULE = re.compile(r"^RRULE(;[^:\n]*)?:.*$", re.MULTILINE | re.IGNORECASE)
_MARGIN = timedelta(days=3)  # more than zones are apart and the clocks are changed by
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
    begins, ends, duration = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if ends is None:
        return duration is not None and duration < timedelta(0)
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        with suppress(TypeError):  # one of them has a zone, the other has none
            return bool(ends < begins)
    return _reading(ends).date() < _reading(begins).date()


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
            found = zone_of(zone) if zone else None
            if found is not None:
                for one in getattr(prop, "dts", [prop]):
                    one.dt = _placed(one.dt, found)
            elif zone:
                unknown.add(zone)
    for zone in sorted(unknown - {UNNAMED}):
        yield f"no zone is called {zone!r}; local time is taken"


def _placed(when: Any, zone: tzinfo) -> Any:
    if isinstance(when, tuple):
        return tuple(_placed(one, zone) for one in when)
    floats = isinstance(when, datetime) and when.tzinfo is None
    return when.replace(tzinfo=zone) if floats else when


def _value(event: Event, name: str) -> Any:
    """A day, a point in time or a length; None without a line of that name."""
    prop: Any = event.get(name)
    return None if prop is None else prop.dt


def wind_forward(event: Event, rules: Sequence[Rule], first: datetime) -> None:
    """Let a rule that has gone on for long begin shortly before the first day asked for."""
    if len(rules) != 1 or "RDATE" in event:
        return
    before = first.astimezone(UTC).replace(tzinfo=None) - _length(event) - _MARGIN
    way, skipped = rules[0].wound(_reading(_value(event, "DTSTART")), before)
    if not skipped:
        return
    for name in ("DTSTART", "DTEND"):
        prop: Any = event.get(name)
        if prop is not None:
            prop.dt += way
    if rules[0].count is not None:
        rule: Any = event["RRULE"]
        rule["COUNT"] = [rules[0].count - skipped]


def _length(event: Event) -> timedelta:
    """How long one occurrence is at most."""
    begins, ends, duration = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if ends is not None:
        return max(_reading(ends) - _reading(begins), timedelta(0)) + timedelta(days=1)
    return timedelta(days=1) if duration is None else max(duration, timedelta(0))


def _reading(when: date | datetime) -> datetime:
    """What a clock and a calendar on the wall show, whatever the zone."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=None)
    return datetime.combine(when, time())


# Asked for on either side, since times without a zone move by daylight saving; cut off after.
_AROUND = timedelta(days=1)
ONE_CPU_S = 2.0  # seconds of the processor for one series, which takes a thousandth of one


class SheetReader:
    """Reads one calendar of a file; `note` hears what is the matter, and in which line.

    Raises OverflowError or ValueError for a window beyond the years that calendars know.
    """

    def __init__(self, sheet: Sheet, window: Window, note: Callable[..., None]) -> None:
        self._sheet, self._window, self._note = sheet, window, note
        self._first = datetime.fromtimestamp(window.begins, UTC).astimezone() - _AROUND
        self._last = datetime.fromtimestamp(window.ends, UTC).astimezone() + _AROUND
        title = sheet.head.value("X-WR-CALNAME") or ""
        self._owner = title if "@" in title else None  # so Google names a person's own calendar

    def entries(self) -> Iterator[set[Entry]]:
        """The busy entries in the window, series by series."""
        if (self._sheet.head.value("METHOD") or "").upper() == "CANCEL":
            return
        self._learn_zones()
        zone = self._zone()
        for series in series_of(self._sheet.entries, self._first.date(), self._last.date()):
            entries, window = self._expand(series, zone), self._window
            yield {one for one in entries if one.begins < window.ends and one.ends > window.begins}

    def _learn_zones(self) -> None:
        """Let the library know the zones that this calendar defines, and no other's."""
        tzp.use_zoneinfo()
        for piece in self._sheet.zones:
            with self._noting(piece, "zone"), at_most(ONE_CPU_S):
                Timezone.from_ical(_with_name(piece))

    def _zone(self) -> str | None:
        """The zone of the whole calendar, for times that have none; None without one."""
        name = self._sheet.head.value("X-WR-TIMEZONE")
        if not name:
            return None
        known = getattr(zone_of(name), "key", None)
        if known is None:
            self._note(f"X-WR-TIMEZONE: no zone is called {name!r}; local time is taken")
        return known

    def _expand(self, series: list[Piece], zone: str | None) -> list[Entry]:
        """The busy occurrences of a series; what is the matter in it costs itself alone."""
        calendar = Calendar()
        if zone is not None:
            calendar.add("X-WR-TIMEZONE", zone)
        with self._noting(series[0]), at_most(ONE_CPU_S):
            for piece in series:
                with self._noting(piece, but=TooLongError):
                    self._add(piece, calendar, series)
            found = recurring_ical_events.of(calendar).between(self._first, self._last)
            entries = (entry_of(event, self._owner) for event in found)
            return [entry for entry in entries if entry is not None]
        return []

    def _add(self, piece: Piece, calendar: Calendar, series: list[Piece]) -> None:
        event, odd = event_of(piece)
        if not any(one.changes_all_later for one in series):
            wind_forward(event, piece.rules, self._first)
        for rule in piece.rules:
            rule.check(_value(event, "DTSTART"), self._last)
        for what in [*odd, *with_zone(event)]:
            self._note(what, piece.line)
        calendar.add_component(event)

    @contextmanager
    def _noting(
        self, piece: Piece, what: str = "entry", but: type[BaseException] | tuple[()] = ()
    ) -> Iterator[None]:
        """Note what is raised in here, and leave it at that; the libraries raise whatever it is."""
        try:
            yield
        except but:
            raise
        except (Exception, TooLongError) as trouble:  # noqa: BLE001 - as said above
            why = "it takes too long" if isinstance(trouble, TooLongError) else str(trouble)
            said = f"the {what} that begins here cannot be read: {why or type(trouble).__name__}"
            self._note(said, piece.line)


def _with_name(piece: Piece) -> str:
    """The text of a zone, which some programs leave without a name."""
    if piece.value("TZID"):
        return piece.text
    begin, _, rest = piece.text.partition("\n")
    kept = [line for line in rest.split("\n") if not line.upper().startswith("TZID")]
    return "\n".join([begin, f"TZID:{UNNAMED}", *kept])
