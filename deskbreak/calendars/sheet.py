"""Reads one calendar of a file: recurrences, exceptions and zones by the two libraries."""

from collections.abc import Iterator

import recurring_ical_events
from icalendar import Calendar, Timezone
from icalendar.timezone import tzp

from deskbreak.calendars.busy import Entry, entry_of
from deskbreak.calendars.event import event_of, start_of, wind_forward, with_zone
from deskbreak.calendars.limit import TooLongError, at_most
from deskbreak.calendars.pieces import Piece, Sheet
from deskbreak.calendars.problem import Problems
from deskbreak.calendars.series import Series, series_of
from deskbreak.calendars.window import Window
from deskbreak.calendars.zones import UNNAMED, zone_of

ONE_CPU_S = 2.0
"""Seconds of the processor for one series, which takes a thousandth of one."""

_TOO_LONG = "it takes too long"


class SheetReader:
    """Reads one calendar of a file; `problems` hears what is the matter with it.

    Raises OverflowError or ValueError for a window beyond the years that calendars know.
    """

    def __init__(self, name: str, sheet: Sheet, window: Window, problems: Problems) -> None:
        self._name, self._sheet, self._window, self._problems = name, sheet, window, problems
        self._first, self._last = window.first, window.last
        title = sheet.value("X-WR-CALNAME") or ""
        self._owner = title if "@" in title else None  # so Google names a person's own calendar

    def entries(self) -> Iterator[set[Entry]]:
        """The busy entries in the window, series by series."""
        if (self._sheet.value("METHOD") or "").upper() == "CANCEL":
            return
        self._learn_zones()
        zone = self._zone()
        for series in series_of(self._sheet.entries, self._first.date(), self._last.date()):
            yield {entry for entry in self._expand(series, zone) if self._window.touches(entry)}

    def _learn_zones(self) -> None:
        """Let the library know the zones that this calendar defines, and no other's."""
        tzp.use_zoneinfo()
        for piece in self._sheet.zones:
            try:
                with at_most(ONE_CPU_S):
                    Timezone.from_ical(_with_name(piece))
            except (Exception, TooLongError) as trouble:  # noqa: BLE001 - raises whatever it trips over
                self._note(piece, "the zone that begins here cannot be read", trouble)

    def _zone(self) -> str | None:
        """The zone of the whole calendar, for times that have none; None without one."""
        name = self._sheet.value("X-WR-TIMEZONE")
        if not name:
            return None
        known = getattr(zone_of(name), "key", None)
        if known is None:
            what = f"X-WR-TIMEZONE: no zone is called {name!r}; local time is taken"
            self._problems.add(self._name, what)
        return known

    def _expand(self, series: Series, zone: str | None) -> list[Entry]:
        """The busy occurrences of a series; what is the matter in it costs itself alone."""
        calendar = Calendar()
        if zone is not None:
            calendar.add("X-WR-TIMEZONE", zone)
        try:
            with at_most(ONE_CPU_S):
                for piece in series:
                    self._add(piece, calendar, series)
                found = recurring_ical_events.of(calendar).between(self._first, self._last)
                entries = [entry_of(event, self._owner) for event in found]
        except (Exception, TooLongError) as trouble:  # noqa: BLE001 - raises whatever it trips over
            self._note(series[0], "the entry that begins here cannot be read", trouble)
            return []
        return [entry for entry in entries if entry is not None]

    def _add(self, piece: Piece, calendar: Calendar, series: Series) -> None:
        try:
            event, odd = event_of(piece)
            if not any(one.changes_all_later for one in series):
                wind_forward(event, piece.rules, self._first)
            for rule in piece.rules:
                rule.check(start_of(event), self._last)
        except Exception as trouble:  # noqa: BLE001 - raises whatever it trips over
            return self._note(piece, "the entry that begins here cannot be read", trouble)
        for what in [*odd, *with_zone(event)]:
            self._problems.add(self._name, what, piece.line)
        calendar.add_component(event)
        return None

    def _note(self, piece: Piece, what: str, trouble: BaseException) -> None:
        why = _TOO_LONG if isinstance(trouble, TooLongError) else str(trouble)
        self._problems.add(self._name, f"{what}: {why or type(trouble).__name__}", piece.line)


def _with_name(piece: Piece) -> str:
    """The text of a zone, which some programs leave without a name."""
    if piece.value("TZID"):
        return piece.text
    begin, _, rest = piece.text.partition("\n")
    kept = [line for line in rest.split("\n") if not line.upper().startswith("TZID")]
    return "\n".join([begin, f"TZID:{UNNAMED}", *kept])
