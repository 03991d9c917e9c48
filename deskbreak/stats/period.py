"""Days, weeks, months, years and free ranges: which days a view is about."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from deskbreak.core.enums import Activity
from deskbreak.stats.day import Day
from deskbreak.struct import Struct


def moved(day: date, days: int) -> date:
    """So many days later (or earlier), as far as there are days at all."""
    number = day.toordinal() + days
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))


class Span(StrEnum):
    """How much a view shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Period(Struct):
    """From one local day to another, both included."""

    span: Span
    first: date
    last: date

    @classmethod
    def around(cls, span: Span, day: date) -> "Period":
        """The day, week (from Monday), month or year that a day lies in."""
        if span is Span.WEEK:
            monday = moved(day, -day.weekday())
            return cls(span, monday, moved(monday, 6))
        if span is Span.MONTH:
            last = monthrange(day.year, day.month)[1]
            return cls(span, day.replace(day=1), day.replace(day=last))
        if span is Span.YEAR:
            return cls(span, date(day.year, 1, 1), date(day.year, 12, 31))
        return cls(span, day, day)

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """A free range. Raises ValueError if it ends before it begins."""
        if last < first:
            raise ValueError(f"{last} is before {first}")
        return cls(Span.DAY if first == last else Span.RANGE, first, last)

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def days(self) -> list[date]:
        """All its days."""
        return [self.first + timedelta(days=n) for n in range(self.length)]

    def earlier(self) -> "Period":
        """The same span just before."""
        if self.span is Span.RANGE:
            return Period(self.span, moved(self.first, -self.length), moved(self.first, -1))
        return Period.around(self.span, moved(self.first, -1))

    def later(self) -> "Period":
        """The same span just after."""
        if self.span is Span.RANGE:
            return Period(self.span, moved(self.last, 1), moved(self.last, self.length))
        return Period.around(self.span, moved(self.last, 1))

    def four_weeks_before(self) -> "Period":
        """What a trend compares with."""
        return Period(Span.RANGE, moved(self.first, -28), moved(self.first, -1))

    @property
    def label(self) -> str:
        """What it is called over a picture."""
        first, last = self.first, self.last
        if self.span is Span.DAY:
            return f"{first:%A}, {first.day} {first:%B %Y}"
        if self.span is Span.WEEK:
            return f"Week {first.isocalendar().week}: {_short(first)} \N{EN DASH} {_short(last)}"
        if self.span is Span.MONTH:
            return f"{first:%B %Y}"
        if self.span is Span.YEAR:
            return f"{first.year}"
        return f"{_short(first)} \N{EN DASH} {_short(last)}"


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


SHADES = 4  # steps of strength; a day on which the person was there is at least 1


class Cell(Struct):
    """One day of the map: its column (a week), row (Monday is 0), strength (0: not there)."""

    day: date
    column: int
    row: int
    strength: int
    breaks: int
    sitting_s: int


def cells(first: date, last: date, days: Sequence[Day]) -> list[Cell]:
    """Every day from first to last; each shade holds a quarter of the days, by their breaks."""
    known = {day.day: day for day in days}
    steps = _steps([day.breaks for day in days if day.used])
    monday = first - timedelta(days=first.weekday())
    found = []
    for number in range((last - first).days + 1):
        when = first + timedelta(days=number)
        day = known.get(when, Day(when))
        strength = 1 + sum(day.breaks > step for step in steps) if when in known else 0
        column = (when - monday).days // 7
        sitting_s = day.of(Activity.SITTING)
        found.append(Cell(when, column, when.weekday(), strength, day.breaks, sitting_s))
    return found


def _steps(breaks: Sequence[int]) -> Sequence[float]:
    """How many breaks a day has to exceed for each shade after the first."""
    if len(breaks) < SHADES:
        return [index * max(breaks, default=0) / SHADES for index in range(1, SHADES)]
    from statistics import quantiles  # heavy, and only for a map

    return quantiles(breaks, n=SHADES, method="inclusive")


def months(found: Sequence[Cell]) -> list[tuple[int, str]]:
    """The column in which each month begins, and its short name."""
    starts = [cell for cell in found if cell.day.day == 1]
    return [(cell.column, f"{cell.day:%b}") for cell in starts]


def years(first: date, last: date) -> list[tuple[date, date]]:
    """A long range cut at the turn of the years."""
    return [
        (max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    ]
