"""Days, weeks, months, years and free ranges: which days a view is about."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
_MONTHS = 12


class Span(StrEnum):
    """How much a view shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """From one local day to another, both included."""

    span: Span
    first: date
    last: date

    @classmethod
    def around(cls, span: Span, day: date) -> "Period":
        """The day, week (from Monday), month or year that a day lies in."""
        if span is Span.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(span, monday, monday + 6 * DAY)
        if span is Span.MONTH:
            return cls(span, day.replace(day=1), _month_after(day) - DAY)
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
            return Period(self.span, self.first - self.length * DAY, self.first - DAY)
        return Period.around(self.span, self.first - DAY)

    def later(self) -> "Period":
        """The same span just after."""
        if self.span is Span.RANGE:
            return Period(self.span, self.last + DAY, self.last + self.length * DAY)
        return Period.around(self.span, self.last + DAY)

    def four_weeks_before(self) -> "Period":
        """What a trend compares with."""
        return Period(Span.RANGE, self.first - 28 * DAY, self.first - DAY)

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


def _month_after(day: date) -> date:
    if day.month == _MONTHS:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)
