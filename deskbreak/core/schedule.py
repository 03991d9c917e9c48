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
_HORIZON_DAYS = 8  # more than a week: the next change, if there is one, is within it


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
    is_open = any(now.has_reached(begin) and not now.has_reached(end) for begin, end in spans)
    horizon = now.wall + _HORIZON_DAYS * 86400
    ahead = {edge for span in spans for edge in span if not now.has_reached(edge)}
    edges = sorted(edge for edge in ahead if edge < horizon)
    for edge in edges:
        if any(begin <= edge < end for begin, end in spans) != is_open:
            return OfficeHours(is_open, edge)
    return OfficeHours(is_open, None)


def _spans(windows: Sequence[Hours], now: Moment) -> Iterator[tuple[float, float]]:
    today = now.local.date()
    for offset in range(-1, _HORIZON_DAYS + 2):
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
    """A pause: it ends at a reading of the elapsed clock, at a local time, or only by hand.

    `until` has no zone of its own: "until 17:00" is when the person's clock shows 17:00.
    """

    ends_elapsed: float | None = None
    until: datetime | None = None

    def ends_at(self, now: Moment) -> float | None:
        """Where the elapsed clock will be when it ends; None if only the person ends it."""
        if self.until is not None:
            return now.elapsed_at(local_datetime(self.until, now.zone).timestamp())
        return self.ends_elapsed


def pause_of(
    kind: PauseKind, for_s: float | None, until: time | None, now: Moment, day_starts: time
) -> Pause:
    """The pause that was asked for. Raises ValueError where its length or time is missing."""
    if kind is PauseKind.FOR:
        if for_s is None or not 0 < for_s < float("inf"):
            raise ValueError("A pause needs a length above zero.")
        return Pause(ends_elapsed=now.elapsed + for_s)
    if kind is PauseKind.OPEN:
        return Pause()
    at = day_starts if kind is PauseKind.TODAY else until
    if at is None:
        raise ValueError("A pause until a time needs that time.")
    return Pause(until=now.next_time_of_day(at).replace(tzinfo=None))
