"""A replayed day as rows of cells, each cell a stretch of time and what it was spent on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil
from types import MappingProxyType
from typing import Any

from deskbreak.core.enums import Activity
from deskbreak.settings.values import Duration
from deskbreak.simulate.watch import Watch
from deskbreak.struct import Struct

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "snoozed": "snoozed",
        "skipped": "skipped",
        "prompt": "asked",
        "stand_prompt": "asked",
        "sit_prompt": "asked",
        "heads_up": "heads-up",
        "reminder": "reminder",
    }
)
"""Events that show in their cell; of two in one cell the one further up."""

_RANK = MappingProxyType({mark: rank for rank, mark in enumerate(dict.fromkeys(MARKS.values()))})

_DAY = 86_400.0

_LONGEST_MARKED = 5 * 60.0
"""Longer cells would be nothing but marks."""

_BREAKS_COUNT = 3.0
"""A break shows in its cell though twice as much of it was spent on something else."""


class Scale(Struct):
    """How a scenario of up to `upto` is drawn: a row's seconds, its cells, and where ticks are."""

    upto: Duration
    row_s: Duration
    cells: int
    ticks: int


def _scale(upto: str, row: str, cells: int, ticks: int) -> Scale:
    return Scale(Duration.parse(upto), Duration.parse(row), cells, ticks)


_SCALES = (
    _scale("15m", "1m", 60, 6),
    _scale("1h", "5m", 60, 5),
    _scale("3h", "15m", 60, 3),
    _scale("36h", "1h", 60, 6),
    _scale("4d", "4h", 48, 4),
    _scale("99999d", "1d", 48, 4),
)

Cell = Activity | str | None
"""What a cell shows: a stretch of time, a mark, or nothing before the start and after the end."""


class Row(Struct):
    """`begins` is the local time of its first cell; the day is only told where it is a new one."""

    begins: datetime
    new_day: bool
    cells: tuple[Cell, ...]


class Grid(Struct):
    """All rows, each a day where `of_days`.

    `ruler` has the distance from the row's begin at every tick, `tick` cells apart.
    """

    rows: tuple[Row, ...]
    ruler: tuple[str, ...]
    tick: int
    of_days: bool


def grid_of(
    watch: Watch, happened: Sequence[Mapping[str, Any]], end: float, *, wide: bool = True
) -> Grid:
    """The grid of a day of `end` seconds; half as fine where it may not be `wide`."""
    scale = next(scale for scale in _SCALES if end <= scale.upto)
    row_s, row_cells = float(scale.row_s), scale.cells if wide else scale.cells // 2
    origin = -_into_row(watch.local(0.0), row_s)
    page = _Page(origin, row_s / row_cells, ceil((end - origin) / row_s) * row_cells)
    cells = _cells(page, watch, happened, end)
    rows = (cells[first : first + row_cells] for first in range(0, page.count, row_cells))
    return Grid(
        tuple(_rows(watch, origin, row_s, rows)),
        tuple(_tick(row_s * tick / scale.ticks) for tick in range(scale.ticks)),
        row_cells // scale.ticks,
        row_s >= _DAY,
    )


def _into_row(local: datetime, row_s: float) -> float:
    return (local.hour * 3600 + local.minute * 60 + local.second) % row_s


def _tick(seconds: float) -> str:
    return Duration(seconds).text if seconds else "0"


class _Page(Struct):
    """Where the cells of a grid begin and how long each is, in seconds."""

    origin: float
    cell_s: float
    count: int

    def cell(self, t: float) -> int:
        """The cell of a time; of the very end, the last one."""
        return min(int((t - self.origin) / self.cell_s), self.count - 1)

    def shares(self, begin: float, end: float) -> Iterator[tuple[int, float]]:
        """Each cell that a stretch of time touches, and for how many seconds."""
        for cell in range(self.cell(begin), self.cell(end) + 1):
            opens = self.origin + cell * self.cell_s
            share = min(end, opens + self.cell_s) - max(begin, opens)
            if share > 0:
                yield cell, share


def _cells(
    page: _Page, watch: Watch, happened: Sequence[Mapping[str, Any]], end: float
) -> list[Cell]:
    spent: list[dict[Activity, float]] = [{} for _ in range(page.count)]
    ends = [*(stretch.begin for stretch in watch.stretches[1:]), end]
    for stretch, until in zip(watch.stretches, ends, strict=True):
        weight = _BREAKS_COUNT if stretch.activity is Activity.BREAK else 1.0
        for cell, share in page.shares(stretch.begin, min(until, end)):
            before = spent[cell].get(stretch.activity, 0.0)
            spent[cell][stretch.activity] = before + weight * share
    cells: list[Cell] = [max(each, key=lambda a: each[a]) if each else None for each in spent]
    if page.cell_s <= _LONGEST_MARKED:
        marked = [event for event in happened if event["event"] in MARKS]
        for event in sorted(marked, key=lambda event: -_RANK[MARKS[event["event"]]]):
            cells[page.cell(event["t"])] = MARKS[event["event"]]
    return cells


def _rows(
    watch: Watch, origin: float, row_s: float, rows: Iterable[Sequence[Cell]]
) -> Iterator[Row]:
    before = None
    for place, cells in enumerate(rows):
        local = watch.local(origin + place * row_s)
        yield Row(local, before != local.date(), tuple(cells))
        before = local.date()
