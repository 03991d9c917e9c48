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
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskbreak.settings.model import Ui
from deskbreak.windows.qt.keys import key_of
from deskbreak.windows.qt.looks import qt_palette
from deskbreak.windows.qt.text import window_title
from deskbreak.windows.settings.body import Body
from deskbreak.windows.settings.document import Document, Look, RefusedError
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.pages import Page
from deskbreak.windows.settings.setting_view import SettingView

_LOOK_MS = 700
"""How often the files are asked whether they have changed."""

_SAID_MS = 5_000


class SettingsWindow(QWidget):
    """Every setting of one file. `dress_of` gives colours and sizes for `[ui]` as it is now."""

    dressed = Signal()

    def __init__(
        self, document: Document, pages: tuple[Page, ...], dress_of: Callable[[Ui], Dress]
    ) -> None:
        super().__init__()
        self._document = document
        self._pages = pages
        self._dress_of = dress_of
        self._seen = document.signature()
        self.look: Look = document.look()
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self.setAutoFillBackground(True)
        self.setWindowTitle(window_title("Settings"))
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.timeout.connect(self._at_rest)
        self._keys = self._key_map()
        self.body = self._made(dress_of(self.look.settings.ui))
        self.body.list.setFocus()
        self._show(self.look)
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
        dress = self._dress_of(look.settings.ui) if look.readable else self.dress
        if not _same(self.dress, dress):
            self._dress_anew(dress)
        self.body.show_look(look)
        self.body.undo.setVisible(self._document.can_undo)
        self.body.open.setVisible(self._document.file.exists())
        if not self._said.isActive():
            self._at_rest()

    def _made(self, dress: Dress) -> Body:
        body = Body(self._pages, self._document.presets, dress)
        body.wants.connect(self.save)
        body.resets.connect(self.reset)
        body.undoes.connect(self.undo)
        body.opens.connect(self.open_file)
        self.setPalette(qt_palette(dress.looks))
        self._whole.addWidget(body)
        return body

    def _dress_anew(self, dress: Dress) -> None:
        """Make another inside, at the same place as the one before."""
        before, where = self.body, self._focused()
        self.body = self._made(dress)
        self.body.choose(before.page)
        self.body.search.setText(before.search.text())
        self.body.show_look(self.look)
        self.body.status.say(before.status.text())
        self._whole.removeWidget(before)
        before.hide()
        before.deleteLater()
        if where is not None:
            view = self.body.view_of(where.setting.path)
            view.field.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self._to_focus)  # once everything has its place
        self.dressed.emit()

    def _to_focus(self) -> None:
        view = self._focused()
        if view is not None:
            self.body.area.ensureWidgetVisible(view)

    @property
    def dress(self) -> Dress:
        """Its colours and sizes."""
        return self.body.dress

    def choose(self, page: str) -> None:
        """Show the page of that name."""
        self.body.choose(page)

    def _focused(self) -> SettingView | None:
        """The setting that has the keyboard."""
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, SettingView):
            widget = widget.parentWidget()
        return widget

    # ------------------------------------------------------------------ changing

    def save(self, path: str, plain: object) -> None:
        """Write a setting."""
        self._do(lambda: self._document.set(path, plain), "Saved.")

    def reset(self, path: str) -> None:
        """Take a setting back to its default."""
        self._do(lambda: self._document.reset(path), "Back to the default.")

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
        self._said.start(_SAID_MS)
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
            "Ctrl+PgUp": partial(self._turn, -1), "Ctrl+PgDown": partial(self._turn, 1),
            "Esc": self._escape, "Ctrl+W": self.close,
        }  # fmt: skip

    def _search(self) -> None:
        self.body.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.body.search.selectAll()

    def _turn(self, by: int) -> None:
        self.body.turn(by)

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
        for page in self.body.views.values():
            for view in page.views:
                view.field.finish()
        event.accept()


def _same(one: Dress, other: Dress) -> bool:
    return (one.looks, one.sizes.scale) == (other.looks, other.sizes.scale)


def _homely(document: Document) -> str:
    """The file's path, short where it lies in the person's home."""
    file = document.file
    with suppress(ValueError, RuntimeError):  # outside the home, or nobody's
        return f"~/{file.relative_to(file.home())}"
    return str(file)
