"""A page with text and choices: the notice, the question, the last word."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskbreak.text.player import Choice, PageText
from deskbreak.windows.qt.theme import LARGE, NAME, NORMAL, Style, Theme
from deskbreak.windows.qt.widgets import Button, Text


class Page(QWidget):
    """One page; `chosen` tells the answer once. `show_left` shows how long it will stay."""

    chosen = Signal(str)

    def __init__(self, text: PageText, style: Style) -> None:
        super().__init__()
        self.text = text
        self._style = style
        self._answered = False
        self._heading = Text(NAME, strong=True)
        self._heading.say(text.heading)
        self._paragraphs = [_paragraph(one) for one in text.paragraphs]
        self._buttons = [self._button(choice) for choice in text.choices]
        self._left = _TimeLeft(style)
        self._lay_out()
        self._restyle()
        self.setAccessibleName(text.heading)

    def press(self, key: str) -> bool:
        """A key by its name; whether it meant something here."""
        for choice in self.text.choices:
            if key in (choice.key, choice.key.lower()):
                self.answer(choice.answer)
                return True
        return False

    def answer(self, answer: str) -> None:
        """Take this as the answer, once."""
        if not self._answered:
            self._answered = True
            self.chosen.emit(answer)

    def show_left(self, share: float) -> None:
        """How much of its time is left, 0 to 1."""
        self._left.show_share(share)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._style.theme = theme
        self._restyle()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the lines short enough to be read, and in the middle."""
        super().resizeEvent(event)
        width = min(self.width() - self._style.px(40), self._style.px(600))
        self._column.setFixedWidth(max(200, width))
        wanted = sum(b.width_of(short=False) + self._style.px(10) for b in self._buttons)
        stacked = self.text.column or wanted > width
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self._beside.setStretch(1, 0 if stacked else 1)
        self._beside.setStretch(0, 1 if stacked else 0)

    def _button(self, choice: Choice) -> Button:
        made = Button(
            choice.text, self._style, key=choice.key, main=choice.main,
            show_key=choice.key.isdigit(),
        )  # fmt: skip
        made.clicked.connect(lambda _checked=False: self.answer(choice.answer))
        return made

    def _lay_out(self) -> None:
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self._heading)
        for paragraph in self._paragraphs:
            column.addWidget(paragraph)
        column.addSpacing(self._style.px(10))
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(self._style.px(10))
        for button in self._buttons:
            self._row.addWidget(button)
        beside = QHBoxLayout()
        beside.addLayout(self._row, 1)
        self._beside = beside
        beside.addStretch(0)
        column.addLayout(beside)
        column.addStretch(2)
        column.setSpacing(self._style.px(12))
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self._column)
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, self._style.px(16), 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(self._left)

    def _restyle(self) -> None:
        for text in (self._heading, *self._paragraphs):
            text.restyle(self._style)


class _TimeLeft(QWidget):
    """A thin line along the bottom that runs out."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._share = 0.0
        self.setFixedHeight(style.px(4))

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        painter = QPainter(self)
        area = QRectF(0, 0, self.width() * self._share, self.height())
        painter.fillRect(area, QColor(self._style.theme.track))
        painter.end()


def _paragraph(text: str) -> Text:
    made = Text(LARGE if len(text) < 40 else NORMAL)
    made.say(text)
    return made
