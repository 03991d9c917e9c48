"""Pages with text and choices: the notice, the question, the last word."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskbreak.content.model import Routine
from deskbreak.content.playback import Frame
from deskbreak.content.safety import IT_HURT, NOTICE, PRIVACY, RED_FLAGS
from deskbreak.struct import Struct
from deskbreak.text import player as phrases
from deskbreak.windows.player.guide import Wishes
from deskbreak.windows.qt.draw import Text
from deskbreak.windows.qt.theme import LARGE, NAME, NORMAL, Looks, Sizes
from deskbreak.windows.qt.widgets import Button


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

    def __init__(self, saying: Saying, wishes: Wishes) -> None:
        super().__init__()
        self.saying = saying
        self._wishes = wishes
        self._sizes = Sizes(wishes.text_scale)
        self._answered = False
        self._heading = Text(NAME, strong=True)
        self._heading.say(saying.heading)
        self._paragraphs = [_paragraph(text) for text in saying.paragraphs]
        self._buttons = [self._button(choice) for choice in saying.choices]
        self._left = TimeLeft(wishes.looks, self._sizes)
        self._lay_out()
        self._dress()
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

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._wishes = Wishes(looks, self._wishes.text_scale, self._wishes.still)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the lines short enough to be read, and in the middle."""
        super().resizeEvent(event)
        width = min(self.width() - self._sizes.px(40), self._sizes.px(600))
        self._column.setFixedWidth(max(200, width))
        wanted = sum(b.width_of(short=False) + self._sizes.px(10) for b in self._buttons)
        stacked = self.saying.column or wanted > width
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self._beside.setStretch(1, 0 if stacked else 1)
        self._beside.setStretch(0, 1 if stacked else 0)

    def _button(self, choice: Choice) -> Button:
        made = Button(
            choice.text, self._wishes.looks, self._sizes, key=choice.key, main=choice.main,
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
        column.addSpacing(self._sizes.px(10))
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(self._sizes.px(10))
        for button in self._buttons:
            self._row.addWidget(button)
        beside = QHBoxLayout()
        beside.addLayout(self._row, 1)
        self._beside = beside
        beside.addStretch(0)
        column.addLayout(beside)
        column.addStretch(2)
        column.setSpacing(self._sizes.px(12))
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self._column)
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, self._sizes.px(16), 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(self._left)

    def _dress(self) -> None:
        for text in (self._heading, *self._paragraphs):
            text.dress(self._wishes.looks, self._sizes)
        for button in self._buttons:
            button.set_looks(self._wishes.looks)
        self._left.set_looks(self._wishes.looks)


class TimeLeft(QWidget):
    """A thin line along the bottom that runs out."""

    def __init__(self, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._height = sizes.px(4)
        self._share = 0.0

    def show_share(self, share: float) -> None:
        """How much is left, 0 to 1."""
        self._share = share
        self.update()

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin line."""
        return QSize(100, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin line."""
        return QSize(10, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint what is left."""
        painter = QPainter(self)
        area = QRectF(0, 0, self.width() * self._share, self.height())
        painter.fillRect(area, QColor(self._looks.track))
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
