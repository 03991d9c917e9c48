"""The countdown: a ring that empties around the seconds that are left."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from deskbreak.core.routine import Frame, Part
from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import HUGE, Sizes


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
