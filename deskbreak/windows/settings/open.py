"""Opens the settings window and runs it to its end; everything that belongs to the process."""

import argparse
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.settings.model import Ui
from deskbreak.text.display import complain
from deskbreak.windows.geometry import Spot, load, save
from deskbreak.windows.qt.application import application, closed_by_signals
from deskbreak.windows.qt.desktop import Watch, taste
from deskbreak.windows.qt.looks import chosen_looks, qt_palette
from deskbreak.windows.settings.document import Document
from deskbreak.windows.settings.pages import all_pages
from deskbreak.windows.settings.style import Style
from deskbreak.windows.settings.window import SettingsWindow

WINDOW = "settings"
"""The table of this window in the file of places."""

_USUAL = (880, 720)
_FRAME = (8, 40)
"""About what a window manager puts around a window, in pixels."""


def open_window(options: argparse.Namespace) -> int:
    """Show the window until it closes; returns the exit code. Qt has to be able to start."""
    try:
        places = Places.of_user()
    except NoPlaceError as trouble:
        complain(str(trouble))
        return 1
    app = application()
    file = places.config if options.config is None else options.config.absolute()
    pages = all_pages()
    window = SettingsWindow(
        Document(file, places.site_configs, pages), pages, lambda ui: _style(ui, options)
    )
    window.styled.connect(lambda: app.setPalette(qt_palette(window.chosen_style.looks)))
    window.styled.emit()
    watch = Watch(window.refresh)
    if options.page is not None:
        window.body.choose(options.page)
    remembered = places.state.with_name("window.toml")
    _resize(window, load(remembered, WINDOW))
    app.lastWindowClosed.connect(lambda: _remember(window, remembered))
    with closed_by_signals(window.close):
        window.show()
        code = app.exec()
    del watch
    return code


def _style(ui: Ui, options: argparse.Namespace) -> Style:
    """The colours and sizes that the options ask for, or else the settings."""
    looks = chosen_looks(options.theme or ui.theme, taste())
    return Style(looks, options.text_scale or ui.text_scale)


def _resize(window: SettingsWindow, spot: Spot) -> None:
    """As large as it was, or as suits its text; never larger than the screen."""
    screen = QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    usual = tuple(window.chosen_style.px(length) for length in _USUAL)
    width, height = (spot.width, spot.height) if spot.width and spot.height else usual
    window.resize(min(width, room.width() - _FRAME[0]), min(height, room.height() - _FRAME[1]))
    if spot.full:
        window.setWindowState(window.windowState() | window.windowState().WindowMaximized)


def _remember(window: SettingsWindow, file: Path) -> None:
    size = window.normalGeometry() if window.isMaximized() else window.geometry()
    save(file, WINDOW, Spot("", None, None, size.width(), size.height(), window.isMaximized()))
