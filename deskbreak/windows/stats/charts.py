"""Draws a view: the day along the clock, days as bars, a year as a map."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt

from deskbreak.core.enums import Activity
from deskbreak.stats.body import body, standing
from deskbreak.stats.day import Day
from deskbreak.stats.lines import NOTHING, is_long
from deskbreak.stats.period import SHADES, Span, cells, months, years
from deskbreak.stats.report import Report
from deskbreak.stats.timeline import Block, Part, Timeline
from deskbreak.text.durations import brief
from deskbreak.text.stats import times, word
from deskbreak.windows.qt.draw import draw, strokes
from deskbreak.windows.qt.theme import SMALL
from deskbreak.windows.stats.canvas import Paper, Spot

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_HOUR = 3600
_PARTS = {
    Part.SITTING: "sitting", Part.STANDING: "standing", Part.WALK: "moving",
    Part.STRETCH: "moving", Part.PAUSED: "paused", Part.HELD: "paused",
}  # fmt: skip
_NAMES = {
    Part.SITTING: "Sitting", Part.STANDING: "Standing", Part.WALK: "Walk",
    Part.STRETCH: "Routine", Part.PAUSED: "Paused", Part.HELD: "A prompt would have waited",
}  # fmt: skip
_DEPTHS = {Part.HELD: 0, Part.PAUSED: 1, Part.SITTING: 2, Part.STANDING: 2}
"""Holds lie behind, breaks in front: the shortest is seen."""
_STACK = (
    ("sitting", Activity.SITTING), ("standing", Activity.STANDING), ("moving", Activity.BREAK),
)  # fmt: skip
_TEXTS_IN_A_WEEK = 10


def chart(paper: Paper, made: Report) -> list[Spot]:
    """Draw the report on the paper; what can be pointed at, in reading order."""
    if made.empty and made.period.span is not Span.YEAR:
        paper.note(NOTHING)
    elif made.timeline is not None and made.period.span is Span.DAY:
        _day(paper, made.timeline, made)
    elif is_long(made):
        _years(paper, made)
    else:
        _bars(paper, made)
    return paper.spots


# ------------------------------------------------------------------------------------- a day


def _day(paper: Paper, drawn: Timeline, made: Report) -> None:
    _legend(paper)
    begin, end = drawn.hours
    if begin == end:
        paper.note(NOTHING)
        return
    area, row = paper.area, paper.height()
    marks, hours = row * 1.2, row * 1.5
    high = min(area.height() - marks - hours, row * 14)
    top = area.top() + marks + max(0.0, (area.height() - marks - hours - high) / 2)
    track = QRectF(area.left(), top, area.width(), high)
    paper.block(track, paper.theme.track, round_=6)

    def x(wall: float) -> float:
        return track.left() + (wall - begin) / (end - begin) * track.width()

    for block in sorted(drawn.blocks, key=lambda block: _DEPTHS.get(block.part, 3)):
        _block(paper, drawn, block, made, QRectF(x(block.begin), track.top(),
               max(2.0, x(block.end) - x(block.begin)), high))  # fmt: skip
    side = row * 0.45
    for wall in drawn.prompts:
        area = QRectF(x(wall) - side / 2, track.top() - row * 0.25 - side, side, side)
        text = f"Prompt at {drawn.local(wall):%H:%M}"
        paper.block(area, paper.theme.text, round_=side, text=text)
    _hours(paper, drawn, track, begin, round((end - begin) / _HOUR))
    paper.spots.sort(key=lambda spot: (spot.area.left(), spot.area.top()))


def _legend(paper: Paper) -> None:
    paper.legend([(name.capitalize(), getattr(paper.ink, name)) for name, _ in _STACK])


def _block(paper: Paper, drawn: Timeline, block: Block, made: Report, area: QRectF) -> None:
    name = _NAMES[block.part]
    if block.part is Part.STRETCH and block.what in made.atlas:
        name = made.atlas[block.what].name
    text = (
        f"{drawn.local(block.begin):%H:%M} to {drawn.local(block.end):%H:%M}: "
        f"{name}, {brief(block.length_s)}"
    )
    colour = getattr(paper.ink, _PARTS[block.part])
    if block.part is Part.HELD:
        area = QRectF(area.left(), area.bottom() - 4, area.width(), 4)
    paper.block(area, colour, round_=3, text=text)


def _hours(paper: Paper, drawn: Timeline, track: QRectF, begin: float, hours: int) -> None:
    wide = track.width() / hours
    every = next((n for n in (1, 2, 3, 4, 6, 12) if wide * n >= paper.width("00:00") * 1.2), 24)
    for hour in range(0, hours + 1, every):
        at = track.left() + wide * hour
        paper.line(QPointF(at, track.bottom()), QPointF(at, track.bottom() + 4), paper.theme.quiet)
        label = f"{drawn.local(begin + _HOUR * hour):%H:%M}"
        half = paper.width(label) / 2
        at = min(max(at, track.left() + half), track.right() - half)
        area = QRectF(at - half - 1, track.bottom() + 4, 2 * half + 4, paper.height() * 1.3)
        paper.text(area, label, colour=paper.theme.quiet, align=_CENTRE)


# --------------------------------------------------------------------------- a week, a month


def _bars(paper: Paper, made: Report) -> None:
    _legend(paper)
    known = {day.day: day for day in made.days}
    area, row = paper.area, paper.height()
    most = max(sum(day.of(part) for _, part in _STACK) for day in made.days)
    top = max(1, -(-most // _HOUR))
    step = next(n for n in (1, 2, 3, 4, 6, 8, 12, 24) if top / n <= area.height() / row / 2)
    top = -(-top // step) * step
    left = paper.width("00 h") + row * 0.7
    plot = QRectF(area.left() + left, area.top() + row * 0.8, area.width() - left,
                  area.height() - row * 3.4)  # fmt: skip
    for hour in range(0, top + 1, step):
        y = plot.bottom() - hour / top * plot.height()
        paper.line(QPointF(plot.left(), y), QPointF(plot.right(), y), paper.theme.track)
        box = QRectF(area.left(), y - row, left - row * 0.5, 2 * row)
        paper.text(box, f"{hour} h", colour=paper.theme.quiet, align=_RIGHT)
    days = made.period.days()
    wide = plot.width() / len(days)
    for number, when in enumerate(days):
        column = QRectF(plot.left() + wide * number, plot.top(), wide, plot.height())
        _column(paper, column, when, known.get(when), top * _HOUR)
        _under(paper, column, when, known.get(when), len(days))


def _column(paper: Paper, column: QRectF, when: date, day: Day | None, top_s: int) -> None:
    text = f"{_named(when)}: "
    if day is None:
        paper.spots.append(Spot(column, f"{text}nothing on record"))
        return
    bar = min(column.width() * 0.62, paper.height() * 4)
    x, y = column.center().x() - bar / 2, column.bottom()
    for name, activity in _STACK:
        high = day.of(activity) / top_s * column.height()
        if high > 0:
            y -= high
            paper.block(QRectF(x, y, bar, high), getattr(paper.ink, name))
    spent = ", ".join(f"{brief(day.of(part))} {name}" for name, part in _STACK if day.of(part))
    paper.spots.append(Spot(column, f"{text}{spent}; {times(day.breaks, 'break')}"))


def _under(paper: Paper, column: QRectF, when: date, day: Day | None, number: int) -> None:
    row = paper.height()
    few = number <= _TEXTS_IN_A_WEEK
    if not few and when.day % 5 != 1:
        return
    name = f"{when:%a} {when.day}" if few else str(when.day)
    box = QRectF(column.center().x() - row * 3, column.bottom() + row * 0.2, row * 6, row * 1.2)
    paper.text(box, name, colour=paper.theme.text, align=_CENTRE)
    if few and day is not None:
        box.translate(0, row * 1.1)
        text = times(day.breaks, "break")
        paper.text(box, text, colour=paper.theme.quiet, align=_CENTRE)


# ------------------------------------------------------------------------------------ a year


def _named(when: date) -> str:
    return f"{when:%A}, {when.day} {when:%B}"


def _years(paper: Paper, made: Report) -> None:
    shades = [paper.ink.shade(paper.theme, n, SHADES) for n in range(1, SHADES + 1)]
    names = [*("" for _ in shades[1:]), "Fewer to more breaks"]
    nobody = ("Not at the desk", paper.ink.shade(paper.theme, 0, SHADES))
    paper.legend([nobody, *zip(names, shades, strict=True)])
    first, last = made.period.first, made.period.last
    if made.period.span is not Span.YEAR and made.days:
        first, last = made.days[0].day, made.days[-1].day
    cuts = years(first, last)
    high = paper.area.height() / len(cuts)
    for number, cut in enumerate(cuts):
        area = QRectF(paper.area.left(), paper.area.top() + high * number, paper.area.width(), high)
        _year(paper, area.adjusted(0, 0, 0, -4), made, *cut)


def _year(paper: Paper, area: QRectF, made: Report, first: date, last: date) -> None:
    row = paper.height()
    found = cells(first, last, made.days)
    left = paper.width("Mon") + row * 0.6
    columns = found[-1].column + 1
    side = min((area.width() - left) / max(columns, 53), (area.height() - row * 1.6) / 7)
    high = min(side * 1.5, (area.height() - row * 1.6) / 7)
    side = max(side, min((area.width() - left) / max(columns, 53), high))
    top = area.top() + row * 1.5 + max(0.0, (area.height() - row * 1.6 - 7 * high) / 3)
    for number, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun")):
        if high >= row * 0.55:
            box = QRectF(area.left(), top + high * number, left - row * 0.6, high)
            paper.text(box, name, colour=paper.theme.quiet, align=_RIGHT)
    free = area.left()
    for column, name in months(found):
        x = area.left() + left + side * column
        if x >= free:
            label = (
                f"{name} {first.year}" if column == 0 and made.period.span is Span.RANGE else name
            )
            box = QRectF(x, top - row * 1.3, paper.width(label, SMALL) + 4, row * 1.2)
            paper.text(box, label, colour=paper.theme.quiet)
            free = x + paper.width(label) + row * 0.5
    for cell in found:
        spent = f"{times(cell.breaks, 'break')}, {brief(cell.sitting_s)} sitting"
        text = f"{_named(cell.day)}: {spent if cell.strength else 'nothing on record'}"
        box = QRectF(area.left() + left + side * cell.column, top + high * cell.row, side, high)
        gap = max(0.5, side * 0.08)
        paper.block(
            box.adjusted(gap, gap, -gap, -gap),
            paper.ink.shade(paper.theme, cell.strength, SHADES), text=text,
        )  # fmt: skip


_SIDES = ("front", "behind")


class Areas:
    """The figure, read once from the folder of poses."""

    def __init__(self, poses: Path) -> None:
        self._poses = poses

    @cached_property
    def _figures(self) -> Mapping[str, Any]:
        bases = tomllib.loads((self._poses / "bases.toml").read_text(encoding="utf-8"))
        return {side: standing(bases.get("pose", {}), side) for side in _SIDES}

    def draw(self, paper: Paper, made: Report) -> list[Spot]:
        """Draw the areas of the report; what can be pointed at, in reading order."""
        visits = made.summary.areas
        if made.empty:
            paper.note(NOTHING)
            return paper.spots
        if not visits:
            paper.note("No routine in this time. A walk is as good a break as any.")
            return paper.spots
        area = paper.area
        row = paper.height()
        whole = visits.get("whole_body", 0)
        if whole:
            box = QRectF(area.left(), area.bottom() - row * 1.4, area.width(), row * 1.4)
            text = f"And the whole body {times(whole, 'time')}"
            paper.text(box, text, colour=paper.theme.quiet, align=Qt.AlignmentFlag.AlignCenter)
            paper.spots.append(Spot(box, text))
            area = area.adjusted(0, 0, 0, -row * 1.6)
        half = area.width() / 2
        names = paper.width("upper back") + paper.width(" 000 times") + row
        wide = max(min(half - names, area.height() * 0.75), 80.0)
        for side in _SIDES:
            left = area.center().x() - wide - row * 0.5 if side == "front" else (
                area.center().x() + row * 0.5
            )  # fmt: skip
            self._side(paper, made, side, QRectF(left, area.top(), wide, area.height()))
        return paper.spots

    def _side(self, paper: Paper, made: Report, side: str, box: QRectF) -> None:
        scene, spots = body(
            self._figures[side], side, made.summary.areas, (box.width(), box.height()),
            paper.theme.figure,
        )  # fmt: skip
        paper.painter.save()
        paper.painter.translate(box.topLeft())
        draw(paper.painter, strokes(scene))
        paper.painter.restore()
        row = paper.height()
        free = box.top()
        for spot in sorted(spots, key=lambda one: one.y):
            number = made.summary.areas[spot.area.value]
            y = max(box.top() + spot.y - row, free)
            free = y + row * 2.1
            name = word(spot.area.value).capitalize()
            at = QPointF(box.left() + spot.x, box.top() + spot.y)
            self._label(paper, side, box, y, (name, times(number, "time")), at)

    def _label(
        self, paper: Paper, side: str, box: QRectF, y: float, texts: tuple[str, str], at: QPointF
    ) -> None:
        row = paper.height()
        wide = paper.width("upper back") * 1.6
        if side == "front":
            left, edge = box.left() - wide, box.left()
            align = _RIGHT
        else:
            left, edge = box.right(), box.right()
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        gap = row * 0.4 * (1 if side == "front" else -1)
        paper.line(QPointF(edge - gap * 0.2, y + row), at, paper.theme.quiet, 1.0)
        area = QRectF(left - gap, y, wide, row)
        paper.text(area, texts[0], align=align, strong=True)
        paper.text(area.translated(0, row * 0.95), texts[1], colour=paper.theme.quiet, align=align)
        paper.spots.append(Spot(area.adjusted(0, 0, 0, row), f"{texts[0]}: {texts[1]}"))
