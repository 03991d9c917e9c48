"""The window: reads the file, shows it, writes each change at once, and takes changes back."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDesktopServices,
    QKeyEvent,
)
from PySide6.QtWidgets import QWidget

from deskbreak.settings.model import Ui
from deskbreak.windows.qt.button import key_of
from deskbreak.windows.qt.draw import window_title
from deskbreak.windows.settings.body import Body
from deskbreak.windows.settings.document import Document, Look, RefusedError
from deskbreak.windows.settings.pages import Page
from deskbreak.windows.settings.style import Style, column
from deskbreak.windows.settings.views import SettingView

_LOOK_MS = 700
"""How often the files are asked whether they have changed."""

_STATUS_MS = 5_000


class SettingsWindow(QWidget):
    """Every setting of one file. `style_of` gives colours and sizes for `[ui]` as it is now."""

    styled = Signal()

    def __init__(
        self, document: Document, pages: tuple[Page, ...], style_of: Callable[[Ui], Style]
    ) -> None:
        super().__init__()
        self._document = document
        self._style_of = style_of
        self._seen = document.signature()
        self.look: Look = document.look()
        self.body = Body(pages, document.presets, self.save)
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
        self._put_on(style_of(self.look.settings.ui))
        self._show(self.look)
        self.body.list.setFocus()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_again)
        self._timer.start(_LOOK_MS)

    # ------------------------------------------------------------------ looking

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
        style = self._style_of(look.settings.ui) if look.readable else self.chosen_style
        if style != self.chosen_style:
            self._put_on(style)
        self.body.show_look(look)
        self.body.undo.setVisible(self._document.can_undo)
        self.body.open.setVisible(self._document.file.exists())
        if not self._status_timer.isActive():
            self._at_rest()

    def _put_on(self, style: Style) -> None:
        self.chosen_style = style
        self.setStyleSheet(style.sheet())
        self.body.fit()
        if (view := self._focused()) is not None:  # once everything has its place
            QTimer.singleShot(0, view, partial(self.body.area.ensureWidgetVisible, view))
        self.styled.emit()

    def _focused(self) -> SettingView | None:
        """The setting that has the keyboard."""
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, SettingView):
            widget = widget.parentWidget()
        return widget

    # ------------------------------------------------------------------ changing

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

    # ------------------------------------------------------------------ saying

    def say(self, text: str) -> None:
        """Say something for a while."""
        self._status_timer.start(_STATUS_MS)
        self.body.status.say(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _at_rest(self) -> None:
        saved = f"Every change is saved at once, in {_homely(self._document)}."
        self.body.status.say(saved if self.look.readable else "")

    # ------------------------------------------------------------------ keys

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
        for view in self.findChildren(SettingView):
            view.field.finish()
        event.accept()


def _homely(document: Document) -> str:
    """The file's path, short where it lies in the person's home."""
    file = document.file
    with suppress(ValueError, RuntimeError):  # outside the home, or nobody's
        return f"~/{file.relative_to(file.home())}"
    return str(file)
