"""The window: reads the file, shows it, writes each change at once, and takes changes back."""

import argparse
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDesktopServices,
    QKeyEvent,
)
from PySide6.QtWidgets import QWidget

from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.settings.model import Ui
from deskbreak.systems import here
from deskbreak.systems.system import Autostart
from deskbreak.text.display import complain
from deskbreak.windows.qt.desktop import taste
from deskbreak.windows.qt.geometry import remember, restore
from deskbreak.windows.qt.theme import Style, apply_theme
from deskbreak.windows.qt.widgets import key_of, window_title
from deskbreak.windows.settings.body import Body
from deskbreak.windows.settings.document import Document, Look, RefusedError
from deskbreak.windows.settings.pages import Page, all_pages
from deskbreak.windows.settings.style import column, sheet
from deskbreak.windows.settings.view import View
from deskbreak.windows.start import application, run

_NAME = "settings"
_USUAL = (880, 720)


_LOOK_MS = 700
"""How often the files are asked whether they have changed."""

_STATUS_MS = 5_000


class SettingsWindow(QWidget):
    """Every setting of one file. `style_of` gives colours and sizes for `[ui]` as it is now."""

    def __init__(
        self, document: Document, pages: tuple[Page, ...], style_of: Callable[[Ui], Style],
        autostart: Autostart | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._document = document
        self._style_of = style_of
        self._seen = document.signature()
        self.look: Look = document.look()
        self.body = Body(pages, document.presets, self.save, autostart)
        self.body.undo.clicked.connect(self.undo)
        for button in (self.body.open, self.body.banner.open):
            button.clicked.connect(self.open_file)
        column(self).addWidget(self.body)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(window_title("Settings"))
        self._status_timer = QTimer(self)
        self._status_timer.setSingleShot(True)
        self._status_timer.timeout.connect(self._at_rest)
        self._keys = self._key_map()
        self._restyle(style_of(self.look.settings.ui))
        self._show(self.look)
        self.body.list.setFocus()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_again)
        self._timer.start(_LOOK_MS)

    def refresh(self) -> None:
        """Read the files and show what they say."""
        self._seen = self._document.signature()
        self._show(self._document.look())

    def _look_again(self) -> None:
        if self._document.signature() != self._seen:
            self.refresh()

    def _show(self, look: Look) -> None:
        self.look = look
        # A file that cannot be read, perhaps half saved, is no wish for other colours.
        if look.readable:
            self._restyle(self._style_of(look.settings.ui))
        self.body.show_look(look)
        self.body.undo.setVisible(self._document.can_undo)
        self.body.open.setVisible(self._document.file.exists())
        if not self._status_timer.isActive():
            self._at_rest()

    def _restyle(self, style: Style) -> None:
        self.chosen_style = style
        new = sheet(style)
        if new == self.styleSheet():
            return
        self.setStyleSheet(new)
        self.body.fit()
        if (view := self._focused()) is not None:  # once everything has its place
            QTimer.singleShot(0, view, partial(self.body.area.ensureWidgetVisible, view))

    def _focused(self) -> View | None:
        """The setting that has the keyboard."""
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, View):
            widget = widget.parentWidget()
        return widget

    def save(self, path: str, plain: object) -> None:
        """Write a setting; None takes it back to its default."""
        if plain is None:
            self._do(lambda: self._document.reset(path), "Back to the default.")
        else:
            self._do(lambda: self._document.set(path, plain), "Saved.")

    def undo(self) -> None:
        """Take the last change back; a step that was only just taken is the last."""
        if (view := self._focused()) is not None:
            view.field.finish()
        if self._document.can_undo:
            self._do(self._document.undo, "Undone.")

    def _do(self, change: Callable[[], object], done: str) -> None:
        try:
            change()
        except RefusedError as refused:
            self.say(str(refused))
        else:
            self.say(done)
        self.refresh()

    def open_file(self) -> None:
        """Open the file in the program that the desktop has for it."""
        file = self._document.file
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self.say(f"No program opened it; it is {file}.")

    def say(self, text: str) -> None:
        """Say something for a while."""
        self._status_timer.start(_STATUS_MS)
        self.body.status.say(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _at_rest(self) -> None:
        saved = f"Every change is saved at once, in {_homely(self._document)}."
        self.body.status.say(saved if self.look.readable else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key means."""
        do = self._keys.get(key_of(event))
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def _key_map(self) -> dict[str, Callable[[], object]]:
        return {
            "Ctrl+F": self._search, "Ctrl+Z": self.undo, "F5": self.refresh,
            "Ctrl+PgUp": partial(self.body.turn, -1), "Ctrl+PgDown": partial(self.body.turn, 1),
            "Esc": self._escape, "Ctrl+W": self.close,
        }  # fmt: skip

    def _search(self) -> None:
        self.body.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.body.search.selectAll()

    def _escape(self) -> None:
        """Out of what one is in: an unfinished value, a search, and then the window."""
        view = self._focused()
        if view is not None and view.field.unfinished:
            view.revert()
        elif self.body.search.text():
            self.body.search.clear()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Save what is still being written, if it fits."""
        self._timer.stop()
        for view in self.findChildren(View):
            view.field.finish()
        event.accept()


def _homely(document: Document) -> str:
    """The file's path, short where it lies in the person's home."""
    file = document.file
    with suppress(ValueError, RuntimeError):  # outside the home, or nobody's
        return f"~/{file.relative_to(file.home())}"
    return str(file)


def open_window(options: argparse.Namespace) -> int:
    """Show the window until it closes; returns the exit code. Qt has to be able to start."""
    try:
        places = Places.of_user()
    except NoPlaceError as trouble:
        complain(str(trouble))
        return 1
    app = application()

    def style_of(ui: Ui) -> Style:
        theme = apply_theme(options.theme or ui.theme, taste())
        return Style(theme, options.text_scale or ui.text_scale)

    file = places.config if options.config is None else options.config.absolute()
    pages = all_pages()
    system = here()
    autostart = None if system.not_yet else system.autostart(places.config.parent.parent)
    document = Document(file, places.site_configs, pages)
    window = SettingsWindow(document, pages, style_of, autostart)
    if options.page is not None:
        window.body.choose(options.page)
    px = window.chosen_style.px
    restore(window, _NAME, (px(_USUAL[0]), px(_USUAL[1])), Qt.WindowState.WindowMaximized)
    app.lastWindowClosed.connect(lambda: remember(window, _NAME))
    window.show()
    return run(app, window.close, window.refresh)
