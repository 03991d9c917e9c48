"""A window shows names as text: no markup, no keys, nothing that turns the direction of reading."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from deskbreak.windows.qt.theme import LIGHT_THEME, Style
from deskbreak.windows.qt.widgets import Button, Text, tooltip, window_title
from tests.text.test_display import EVIL, harmless

NAME = "<b>R&D</b> <img src=x>"


def test_a_label_shows_markup_as_text(qtbot: QtBot) -> None:
    label = Text()
    qtbot.addWidget(label)
    label.say(f"{NAME}\n{EVIL}")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith(f"{NAME}\n")
    assert harmless(label.text())


def test_an_ampersand_in_a_name_is_no_key(qtbot: QtBot) -> None:
    button = Button(NAME, Style(LIGHT_THEME), key="E")
    qtbot.addWidget(button)
    assert button.text() == button.accessibleName() == NAME
    assert button.shortcut().isEmpty()
    assert button.toolTip() == "<p>&lt;b&gt;R&amp;D&lt;/b&gt; &lt;img src=x&gt; (E)</p>"
    button.say(EVIL)
    assert harmless(button.text())
    assert "\n" not in button.text()


@pytest.mark.parametrize(
    ("name", "title"),
    [("Hips", "Hips \N{EN DASH} deskbreak"), ("a[*]b\u202ec", "a[*][*]bc \N{EN DASH} deskbreak")],
)
def test_the_title_of_a_window(name: str, title: str) -> None:
    assert window_title(name) == title


def test_a_tooltip_is_no_markup() -> None:
    assert tooltip(NAME) == "<p>&lt;b&gt;R&amp;D&lt;/b&gt; &lt;img src=x&gt;</p>"
