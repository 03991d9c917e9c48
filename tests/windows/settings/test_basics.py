"""The first page: what its sentences set, and what they leave alone."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from deskbreak.settings.keys import find_key
from deskbreak.systems.linux.autostart import DesktopEntry
from deskbreak.windows.settings.basics import SentenceView, ShareField
from deskbreak.windows.settings.document import Document
from deskbreak.windows.settings.fields import LineField
from deskbreak.windows.settings.hours import HoursField
from deskbreak.windows.settings.pages import BASICS, all_pages
from deskbreak.windows.settings.window import SettingsWindow
from tests.windows.settings.hands import MINE, Opens, another, said, sets, types, view

TWO = """\
[[schedule.hours]]
from = "09:00"
to = "12:00"
[[schedule.hours]]
days = ["mon"]
from = "13:00"
to = "17:00"
"""

pytestmark = pytest.mark.usefixtures("qapp")


def sentence(window: SettingsWindow, path: str) -> SentenceView:
    return next(one for one in window.body.basics.views if one.setting.path == path)


def hours(window: SettingsWindow) -> HoursField:
    field = sentence(window, "schedule.hours").field
    assert isinstance(field, HoursField)
    return field


def picks(field: HoursField | ShareField, plain: object) -> None:
    box = field.when.box if isinstance(field, HoursField) else field.box
    row = box.findData(plain)
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_the_window_begins_with_the_basics(opens: Opens) -> None:
    window = opens(MINE)
    assert window.body.page == BASICS
    assert window.body.basics.isVisible()
    assert [name for name, page in window.body.views.items() if page.isVisible()] == []


@pytest.mark.parametrize(
    "path",
    ["breaks.sit_limit", "schedule.meals", "routines.places", "routines.avoid_if",
     "standing.enabled"],
)  # fmt: skip
def test_a_sentence_sets_its_setting_here_and_on_its_own_page(
    path: str, opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens(MINE)
    shown, kind = sentence(window, path), find_key(path).kind
    other = another(kind, window.look.now[path].plain)
    sets(qtbot, shown.field, kind, other)
    assert said(file, path) == other, shown.remark.text()
    assert view(window, path).field.plain() == other
    window.undo()
    assert shown.field.plain() == window.look.now[path].plain != other


def test_an_unfit_value_is_explained_below_its_sentence(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens(MINE)
    shown = sentence(window, "breaks.sit_limit")
    assert isinstance(shown.field, LineField)
    types(qtbot, shown.field.line, "soon")
    assert "Not saved" in shown.remark.text()
    assert shown.remark.isVisible()
    assert file.read_text() == MINE


def test_working_hours_are_chosen_and_taken_back(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens()
    field = hours(window)
    assert not field.begins.isVisible()
    picks(field, "one")
    assert said(file, "schedule.hours") == [
        {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "17:00"}
    ]
    assert field.begins.isVisible()
    types(qtbot, field.begins.line, "08:30")
    for day in ("sat", "sun"):
        field.days[day].click()
    assert said(file, "schedule.hours") == [{"from": "08:30", "to": "17:00"}]
    picks(field, "always")
    assert said(file, "schedule.hours") in (None, [])
    assert not field.begins.isVisible()


def test_hours_without_a_day_or_an_end_are_refused(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens('[[schedule.hours]]\ndays = ["mon"]\nfrom = "09:00"\nto = "17:00"\n')
    before = file.read_text()
    hours(window).days["mon"].click()
    assert "Not saved" in sentence(window, "schedule.hours").remark.text()
    assert file.read_text() == before
    hours(window).days["mon"].click()
    types(qtbot, hours(window).ends.line, "")
    assert "To is still open" in sentence(window, "schedule.hours").remark.text()
    assert file.read_text() == before
    types(qtbot, hours(window).ends.line, "6pm")
    assert said(file, "schedule.hours")[0]["to"] == "18:00"


def test_several_working_hours_are_told_and_left_alone(opens: Opens, file: Path) -> None:
    window = opens(TWO)
    field = hours(window)
    assert field.when.box.currentText() == "at several times"
    assert len(field.plain()) == 2
    assert not field.begins.isVisible()
    picks(field, "several")
    assert file.read_text() == TWO
    picks(field, "always")
    assert field.when.box.findData("several") < 0


def test_a_share_of_walks_has_words_and_any_other_its_number(opens: Opens, file: Path) -> None:
    window = opens("[breaks]\nwalk_share = 0.3\n")
    field = sentence(window, "breaks.walk_share").field
    assert isinstance(field, ShareField)
    assert field.box.currentText() == "walks for 30% of them"
    picks(field, 0.75)
    assert said(file, "breaks.walk_share") == 0.75


def test_a_search_finds_a_setting_once_and_the_start_at_login_here(
    opens: Opens, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    pages, entry = all_pages(), DesktopEntry(tmp_path / "autostart" / "deskbreak.desktop")
    made = opens()
    window = SettingsWindow(Document(file, (), pages), pages, lambda _: made.chosen_style, entry)
    qtbot.addWidget(window)
    window.show()
    window.body.search.setText("interval")
    assert not window.body.basics.isVisible()
    window.body.search.setText("autostart")
    login = window.body.basics.login
    assert login is not None
    assert login.isVisible()
    assert not sentence(window, "breaks.sit_limit").isVisible()
    login.switch.click()
    assert entry.is_on()
    login.switch.click()
    assert not entry.is_on()
    entry.path.parent.rmdir()
    entry.path.parent.write_text("a file where the folder should be")
    login.switch.click()
    assert "could not be changed" in login.remark.text()
    assert not login.switch.isChecked()


def test_a_screen_reader_hears_whole_sentences(opens: Opens) -> None:
    window = opens()
    for shown in window.body.basics.views:
        target = shown.field.focusProxy()
        assert target is not None
        while (proxy := target.focusProxy()) is not None:
            target = proxy
        control = QAccessible.queryAccessibleInterface(target)
        assert control.text(QAccessible.Text.Name), shown.setting.path
        assert shown.setting.sentence in control.text(QAccessible.Text.Description)
