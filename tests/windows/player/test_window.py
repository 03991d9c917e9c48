"""What the window does with time, keys, buttons and the end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskbreak.content.playback import Part
from deskbreak.content.safety import GUIDE_LINE, IT_HURT, NOTICE, RED_FLAGS
from deskbreak.windows.qt.widgets import Button
from tests.windows.player.driving import opened

pytestmark = pytest.mark.usefixtures("qapp")

K = Qt.Key


def test_two_minutes_from_the_first_picture_to_the_end(qtbot: QtBot) -> None:
    with opened() as player:
        player.wait(118)
        assert player.codes == []
        assert "How was it?" in player.says()
        player.wait(26)
        assert player.codes == [0]
        assert player.reports.read() == [
            {"event": "painted"},
            {"event": "step", "share": 0.0, "at_step": 1, "of": 3},
            {"event": "step", "share": 0.24, "at_step": 2, "of": 3},
            {"event": "step", "share": 0.72, "at_step": 3, "of": 3},
            {"event": "ended", "share": 1.0, "at_step": 3, "of": 3},
        ]
        assert player.sounds.heard[0] is Part.LEAD_IN
        assert player.sounds.heard[-1] is None
        assert player.sounds.closed


def test_time_counts_from_the_first_picture(qtbot: QtBot) -> None:
    with opened() as player:
        assert player.reports.events() == ["painted", "step"]
        assert any("1:58 left" in text for text in player.says())


def test_the_stop_line_is_on_every_guide_screen(qtbot: QtBot) -> None:
    with opened("floor-hips") as player:
        for _ in range(11):
            assert GUIDE_LINE in player.says()
            player.wait(10, step=2)


def test_keys_do_nothing_while_the_person_may_still_be_typing(qtbot: QtBot) -> None:
    with opened() as player:
        player.press(K.Key_Space, K.Key_Right, K.Key_Escape, K.Key_E)
        player.wait(1.9)
        player.press(K.Key_Escape, K.Key_Return)
        player.click("Pause")
        assert "Paused" in player.says()  # whoever takes the mouse means it
        player.wait(0.2)
        player.press(K.Key_Space)
        assert "Paused" not in player.says()
        assert player.codes == []


def test_space_arrows_and_e(qtbot: QtBot) -> None:
    with opened() as player:
        player.awake()
        player.press(K.Key_Space)
        player.wait(60, step=5)
        assert {"Paused", "Side-to-side weight shift"} <= set(player.says())
        player.press(K.Key_Space, K.Key_Right, K.Key_Right)
        assert "Standing hip-flexor stretch" in player.says()
        player.press(K.Key_E)
        assert "Easier: Shorter stride." in player.says()
        player.press(K.Key_E)
        assert "Easier: Shorter stride." not in player.says()
        player.press(K.Key_Left)
        assert "Side-to-side weight shift" in player.says()


def test_escape_ends_it_and_f_fills_the_screen(qtbot: QtBot) -> None:
    with opened() as player:
        player.awake()
        player.press(K.Key_F)
        assert player.window.isFullScreen()
        player.press(K.Key_F)
        assert not player.window.isFullScreen()
        player.wait(14)
        player.press(K.Key_Escape)
        assert player.reports.read()[-1]["event"] == "ended"
        assert "How was it?" in player.says()
        player.press(K.Key_Escape)
        assert player.codes == [0]
        assert player.reports.events().count("ended") == 1


def test_the_same_by_mouse(qtbot: QtBot) -> None:
    with opened() as player:
        player.click("Pause")
        assert "Paused" in player.says()
        player.click("Go on")
        player.click("Skip")
        player.wait(1)
        player.click("Easier")
        assert "Easier: Stay in the middle half." not in player.says()
        player.click("Back")
        assert "Get ready" in player.says()
        player.click("End")
        assert player.reports.events()[-1] == "ended"


def test_a_key_that_is_held_down_counts_once(qtbot: QtBot) -> None:
    with opened() as player:
        player.awake()
        player.press(K.Key_Space)
        for _ in range(3):
            repeated = QKeyEvent(
                QKeyEvent.Type.KeyPress, K.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True
            )
            QApplication.sendEvent(player.window, repeated)
        assert "Paused" in player.says()


def test_nothing_is_asked_of_what_was_ended_within_a_quarter_of_a_minute(qtbot: QtBot) -> None:
    for seconds, asked in ((14.9, False), (15.0, True)):
        with opened() as player:
            player.wait(seconds)
            player.press(K.Key_Escape)
            assert player.reports.events()[-1] == "ended"
            assert player.reports.read()[-1]["share"] != 0
            assert player.codes == ([] if asked else [0])


def test_nothing_is_asked_of_somebody_who_did_nothing(qtbot: QtBot) -> None:
    with opened() as player:
        player.awake()
        player.press(K.Key_Escape)
        assert player.codes == [0]
        assert player.reports.events()[-1] == "ended"


@pytest.mark.parametrize(
    ("key", "word"), [(K.Key_1, "good"), (K.Key_2, "too_easy"), (K.Key_3, "too_hard")]
)
def test_one_key_answers_the_question(key: K, word: str, qtbot: QtBot) -> None:
    with opened() as player:
        player.wait(118, step=2)
        player.press(key)
        assert player.codes == [0]
        assert player.reports.read()[-1] == {
            "event": "feedback",
            "feedback": word,
            "exercise": None,
        }


def test_what_hurt_is_asked_and_what_helps_is_said(qtbot: QtBot) -> None:
    with opened() as player:
        player.wait(118, step=2)
        player.click("It hurt")
        assert "Which one was it?" in player.says()
        player.press(K.Key_2)
        assert player.reports.read()[-1] == {
            "event": "feedback",
            "feedback": "it_hurt",
            "exercise": "standing_hip_flexor_stretch",
        }
        assert {IT_HURT, RED_FLAGS} <= set(player.says())
        player.wait(100)
        assert player.codes == []
        player.press(K.Key_Return)
        assert player.codes == [0]


def test_with_one_exercise_there_is_no_doubt_which_hurt(qtbot: QtBot) -> None:
    with opened("glute_bridge") as player:
        player.wait(40, step=2)
        player.press(K.Key_4)
        assert player.reports.read()[-1]["exercise"] == "glute_bridge"
        assert IT_HURT in player.says()


def test_not_sure_which_hurt_is_an_answer(qtbot: QtBot) -> None:
    with opened() as player:
        player.wait(118, step=2)
        player.press(K.Key_4, K.Key_Escape)
        assert player.reports.read()[-1]["exercise"] is None


def test_the_notice_comes_first_and_is_reported(qtbot: QtBot) -> None:
    with opened(notice=True) as player:
        assert {NOTICE, RED_FLAGS} <= set(player.says())
        player.wait(300, step=30)
        assert player.reports.events() == ["painted"]
        player.press(K.Key_Return)
        player.settle(lambda: player.reports.events() == ["painted", "acknowledged", "step"])
        assert GUIDE_LINE in player.says()


def test_without_agreement_nothing_is_played(qtbot: QtBot) -> None:
    with opened(notice=True) as player:
        player.press(K.Key_Return, K.Key_Escape)  # too early to be meant
        player.awake()
        player.press(K.Key_Escape)
        assert player.codes == [1]
        assert player.reports.read()[-1] == {"event": "ended", "share": 0.0, "at_step": 0, "of": 0}


def test_stopped_it_goes_at_once_and_reports(qtbot: QtBot) -> None:
    with opened() as player:
        player.wait(30)
        player.window.close()
        player.window.close()
        assert player.codes == [0]
        assert player.reports.events()[-1] == "ended"
        assert player.reports.events().count("ended") == 1
        assert not player.window.isVisible()


def test_the_window_that_closes_during_the_question_has_nothing_more_to_report(
    qtbot: QtBot,
) -> None:
    with opened() as player:
        player.wait(118, step=2)
        before = player.reports.events()
        player.window.close()
        assert player.reports.events() == before
        assert player.codes == [0]


def test_a_button_that_was_tabbed_to_is_pressed_by_space_and_enter(qtbot: QtBot) -> None:
    with opened() as player:
        player.window.activateWindow()
        player.awake()
        skip = next(b for b in player.shown.findChildren(Button) if b.text() == "Skip")
        skip.setFocus()
        QTest.keyClick(skip, K.Key_Space)
        assert "Get ready" not in player.says()
        QTest.keyClick(skip, K.Key_Return)
        assert "Standing hip-flexor stretch" in player.says()
        QTest.keyClick(skip, K.Key_Left)  # the arrows mean what they always mean
        assert "Side-to-side weight shift" in player.says()
