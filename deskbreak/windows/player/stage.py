"""Where the figure moves: paints the picture of a moment, or the instructions without one."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from deskbreak.windows.animation import Picture
from deskbreak.windows.qt.draw import Known, Strokes, draw, strokes
from deskbreak.windows.qt.theme import NORMAL, Style

RATE = 24
"""Pictures a second; the same moment of the next repetition is the same picture."""

FADE_S = 0.35
_KEPT = 150


class Stage(QLabel):
    """Shows one picture after another; `painted` comes once, after the first real painting.

    A label to screen readers, which pass over a bare widget.
    """

    painted = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._picture: Picture | None = None
        self._lines: Sequence[str] = ()
        self._kept: dict[tuple[object, ...], Strokes] = {}
        self._known: Known = {}
        self._before: QPixmap | None = None
        self._fade_from_s = 0.0
        self._fade = 1.0
        self._first = True
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 130)  # small, but still to be recognised

    def show_picture(self, picture: Picture | None, lines: Sequence[str], now: float) -> None:
        """Show a picture, or these lines where there is none; `now` in seconds, for fading over."""
        if not self._style.still and not self._first and _apart(self._picture, picture):
            self._before = self.grab()
            self._fade_from_s = now
        if self._before is not None:
            self._fade = (now - self._fade_from_s) / FADE_S
            if not 0.0 <= self._fade < 1.0:
                self._before, self._fade = None, 1.0
        if _same_frame(self._picture, picture) and self._lines == lines and self._fade >= 1.0:
            return
        self._picture, self._lines = picture, lines
        self.update()

    def describe(self, name: str, lines: Sequence[str]) -> None:
        """What screen readers say of it; told to them only when it has changed."""
        if name != self.accessibleName():
            self.setAccessibleName(name)
            self.setAccessibleDescription(" ".join(lines))

    @property
    def fading(self) -> bool:
        """Whether one picture is still fading into the next."""
        return self._before is not None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Pictures are made for a size."""
        self._forget()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the picture, and over it what remains of the one before."""
        painter = QPainter(self)
        self._paint_card(painter)
        if self._picture is None:
            self._write(painter)
        else:
            draw(painter, self._strokes(self._picture))
        if self._before is not None:
            painter.setOpacity(1.0 - self._fade)
            painter.drawPixmap(0, 0, self._before)
        painter.end()
        if self._first:
            self._first = False
            QTimer.singleShot(0, self.painted.emit)  # when this painting has reached the screen

    def _paint_card(self, painter: QPainter) -> None:
        """The ground, with round corners that what stands on it is cut to."""
        painter.fillRect(self.rect(), QColor(self._style.theme.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QPainterPath()
        card.addRoundedRect(QRectF(self.rect()), self._style.px(14), self._style.px(14))
        painter.fillPath(card, QColor(self._style.theme.card))
        painter.setClipPath(card)

    def _strokes(self, picture: Picture) -> Strokes:
        key = (self._style.theme.name, *_frame_key(picture))
        made = self._kept.get(key)
        if made is None:
            scene = picture.figure.scene(
                round(picture.t * RATE) / RATE,
                mirrored=picture.mirrored,
                size=(float(self.width()), float(self.height())),
                palette=self._style.theme.figure,
                arrows=True,
            )
            if len(self._kept) >= _KEPT:  # another exercise by now, or a very long movement
                self._kept.clear()
                self._known.clear()
            made = self._kept[key] = strokes(scene, self._known)
        return made

    def _write(self, painter: QPainter) -> None:
        """The instructions, large and in the middle."""
        painter.setPen(QColor(self._style.theme.text))
        painter.setFont(self._style.font(NORMAL * 1.25))
        edge = min(self.width(), self.height()) * 0.08
        area = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        align = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, align, "\n\n".join(self._lines))

    def _forget(self) -> None:
        self._kept.clear()
        self._known.clear()
        self._before, self._fade = None, 1.0
        self.update()


def _frame_key(picture: Picture) -> tuple[object, ...]:
    figure = picture.figure
    return (figure.exercise_id, figure.cycle_s, picture.mirrored, round(picture.t * RATE))


def _same_frame(one: Picture | None, other: Picture | None) -> bool:
    if one is None or other is None:
        return one is other
    return _frame_key(one) == _frame_key(other)


def _apart(one: Picture | None, other: Picture | None) -> bool:
    """Whether one cannot become the other by moving."""
    if one is None or other is None:
        return one is not other
    return (one.figure.exercise_id, one.mirrored) != (other.figure.exercise_id, other.mirrored)
