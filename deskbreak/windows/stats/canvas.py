"""What every chart draws with: colours by activity, text, and places that say something."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskbreak.content.figure.palette import mix
from deskbreak.struct import Struct
from deskbreak.text.display import one_line
from deskbreak.windows.qt.theme import NORMAL, SMALL, Style, Theme

_LEFT = Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Spot(Struct):
    """A place in a chart that says something when it is pointed at or reached by key."""

    area: QRectF
    text: str


class Ink(Struct):
    """The colours of what is drawn, made from the window's own."""

    sitting: str
    standing: str
    moving: str
    paused: str

    @classmethod
    def of(cls, theme: Theme) -> "Ink":
        """Colours that differ in lightness as well, for eyes that see few hues."""
        strong = theme.name.startswith("contrast")
        standing = theme.text if strong else mix(theme.accent, theme.text, 0.55)
        return cls(
            sitting=theme.accent,
            standing=standing,
            moving=theme.figure.accent,
            paused=mix(theme.track, theme.quiet, 0.25),
        )

    def shade(self, theme: Theme, strength: int, most: int) -> str:
        """The colour of a day in the year's map; strength 0 is a day without a record."""
        if strength == 0:
            return mix(theme.window, theme.track, 0.6)
        return mix(theme.track, self.moving, 0.25 + 0.75 * (strength - 1) / (most - 1))


class Paper:
    """A painter with our colours and sizes; `spots` collects what can be pointed at."""

    def __init__(self, painter: QPainter, area: QRectF, style: Style) -> None:
        self.painter = painter
        self.area = area
        self.style = style
        self.theme = style.theme
        self.ink = Ink.of(style.theme)
        self.spots: list[Spot] = []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def block(self, area: QRectF, colour: str, *, round_: float = 2.0, text: str = "") -> None:
        """A filled block."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        corner = min(round_, area.width() / 2, area.height() / 2)
        self.painter.drawRoundedRect(area, corner, corner)
        if text:
            self.spots.append(Spot(area, text))

    def line(self, begin: QPointF, end: QPointF, colour: str, width: float = 1.0) -> None:
        """A straight line."""
        self.painter.setPen(QPen(QColor(colour), width))
        self.painter.drawLine(begin, end)

    def text(  # a text is all of this
        self, area: QRectF, text: str, *, colour: str = "", size: float = SMALL,
        align: Qt.AlignmentFlag = _LEFT | _MIDDLE, strong: bool = False,
    ) -> None:  # fmt: skip
        """Text in a box; what does not fit ends in dots."""
        self.painter.setFont(self.style.font(size, strong=strong))
        self.painter.setPen(QColor(colour or self.theme.text))
        metrics = QFontMetricsF(self.painter.font())
        short = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, area.width() + 1)
        self.painter.drawText(area, int(align), short)

    def width(self, text: str, size: float = SMALL) -> float:
        """How wide a text is."""
        return QFontMetricsF(self.style.font(size)).horizontalAdvance(text)

    def height(self, size: float = SMALL) -> float:
        """How high a line of text is."""
        return QFontMetricsF(self.style.font(size)).height()

    def note(self, text: str) -> None:
        """One sentence in the middle, where there is nothing to draw."""
        align = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        high = min(self.area.height(), self.height() * 9)
        box = QRectF(self.area.left(), self.area.center().y() - high / 2, self.area.width(), high)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(QColor(self.theme.edge), 1.5, Qt.PenStyle.DashLine))
        self.painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
        self.painter.setFont(self.style.font(NORMAL))
        self.painter.setPen(QColor(self.theme.quiet))
        self.painter.drawText(box, int(align), text)
        self.spots.append(Spot(box, text))

    def legend(self, entries: Sequence[tuple[str, str]]) -> None:
        """Names of colours along the bottom edge; takes that room from the area."""
        row = self.height() * 1.6
        y = self.area.bottom() - row
        x = self.area.left()
        side = self.height() * 0.7
        for name, colour in entries:
            self.block(QRectF(x, y + (row - side) / 2, side, side), colour)
            wide = self.width(name)
            self.text(QRectF(x + side * 1.5, y, wide + 2, row), name, colour=self.theme.quiet)
            x += side * 1.5 + wide + side * 1.8 if name else side * 1.2
        self.area = self.area.adjusted(0, 0, 0, -row)


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

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
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

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide rather than high."""
        return QSize(self._style.px(820), self._style.px(330))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Below this nothing can be told apart."""
        return QSize(self._style.px(360), self._style.px(190))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw the chart, and a frame around what is pointed at."""
        if self._drawing is None:
            return
        painter = QPainter(self)
        margin = self._style.px(6)
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        self._spots = list(self._drawing(Paper(painter, area, self._style)))
        if self._at is not None and self._at < len(self._spots):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._style.theme.text), 2.0))
            frame = self._spots[self._at].area.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(frame, 3, 3)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._style.theme.accent), 1.5))
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
        text = self._spots[at].text if at is not None else ""
        self.pointed.emit(text)
        self.update()
        if text and self.hasFocus():
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )

    def _under(self, place: QPointF) -> int | None:
        found = [n for n, spot in enumerate(self._spots) if spot.area.contains(place)]
        # The smallest: a break of two minutes lies in front of the bout around it.
        return min(found, key=lambda n: self._spots[n].area.width(), default=None)
