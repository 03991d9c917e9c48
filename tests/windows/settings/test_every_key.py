"""Every key of the definition, by its own control, there and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from deskbreak.settings.files import shipped
from deskbreak.settings.keys import all_keys
from deskbreak.settings.load import check_text
from deskbreak.settings.model import Settings
from deskbreak.settings.tables import Map
from deskbreak.windows.settings.pages import Setting, all_pages
from deskbreak.windows.settings.window import SettingsWindow
from tests.windows.settings.hands import Opens, another, said, sets, view

pytestmark = pytest.mark.usefixtures("qapp")

SETTINGS = [setting for page in all_pages() for setting in page.settings]


def test_every_key_of_the_definition_has_its_place() -> None:
    there = {setting.path for setting in SETTINGS}
    wanted = set()
    for key in all_keys():
        members = [f"{key.path}.{name}" for name in getattr(key.kind, "names", ())]
        wanted |= set(members) if isinstance(key.kind, Map) else {key.path}
    assert there == wanted


@pytest.mark.parametrize("page", [page.name for page in all_pages()])
def test_every_key_is_set_by_its_control_and_set_back(
    page: str, opens: Opens, file: Path, qtbot: QtBot
) -> None:
    window = opens()
    settings = [setting for setting in SETTINGS if setting.path.split(".")[0] == page]
    for setting in settings:
        _there_and_back(window, setting, file, qtbot)
    assert not file.exists() or Settings() == check_text(file.read_text(), "it", _PRESETS).settings


_PRESETS = shipped("config") / "presets"


def _there_and_back(window: SettingsWindow, setting: Setting, file: Path, qtbot: QtBot) -> None:
    shown = view(window, setting.path)
    before = window.look.now[setting.path].plain
    other = another(setting.kind, before)
    sets(qtbot, shown.field, setting.kind, other)
    now = window.look.now[setting.path]
    assert (now.plain, now.own, now.source) == (other, True, "yours"), shown.remark.text()
    shown = view(window, setting.path)
    assert shown.field.plain() == other
    assert not shown.back.isHidden()
    if before is not None:
        sets(qtbot, shown.field, setting.kind, before)
        assert said(file, setting.path) == before
        shown = view(window, setting.path)
    shown.back.click()
    assert said(file, setting.path) is None
    assert window.look.now[setting.path].plain == before


@pytest.mark.parametrize(
    ("path", "role", "value"),
    [
        ("breaks.sit_limit", QAccessible.Role.SpinBox, "30 min"),
        ("breaks.escalate", QAccessible.Role.ComboBox, "More urgent"),
        ("hold.calls", QAccessible.Role.CheckBox, ""),
        ("schedule.meals", QAccessible.Role.EditableText, ""),
    ],
)
def test_a_screen_reader_hears_name_kind_and_value(
    path: str, role: QAccessible.Role, value: str, opens: Opens
) -> None:
    shown = view(opens(), path)
    proxy = shown.field.focusProxy()
    assert proxy is not None
    control = QAccessible.queryAccessibleInterface(proxy)
    labels = [
        other for other, kind in control.relations() if kind is QAccessible.RelationFlag.Label
    ]
    names = [one.text(QAccessible.Text.Name) for one in (control, *labels)]
    assert shown.setting.label in names
    assert (control.role(), control.text(QAccessible.Text.Value)) == (role, value)


def test_every_control_tells_a_screen_reader_what_it_is(opens: Opens) -> None:
    window = opens()
    for setting in SETTINGS:
        shown = view(window, setting.path)
        target: QWidget = shown.field
        while (proxy := target.focusProxy()) is not None:
            target = proxy
        assert target.focusPolicy() & Qt.FocusPolicy.TabFocus, setting.path
        assert target.accessibleName() or getattr(target, "text", str)(), setting.path
        assert setting.sentence in target.accessibleDescription(), setting.path
        assert shown.findChildren(QLabel)[0].buddy() is shown.field
