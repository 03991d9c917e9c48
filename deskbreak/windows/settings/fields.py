"""The controls of a setting: each takes a value in TOML form, gives one, and says when."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from deskbreak.settings.types import Choice, Kind
from deskbreak.text.settings import word_label
from deskbreak.windows.qt.widgets import key_of
from deskbreak.windows.settings.phrases import (
    NOT_SET,
    plain_of,
    stepped,
    text_of,
)
from deskbreak.windows.settings.style import column, link, mark, text

_EMPTY = {"None": NOT_SET, "[]": "none"}
"""What an empty line says of itself."""

_THE_WINDOWS = ("Esc", "Ctrl+PgUp", "Ctrl+PgDown")
"""Keys that some controls would take for themselves."""

_SETTLE_MS = 400
"""After the last step; holding an arrow down is one change, not thirty."""

_FEWEST_LINES, _MOST_LINES = 2, 8


class Field(QWidget):
    """A control for one value in TOML form (None: not set).

    `finished` is for a value that the person has given, `typing` for one on its way. A `wide` field
    stands below its sentence, a narrow one beside its label.
    """

    finished = Signal()
    typing = Signal()
    wide = True

    def __init__(self, name: str, control: QWidget | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.column = column(self)
        if control is not None:
            control.setAccessibleName(name)
            control.installEventFilter(self)
            self.column.addWidget(control)
            self.setFocusProxy(control)

    def plain(self) -> Any:
        """What stands in it now; the kind tells whether it fits."""
        raise NotImplementedError

    def put(self, plain: Any) -> None:
        """Show this value, without saying that anything was given."""
        raise NotImplementedError

    @property
    def unfinished(self) -> bool:
        """Whether there is something in it that `finished` was not said of."""
        return False

    @property
    def undoable(self) -> bool:
        """Whether the control has something of its own to undo."""
        return False

    def finish(self) -> None:
        """Say `finished` if there is something to say it of."""
        if self.unfinished:
            self.finished.emit()

    def mark_unfit(self, *, unfit: bool) -> None:
        """Give what does not fit an edge in a warm colour."""
        control = self.focusProxy() or self
        if bool(control.property("unfit")) != unfit:
            mark(control, "unfit", unfit)

    def eventFilter(self, control: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leave the wheel to the page, and to the window its keys and what is not undone here."""
        leaves = event.type() == QEvent.Type.Wheel
        if isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            leaves = key_of(event) in _THE_WINDOWS or (undo and not self.undoable)
        if leaves:
            event.ignore()
        return leaves or super().eventFilter(control, event)


class SwitchField(Field):
    """On or off."""

    wide = False

    def __init__(self, name: str, said: str = "On") -> None:
        self.switch = QCheckBox(said)
        super().__init__(name, self.switch)
        self.switch.clicked.connect(self.finished)

    def plain(self) -> bool:
        """Whether it is on."""
        return self.switch.isChecked()

    def put(self, plain: Any) -> None:
        """Switch it."""
        self.switch.setChecked(bool(plain))


class ChoiceField(Field):
    """One of a few values, each with what it is called."""

    wide = False

    def __init__(self, name: str, offered: Mapping[Any, str]) -> None:
        self.box = QComboBox()
        super().__init__(name, self.box)
        # On Linux Qt calls such a box by its word; the name has to be a label's beside it.
        named = text(name)
        named.setParent(self)
        named.setBuddy(self.box)
        named.hide()
        for plain, said in offered.items():
            self.box.addItem(said, plain)
        self.box.setPlaceholderText(NOT_SET)
        self.box.activated.connect(self.finished)

    def plain(self) -> Any:
        """The one that is chosen; None before any is."""
        return self.box.currentData()

    def put(self, plain: Any) -> None:
        """Choose one; None takes the choice away."""
        self.box.setCurrentIndex(self.box.findData(plain))


class TicksField(Field):
    """Any of a few words, in the order of the definition."""

    def __init__(self, name: str, kind: Choice) -> None:
        super().__init__(name)
        self.ticks = {word: QCheckBox(word_label(word)) for word in kind.words}
        self._order: tuple[str, ...] = ()
        self._grid = QGridLayout()
        self.column.addLayout(self._grid)
        for tick in self.ticks.values():
            tick.setAccessibleDescription(name)
            tick.clicked.connect(self.finished)
            self._grid.addWidget(tick)
        self.setFocusProxy(next(iter(self.ticks.values())))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent, /) -> None:  # noqa: N802 - Qt's name
        """Begin a new line where there is no more room."""
        widest = max(tick.sizeHint().width() for tick in self.ticks.values())
        columns = max(1, event.size().width() // (widest + self._grid.horizontalSpacing()))
        for at, tick in enumerate(self.ticks.values()):
            self._grid.addWidget(tick, at // columns, at % columns, Qt.AlignmentFlag.AlignLeft)

    def plain(self) -> list[str]:
        """What is ticked: first in the order of the file, then what is new."""
        ticked = [word for word, tick in self.ticks.items() if tick.isChecked()]
        kept = [word for word in self._order if word in ticked]
        return [*kept, *(word for word in ticked if word not in kept)]

    def put(self, plain: Any) -> None:
        """Tick these."""
        self._order = tuple(plain or ())
        for word, tick in self.ticks.items():
            tick.setChecked(word in self._order)


class TextField(Field):
    """A value that is written as a text; how to read and write it, and whether it has an undo."""

    def __init__(
        self, name: str, kind: Kind, editor: QWidget, text: Callable[[], str],
        write: Callable[[str], None], undoable: Callable[[], bool],
    ) -> None:  # fmt: skip
        super().__init__(name, editor)
        self._kind = kind
        self._shown = ""
        self.text, self._write, self._undoable = text, write, undoable

    def plain(self) -> Any:
        """What the text means."""
        return plain_of(self._kind, self.text())

    def put(self, plain: Any) -> None:
        """Show this; the editor's own undo begins anew."""
        self._shown = text_of(self._kind, plain)
        if self.unfinished or self.undoable:
            self._write(self._shown)

    @property
    def unfinished(self) -> bool:
        """Whether something else stands there than was put."""
        return self.text() != self._shown

    @property
    def undoable(self) -> bool:
        """Whether something was written since the last `put`."""
        return self._undoable()


class LineField(TextField):
    """A value in one line; `finished` at Enter and when the keyboard goes elsewhere."""

    def __init__(
        self, name: str, kind: Kind, *, wide: bool = True, spin: QAbstractSpinBox | None = None
    ) -> None:
        self.line = line = QLineEdit() if spin is None else spin.lineEdit()
        super().__init__(name, kind, spin or line, line.text, self._put, line.isUndoAvailable)
        self.wide = wide
        line.setPlaceholderText(_EMPTY.get(str(plain_of(kind, "")), ""))
        line.textEdited.connect(self.typing)
        line.editingFinished.connect(self.finish)
        if not wide:
            mark(line, "role", "short")

    def _put(self, text: str) -> None:
        self.line.setText(text)
        if not self.hasFocus():
            self.line.setCursorPosition(0)


class StepsField(LineField):
    """A line with smaller and larger beside it; the arrow keys do the same."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.spin = _Spin()
        super().__init__(name, kind, wide=False, spin=self.spin)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.finish)
        self.spin.stepped.connect(self._step)
        self.spin.editingFinished.connect(self.finish)

    def _step(self, by: int) -> None:
        """Go that many steps up or, below zero, down."""
        plain = self.plain()
        for _ in range(abs(by)):
            plain = stepped(self._kind, plain, 1 if by > 0 else -1)
        self.line.setText(text_of(self._kind, plain))
        self.typing.emit()
        self._settle.start()

    def finish(self) -> None:
        """The steps are over too."""
        self._settle.stop()
        super().finish()


class _Spin(QAbstractSpinBox):
    """Qt's own, for any kind of value: it tells of a step and lets others take it."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802 - Qt's name
        return self.StepEnabledFlag.StepUpEnabled | self.StepEnabledFlag.StepDownEnabled

    def stepBy(self, steps: int, /) -> None:  # noqa: N802 - Qt's name
        self.stepped.emit(steps)


class LinesField(TextField):
    """A list with an item a line; for paths there is a button that looks for one."""

    def __init__(self, name: str, kind: Kind, *, paths: bool = False) -> None:
        self.box = box = QPlainTextEdit()
        undoable = box.document().isUndoAvailable
        super().__init__(name, kind, box, box.toPlainText, box.setPlainText, undoable)
        self.box.setTabChangesFocus(True)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.box.textChanged.connect(self._written)
        if paths:
            choose = link("Choose a file\N{HORIZONTAL ELLIPSIS}")
            choose.clicked.connect(self._choose)
            self.column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        self._fit()

    def add(self, text: str) -> None:
        """Put one more line below the others."""
        lines = [line for line in self.text().splitlines() if line.strip()]
        self.box.setPlainText("\n".join([*lines, text]))
        self.finish()

    def eventFilter(self, control: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A box does not tell by itself that the keyboard has gone, or fit another font."""
        if event.type() == QEvent.Type.FocusOut:
            self.finish()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(control, event)

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
        air = 2 * round(self.box.document().documentMargin())
        line = self.box.fontMetrics().lineSpacing()
        self.box.setFixedHeight((lines + 1) * line + air)
