"""A switch, a tick and a choice, drawn in the colours and sizes of the window.

They are Qt's own buttons in all but looks, so keys and screen readers know them.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from deskbreak.windows.qt.sizes import NORMAL
from deskbreak.windows.settings.dress import Dress


class Switch(QCheckBox):
    """On or off; its name is said by the label beside it."""

    def __init__(self, dress: Dress) -> None:
        super().__init__()
        self._dress = dress
        self.setFont(dress.sizes.font(NORMAL))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the track and the ring of focus around it."""
        return QSize(self._dress.px(46), self._dress.px(28))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()

    def hitButton(self, pos: object, /) -> bool:  # noqa: ARG002, N802 - Qt's name
        """All of it can be clicked."""
        return True

    def paintEvent(self, event: QPaintEvent, /) -> None:  # noqa: ARG002, N802 - Qt's name
        """A track with a knob at the end that counts."""
        looks = self._dress.looks
        painter = _painter(self)
        area = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        round_ = area.height() / 2
        on = self.isChecked()
        painter.setBrush(QColor(looks.accent if on else looks.track))
        painter.setPen(QPen(QColor(looks.accent if on else looks.quiet), 1.2))
        painter.drawRoundedRect(area, round_, round_)
        centre = QPointF(area.right() - round_ if on else area.left() + round_, area.center().y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(looks.window if on else looks.quiet))
        painter.drawEllipse(centre, round_ * 0.62, round_ * 0.62)
        if self.hasFocus():
            _ring(painter, area.adjusted(-2.2, -2.2, 2.2, 2.2), round_ + 2, looks.text)
        painter.end()


class Tick(QCheckBox):
    """One of several words, each of which can be ticked."""

    def __init__(self, text: str, dress: Dress) -> None:
        super().__init__(text)
        self._dress = dress
        self.setFont(dress.sizes.font(NORMAL))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A box and the word."""
        return _size(self, self._dress)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()

    def hitButton(self, pos: object, /) -> bool:  # noqa: ARG002, N802 - Qt's name
        """The word can be clicked as well."""
        return True

    def paintEvent(self, event: QPaintEvent, /) -> None:  # noqa: ARG002, N802 - Qt's name
        """A box with a hook in it."""
        painter = _painter(self)
        box = _box(self, self._dress)
        round_ = box.width() * 0.25
        _ground(painter, self, self._dress)
        painter.drawRoundedRect(box, round_, round_)
        if self.isChecked():
            hook = QPen(QColor(self._dress.looks.window), box.width() * 0.13)
            hook.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(hook)
            points = ((0.25, 0.53), (0.44, 0.71), (0.77, 0.31))
            painter.drawPolyline(
                QPolygonF([QPointF(box.x() + x * box.width(), box.y() + y * box.height())
                           for x, y in points])
            )  # fmt: skip
        _word(painter, self, self._dress, box)
        painter.end()


class Pick(QRadioButton):
    """One of several words, of which one counts."""

    def __init__(self, text: str, dress: Dress, *, strong: bool = False) -> None:
        super().__init__(text)
        self._dress = dress
        self.setFont(dress.sizes.font(NORMAL, strong=strong))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A ring and the word."""
        return _size(self, self._dress)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()

    def hitButton(self, pos: object, /) -> bool:  # noqa: ARG002, N802 - Qt's name
        """The word can be clicked as well."""
        return True

    def paintEvent(self, event: QPaintEvent, /) -> None:  # noqa: ARG002, N802 - Qt's name
        """A ring, filled where it counts."""
        painter = _painter(self)
        box = _box(self, self._dress)
        _ground(painter, self, self._dress)
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._dress.looks.window))
            painter.drawEllipse(box.center(), box.width() * 0.19, box.height() * 0.19)
        _word(painter, self, self._dress, box)
        painter.end()


def _painter(button: QAbstractButton) -> QPainter:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not button.isEnabled():
        painter.setOpacity(0.55)
    return painter


def _size(button: QAbstractButton, dress: Dress) -> QSize:
    metrics = button.fontMetrics()
    width = metrics.horizontalAdvance(button.text()) + dress.px(18 + 8 + 16)
    return QSize(width, max(metrics.height(), dress.px(18)) + dress.px(10))


def _box(button: QAbstractButton, dress: Dress) -> QRectF:
    side = float(dress.px(18))
    return QRectF(dress.px(4), (button.height() - side) / 2, side, side)


def _ground(painter: QPainter, button: QAbstractButton, dress: Dress) -> None:
    looks = dress.looks
    on = button.isChecked()
    painter.setPen(QPen(QColor(looks.accent if on else looks.quiet), 1.3))
    painter.setBrush(QColor(looks.accent if on else looks.button))


def _word(painter: QPainter, button: QAbstractButton, dress: Dress, box: QRectF) -> None:
    painter.setPen(QColor(dress.looks.text))
    area = QRectF(button.rect())
    area.setLeft(box.right() + dress.px(8))
    painter.setFont(button.font())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, button.text())
    if button.hasFocus():
        _ring(painter, QRectF(button.rect()).adjusted(1, 1, -1, -1), dress.px(6), dress.looks.text)


def _ring(painter: QPainter, area: QRectF, round_: float, colour: str) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 1.6))
    painter.drawRoundedRect(area, round_, round_)
