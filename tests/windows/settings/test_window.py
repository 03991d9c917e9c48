"""The window itself: search, keys, colours, room for everything."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskbreak.windows.qt.theme import DARK_THEME, Style, Theme
from deskbreak.windows.settings.pages import BASICS, PRESET, all_pages
from deskbreak.windows.settings.style import no_key, sheet
from tests.windows.contrast import contrast
from tests.windows.settings.hands import MINE, THEMES, Opens, line, said, sets, types, view

ROWS = """\
[[schedule.hours]]
from = "09:00"
to = "17:00"
[[reminder]]
name = "water"
every = "1h"
"""

pytestmark = pytest.mark.usefixtures("qapp")


def test_search_shows_what_it_finds_on_all_pages(opens: Opens, qtbot: QtBot) -> None:
    window = opens()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.body.search, "meal")
    shown = {
        one.setting.path
        for page in window.body.views.values()
        for one in page.views
        if one.isVisible()
    }
    assert shown == {"breaks.long_walk", "schedule.meals"}
    pages = window.body.list
    assert sum(not pages.item(at).isHidden() for at in range(pages.count())) == 2
    qtbot.keyClicks(window.body.search, "zzz")
    assert window.body.nothing.isVisible()
    qtbot.keyClick(window.body.search, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.body.search.text() == ""
    assert window.body.list.item(0).isHidden() is False


def test_in_what_a_search_has_found_the_list_goes_to_a_page(opens: Opens) -> None:
    window = opens()
    window.body.search.setText("a")
    window.grab()
    window.body.choose("ui")
    area = window.body.area
    top = window.body.views["ui"].mapTo(area.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < area.viewport().height()
    window.body.search.clear()
    assert [name for name, view in window.body.views.items() if view.isVisible()] == ["ui"]


def test_tab_goes_from_the_pages_through_the_settings_to_the_foot(
    opens: Opens, qtbot: QtBot
) -> None:
    window = opens(MINE)
    for name in ("tray", "schedule"):  # made in another order than they stand
        window.body.choose(name)
    window.activateWindow()
    window.body.list.setFocus()
    seen: list[str] = []
    for _ in range(60):
        widget = window.focusWidget()
        assert widget is not None
        if widget is window.body.open:
            break
        seen.append(widget.accessibleName() or getattr(widget, "text", str)())
        window.focusNextChild()
    stops = [view.field.focusProxy() for view in window.body.views["schedule"].views]
    assert len(stops) >= 3
    assert seen == ["Pages", "Open the file", *(stop.accessibleName() for stop in stops if stop)]


def test_a_word_is_chosen_by_keys(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens()
    view(window, "breaks.escalate").field.setFocus()
    for key, word in ((Qt.Key.Key_Down, "overlay"), (Qt.Key.Key_Up, "urgent")):
        qtbot.keyClick(window.focusWidget(), key)
        assert said(file, "breaks.escalate") == word


def test_the_wheel_turns_the_page_and_not_the_values(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens()
    for path in ("breaks.sit_limit", "breaks.escalate", "breaks.snooze"):
        control = view(window, path).field.focusProxy()
        assert control is not None
        control.setFocus()
        middle = QPointF(control.rect().center())
        event = QWheelEvent(
            middle, QPointF(control.mapToGlobal(middle)), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(control, event)
        assert not event.isAccepted()
        assert not view(window, path).field.unfinished
    assert not file.exists()


def test_enter_presses_what_is_under_the_keyboard(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    view(window, "breaks.sit_limit").back.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert said(file, "breaks.sit_limit") is None


def test_a_name_on_a_button_is_text_and_no_key() -> None:
    assert no_key("R&D\u202e\nlab") == "R&&D lab"


@pytest.mark.parametrize("path", ["breaks.sit_limit", "breaks.escalate", "breaks.snooze"])
def test_pages_turn_whatever_has_the_keyboard(path: str, opens: Opens, qtbot: QtBot) -> None:
    window = opens()
    field = view(window, path).field
    field.setFocus()
    before = field.plain()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_PageDown, control)
    assert (window.body.page, field.plain()) == ("presence", before)


def test_pages_turn_by_keys_and_esc_closes(opens: Opens, qtbot: QtBot) -> None:
    window = opens()
    control = Qt.KeyboardModifier.ControlModifier
    assert window.focusWidget() is window.body.list
    for key, page in (
        (Qt.Key.Key_PageUp, BASICS),
        (Qt.Key.Key_PageDown, PRESET),
        (Qt.Key.Key_PageDown, "breaks"),
        (Qt.Key.Key_PageUp, PRESET),
    ):
        qtbot.keyClick(window.focusWidget(), key, control)
        assert window.body.page == page
    qtbot.keyClick(window.body.list, Qt.Key.Key_Up)
    assert window.body.page == BASICS
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_theme_that_is_chosen_here_is_put_on_at_once(opens: Opens, qtbot: QtBot) -> None:
    window = opens()
    shown = view(window, "ui.theme")
    shown.field.setFocus()
    sets(qtbot, shown.field, shown.setting.kind, "dark")
    assert window.chosen_style.theme is DARK_THEME
    assert window.body.page == "ui"
    assert window.grab().toImage().pixelColor(3, 3).name() == DARK_THEME.window
    types(qtbot, line(window, "ui.text_scale").line, "1.5")
    assert window.chosen_style.scale == 1.5
    assert line(window, "ui.text_scale").line.text() == "1.5"


def test_a_file_that_breaks_in_between_keeps_the_colours(opens: Opens, file: Path) -> None:
    window = opens('[ui]\ntheme = "dark"\n')
    file.write_text('[ui]\ntheme = "dark"\n[break')
    window.refresh()
    assert window.chosen_style.theme is DARK_THEME
    assert not window.body.banner.isHidden()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_off(scale: float, opens: Opens) -> None:
    window = opens(f"{ROWS}[ui]\ntext_scale = {scale}\n")
    for name in (BASICS, *(page.name for page in all_pages())):
        window.body.choose(name)
        _settles()
        body = window.body
        inside = body.area.widget()
        assert inside is not None
        assert inside.width() <= body.area.viewport().width() + 1, name
        shown = body.basics if name == BASICS else body.views[name]
        assert inside is not None
        end = shown.mapTo(inside, shown.childrenRect().bottomLeft()).y()
        whole = max(end + 40, body.area.viewport().height())
        assert inside.height() <= whole, f"a gap on {name}"
        for label in shown.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.width() >= label.sizeHint().width(), label.text()


def _settles() -> None:
    """Let everything find its place."""
    for _ in range(4):
        QCoreApplication.processEvents()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_is_written_can_be_read(theme: Theme) -> None:
    (link,) = re.findall(r'role="link"\] {[^}]* color: (#\w+);', sheet(Style(theme)))
    for colour in (theme.text, theme.quiet, theme.warm, link):
        assert contrast(colour, theme.card) >= 4.5
