"""What the overlay does with keys, clicks and the end."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskbreak.adapters.prompts.overlay import question
from deskbreak.windows.overlay.window import NOT_NOW, Overlay, Question, cover, grounds, question_in
from deskbreak.windows.player.window import DEAF_S
from deskbreak.windows.qt.theme import DARK_THEME, LIGHT_THEME, Style
from deskbreak.windows.qt.widgets import Button, Text
from deskbreak.windows.report import Reporter
from tests.contracts.prompts import break_prompt

pytestmark = pytest.mark.usefixtures("qapp")

K = Qt.Key
ASKS = Question(
    "1 hour of sitting",
    "You have been sitting for 1 hour.",
    (("stretch", "Stretch"), ("walk", "Walk"), ("snooze", "Snooze 5 min"), ("skip", "Skip")),
)


class Seen:
    """An overlay on the screen, its clock in the hands of the test, and what it said."""

    def __init__(self, style: Style) -> None:
        self.now = 100.0
        self.said: list[str] = []
        self.painted = 0
        self.window = Overlay(ASKS, style, lambda: self.now)
        self.window.answered.connect(self.said.append)
        self.window.painted.connect(self._paint)
        cover(self.window, QGuiApplication.primaryScreen())
        QTest.qWaitForWindowExposed(self.window)
        for _ in range(20):
            QApplication.processEvents()

    def _paint(self) -> None:
        self.painted += 1

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key)

    def buttons(self) -> list[Button]:
        return self.window.findChildren(Button)

    def click(self, text: str) -> None:
        button = next(b for b in self.buttons() if b.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _end(overlay: Overlay) -> None:
    """Let it go now: freed by the garbage collector, it might go while Qt paints another window."""
    overlay.leave()
    overlay.deleteLater()
    QApplication.sendPostedEvents(overlay, QEvent.Type.DeferredDelete)


@pytest.fixture
def seen(qtbot: QtBot) -> Iterator[Seen]:
    made = Seen(Style(LIGHT_THEME))
    yield made
    _end(made.window)


def test_it_fills_the_screen_and_asks_as_the_notification_does(seen: Seen) -> None:
    assert seen.painted == 1
    assert seen.window.isFullScreen()
    assert [text.text() for text in seen.window.findChildren(Text)] == [ASKS.title, ASKS.text]
    labels = [button.text() for button in seen.buttons()]
    assert labels == ["Stretch", "Walk", "Snooze 5 min", "Skip", NOT_NOW]
    assert [button.accessibleName() for button in seen.buttons()] == labels
    assert seen.window.accessibleName() == ASKS.title
    assert seen.window.accessibleDescription() == ASKS.text


def test_its_words_are_those_of_the_notification() -> None:
    prompt = break_prompt(bout_s=4500.0, repeat=3, urgent=True, overlay=True)
    said = question(prompt)
    assert said["title"] == "1 hour 15 minutes of sitting"
    assert [choice["text"] for choice in said["choices"]] == [
        "Stretch", "Walk", "Snooze 5 min", "Skip",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), [*((t, a) for a, t in ASKS.choices)])
def test_a_click_answers_once(seen: Seen, text: str, answer: str) -> None:
    seen.click(text)
    seen.click(text)
    seen.press(K.Key_Escape)
    seen.window.close()
    assert seen.said == [answer]


def test_not_now_and_closing_are_a_dismissal(seen: Seen) -> None:
    seen.click(NOT_NOW)
    assert seen.said == ["dismiss"]


def test_the_window_managers_button_is_a_dismissal(seen: Seen) -> None:
    seen.window.close()
    assert seen.said == ["dismiss"]


def test_somebody_typing_triggers_nothing(seen: Seen) -> None:
    seen.press(K.Key_Tab, K.Key_Return, K.Key_Space, K.Key_1, K.Key_W)
    seen.now += DEAF_S - 0.1
    seen.press(K.Key_Tab, K.Key_Return, K.Key_Space)
    assert seen.said == []
    seen.now += 0.2
    seen.press(K.Key_Return, K.Key_Space)  # and no button waits for Enter by itself
    assert seen.said == []


def test_escape_leaves_at_once(seen: Seen) -> None:
    assert seen.window.deaf
    seen.press(K.Key_Escape)
    assert seen.said == ["dismiss"]


def test_the_keyboard_reaches_every_answer_later(seen: Seen) -> None:
    seen.now += DEAF_S
    seen.press(K.Key_Tab, K.Key_Tab, K.Key_Return)
    assert seen.said == ["walk"]


def test_withdrawn_it_says_nothing(seen: Seen) -> None:
    seen.window.leave()
    assert seen.said == []
    assert not seen.window.isVisible()


def test_it_grabs_neither_keyboard_nor_pointer(seen: Seen) -> None:
    assert seen.window.keyboardGrabber() is None
    assert seen.window.mouseGrabber() is None


def test_colours_may_change_and_text_may_be_large(qtbot: QtBot, seen: Seen) -> None:
    large = Overlay(ASKS, Style(LIGHT_THEME, 2.5), lambda: 0.0)
    large.set_theme(DARK_THEME)
    heading = large.findChildren(Text)[0]
    assert heading.palette().windowText().color().name() == DARK_THEME.text
    assert heading.font().pointSizeF() > 2 * seen.window.findChildren(Text)[0].font().pointSizeF()
    _end(large)


def test_one_screen_needs_no_ground(qtbot: QtBot) -> None:
    assert grounds("calm", QGuiApplication.primaryScreen()) == []


@pytest.mark.parametrize("message", [[], 3, {"do": "dance"}, {"do": "ask", "title": "T"}])
def test_what_it_does_not_know_is_passed_over(message: object) -> None:
    assert question_in(message) is None


def test_a_question_keeps_the_choices_that_make_sense() -> None:
    choices = [{"answer": "a", "text": "A"}, 3]
    asked = {"do": "ask", "title": "T", "text": "x", "choices": choices}
    assert question_in(asked) == Question("T", "x", (("a", "A"),))


def test_the_outbox_survives_a_daemon_that_is_gone() -> None:
    reader, writer = os.pipe()
    outbox = Reporter(writer)
    outbox.painted()
    assert os.read(reader, 99) == b'{"event": "painted"}\n'
    os.close(reader)
    outbox.answered("walk")
    outbox.answered("walk")
    os.close(writer)
