"""The part of the window that shows a chart, and lets a pointer or keys ask what is where."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import Sizes
from deskbreak.windows.stats.paper import Paper, Spot

Drawing = Callable[[Paper], Sequence[Spot]]

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class ChartView(QWidget):
    """A chart. `pointed` says the sentence of the place that was pointed at, "" for none."""

    pointed = Signal(str)

    def __init__(self, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._sizes = sizes
        self._drawing: Drawing | None = None
        self._spots: list[Spot] = []
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_drawing(self, drawing: Drawing, name: str, description: str) -> None:
        """Draw something else; name and description are what a screen reader says."""
        self._drawing = drawing
        self._at = None
        self._spots = []
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.pointed.emit("")
        self.update()

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide rather than high."""
        return QSize(self._sizes.px(820), self._sizes.px(330))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Below this nothing can be told apart."""
        return QSize(self._sizes.px(360), self._sizes.px(190))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the chart, and a frame around what is pointed at."""
        if self._drawing is None:
            return
        painter = QPainter(self)
        margin = self._sizes.px(6)
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        self._spots = list(self._drawing(Paper(painter, area, self._looks, self._sizes)))
        if self._at is not None and self._at < len(self._spots):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._looks.text), 2.0))
            frame = self._spots[self._at].area.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(frame, 3, 3)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._looks.accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go from place to place, Home and End to the first and the last."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if plain and self._spots and key in _STEPS:
            step = _STEPS[key]
            before = self._at if self._at is not None else (-1 if step > 0 else len(self._spots))
            self.point(min(len(self._spots) - 1, max(0, before + step)))
        elif self._spots and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.point(0 if key == Qt.Key.Key_Home else len(self._spots) - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Say what lies under the pointer."""
        self.point(self._under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer has gone."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point(None)

    def point(self, at: int | None) -> None:
        """Point at the place of that number."""
        if at == self._at:
            return
        self._at = at
        says = self._spots[at].says if at is not None else ""
        self.pointed.emit(says)
        self.update()
        if says and self.hasFocus():
            self.setAccessibleDescription(says)
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )

    def _under(self, place: QPointF) -> int | None:
        found = [n for n, spot in enumerate(self._spots) if spot.area.contains(place)]
        # The smallest: a break of two minutes lies in front of the bout around it.
        return min(found, key=lambda n: self._spots[n].area.width(), default=None)
