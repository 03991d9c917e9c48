"""One calm window: the questions with their answers, the day that follows, and the notice."""

import argparse
import subprocess
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from deskbreak.adapters.programs import deskbreak
from deskbreak.app.client import ControlError
from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.app.installed import Installed
from deskbreak.content.safety import NOTICE, PRIVACY, RED_FLAGS
from deskbreak.systems import here
from deskbreak.text.display import complain
from deskbreak.windows.qt.desktop import taste
from deskbreak.windows.qt.geometry import remember, restore
from deskbreak.windows.qt.theme import Style, apply_theme
from deskbreak.windows.qt.widgets import Button, key_of, window_title
from deskbreak.windows.settings.style import column, sheet, text
from deskbreak.windows.start import application, run
from deskbreak.windows.welcome.questions import NotKeptError, Question, Welcome
from deskbreak.windows.welcome.words import ABOUT, TITLE, agenda, sentences

_NAME = "welcome"
_USUAL = (1020, 760)
_BESIDE = 820
"""From this width on, at the usual size of text, the day stands beside the questions."""


class Flow(QLayout):
    """Things beside each other, in as many lines as they need."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """The one at that place; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """The one at that place, which is then gone; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the lines are."""
        return self._place(QRect(0, 0, width, 0), lambda _item, _area: None)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """No wider than the widest."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the widest."""
        widths = [item.sizeHint().width() for item in self._items]
        heights = [item.sizeHint().height() for item in self._items]
        return QSize(max(widths, default=0), max(heights, default=0))

    def setGeometry(self, area: QRect) -> None:  # noqa: N802 - Qt's name
        """Put everything in its place."""
        super().setGeometry(area)
        self._place(area, lambda item, place: item.setGeometry(place))

    def _place(self, area: QRect, put: Callable[[QLayoutItem, QRect], None]) -> int:
        x, y, high = area.x(), area.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, high = area.x(), y + high + self.spacing(), 0
            put(item, QRect(QPoint(x, y), size))
            x, high = x + size.width() + self.spacing(), max(high, size.height())
        return y + high - area.y()


class Asked(QWidget):
    """A question with all its answers; `changed` hears the value that was chosen."""

    def __init__(
        self, question: Question, now: Any, style: Style, changed: Callable[[Any], None]
    ) -> None:
        super().__init__()
        self._question, self._changed = question, changed
        self.buttons = [self._button(words, style) for _, words in question.options]
        group = QButtonGroup(self)  # in which one is chosen, and arrows lead from one to the other
        row = Flow(style.px(8))
        for button, (value, _) in zip(self.buttons, question.options, strict=True):
            button.setChecked(value in now if question.many else value == now)
            button.clicked.connect(self._clicked)
            if not question.many:
                group.addButton(button)
            row.addWidget(button)
        self.setFocusProxy(group.checkedButton() or self.buttons[0])
        whole = column(self, style.px(6))
        whole.addWidget(text(question.asks, "strong"))
        whole.addLayout(row)

    def _button(self, words: str, style: Style) -> Button:
        made = Button(words, style)
        made.setCheckable(True)
        made.setAccessibleDescription(self._question.asks)
        return made

    def _clicked(self) -> None:
        options = zip(self.buttons, self._question.options, strict=True)
        chosen = [value for button, (value, _) in options if button.isChecked()]
        self._changed(chosen if self._question.many else chosen[0])


class WelcomeWindow(QWidget):
    """All of it. `play` begins a routine of that id where deskbreak does not run."""

    def __init__(self, welcome: Welcome, style: Style, play: Callable[[str], object]) -> None:
        super().__init__()
        self._welcome, self._style, self._play = welcome, style, play
        self.day = text("")
        self.trouble = text("", "warm")
        self._first = text("", "quiet")
        self.start = Button("Understood, start", style, main=True)
        self.try_one = Button("Understood, try one now", style)
        self.leave = Button("Not now", style, key="Esc")
        self.asked = [
            Asked(one, welcome.answers[one.path], style, partial(self._answer, one.path))
            for one in welcome.questions
        ]
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(window_title("Welcome"))
        self.setStyleSheet(sheet(style))
        self._lay_out()
        self.start.clicked.connect(self._accept)
        self.try_one.clicked.connect(partial(self._accept, begin=True))
        self.leave.clicked.connect(self.close)
        self.asked[0].setFocus()
        self._show_day()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The day stands beside the questions where there is room, else below them."""
        super().resizeEvent(event)
        beside = self.width() >= self._style.px(_BESIDE)
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves, and changes nothing."""
        if key_of(event) == "Esc":
            self.close()
        else:
            super().keyPressEvent(event)

    def _answer(self, path: str, value: Any) -> None:
        self._welcome.answers[path] = value
        self._show_day()

    def _show_day(self) -> None:
        day = self._welcome.day()
        self.day.say("\n".join(sentences(day)))
        self._first.say("\n".join(f"{at}  {what}" for at, what in agenda(day)))
        self.try_one.setEnabled(self._welcome.routine() is not None)

    def _accept(self, *, begin: bool = False) -> None:
        try:
            self._welcome.accept()
            routine = self._welcome.begin() if begin else None
        except (NotKeptError, ControlError) as trouble:
            self.trouble.say(str(trouble))
            self.trouble.show()
            return
        if routine is not None:
            self._play(routine)
        self.close()

    def _lay_out(self) -> None:
        px = self._style.px
        inside = QWidget()
        inside.setObjectName("column")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(px(24), px(20), px(24), px(8))
        whole.setSpacing(px(6))
        whole.addWidget(text(TITLE, "title"))
        whole.addWidget(text(" ".join(ABOUT)))
        whole.addSpacing(px(10))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(px(24))
        asked = column(None, px(16))
        for one in self.asked:
            asked.addWidget(one)
        asked.addStretch(1)
        self._parts.addLayout(asked, 3)
        self._parts.addLayout(self._beside(), 2)
        whole.addLayout(self._parts)
        whole.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.viewport().setObjectName("column")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = column(self, 0)
        outer.addWidget(area, 1)
        outer.addLayout(self._foot())

    def _beside(self) -> QVBoxLayout:
        """The day that follows, and what everybody should have read once."""
        made = column(None, self._style.px(14))
        made.addWidget(self._card("Your day", self.day, self._first))
        paragraphs = [text(one, "quiet") for one in (NOTICE, RED_FLAGS, PRIVACY)]
        made.addWidget(self._card("Before you start", *paragraphs))
        made.addStretch(1)
        return made

    def _card(self, title: str, *paragraphs: QWidget) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        inside = column(made, self._style.px(8))
        for one in (text(title, "section"), *paragraphs):
            inside.addWidget(one)
        return made

    def _foot(self) -> QHBoxLayout:
        px = self._style.px
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(8), px(24), px(16))
        foot.setSpacing(px(10))
        self.trouble.hide()
        foot.addWidget(self.leave)
        foot.addWidget(self.trouble, 1)
        foot.addStretch(1)
        foot.addWidget(self.try_one)
        foot.addWidget(self.start)
        return foot


def _play(routine: str) -> None:
    """In a process that outlives this window."""
    subprocess.Popen([*deskbreak(), "routines", "play", routine], start_new_session=True)


def open_window(options: argparse.Namespace) -> int:
    """Show the window until it closes; returns the exit code. Qt has to be able to start."""
    try:
        places = Places.of_user()
    except NoPlaceError as trouble:
        complain(str(trouble))
        return 1
    app = application()
    file = places.config if options.config is None else options.config.absolute()
    welcome = Welcome(Installed(here(), places), file)
    theme = apply_theme(options.theme or welcome.ui.theme, taste())
    style = Style(theme, options.text_scale or welcome.ui.text_scale)
    window = WelcomeWindow(welcome, style, _play)
    px = style.px
    restore(window, _NAME, (px(_USUAL[0]), px(_USUAL[1])), Qt.WindowState.WindowMaximized)
    app.lastWindowClosed.connect(lambda: remember(window, _NAME))
    window.show()
    return run(app, window.close, lambda: None)
