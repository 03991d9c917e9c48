"""Changes by hand: kept comments, refusals, steps, rows, presets, undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from deskbreak.text.settings import with_units
from deskbreak.windows.settings.exercises import ExercisesField
from deskbreak.windows.settings.fields import LineField, LinesField, StepsField
from deskbreak.windows.settings.pages import PRESET
from deskbreak.windows.settings.rows import RowsField
from deskbreak.windows.settings.views import PresetView
from tests.windows.settings.hands import MINE, Opens, line, said, types, view

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_change_keeps_comments_and_unknown_keys(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    types(qtbot, line(window, "breaks.sit_limit").line, "50")
    assert file.read_text() == MINE.replace('"25m"', '"50m"')
    assert window.body.status.text() == "Saved."
    assert line(window, "breaks.sit_limit").line.text() == "50 min"


def test_an_unfit_value_is_explained_and_not_written(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens(MINE)
    shown = view(window, "breaks.sit_limit")
    types(qtbot, line(window, "breaks.sit_limit").line, "45 x")
    assert file.read_text() == MINE
    assert "Not saved" in shown.remark.text()
    assert with_units(shown.setting.kind.allowed) in shown.remark.text()
    qtbot.keyClick(line(window, "breaks.sit_limit").line, Qt.Key.Key_Escape)
    assert (line(window, "breaks.sit_limit").line.text(), window.isVisible()) == ("25 min", True)
    assert shown.remark.text() == ""


def test_what_is_allowed_is_said_while_it_is_written(opens: Opens, qtbot: QtBot) -> None:
    window = opens()
    shown = view(window, "breaks.walk")
    field = line(window, "breaks.walk").line
    field.selectAll()
    qtbot.keyClicks(field, "7 x")
    assert shown.remark.text().startswith("Allowed: a duration")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert shown.remark.text() == ""


def test_an_emptied_line_is_the_way_back_to_the_default(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens(MINE)
    types(qtbot, line(window, "breaks.sit_limit").line, "")
    assert said(file, "breaks.sit_limit") is None
    assert line(window, "breaks.sit_limit").line.text() == "30 min"


def test_steps_are_one_change(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    field = view(window, "breaks.sit_limit").field
    assert isinstance(field, StepsField)
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    plus = QPoint(field.spin.width() - 10, field.spin.height() // 2)
    qtbot.mouseClick(field.spin, Qt.MouseButton.LeftButton, pos=plus)
    assert (field.line.text(), said(file, "breaks.sit_limit")) == ("35 min", "25m")
    qtbot.waitUntil(lambda: said(file, "breaks.sit_limit") == "35m", timeout=60_000)
    window.undo()
    assert said(file, "breaks.sit_limit") == "25m"


def test_a_step_that_was_only_just_taken_is_undone_first(
    opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens(MINE)
    types(qtbot, line(window, "breaks.walk").line, "7m")
    field = line(window, "breaks.sit_limit").line
    field.setFocus()
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(window.focusWidget(), *undo)
    assert (said(file, "breaks.sit_limit"), said(file, "breaks.walk")) == ("25m", "7m")
    assert field.text() == "25 min"


def test_ctrl_z_takes_changes_back_one_by_one(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    types(qtbot, line(window, "breaks.sit_limit").line, "50m")
    types(qtbot, line(window, "breaks.walk").line, "7m")
    for expected in (MINE.replace('"25m"', '"50m"'), MINE, MINE):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert file.read_text() == expected
    assert window.body.undo.isHidden()


def test_a_row_is_saved_once_it_is_complete(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens()
    shown = view(window, "reminder")
    field = shown.field
    assert isinstance(field, RowsField)
    field.more.click()
    assert "still open" in shown.remark.text()
    for name, text in (("name", "water"), ("every", "1h")):
        assert not file.exists()
        entry = field.rows[0].fields[name]
        assert isinstance(entry, LineField)
        types(qtbot, entry.line, text)
    assert said(file, "reminder") == [{"name": "water", "every": "1h"}]
    assert not any(part.unfinished for part in field.rows[0].fields.values())
    assert field.rows[0].fields["every"].plain() == "1h"
    assert shown.remark.text() == ""


def test_two_reminders_of_one_name_are_refused(opens: Opens, file: Path, qtbot: QtBot) -> None:
    text = (
        '[[reminder]]\nname = "eyes"\nevery = "20m"\n[[reminder]]\nname = "water"\nevery = "1h"\n'
    )
    window = opens(text)
    shown = view(window, "reminder")
    assert isinstance(shown.field, RowsField)
    name = shown.field.rows[1].fields["name"]
    assert isinstance(name, LineField)
    types(qtbot, name.line, "eyes")
    assert "Entry 2, Name" in shown.remark.text().replace("entry", "Entry")
    assert file.read_text() == text


def test_a_path_can_be_added_to_the_list(opens: Opens, file: Path) -> None:
    window = opens('[calendar]\nfiles = ["/a.ics"]\n')
    field = view(window, "calendar.files").field
    assert isinstance(field, LinesField)
    field.add("/b c.ics")
    assert said(file, "calendar.files") == ["/a.ics", "/b c.ics"]


def test_a_preset_is_chosen_and_told(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens(MINE)
    page = window.body.views[PRESET]
    assert isinstance(page, PresetView)
    assert page.cards["balanced"].pick.isChecked()
    page.cards["hourly"].pick.click()
    assert said(file, PRESET) == "hourly"
    assert "ask me after 50 min (yours counts: 25 min)" in page.cards["hourly"].changes.text()
    natural = window.look.now["breaks.natural_break"]
    assert (natural.plain, natural.source) == ("5m", "from the preset Hourly five")
    gentle = page.cards["gentle-start"]
    assert "15 min later" in gentle.changes.text()
    gentle.pick.click()
    assert said(file, PRESET) == "hourly+gentle-start"
    assert page.cards["hourly"].pick.isChecked()
    assert gentle.pick.isChecked()
    page.cards["walker"].pick.click()
    assert said(file, PRESET) == "walker+gentle-start"
    page.cards["hourly"].pick.click()
    gentle.pick.click()
    assert said(file, PRESET) == "hourly"
    types(qtbot, line(window, PRESET).line, "hurly")
    assert 'perhaps "hourly"' in window.body.status.text()
    assert said(file, PRESET) == "hourly"
    view(window, PRESET).back.click()
    assert said(file, PRESET) is None
    assert page.cards["balanced"].pick.isChecked()


def test_gentle_start_alone_stands_on_the_built_in_settings(opens: Opens, file: Path) -> None:
    window = opens('preset = "gentle-start"\n')
    page = window.body.views[PRESET]
    assert isinstance(page, PresetView)
    chosen = {name for name, card in page.cards.items() if card.pick.isChecked()}
    assert chosen == {"balanced", "gentle-start"}
    page.cards["gentle-start"].pick.click()
    assert said(file, PRESET) == "balanced"


def test_an_exercise_is_left_out_by_its_picture(opens: Opens, file: Path, qtbot: QtBot) -> None:
    window = opens('[routines]\navoid = ["no_such_movement"]\n')
    field = view(window, "routines.avoid").field
    assert isinstance(field, ExercisesField)
    assert field.names.text() == "no_such_movement"
    qtbot.keyClick(field.more, Qt.Key.Key_Return)
    picker = field.picker
    assert picker is not None
    qtbot.waitUntil(lambda: not picker.unpainted, timeout=120_000)
    blank = picker.ticks["bird_dog"].icon().pixmap(150, 110).toImage()
    assert len({blank.pixel(x, y) for x in range(0, 150, 3) for y in range(0, 110, 3)}) > 10
    qtbot.keyClicks(picker.search, "dog stand")
    assert [name for name, tick in picker.ticks.items() if tick.isVisible()] == [
        "standing_bird_dog"
    ]
    qtbot.keyClick(picker.ticks["standing_bird_dog"], Qt.Key.Key_Space)
    assert said(file, "routines.avoid") == ["no_such_movement", "standing_bird_dog"]
    assert field.names.text() == "no_such_movement, Standing bird dog"
    window.undo()
    assert not picker.ticks["standing_bird_dog"].isChecked()
    assert said(file, "routines.avoid") == ["no_such_movement"]
