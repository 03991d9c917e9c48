"""The question over a whole screen, and the quiet ground over the other screens."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QKeyEvent, QPaintEvent, QScreen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from deskbreak.adapters.jsonlines import Inbox
from deskbreak.core.enums import Answer
from deskbreak.struct import Struct
from deskbreak.text.player import Choice, PageText
from deskbreak.windows.player.pages import Page
from deskbreak.windows.player.window import DEAF_S, announce
from deskbreak.windows.qt.desktop import taste
from deskbreak.windows.qt.theme import Style, Theme, apply_theme
from deskbreak.windows.qt.widgets import window_title
from deskbreak.windows.report import BEAT_S, Reporter
from deskbreak.windows.start import application, run


class Question(Struct):
    """What the overlay asks: a title, a text, and the choices as (answer, label), best first."""

    title: str
    text: str
    choices: tuple[tuple[str, str], ...]


def question_in(message: object) -> Question | None:
    """What a message of the daemon asks; None where it asks nothing that we know."""
    match message:
        case {"do": "ask", "title": str(title), "text": str(text), "choices": [*found]}:
            return Question(title, text, tuple(_choices(found)))
    return None


def _choices(found: list[object]) -> Iterator[tuple[str, str]]:
    for choice in found:
        match choice:
            case {"answer": str(answer), "text": str(text)}:
                yield answer, text


NOT_NOW = "Not now (Esc)"
"""The button that leaves at once, as Esc does: closed without an answer."""

_LARGER = 1.25
"""Somebody may have leaned back."""

_KEY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class Overlay(QWidget):
    """Fills one screen with the question; `answered` tells the answer once, `painted` comes once.

    For its first two seconds it hears no key but Esc: somebody may still be typing. It grabs
    neither keyboard nor pointer. `clock` gives seconds and never goes back.
    """

    answered = Signal(str)
    painted = Signal()

    def __init__(self, question: Question, style: Style, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._deaf_until: float | None = None
        self._over = False
        style = Style(style.theme, style.scale * _LARGER, still=style.still)
        self._page = Page(_page_text(question), style)
        self._page.chosen.connect(self._answer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self.setWindowTitle(window_title(question.title))
        self.setAccessibleName(question.title)
        self.setAccessibleDescription(question.text)
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()  # and not a button, so that Enter starts nothing by accident
        app = QCoreApplication.instance()
        assert app is not None
        app.installEventFilter(self)  # Esc means the same on the other screens

    @property
    def deaf(self) -> bool:
        """Whether keys other than Esc do nothing yet."""
        return self._deaf_until is None or self._clock() < self._deaf_until

    def leave(self) -> None:
        """Go without an answer: the question is no longer open."""
        self._over = True
        self.close()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours: the desktop has changed from light to dark."""
        self._page.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc leaves at any time; other keys are heard when nobody can be typing any more."""
        if event.type() not in _KEY_EVENTS:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._answer(Answer.DISMISS)
            return True
        if self.deaf:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """With the first picture the two seconds begin."""
        super().paintEvent(event)
        if self._deaf_until is None:
            self._deaf_until = self._clock() + DEAF_S
            announce(self, f"{self.accessibleName()} {self.accessibleDescription()}")
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """However the person closes it, that is the same as "Not now"."""
        event.accept()
        self._answer(Answer.DISMISS)

    def _answer(self, answer: str) -> None:
        if not self._over:
            self._over = True
            self.answered.emit(str(answer))


def cover(window: QWidget, screen: QScreen) -> None:
    """Show a window over the whole of that screen."""
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()


def grounds(title: str, taken: QScreen) -> list[QWidget]:
    """The same quiet colour over every screen but the one that is taken: one place to look at."""
    made = []
    flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint
    for screen in QGuiApplication.screens():
        if screen is not taken:
            ground = QWidget(None, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
            ground.setWindowTitle(window_title(title))
            ground.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            ground.setAutoFillBackground(True)
            cover(ground, screen)
            made.append(ground)
    return made


def _page_text(question: Question) -> PageText:
    choices = [
        Choice(answer, text, "", main=at == 0) for at, (answer, text) in enumerate(question.choices)
    ]
    leave = Choice(str(Answer.DISMISS), NOT_NOW, "Esc")
    return PageText(question.title, (question.text,), (*choices, leave), column=True)


def open_overlay(options: argparse.Namespace) -> int:
    """Ask what standard input says until it is answered or withdrawn; returns the exit code."""
    app = application()
    app.setQuitOnLastWindowClosed(False)
    asking = Asking(app, options.theme, options.text_scale)
    return run(app, asking.go, asking.restyle)


class Asking(QObject):
    """Hears the daemon on standard input, and goes with it: nothing stays when it is gone."""

    def __init__(self, app: QApplication, theme: str, text_scale: float) -> None:
        super().__init__()
        self._app = app
        self._theme = theme
        self._style = Style(apply_theme(theme, taste()), text_scale)
        self._inbox, self._outbox = Inbox(), Reporter(sys.stdout.fileno())
        self._overlay: Overlay | None = None
        self._grounds: list[QWidget] = []
        self._heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._heard.activated.connect(self._hear)
        self._beat = QTimer()
        self._beat.timeout.connect(self._outbox.alive)
        self._beat.start(round(BEAT_S * 1000))

    def restyle(self) -> None:
        """Take the colours that the person or the desktop wants now."""
        self._style.theme = apply_theme(self._theme, taste())
        if self._overlay is not None:
            self._overlay.set_theme(self._style.theme)

    def go(self) -> None:
        """Leave the screen, and end."""
        self._heard.setEnabled(False)
        if self._overlay is not None:
            self._overlay.leave()
        for ground in self._grounds:
            ground.close()
        self._app.exit(0)

    def _hear(self) -> None:
        try:
            received = os.read(sys.stdin.fileno(), 1 << 16)
        except OSError:
            received = b""
        if not received:
            self.go()
        for question in map(question_in, self._inbox.feed(received)):
            if question is not None and self._overlay is None:
                self._ask(question)

    def _ask(self, question: Question) -> None:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        if not question.choices or screen is None:
            self.go()
            return
        overlay = self._overlay = Overlay(question, self._style, time.monotonic)
        overlay.painted.connect(self._outbox.painted)
        overlay.answered.connect(self._answered)
        self._grounds = grounds(question.title, screen)
        cover(overlay, screen)
        overlay.activateWindow()

    def _answered(self, answer: str) -> None:
        self._outbox.answered(answer)
        self.go()
