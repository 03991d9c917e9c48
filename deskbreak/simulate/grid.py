"""A replayed day as rows of cells, each cell a stretch of time and what it was spent on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil, inf
from types import MappingProxyType
from typing import Any

from deskbreak.core.enums import Activity
from deskbreak.settings.values import Duration
from deskbreak.simulate.replay import Watch
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

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0

_LONGEST_MARKED = 5 * _MINUTE
"""Longer cells would be nothing but marks."""

_BREAKS_COUNT = 3.0
"""A break shows in its cell though twice as much of it was spent on something else."""


class Scale(Struct):
    """How a scenario of up to `upto` is drawn: a row's seconds, its cells, and where ticks are."""

    upto: float
    row_s: float
    cells: int
    ticks: int


_SCALES = (
    Scale(15 * _MINUTE, _MINUTE, 60, 6),
    Scale(_HOUR, 5 * _MINUTE, 60, 5),
    Scale(3 * _HOUR, 15 * _MINUTE, 60, 3),
    Scale(36 * _HOUR, _HOUR, 60, 6),
    Scale(4 * _DAY, 4 * _HOUR, 48, 4),
    Scale(inf, _DAY, 48, 4),
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
    row_s, row_cells = scale.row_s, scale.cells if wide else scale.cells // 2
    begins = watch.local(0.0)
    origin = -((begins.hour * 3600 + begins.minute * 60 + begins.second) % row_s)
    page = _Page(origin, row_s / row_cells, ceil((end - origin) / row_s) * row_cells)
    cells = _cells(page, watch, happened, end)
    rows = (cells[first : first + row_cells] for first in range(0, page.count, row_cells))
    return Grid(
        tuple(_rows(watch, origin, row_s, rows)),
        ("0", *(Duration(row_s * tick / scale.ticks).text for tick in range(1, scale.ticks))),
        row_cells // scale.ticks,
        row_s >= _DAY,
    )


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
