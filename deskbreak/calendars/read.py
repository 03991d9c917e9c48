"""From calendar files to busy entries: recurrences, exceptions and zones by the two libraries."""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event, Timezone
from icalendar.timezone import tzp

from deskbreak.calendars.busy import Entry, entry_of
from deskbreak.calendars.find import find, load
from deskbreak.calendars.pieces import Piece, Sheet, take_apart
from deskbreak.calendars.problem import Problem

_NEEDED = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE")
_NO_DATES = re.compile(r"^(EXDATE|RDATE)[^:\n]*:[ \t]*\n", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"^RRULE:.*$", re.MULTILINE | re.IGNORECASE)
_TOO_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY)", re.IGNORECASE)
_AROUND = timedelta(days=1)
"""Asked for on either side, since times without a zone move by daylight saving; cut off after."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time asked for, in seconds on the wall clock."""

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


@dataclass(slots=True)
class Agenda:
    """What all files together say; `files` and `folders` are what was looked at."""

    entries: set[Entry] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


def read_agenda(names: Iterable[str], window: Window) -> Agenda:
    """The busy entries of these files and folders in that time. Never raises."""
    found = find(names)
    agenda = Agenda(problems=found.problems, files=found.files, folders=found.folders)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice of the libraries for whoever wrote the files
        for path in found.files:
            try:
                data = load(path)
            except OSError as error:
                agenda.problems.append(Problem(str(path), error.strerror or str(error)))
            else:
                _read_file(str(path), data, window, agenda)
    return agenda


def _read_file(name: str, data: bytes, window: Window, agenda: Agenda) -> None:
    taken = take_apart(data)
    if not taken.sheets:
        what = "is empty" if not data.strip() else "is no calendar: it has no BEGIN:VCALENDAR"
        agenda.problems.append(Problem(name, what))
    for line in taken.unended:
        agenda.problems.append(Problem(name, "what begins here has no end; cut short?", line))
    for sheet in taken.sheets:
        reader = _SheetReader(name, sheet, window)
        agenda.entries |= reader.entries()
        agenda.problems += reader.problems


class _SheetReader:
    """Reads one calendar of a file; what is the matter with it is in `problems` afterwards."""

    def __init__(self, name: str, sheet: Sheet, window: Window) -> None:
        self.problems: list[Problem] = []
        self._name, self._sheet, self._window = name, sheet, window
        self._first, self._last = window.first, window.last
        title = sheet.value("X-WR-CALNAME") or ""
        self._owner = title if "@" in title else None  # so Google names a person's own calendar

    def entries(self) -> set[Entry]:
        """The busy entries in the window."""
        if (self._sheet.value("METHOD") or "").upper() == "CANCEL":
            return set()
        self._learn_zones()
        zone = self._zone()
        series = self._series()
        return {
            entry for pieces in series for entry in self._expand(pieces, zone)
            if self._window.touches(entry)
        }  # fmt: skip

    def _learn_zones(self) -> None:
        """Let the library know the zones that this calendar defines, and no other's."""
        tzp.use_zoneinfo()
        for piece in self._sheet.zones:
            try:
                Timezone.from_ical(piece.text)
            except Exception as trouble:  # noqa: BLE001 - the rim: raises whatever it trips over
                self._note(piece, "the zone that begins here cannot be read", trouble)

    def _zone(self) -> str | None:
        """The zone of the whole calendar, for times that have none; None without one."""
        name = self._sheet.value("X-WR-TIMEZONE")
        if not name:
            return None
        known = getattr(tzp.timezone(name), "key", None)
        if known is None:
            what = f"X-WR-TIMEZONE: no zone is called {name!r}; local time is taken"
            self.problems.append(Problem(self._name, what))
        return known

    def _series(self) -> list[list[Piece]]:
        """The entries that belong together, of those series that may touch the window."""
        first, last = self._first.date(), self._last.date()
        series: dict[str, list[Piece]] = {}
        for piece in self._sheet.entries:
            uid = piece.value("UID") or f"line {piece.line}"
            series.setdefault(uid, []).append(piece)
        return [
            pieces for pieces in series.values()
            if any(piece.may_touch(first, last) for piece in pieces)
        ]  # fmt: skip

    def _expand(self, pieces: list[Piece], zone: str | None) -> Iterator[Entry]:
        """The occurrences of a series that are busy; none if something in it is the matter."""
        try:
            found = recurring_ical_events.of(self._calendar(pieces, zone))
            events = found.between(self._first, self._last)
            entries = [entry_of(event, self._owner) for event in events]
        except Exception as trouble:  # noqa: BLE001 - the rim: raises whatever it trips over
            self._note(pieces[0], "the entry that begins here cannot be read", trouble)
            return
        yield from (entry for entry in entries if entry is not None)

    def _calendar(self, pieces: Iterable[Piece], zone: str | None) -> Calendar:
        """A calendar of one series. Raises ValueError for what cannot be placed in time."""
        calendar = Calendar()
        if zone is not None:
            calendar.add("X-WR-TIMEZONE", zone)
        for piece in pieces:
            event = _event(piece)
            unknown = _unknown_zone(event)
            if unknown is not None:
                what = f"no zone is called {unknown!r}; local time is taken"
                self.problems.append(Problem(self._name, what, piece.line))
            calendar.add_component(event)
        return calendar

    def _note(self, piece: Piece, what: str, trouble: Exception) -> None:
        why = str(trouble) or type(trouble).__name__
        self.problems.append(Problem(self._name, f"{what}: {why}", piece.line))


def _event(piece: Piece) -> Event:
    """An entry with all that places it in time. Raises ValueError if that cannot be read."""
    if _TOO_OFTEN.search(piece.value("RRULE") or ""):
        raise ValueError("it repeats every minute or more often")
    event = Event.from_ical(_tidied(piece.text))
    for name, why in event.errors:
        if name in _NEEDED:
            raise ValueError(f"{name}: {why}")
    if "DTSTART" not in event or not isinstance(event, Event):
        raise ValueError("it has no DTSTART")
    return event


def _tidied(text: str) -> str:
    """Without two slips that programs make: dates that are none, and spaces in a rule."""
    text = _NO_DATES.sub("", text)
    return _RULE.sub(lambda line: line[0].replace(" ", ""), text)


def _unknown_zone(event: Event) -> str | None:
    """The zone that an entry begins in, if nobody knows it; None where all is well."""
    start: Any = event["DTSTART"]
    zone = start.params.get("TZID")
    floats = isinstance(start.dt, datetime) and start.dt.tzinfo is None
    return str(zone) if zone and floats else None
