"""Labels and buttons that look the same on every desktop, and text that Qt takes as text."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy

from deskbreak.text.display import lines, markup, one_line
from deskbreak.windows.qt.theme import NORMAL, Style


class Sign(StrEnum):
    """What is drawn before the text."""

    NONE = ""
    BACK = "back"
    PAUSE = "pause"
    PLAY = "play"
    SKIP = "skip"
    EASIER = "easier"
    END = "end"


class Button(QAbstractButton):
    """A button; `key` names the key that does the same, and is told to screen readers.

    `main` buttons are filled: the one that most people want. `show_key` writes the key before the
    text.
    """

    def __init__(
        self, text: str, style: Style, *, sign: Sign = Sign.NONE, key: str = "",
        main: bool = False, show_key: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._style = style
        self._sign = sign
        self._main = main
        self._key = key
        self._shown_key = key if show_key else ""
        self._short = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say(text, sign)

    def say(self, text: str, sign: Sign | None = None) -> None:
        """Take another text, and another sign."""
        if sign is not None:
            self._sign = sign
        text = one_line(text)
        self.setText(text)
        self.setShortcut(QKeySequence())  # an ampersand in a name is no key
        self.setAccessibleName(text)
        if self._key:
            self.setToolTip(tooltip(f"{text} ({self._key})"))
            self.setAccessibleDescription(f"Key: {self._key}")
        self.updateGeometry()
        self.update()

    def resized(self, *, short: bool = False) -> None:
        """The sizes are others now; `short` leaves the sign alone where there is little room."""
        self._short = short and bool(self._sign)
        self.updateGeometry()
        self.update()

    def width_of(self, *, short: bool) -> int:
        """How wide it wants to be, with its text or without."""
        self.setFont(self._style.font(NORMAL))
        metrics = self.fontMetrics()
        if short and self._sign:
            return metrics.height() + self._style.px(20)
        sign = round(metrics.height() * 1.2) if self._sign else 0
        if self._shown_key:
            sign = metrics.horizontalAdvance(f"{self._shown_key}  ")
        return metrics.horizontalAdvance(self.text()) + sign + self._style.px(28)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space and Enter press it; every other key means what it means in the window.

        In a group arrows lead to the others, of which Tab reaches the chosen one alone.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space or self.group() is not None:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Text and sign with air around them."""
        width = self.width_of(short=self._short)
        return QSize(width, self.fontMetrics().height() + self._style.px(18))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Nothing is cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint ground, edge, sign and text."""
        theme = self._style.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, text, edge = theme.button, theme.text, theme.edge
        if self._main or self.isChecked():
            ground, text, edge = theme.accent, theme.window, theme.accent
        elif self.underMouse():
            ground = theme.button_over
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(theme.text if self.hasFocus() else edge), width))
        painter.setBrush(QColor(ground))
        sunk = 1.0 if self.isDown() else 0.0
        area = QRectF(self.rect()).adjusted(1.5, 1.5 + sunk, -1.5, -1.5)
        round_ = min(self._style.px(10), area.height() / 2)
        painter.drawRoundedRect(area, round_, round_)
        self._paint_text(painter, area, text)
        painter.end()

    def _paint_text(self, painter: QPainter, area: QRectF, colour: str) -> None:
        painter.setFont(self.font())
        metrics = self.fontMetrics()
        text = "" if self._short else self.text()
        text_width = metrics.horizontalAdvance(text)
        sign = metrics.height() * 0.78 if self._sign else 0.0
        gap = sign * 0.5 if text else 0.0
        if self._shown_key:
            sign = metrics.horizontalAdvance(f"{self._shown_key}  ")
        left = area.center().x() - (text_width + sign + gap) / 2
        if self._sign:
            box = QRectF(left, area.center().y() - sign / 2, sign, sign)
            _paint_sign(painter, self._sign, box, colour)
        elif self._shown_key:
            painter.setPen(QColor(self._style.theme.quiet))
            place = QRectF(left, area.top(), sign, area.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._shown_key)
        painter.setPen(QColor(colour))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = QRectF(left + sign + gap, area.top(), text_width + 2, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


_PLAY = ((0.15, 0.1), (0.9, 0.5), (0.15, 0.9))
_SKIP = ((0.05, 0.1), (0.6, 0.5), (0.05, 0.9)), ((0.83, 0.1), (0.89, 0.1), (0.89, 0.9), (0.83, 0.9))
_SIGNS = {
    Sign.PLAY: (_PLAY,),
    Sign.SKIP: _SKIP,
    Sign.BACK: tuple(tuple((1 - x, y) for x, y in shape) for shape in _SKIP),
    Sign.PAUSE: tuple(((x, 0.1), (x + 0.2, 0.1), (x + 0.2, 0.9), (x, 0.9)) for x in (0.16, 0.62)),
    Sign.END: (((0.16, 0.16), (0.84, 0.84)), ((0.84, 0.16), (0.16, 0.84))),
    Sign.EASIER: (((0.5, 0.1), (0.5, 0.85)), ((0.16, 0.54), (0.5, 0.88), (0.84, 0.54))),
}
"""The shapes of each sign, in a square of 1; lines are not filled."""


def _paint_sign(painter: QPainter, sign: Sign, box: QRectF, colour: str) -> None:
    filled = sign not in (Sign.END, Sign.EASIER)
    pen = QPen(QColor(colour), 0.1 if filled else 0.15)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    painter.setPen(pen)
    painter.setBrush(QColor(colour))
    paint = painter.drawPolygon if filled else painter.drawPolyline
    for shape in _SIGNS[sign]:
        paint(QPolygonF([QPointF(x, y) for x, y in shape]))
    painter.restore()


def key_of(event: QKeyEvent) -> str:
    """What was pressed: "Ctrl+F", "PgUp", "A"."""
    pressed = QKeySequence(event.keyCombination())
    return pressed.toString(QKeySequence.SequenceFormat.PortableText)


class Text(QLabel):
    """A label; `colour` is the name of a colour of the theme. Never shorter than `lines` lines."""

    def __init__(
        self, size: float = NORMAL, *, strong: bool = False, colour: str = "text", lines: int = 0
    ) -> None:
        super().__init__()
        self.size_of_text = size
        self._strong = strong
        self._colour = colour
        self._lines = lines
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, text: str) -> None:
        """Show this text, as text."""
        text = lines(text)
        if text != self.text():
            self.setText(text)

    def restyle(self, style: Style) -> None:
        """Take these colours and sizes."""
        self.setFont(style.font(self.size_of_text, strong=self._strong))
        self._recolour(style)
        if self._lines:
            self.setMinimumHeight(self._lines * self.fontMetrics().lineSpacing() + 2)

    def colour(self, name: str, style: Style) -> None:
        """Take another of the colours."""
        if name != self._colour:
            self._colour = name
            self._recolour(style)

    def _recolour(self, style: Style) -> None:
        colours = self.palette()
        colour = QColor(getattr(style.theme, self._colour))
        colours.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(colours)


def window_title(text: str) -> str:
    """The title of a window; Qt would take `[*]` for the mark of something unsaved."""
    return f"{one_line(text).replace('[*]', '[*][*]')} \N{EN DASH} deskbreak"


def tooltip(text: str) -> str:
    """A text as a tooltip shows it; Qt would guess whether it is markup."""
    return f"<p>{markup(one_line(text))}</p>"
