"""Draws the areas that were moved on the body, from the front and from behind, with their names."""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt

from deskbreak.stats.body import body, standing
from deskbreak.stats.lines import NOTHING
from deskbreak.stats.report import Report
from deskbreak.stats.says import times, word
from deskbreak.windows.qt.draw import draw, strokes
from deskbreak.windows.stats.paper import Paper, Spot

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
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
            says = f"And the whole body {times(whole, 'time')}"
            paper.text(box, says, colour=paper.looks.quiet, align=Qt.AlignmentFlag.AlignCenter)
            paper.spots.append(Spot(box, says))
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
            paper.looks.figure,
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
        paper.line(QPointF(edge - gap * 0.2, y + row), at, paper.looks.quiet, 1.0)
        area = QRectF(left - gap, y, wide, row)
        paper.text(area, texts[0], align=align, strong=True)
        paper.text(area.translated(0, row * 0.95), texts[1], colour=paper.looks.quiet, align=align)
        paper.spots.append(Spot(area.adjusted(0, 0, 0, row), f"{texts[0]}: {texts[1]}"))
