"""Working hours and pauses: when nothing prompts and no bout grows (B20).

Rules about the time of day follow the wall clock; a pause of a given length does not (B8).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.words import PauseKind
from deskbreak.settings.model import Hours

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HORIZON_DAYS = 8  # one more than a week: the next window of any weekday is within it


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Whether the office is open, and the wall time in seconds of the next change (None: never)."""

    is_open: bool
    changes_at: float | None


def office_hours(windows: Sequence[Hours], now: Moment) -> OfficeHours:
    """Where now lies among the windows of the week; no windows at all means always open.

    A window that crosses midnight belongs to the weekday it begins on.
    """
    if not windows:
        return OfficeHours(True, None)
    spans = list(_spans(windows, now))
    is_open = any(begin <= now.wall < end for begin, end in spans)
    edges = sorted({edge for span in spans for edge in span if edge > now.wall})
    for edge in edges:
        if any(begin <= edge < end for begin, end in spans) != is_open:
            return OfficeHours(is_open, edge)
    return OfficeHours(is_open, None)


def _spans(windows: Sequence[Hours], now: Moment) -> Iterator[tuple[float, float]]:
    today = now.local.date()
    for offset in range(-1, _HORIZON_DAYS):
        day = today + timedelta(days=offset)
        for window in windows:
            if _WEEKDAYS[day.weekday()] in window.days:
                until = day if window.ends > window.begins else day + timedelta(days=1)
                yield (
                    local_datetime(datetime.combine(day, window.begins), now.zone).timestamp(),
                    local_datetime(datetime.combine(until, window.ends), now.zone).timestamp(),
                )


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause: it ends at a reading of the elapsed clock, at a wall time, or only by hand."""

    ends_elapsed: float | None = None
    ends_wall: float | None = None

    def ends_at(self, now: Moment) -> float | None:
        """Where the elapsed clock will be when it ends; None if only the person ends it."""
        if self.ends_wall is not None:
            return now.elapsed + (self.ends_wall - now.wall)
        return self.ends_elapsed


def pause_of(
    kind: PauseKind, for_s: float | None, until: time | None, now: Moment, day_starts: time
) -> Pause:
    """The pause that was asked for. Raises ValueError where its length or time is missing."""
    if kind is PauseKind.FOR:
        if not for_s or for_s <= 0:
            raise ValueError("a pause needs a length above zero")
        return Pause(ends_elapsed=now.elapsed + for_s)
    if kind is PauseKind.UNTIL:
        if until is None:
            raise ValueError("a pause until a time needs that time")
        return Pause(ends_wall=now.next_time_of_day(until).timestamp())
    if kind is PauseKind.TODAY:
        return Pause(ends_wall=now.next_time_of_day(day_starts).timestamp())
    return Pause()
