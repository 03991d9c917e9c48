"""A settings window over a file of its own."""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from deskbreak.settings.model import Ui
from deskbreak.windows.qt.theme import LIGHT_THEME, Style
from deskbreak.windows.settings.document import Document
from deskbreak.windows.settings.pages import all_pages
from deskbreak.windows.settings.window import SettingsWindow
from tests.windows.settings.hands import THEMES, Opens


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Hundreds of writes here; what a power cut leaves is for tests/settings/test_write.py.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    return tmp_path / "config.toml"


@pytest.fixture
def opens(file: Path, qtbot: QtBot) -> Opens:
    """A window over a text, or over no file at all; in the colours and sizes that it asks for."""

    def style(ui: Ui) -> Style:
        return Style(THEMES.get(ui.theme, LIGHT_THEME), ui.text_scale)

    def made(text: str | None = None) -> SettingsWindow:
        if text is not None:
            file.write_text(text)
        pages = all_pages()
        window = SettingsWindow(Document(file, (), pages), pages, style)
        qtbot.addWidget(window)
        window.resize(900, 700)
        window.show()
        return window

    return made
