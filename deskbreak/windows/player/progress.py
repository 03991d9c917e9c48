"""How far it is: the time left as a ring, a repetition and the routine as bars that fill."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from deskbreak.content.playback import Frame, Part, Timeline
from deskbreak.windows.qt.draw import smooth_painter
from deskbreak.windows.qt.theme import HUGE, Style

Pieces = Sequence[tuple[float, float]]
"""Where each piece of a bar begins and ends, from 0 to 1."""


class Tempo(QWidget):
    """A bar of one repetition; keeps its place, and shows nothing, where there is no tempo."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._beats: tuple[int, ...] = ()
        self._into_s = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame) -> None:
        """Show a moment; in still pictures one beat after the other, not a moving edge."""
        beats, into = beats_of(frame)
        if self._style.still:
            into = float(next((end for end in accumulate(beats) if into < end), sum(beats)))
        if (beats, into) != (self._beats, self._into_s):
            self._beats, self._into_s = beats, into
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint a piece for each beat, filled as far as the repetition has come."""
        if total := sum(self._beats):
            ends = [end / total for end in accumulate(filter(None, self._beats), initial=0)]
            _paint_bar(self, self._style, list(pairwise(ends)), self._into_s / total, 3)


def beats_of(frame: Frame) -> tuple[tuple[int, ...], float]:
    """The seconds of each beat of the repetition under way, and how far into it one is."""
    exercise = frame.exercise
    if not frame.rep or not exercise.tempo or not exercise.rep_s:
        return (), 0.0
    return exercise.tempo, frame.passed_s - (frame.rep.number - 1) * exercise.rep_s


def _paint_bar(bar: QWidget, style: Style, pieces: Pieces, progress: float, gap: int) -> None:
    """Paint the pieces, with gaps between them, filled up to `progress` (0 to 1) of the whole."""
    painter = smooth_painter(bar)
    painter.setPen(Qt.PenStyle.NoPen)
    between, height = style.px(gap), float(bar.height())
    room = bar.width() - between * (len(pieces) - 1)
    for number, (begin, end) in enumerate(pieces):
        x, width = begin * room + number * between, (end - begin) * room
        share = max(0.0, min(1.0, (progress - begin) / (end - begin)))
        for part, colour in ((1.0, style.theme.track), (share, style.theme.accent)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(x, 0, width * part, height), height / 2, height / 2)
    painter.end()


class Ring(QLabel):
    """The time left of what is going on; two bars in place of the number while it is paused.

    A label to screen readers, which pass over a bare widget.
    """

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._left = 1.0
        self._seconds = ""
        self._part = Part.LEAD_IN
        self._paused = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame) -> None:
        """Show a moment; in still pictures a step a second, for those whom movement troubles."""
        seconds = ceil(frame.left_s)
        shown = min(float(seconds), frame.segment.length_s) if self._style.still else frame.left_s
        self._left = shown / frame.segment.length_s
        self._part, self._paused = frame.segment.part, frame.paused
        if str(seconds) != self._seconds:
            self._seconds = str(seconds)
            self.setAccessibleName(f"{seconds} seconds left")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint track, arc and number."""
        painter = smooth_painter(self)
        side = min(self.width(), self.height())
        width = side * 0.062
        circle = QRectF(0, 0, side - width - 2, side - width - 2)
        circle.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        pen = QPen(QColor(self._style.theme.track), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(circle)
        if self._left > 0.002:
            pen.setColor(QColor(self._colour()))
            painter.setPen(pen)
            painter.drawArc(circle, 90 * 16, round(360 * 16 * self._left))
        if self._paused:
            self._paint_bars(painter, circle)
        else:
            painter.setPen(QColor(self._style.theme.text))
            font = self._style.font(HUGE, strong=True)
            font.setPixelSize(max(12, round(circle.width() * 0.38)))
            painter.setFont(font)
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._seconds)
        painter.end()

    def _paint_bars(self, painter: QPainter, circle: QRectF) -> None:
        side = circle.width()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._style.theme.text))
        for offset in (-0.115, 0.035):
            bar = QRectF(0, 0, side * 0.08, side * 0.27)
            bar.moveTopLeft(circle.center() + QPointF(side * offset, -side * 0.135))
            painter.drawRoundedRect(bar, side * 0.02, side * 0.02)

    def _colour(self) -> str:
        if self._paused:
            return self._style.theme.quiet
        return self._style.theme.warm if self._part is Part.SWITCH else self._style.theme.accent


class Track(QProgressBar):
    """A progress bar to screen readers, a row of pieces to the eye."""

    def __init__(self, line: Timeline, style: Style) -> None:
        super().__init__()
        self._style = style
        self._pieces = pieces(line)
        self._progress = 0.0
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setAccessibleName("Progress of the routine")

    def show_frame(self, frame: Frame) -> None:
        """Show how far it is."""
        self._progress = frame.progress
        percent = round(frame.progress * 100)
        if percent != self.value():  # which paints at once, so not with every picture
            self.setValue(percent)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint a piece for each step."""
        _paint_bar(self, self._style, self._pieces, self._progress, 4)


def pieces(line: Timeline) -> Pieces:
    """Where each step begins and ends, from 0 to 1 of the routine."""
    steps = range(len(line.routine.steps) + 1)
    return list(pairwise(line.begin_of(step) / line.total_s for step in steps))
