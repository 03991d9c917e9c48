"""Days, weeks, months, years and free ranges: which days a view is about."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

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
