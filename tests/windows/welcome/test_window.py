"""The window: a click answers, the day follows, and only accepting it changes anything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from deskbreak.adapters.store.state import is_acknowledged
from deskbreak.app.environment import Places
from deskbreak.windows.qt.theme import LIGHT_THEME, Style
from deskbreak.windows.qt.widgets import Button
from deskbreak.windows.welcome.questions import LOGIN
from deskbreak.windows.welcome.window import WelcomeWindow
from tests.windows.welcome.conftest import Asks


class Seen:
    """A window on the screen, and what it was asked to play."""

    def __init__(self, asks: Asks, scale: float) -> None:
        self.played: list[str] = []
        self.welcome = asks()
        self.window = WelcomeWindow(self.welcome, Style(LIGHT_THEME, scale), self.played.append)

    def button(self, text: str, question: str = "") -> Button:
        """The button of that text, under that question."""
        found = [
            one
            for one in self.window.findChildren(Button)
            if one.text() == text and question in one.accessibleDescription()
        ]
        assert len(found) == 1
        return found[0]

    def click(self, text: str, question: str = "") -> None:
        QTest.mouseClick(self.button(text, question), Qt.MouseButton.LeftButton)


Opens = Callable[..., Seen]


@pytest.fixture
def opens(asks: Asks, qtbot: QtBot) -> Opens:
    def made(scale: float = 1.0, size: tuple[int, int] = (1020, 760)) -> Seen:
        seen = Seen(asks, scale)
        qtbot.addWidget(seen.window)
        seen.window.resize(*size)
        seen.window.show()
        qtbot.waitExposed(seen.window)
        return seen

    return made


def test_a_click_answers_and_the_day_follows(opens: Opens) -> None:
    seen = opens()
    assert "every 30 minutes" in seen.window.day.text()
    seen.click("45 min")
    assert seen.welcome.answers["breaks.sit_limit"] == "45m"
    assert "every 45 minutes" in seen.window.day.text()
    assert not seen.button("30 min").isChecked()
    seen.click("12:30")
    assert "After lunch a longer walk" in seen.window.day.text()


def test_places_are_chosen_together_and_can_be_taken_back(opens: Opens) -> None:
    seen = opens()
    seen.click("On a mat")
    assert seen.welcome.answers["routines.places"] == ["desk", "standing", "walk", "floor"]
    seen.click("Walking")
    assert seen.welcome.answers["routines.places"] == ["desk", "standing", "floor"]


def test_accepting_writes_the_answers_and_closes(opens: Opens, config: Path, entry: Path) -> None:
    seen = opens()
    seen.click("20 min")
    seen.click("No", "log in")
    seen.click("Understood, start")
    assert config.read_text() == '[breaks]\nsit_limit = "20m"\n'
    assert not entry.exists()
    assert is_acknowledged(Places.of_user().acknowledged)
    assert not seen.window.isVisible()
    assert seen.played == []


def test_trying_one_plays_what_suits_the_answers(opens: Opens) -> None:
    seen = opens()
    seen.click("Less than 6 weeks")
    seen.click("Understood, try one now")
    assert seen.played == [seen.welcome.routine()]


@pytest.mark.parametrize("leave", ["Esc", "Not now", "close"])
def test_leaving_changes_nothing(opens: Opens, config: Path, entry: Path, leave: str) -> None:
    seen = opens()
    seen.click("20 min")
    if leave == "Esc":
        QTest.keyClick(seen.window.focusWidget() or seen.window, Qt.Key.Key_Escape)
    elif leave == "close":
        seen.window.close()
    else:
        seen.click(leave)
    assert not seen.window.isVisible()
    assert not config.exists()
    assert not entry.exists()
    assert not is_acknowledged(Places.of_user().acknowledged)


def test_what_cannot_be_kept_is_said_and_the_window_stays(opens: Opens, config: Path) -> None:
    seen = opens()
    config.write_text("[breaks\n")
    seen.click("20 min")
    seen.click("Understood, start")
    assert seen.window.isVisible()
    assert seen.window.trouble.text().startswith("Not saved: ")
    assert config.read_text() == "[breaks\n"


def test_the_keyboard_alone_is_enough(opens: Opens, qtbot: QtBot) -> None:
    seen = opens()
    seen.window.activateWindow()
    qtbot.waitUntil(seen.window.isActiveWindow, timeout=60_000)
    focused = seen.window.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "30 min"
    reached = set()
    for _ in range(60):
        QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Tab)
        now = seen.window.focusWidget()
        assert isinstance(now, Button)
        reached.add(now)
    everything = {button for one in seen.window.asked for button in one.buttons}
    asleep = everything - reached  # arrows lead there from the one that is chosen
    assert {one.accessibleDescription() for one in asleep} <= {
        one.asks for one in seen.welcome.questions if not one.many
    }
    assert {seen.window.start, seen.window.try_one, seen.window.leave} <= reached
    seen.button("30 min").setFocus()
    QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(seen.window.focusWidget(), Qt.Key.Key_Space)
    assert seen.welcome.answers["breaks.sit_limit"] == "45m"


def test_every_answer_tells_its_question_to_a_screen_reader(opens: Opens) -> None:
    for asked, question in zip(opens().window.asked, opens().welcome.questions, strict=True):
        for button, (_, words) in zip(asked.buttons, question.options, strict=True):
            assert button.accessibleName() == words
            assert button.accessibleDescription() == question.asks


@pytest.mark.parametrize(
    ("scale", "size"),
    [(1.0, (1020, 760)), (1.0, (600, 400)), (2.0, (1400, 860)), (2.0, (760, 600))],
)
def test_no_answer_is_cut_off_or_covered(opens: Opens, scale: float, size: tuple[int, int]) -> None:
    seen = opens(scale, size)
    for asked in seen.window.asked:
        places = [button.geometry() for button in asked.buttons]
        whole = QRect(QPoint(0, 0), asked.size())
        assert all(whole.contains(place) for place in places)
        assert not [1 for a in places for b in places if a is not b and a.intersects(b)]


def test_login_is_one_of_the_questions(opens: Opens) -> None:
    seen = opens()
    seen.click("No", "log in")
    assert seen.welcome.answers[LOGIN] is False
