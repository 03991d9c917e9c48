"""The small buttons of this window: a word to click, and a step."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton

from deskbreak.windows.qt.button import Button
from deskbreak.windows.qt.sizes import NORMAL, SMALL
from deskbreak.windows.settings.dress import Dress


class Link(QPushButton):
    """Words that can be clicked, without an edge; Enter works as well as Space."""

    def __init__(self, text: str, dress: Dress) -> None:
        super().__init__(text)
        self.setObjectName("link")
        self.setFont(dress.sizes.font(SMALL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:  # noqa: N802 - Qt's name
        """Enter presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Step(Button):
    """A square button beside a line. The keyboard has the arrow keys and passes it by."""

    def __init__(self, sign: str, name: str, dress: Dress) -> None:
        super().__init__(sign, dress.looks, dress.sizes)
        self._dress = dress
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoRepeat(True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as a line."""
        self.setFont(self._dress.sizes.font(NORMAL))
        side = self.fontMetrics().height() + self._dress.px(12)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing where there is nothing to press."""
        if self.isEnabled():
            super().paintEvent(event)
