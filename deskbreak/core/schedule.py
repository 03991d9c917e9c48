"""Working hours, holidays and pauses: when nothing prompts and no bout grows (B20).

Rules about the time of day follow the wall clock; a pause of a given length does not (B8).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from deskbreak.core.enums import PauseKind
from deskbreak.core.ledger import day_of, start_of
from deskbreak.core.moment import Moment, local_datetime
from deskbreak.settings.model import Hours, Schedule
from deskbreak.settings.values import Dates
from deskbreak.struct import Struct, replace

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HORIZON_DAYS = 9  # more than a week: the next change, if there is one, is within it
_CORRECTION = 3600.0  # seconds by which a clock that is right is set, daylight saving included
DAY = 86400.0  # seconds in which a time of day comes up again, but for a change of daylight saving
_LONGEST_HOLIDAY = 400  # days that are looked through for the end of holidays


class Timetable(Struct):
    """Whether now is inside the windows, and the wall time of the next change (None: never)."""

    inside: bool
    changes_at: float | None


def office_hours(schedule: Schedule, now: Moment) -> Timetable:
    """Whether the office is open: within its hours and on no holiday; without either, always."""
    if not schedule.hours and not schedule.holidays:
        return Timetable(True, None)
    whole_days = (Hours(begins=schedule.day_starts, ends=schedule.day_starts),)
    return timetable(schedule.hours or whole_days, now, schedule.holidays)


def tomorrow(schedule: Schedule, now: Moment) -> datetime:
    """When the hours of another day begin; without hours, when another day begins."""
    today = day_of(now, schedule.day_starts)
    midnight = start_of(today + timedelta(days=1), now, time(0))
    spans = _spans(schedule.hours, now, schedule.holidays)
    ahead = (begin for begin, _ in spans if begin >= midnight and not now.has_reached(begin))
    opening = next(ahead, None)
    if opening is None:
        return now.next_time_of_day(schedule.day_starts)
    return datetime.fromtimestamp(opening, now.zone)


def timetable(windows: Sequence[Hours], now: Moment, off: Sequence[Dates] = ()) -> Timetable:
    """Where now lies among the windows of the week, of which there are none on days `off`.

    A window that crosses midnight belongs to the weekday it begins on.
    """
    for begin, end in _joined(_spans(windows, now, off)):
        if not now.has_reached(begin):
            return Timetable(False, begin)
        if not now.has_reached(end):
            endless = end >= now.wall + (_horizon(now, off) - 1) * 86400
            return Timetable(True, None if endless else end)
    return Timetable(False, None)


def _joined(spans: Iterator[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same time in as few spans as possible; `spans` come in the order of their begins."""
    joined: list[tuple[float, float]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif end > begin:  # else all of it lies in the hour that spring skips
            joined.append((begin, end))
    return joined


def _spans(
    windows: Sequence[Hours], now: Moment, off: Sequence[Dates]
) -> Iterator[tuple[float, float]]:
    today = now.local.date()
    in_order = sorted(windows, key=lambda window: window.begins)
    for offset in range(-1, _horizon(now, off)):
        day = today + timedelta(days=offset)
        if any(day in dates for dates in off):
            continue
        for window in in_order:
            if _WEEKDAYS[day.weekday()] in window.days:
                until = day if window.ends > window.begins else day + timedelta(days=1)
                yield (
                    local_datetime(datetime.combine(day, window.begins), now.zone).timestamp(),
                    local_datetime(datetime.combine(until, window.ends), now.zone).timestamp(),
                )


def _horizon(now: Moment, off: Sequence[Dates]) -> int:
    """Days to look ahead: past the holidays that are near, and a week more."""
    today = now.local.date()
    ahead = ((dates.last - today).days for dates in off)
    return _HORIZON_DAYS + max((days for days in ahead if 0 <= days <= _LONGEST_HOLIDAY), default=0)


class Pause(Struct):
    """A pause: it ends at a reading of the elapsed clock, at a local time, or only by hand.

    `until` has no zone of its own: "until 17:00" is when the person's clock shows 17:00. One that
    ends so is over at the reading `latest` of the elapsed clock, whatever that clock shows (B38).
    """

    ends_elapsed: float | None = None
    until: datetime | None = None
    latest: float = float("inf")

    @classmethod
    def until_local(cls, until: datetime, now: Moment) -> "Pause":
        """A pause until a local time, within a day or (over a weekend) as far as it seems now."""
        length = until.timestamp() - now.wall
        latest = now.elapsed + (DAY if length <= DAY else length + _CORRECTION)
        return cls(until=until.replace(tzinfo=None), latest=latest)

    def ends_at(self, now: Moment) -> float | None:
        """Where the elapsed clock will be when it ends; None if only the person ends it."""
        if self.until is None:
            return self.ends_elapsed
        return min(self._until_at(self.until, now), self.latest)

    def clock_was_set(self, now: Moment) -> "Pause":
        """The date turned out to be another: what was meant is the next such time of day."""
        if self.until is None or self._until_at(self.until, now) <= self.latest + DAY:
            return self
        again = now.next_time_of_day(self.until.time())
        return replace(self, until=again.replace(tzinfo=None))

    def _until_at(self, until: datetime, now: Moment) -> float:
        return now.elapsed_at(local_datetime(until, now.zone).timestamp())


def pause_of(
    kind: PauseKind, for_s: float | None, until: time | None, now: Moment, schedule: Schedule
) -> Pause:
    """The pause that was asked for. Raises ValueError where its length or time is missing.

    The rest of the day ends when the hours of another day begin; without hours, with the day.
    """
    if kind is PauseKind.FOR:
        if for_s is None or not 0 < for_s < float("inf"):
            raise ValueError("A pause needs a length above zero.")
        return Pause(ends_elapsed=now.elapsed + for_s)
    if kind is PauseKind.OPEN:
        return Pause()
    if kind is PauseKind.TODAY:
        return Pause.until_local(tomorrow(schedule, now), now)
    if until is None:
        raise ValueError("A pause until a time needs that time.")
    return Pause.until_local(now.next_time_of_day(until), now)


class Entry(Struct, order=True):
    """An entry during which the person is busy; `title` may be empty."""

    begins: float
    ends: float
    title: str = ""


class Meeting(Struct):
    """Whether an entry is on and which, and the wall time of the next change (None: none known)."""

    is_on: bool = False
    title: str = ""
    changes_at: float | None = None


class Agenda(Struct):
    """The busy entries around now, in any order; they may overlap and follow each other at once."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Agenda":
        """An agenda of those entries that have a length."""
        return cls(tuple(entry for entry in entries if entry.begins < entry.ends))

    def at(self, now: Moment) -> Meeting:
        """What is on now; of several entries that which began last, since it is the news."""
        on = [entry for entry in self.entries if _is_on(entry, now)]
        edges = (edge for entry in self.entries for edge in (entry.begins, entry.ends))
        changes_at = min((edge for edge in edges if not now.has_reached(edge)), default=None)
        return Meeting(bool(on), max(on).title if on else "", changes_at)

    def next_begins(self, now: Moment) -> float | None:
        """When the next entry begins; None if none is known."""
        ahead = (entry.begins for entry in self.entries if not now.has_reached(entry.begins))
        return min(ahead, default=None)

    def gap(self, now: Moment) -> tuple[float, float] | None:
        """From when to when nothing is on; None if an entry is on, or there is none on one side."""
        if any(_is_on(entry, now) for entry in self.entries):
            return None
        over = [entry.ends for entry in self.entries if now.has_reached(entry.ends)]
        ends = self.next_begins(now)
        return (max(over), ends) if over and ends is not None else None


def _is_on(entry: Entry, now: Moment) -> bool:
    return now.has_reached(entry.begins) and not now.has_reached(entry.ends)
