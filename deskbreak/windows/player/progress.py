"""The tempo of a repetition: its beats as a bar that fills, out, hold and back."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from deskbreak.content.playback import Frame, Part, Timeline
from deskbreak.windows.qt.theme import HUGE, Looks, Sizes


class Tempo(QWidget):
    """A bar of one repetition; keeps its place, and shows nothing, where there is no tempo."""

    def __init__(self, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._sizes = sizes
        self._beats: tuple[int, ...] = ()
        self._into_s = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame, *, smooth: bool) -> None:
        """Show a moment; not `smooth`: one beat after the other instead of a moving edge."""
        beats, into = beats_of(frame)
        if not smooth:
            into = float(_end_of_beat(beats, into))
        if (beats, into) != (self._beats, self._into_s):
            self._beats, self._into_s = beats, into
            self.update()

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(self._sizes.px(150), self._sizes.px(7))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint a piece for each beat, filled as far as the repetition has come."""
        total = sum(self._beats)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, height = self._sizes.px(3), float(self.height())
        shown = [beat for beat in self._beats if beat]
        room = self.width() - gap * (len(shown) - 1)
        x, start = 0.0, 0.0
        for beat in shown:
            width = room * beat / total
            share = max(0.0, min(1.0, (self._into_s - start) / beat))
            for part, colour in ((1.0, self._looks.track), (share, self._looks.accent)):
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(x, 0, width * part, height), height / 2, height / 2)
            x, start = x + width + gap, start + beat
        painter.end()


def beats_of(frame: Frame) -> tuple[tuple[int, ...], float]:
    """The seconds of each beat of the repetition under way, and how far into it one is."""
    exercise = frame.exercise
    if not frame.rep or not exercise.tempo or not exercise.rep_s:
        return (), 0.0
    return exercise.tempo, frame.passed_s - (frame.rep.number - 1) * exercise.rep_s


def _end_of_beat(beats: tuple[int, ...], into_s: float) -> int:
    end = 0
    for beat in beats:
        end += beat
        if into_s < end:
            return end
    return end


class Ring(QLabel):
    """The time left of what is going on; two bars in place of the number while it is paused.

    A label to screen readers, which pass over a bare widget.
    """

    def __init__(self, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._sizes = sizes
        self._left = 1.0
        self._seconds = ""
        self._part = Part.LEAD_IN
        self._paused = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame, *, smooth: bool) -> None:
        """Show a moment; not `smooth`: a step a second, for those whom movement troubles."""
        seconds = ceil(frame.left_s)
        shown = frame.left_s if smooth else min(float(seconds), frame.segment.length_s)
        self._left = shown / frame.segment.length_s
        self._part, self._paused = frame.segment.part, frame.paused
        if str(seconds) != self._seconds:
            self._seconds = str(seconds)
            self.setAccessibleName(f"{seconds} seconds left")
        self.update()

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as its number needs."""
        side = self._sizes.px(148)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint track, arc and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        width = side * 0.062
        circle = QRectF(0, 0, side - width - 2, side - width - 2)
        circle.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        pen = QPen(QColor(self._looks.track), width)
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
            painter.setPen(QColor(self._looks.text))
            font = self._sizes.font(HUGE, strong=True)
            font.setPixelSize(max(12, round(circle.width() * 0.38)))
            painter.setFont(font)
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._seconds)
        painter.end()

    def _paint_bars(self, painter: QPainter, circle: QRectF) -> None:
        side = circle.width()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._looks.text))
        for offset in (-0.115, 0.035):
            bar = QRectF(0, 0, side * 0.08, side * 0.27)
            bar.moveTopLeft(circle.center() + QPointF(side * offset, -side * 0.135))
            painter.drawRoundedRect(bar, side * 0.02, side * 0.02)

    def _colour(self) -> str:
        if self._paused:
            return self._looks.quiet
        return self._looks.warm if self._part is Part.SWITCH else self._looks.accent


class Track(QProgressBar):
    """A progress bar to screen readers, a row of pieces to the eye."""

    def __init__(self, line: Timeline, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._sizes = sizes
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

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin line."""
        return QSize(200, self._sizes.px(6))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Just as thin."""
        return QSize(60, self._sizes.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the pieces."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, height = self._sizes.px(4), float(self.height())
        room = self.width() - gap * (len(self._pieces) - 1)
        for number, (begin, end) in enumerate(self._pieces):
            x, width = begin * room + number * gap, (end - begin) * room
            share = max(0.0, min(1.0, (self._progress - begin) / (end - begin)))
            for part, colour in ((1.0, self._looks.track), (share, self._looks.accent)):
                painter.setBrush(QColor(colour))
                piece = QRectF(x, 0, width * part, height)
                painter.drawRoundedRect(piece, height / 2, height / 2)
        painter.end()


def pieces(line: Timeline) -> list[tuple[float, float]]:
    """Where each step begins and ends, from 0 to 1 of the routine."""
    total = line.total_s
    count = len(line.routine.steps)
    return [(line.begin_of(n) / total, line.begin_of(n + 1) / total) for n in range(count)]
