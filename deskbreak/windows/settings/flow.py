"""A layout that puts widgets side by side and begins a new line where there is no more room."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class Flow(QLayout):
    """Left to right, top to bottom; `gap` in pixels between all of them.

    With `apart` the last one stands at the right end of the first line, if it fits on it.
    """

    def __init__(self, gap: int, *, apart: bool = False) -> None:
        super().__init__()
        self._gap = gap
        self._apart = apart
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:  # noqa: N802 - Qt's name
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:  # noqa: N802
        """That one, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:  # noqa: N802
        """Let go of that one."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int, /) -> int:  # noqa: N802 - Qt's name
        """How high it is at a width."""
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect, /) -> None:  # noqa: N802 - Qt's name
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All in one line."""
        hints = [item.sizeHint() for item in self._items]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the widest of them."""
        hints = [item.minimumSize() for item in self._items]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        """The height that it all takes; in a line everything is centred."""
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, QRect(rect.x(), y, rect.width(), high))
            y += high + self._gap
        return max(0, y - self._gap - rect.y())

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        line: list[QLayoutItem] = []
        taken = 0
        for item in self._items:
            wide = item.sizeHint().width()
            if line and taken + wide > width:
                yield line
                line, taken = [], 0
            line.append(item)
            taken += wide + self._gap
        if line:
            yield line

    def _place(self, line: list[QLayoutItem], area: QRect) -> None:
        x = area.x()
        for item in line:
            hint = item.sizeHint()
            if self._apart and item is not line[0] and item is self._items[-1]:
                x = max(x, area.right() + 1 - hint.width())
            item.setGeometry(
                QRect(QPoint(x, area.y() + (area.height() - hint.height()) // 2), hint)
            )
            x += hint.width() + self._gap
