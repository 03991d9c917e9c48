"""Days of a year as weeks, and how strong each one is drawn."""

from collections.abc import Sequence
from datetime import date, timedelta

from deskbreak.stats.day import Day
from deskbreak.struct import Struct

SHADES = 4
"""Steps of strength; a day on which the person was there is at least 1."""


class Cell(Struct):
    """One day of the map: its column (a week), row (Monday is 0), strength (0: not there)."""

    day: date
    column: int
    row: int
    strength: int
    breaks: int
    sitting_s: int


def breaks_of(day: Day) -> int:
    """All breaks of a day, those of one's own accord included."""
    return day.walks + sum(day.played.values()) + day.natural


def cells(first: date, last: date, days: Sequence[Day]) -> list[Cell]:
    """Every day from first to last; each shade holds a quarter of the days, by their breaks."""
    known = {day.day: day for day in days}
    steps = _steps([breaks_of(day) for day in days if day.used])
    monday = first - timedelta(days=first.weekday())
    found = []
    for number in range((last - first).days + 1):
        when = first + timedelta(days=number)
        day = known.get(when)
        breaks = breaks_of(day) if day is not None else 0
        strength = 0 if day is None else 1 + sum(breaks > step for step in steps)
        sitting = 0 if day is None else day.ledger.get("sitting", 0)
        column = (when - monday).days // 7
        found.append(Cell(when, column, when.weekday(), strength, breaks, sitting))
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
