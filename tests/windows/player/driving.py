"""A window whose clock the test turns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from deskbreak.windows.player.guide import Guide
from deskbreak.windows.player.pages import Page
from deskbreak.windows.player.window import DEAF_S, PlayerWindow
from deskbreak.windows.qt.theme import LIGHT_THEME, Style, qt_palette
from deskbreak.windows.qt.widgets import Button, Text
from tests.windows.requests import Listener, Reports, asked

STYLE = Style(LIGHT_THEME)


class Opened:
    """An open window, and everything around it."""

    def __init__(self, words: tuple[str, ...], style: Style, *, notice: bool) -> None:
        self.now = 100.0
        self.sounds = Listener()
        self.reports = Reports()
        self.codes: list[int] = []
        QApplication.setPalette(qt_palette(style.theme))
        self.window = PlayerWindow(
            asked(*words), self.reports.reporter, lambda: self.now, self.sounds, style
        )
        self.window.done.connect(self.codes.append)
        self.window.resize(920, 690)
        if notice:
            self.window.ask_first()
        else:
            self.window.begin()
        self.window.show()
        self.settle()

    def settle(self, until: Callable[[], bool] | None = None) -> None:
        """Let Qt paint and tell what it has to tell."""
        for _ in range(200):
            QApplication.processEvents()
            if until is None or until():
                QApplication.processEvents()
                return
        assert until is None or until()

    def wait(self, seconds: float, step: float = 0.25) -> None:
        """Let time pass, a piece at a time, as the window's timer would."""
        end = self.now + seconds
        while self.now < end - 1e-9:
            self.now = min(end, self.now + step)
            self.window.tick()

    def awake(self) -> None:
        """Wait until keys are heard."""
        self.wait(DEAF_S)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys, one after another."""
        for key in keys:
            target: QWidget = self.window.focusWidget() or self.window
            QTest.keyClick(target, key)

    def click(self, text: str) -> None:
        """Click the button with this text."""
        found = [b for b in self.shown.findChildren(Button) if b.text() == text]
        assert len(found) == 1, (text, [b.text() for b in self.shown.findChildren(Button)])
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    @property
    def shown(self) -> QWidget:
        """The page on the screen."""
        found = [one for one in self.window.findChildren(QWidget) if isinstance(one, Guide | Page)]
        visible = [one for one in found if one.isVisible()]
        assert len(visible) == 1, visible
        return visible[0]

    def says(self) -> list[str]:
        """All text on the page that can be read."""
        return [t.text() for t in self.shown.findChildren(Text) if t.isVisible() and t.text()]


@contextmanager
def opened(*words: str, style: Style = STYLE, notice: bool = False) -> Iterator[Opened]:
    """A window that plays what the words say; gone with the block."""
    one = Opened(words or ("stand-hips",), style, notice=notice)
    try:
        yield one
    finally:
        one.window.close()
        one.settle()
        one.window.deleteLater()
        one.settle()
        one.reports.close()
