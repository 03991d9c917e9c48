"""Pages with text and choices: the notice, the question, the last word."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskbreak.content.model import Routine
from deskbreak.content.playback import Frame
from deskbreak.content.safety import IT_HURT, NOTICE, PRIVACY, RED_FLAGS
from deskbreak.struct import Struct
from deskbreak.text import player as phrases
from deskbreak.windows.qt.theme import LARGE, NAME, NORMAL, Style, Theme
from deskbreak.windows.qt.widgets import Button, Text


class Choice(Struct):
    """A button: what it answers, what is written on it, and the key that does the same."""

    answer: str
    text: str
    key: str
    main: bool = False


class Saying(Struct):
    """What stands on a page: a heading, paragraphs, choices; `stays_s` (None: until answered)."""

    heading: str
    paragraphs: tuple[str, ...]
    choices: tuple[Choice, ...]
    stays_s: float | None = None
    column: bool = False


class Page(QWidget):
    """One page; `chosen` tells the answer once. `show_left` shows how long it will stay."""

    chosen = Signal(str)

    def __init__(self, saying: Saying, style: Style) -> None:
        super().__init__()
        self.saying = saying
        self._style = style
        self._answered = False
        self._heading = Text(NAME, strong=True)
        self._heading.say(saying.heading)
        self._paragraphs = [_paragraph(text) for text in saying.paragraphs]
        self._buttons = [self._button(choice) for choice in saying.choices]
        self._left = TimeLeft(style)
        self._lay_out()
        self._restyle()
        self.setAccessibleName(saying.heading)

    def press(self, key: str) -> bool:
        """A key by its name; whether it meant something here."""
        for choice in self.saying.choices:
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
        stacked = self.saying.column or wanted > width
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


class TimeLeft(QWidget):
    """A thin line along the bottom that runs out."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._share = 0.0
        self.setFixedHeight(style.px(4))

    def show_share(self, share: float) -> None:
        """How much is left, 0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint what is left."""
        painter = QPainter(self)
        area = QRectF(0, 0, self.width() * self._share, self.height())
        painter.fillRect(area, QColor(self._style.theme.track))
        painter.end()


def _paragraph(text: str) -> Text:
    made = Text(LARGE if len(text) < 40 else NORMAL)
    made.say(text)
    return made


def answers(choices: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Choices with the keys 1, 2, 3 and so on."""
    return tuple(
        Choice(answer, text, str(number)) for number, (answer, text) in enumerate(choices, 1)
    )


QUESTION_STAYS_S = 25.0
WHICH_STAYS_S = 60.0
TEXT_STAYS_S = 300.0
YES, NO = "yes", ""


def notice() -> Saying:
    """What everybody should have read once; answered `YES` or `NO`."""
    return Saying(
        "Before you start",
        (NOTICE, RED_FLAGS, PRIVACY),
        (Choice(YES, "Understood, go on", "Enter", main=True), Choice(NO, "Not now", "Esc")),
    )


def question(last: Frame) -> Saying:
    """How it was: answered with a Feedback, or `NO`."""
    rated = tuple((str(feedback), text.capitalize()) for feedback, text in phrases.ANSWERS)
    return Saying(
        phrases.farewell(last.share),
        (phrases.QUESTION,),
        (*answers(rated), Choice(NO, "No answer", "Esc")),
        QUESTION_STAYS_S,
    )


def which(routine: Routine, last: Frame) -> Saying | None:
    """Which of the exercises hurt, of those that were begun; None where there was only one.

    Answered with the exercise's id, or `NO`.
    """
    begun = begun_exercises(routine, last)
    if len(begun) < 2:
        return None
    choices = (*answers(list(begun.items())), Choice(NO, "Not sure", "Esc"))
    return Saying(phrases.WHICH, (), choices, WHICH_STAYS_S, column=True)


def begun_exercises(routine: Routine, last: Frame) -> dict[str, str]:
    """The ids and names of what was begun, in order."""
    steps = routine.steps[: last.number]
    return {step.exercise.id: step.exercise.name for step in steps}


def after_it_hurt() -> Saying:
    """What helps to know then."""
    return Saying(
        "Thank you for saying so",
        (IT_HURT, RED_FLAGS),
        (Choice(NO, "Close", "Enter", main=True),),
        TEXT_STAYS_S,
    )
