"""The controls that are written into: a line, a line with steps, and a box of lines."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from deskbreak.settings.kinds import Kind
from deskbreak.windows.qt.sizes import NORMAL
from deskbreak.windows.settings.buttons import Link, Step
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.field import Field
from deskbreak.windows.settings.steps import stepped
from deskbreak.windows.settings.words import NOT_SET, plain_of, text_of

_EMPTY = {"None": NOT_SET, "[]": "none"}
"""What an empty line says of itself."""

_STEPS: Mapping[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}

_SETTLE_MS = 400
"""After the last step; holding an arrow down is one change, not thirty."""

_FEWEST_LINES, _MOST_LINES = 2, 8


class LineField(Field):
    """A value written in one line; `finished` at Enter and when the keyboard goes elsewhere."""

    def __init__(self, name: str, kind: Kind, dress: Dress, *, wide: bool = True) -> None:
        super().__init__()
        self.wide = wide
        self._kind = kind
        self._shown = ""
        self.line = _Line()
        self.line.setFont(dress.sizes.font(NORMAL))
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(_EMPTY.get(str(plain_of(kind, "")), ""))
        self.line.textEdited.connect(self.typing)
        self.line.editingFinished.connect(self.finish)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dress.px(6))
        row.addWidget(self.line)
        self.setFocusProxy(self.line)
        if not wide:
            self.line.setFixedWidth(_short_width(self.line, dress))

    def plain(self) -> Any:
        """What the line says."""
        return plain_of(self._kind, self.line.text())

    def put(self, plain: Any) -> None:
        """Show this; the line's own undo begins anew."""
        self._shown = text_of(self._kind, plain)
        if self.unfinished or self.line.isUndoAvailable():
            self.line.setText(self._shown)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)

    @property
    def unfinished(self) -> bool:
        """Whether something else stands there than was put."""
        return self.line.text() != self._shown

    def finish(self) -> None:
        """Say `finished` if something else stands there than was put."""
        if self.unfinished:
            self.finished.emit()

    def mark_unfit(self, *, unfit: bool) -> None:
        """An edge in a warm colour."""
        _mark(self.line, unfit=unfit)


class StepsField(LineField):
    """A line with smaller and larger beside it; the arrow keys do the same."""

    def __init__(self, name: str, kind: Kind, dress: Dress) -> None:
        super().__init__(name, kind, dress, wide=False)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.finish)
        self.steps: list[Step] = []
        for sign, by, says in (("\N{MINUS SIGN}", -1, "less"), ("+", 1, "more")):
            button = Step(sign, f"{name}: {says}", dress)
            button.clicked.connect(lambda _=False, by=by: self.step(by))
            self.steps.append(button)
            row = self.layout()
            assert row is not None
            row.addWidget(button)
        taken = sum(step.sizeHint().width() + dress.px(6) for step in self.steps)
        self.line.setFixedWidth(self.line.maximumWidth() - taken)

    def step(self, by: int) -> None:
        """Go a step up (1) or down (-1)."""
        self.line.setText(text_of(self._kind, stepped(self._kind, self.plain(), by)))
        self.typing.emit()
        self._settle.start()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:  # noqa: N802 - Qt's name
        """The arrows, which the line has no use for."""
        by = _STEPS.get(event.key())
        if by is None:
            super().keyPressEvent(event)
        else:
            self.step(by)

    def finish(self) -> None:
        """The steps are over too."""
        self._settle.stop()
        super().finish()


class LinesField(Field):
    """A list with an item a line; for paths there is a button that looks for one."""

    def __init__(self, name: str, kind: Kind, dress: Dress, *, paths: bool = False) -> None:
        super().__init__()
        self._kind = kind
        self._shown = ""
        self.box = _Box()
        self.box.setFont(dress.sizes.font(NORMAL))
        self.box.setAccessibleName(name)
        self.box.left.connect(self.finish)
        self.box.textChanged.connect(self._written)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dress.px(4))
        column.addWidget(self.box)
        if paths:
            choose = Link("Choose a file\N{HORIZONTAL ELLIPSIS}", dress)
            choose.clicked.connect(self._choose)
            column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.box)
        self._fit()

    def plain(self) -> Any:
        """The lines."""
        return plain_of(self._kind, self.box.toPlainText())

    def put(self, plain: Any) -> None:
        """Show these lines."""
        self._shown = text_of(self._kind, plain)
        if self.unfinished or self.box.document().isUndoAvailable():
            self.box.setPlainText(self._shown)

    @property
    def unfinished(self) -> bool:
        """Whether something else stands there than was put."""
        return self.box.toPlainText() != self._shown

    def finish(self) -> None:
        """Say `finished` if something else stands there than was put."""
        if self.unfinished:
            self.finished.emit()

    def mark_unfit(self, *, unfit: bool) -> None:
        """An edge in a warm colour."""
        _mark(self.box, unfit=unfit)

    def add(self, text: str) -> None:
        """Put one more line below the others."""
        lines = [line for line in self.box.toPlainText().splitlines() if line.strip()]
        self.box.setPlainText("\n".join([*lines, text]))
        self.finish()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a file")
        if name:
            self.add(name)

    def _written(self) -> None:
        self._fit()
        if self.unfinished:
            self.typing.emit()

    def _fit(self) -> None:
        """As high as its lines, within reason."""
        lines = min(_MOST_LINES, max(_FEWEST_LINES, self.box.blockCount()))
        margins = self.box.contentsMargins()
        air = margins.top() + margins.bottom() + 2 * round(self.box.document().documentMargin())
        self.box.setFixedHeight(lines * self.box.fontMetrics().lineSpacing() + air + 14)


class _Line(QLineEdit):
    """A line that leaves Ctrl+Z to the window where there is nothing of its own to undo."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Box(QPlainTextEdit):
    """A box that Tab leaves, and that tells when the keyboard has gone."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:  # noqa: N802 - Qt's name
        undo = event.matches(QKeySequence.StandardKey.Undo)
        done = undo and not self.document().isUndoAvailable()
        if done or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _short_width(line: QLineEdit, dress: Dress) -> int:
    """The same for all lines beside a label, buttons included, so that their edges make a line."""
    return line.fontMetrics().horizontalAdvance("00h00m, 00m, 00m") + dress.px(22)


def _mark(widget: QWidget, *, unfit: bool) -> None:
    """The style sheet has the colour; it looks at properties only when told to."""
    if widget.property("unfit") != unfit:
        widget.setProperty("unfit", unfit)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
