"""A person's hands at the controls of the settings window."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from deskbreak.settings import tables
from deskbreak.settings import types as kinds
from deskbreak.settings.types import Kind
from deskbreak.windows.qt.theme import CONTRAST_THEME, DARK_THEME, LIGHT_THEME
from deskbreak.windows.settings.exercises import ExercisesField
from deskbreak.windows.settings.fields import (
    ChoiceField,
    Field,
    LineField,
    LinesField,
    SwitchField,
    TicksField,
)
from deskbreak.windows.settings.phrases import refusal, text_of
from deskbreak.windows.settings.rows import RowsField
from deskbreak.windows.settings.views import SettingView
from deskbreak.windows.settings.window import SettingsWindow

MINE = """\
# my settings
mine = "unknown"

[breaks]  # the heart of it
sit_limit = "25m"  # half an hour was long
"""
THEMES = {"light": LIGHT_THEME, "dark": DARK_THEME, "contrast": CONTRAST_THEME}

Opens = Callable[..., SettingsWindow]
"""Opens a window over a text; the fixture of that name is one."""

WORDS = (
    "bird_dog",
    "walker",
    "de",
    "xsync",
    "x",
    "12:30",
    "30m",
    "2026-12-24",
    "12-24",
    "1",
    "[]",
)
"""Some of these fit any text; a new shape of text may need one more."""


def view(window: SettingsWindow, path: str) -> SettingView:
    """The view of a setting, on the screen."""
    page = path.split(".", maxsplit=1)[0]
    window.body.choose(page)
    return next(one for one in window.body.views[page].views if one.setting.path == path)


def line(window: SettingsWindow, path: str) -> LineField:
    field = view(window, path).field
    assert isinstance(field, LineField)
    return field


def said(file: Path, path: str) -> Any:
    """What the file says of a key; None where it says nothing."""
    value: Any = tomllib.loads(file.read_text()) if file.exists() else {}
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def types(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    """Write a line anew and press Enter."""
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def sets(qtbot: QtBot, field: Field, kind: Kind, plain: Any) -> None:
    """Set a value with a control as a person does."""
    if isinstance(field, SwitchField):
        if field.plain() != plain:
            field.switch.click()
    elif isinstance(field, ChoiceField):
        _picks(qtbot, field.box, field.box.findData(plain))
    elif isinstance(field, TicksField):
        for word, tick in field.ticks.items():
            if tick.isChecked() != (word in plain):
                tick.click()
    elif isinstance(field, LineField):
        types(qtbot, field.line, text_of(kind, plain))
    elif isinstance(field, LinesField):
        field.box.setPlainText(text_of(kind, plain))
        field.finish()
    elif isinstance(field, ExercisesField):
        _ticks_pictures(field, plain)
    else:
        assert isinstance(field, RowsField)
        _rows(qtbot, field, kind, plain)


def _ticks_pictures(field: ExercisesField, plain: list[str]) -> None:
    field.more.click()
    assert field.picker is not None
    for name, tick in field.picker.ticks.items():
        if tick.isChecked() != (name in plain):
            tick.click()
    field.picker.close()


def _picks(qtbot: QtBot, box: QComboBox, row: int) -> None:
    """Open the list, go to a row of it, and press Enter."""
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(row, box.modelColumn()))
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)


def _rows(qtbot: QtBot, field: RowsField, kind: Kind, plain: list[dict[str, Any]]) -> None:
    assert isinstance(kind, tables.Listed)
    assert isinstance(kind.item, tables.Table)
    while field.rows:
        field.remove(field.rows[-1])
    for table in plain:
        field.more.click()
        for entry in kind.item.entries:
            if entry.name in table:
                sets(qtbot, field.rows[-1].fields[entry.name], entry.kind, table[entry.name])


def another(kind: Kind, plain: Any) -> Any:
    """A value that is allowed and is not this one."""
    for one in _candidates(kind):
        if one != plain and not refusal(kind, one):
            return one
    raise AssertionError(f"no other value is known for {kind}; hands.WORDS may need one more")


def _candidates(kind: Kind) -> list[Any]:  # noqa: PLR0911 - one for each kind
    match kind:
        case kinds.YesNo():
            return [True, False]
        case kinds.Choice():
            return list(kind.words)
        case kinds.Span():
            return [kind.most.text, kind.least.text]
        case kinds.Number():
            return [kind.least, kind.most] if kind.fractions else [int(kind.least), int(kind.most)]
        case kinds.TimeOfDay():
            return ["12:30", "13:45"]
        case tables.Listed(item=tables.Table()):
            return [[_filled(kind.item)]]
        case tables.Listed():
            return [[one] for one in _candidates(kind.item)]
        case tables.Table():
            return [_filled(kind)]
        case _:
            return list(WORDS)


def _filled(table: Kind) -> dict[str, Any]:
    """A table with every key, each at another value than its neighbour of the same kind."""
    assert isinstance(table, tables.Table)
    found: dict[str, Any] = {}
    for entry in table.entries:
        taken = [*found.values(), None if entry.needed else entry.kind.plain(entry.default)]
        found[entry.name] = next(
            one
            for one in _candidates(entry.kind)
            if one not in taken and not refusal(entry.kind, one)
        )
    return found
