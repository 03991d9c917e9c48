"""A list of tables as rows that come and go, and the choice of a control for any setting."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from deskbreak.settings import kinds, shapes
from deskbreak.settings.kinds import Kind
from deskbreak.windows.qt.text import tooltip
from deskbreak.windows.settings.buttons import Link
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.field import Field, order_tabs
from deskbreak.windows.settings.fields import ChoiceField, SwitchField, TicksField
from deskbreak.windows.settings.lines import LineField, LinesField, StepsField
from deskbreak.windows.settings.words import Control, control_of, label, refusal

_SHORT = 20
"""Characters; a longer text is written below its label, over the whole width."""


def field_for(name: str, kind: Kind, dress: Dress) -> Field:  # noqa: PLR0911 - one for each kind
    """The control for a kind of value; `name` is what a screen reader says."""
    match control_of(kind):
        case Control.SWITCH:
            return SwitchField(name, dress)
        case Control.CHOICE:
            assert isinstance(kind, kinds.Choice)
            return ChoiceField(name, kind, dress)
        case Control.TICKS:
            assert isinstance(kind, shapes.Listed)
            assert isinstance(kind.item, kinds.Choice)
            return TicksField(name, kind.item, dress)
        case Control.STEPS:
            return StepsField(name, kind, dress)
        case Control.LINES:
            assert isinstance(kind, shapes.Listed)
            paths = isinstance(kind.item, kinds.Words) and kind.item.what == "a path"
            return LinesField(name, kind, dress, paths=paths)
        case Control.ROWS:
            return RowsField(name, kind, dress)
        case Control.COMMAND | Control.LINE:
            return LineField(name, kind, dress, wide=not _is_short(kind))


def _is_short(kind: Kind) -> bool:
    """Whether it fits beside a label: a word of a known shape, or a list of lengths or times."""
    if isinstance(kind, kinds.Words):
        return kind.most <= _SHORT or kind.pattern is not None
    return isinstance(kind, shapes.Listed) and isinstance(
        kind.item, kinds.Span | kinds.TimeOfDay | kinds.Number
    )


class RowsField(Field):
    """Tables of a list, each in a frame with its keys; "Add" begins another."""

    def __init__(self, name: str, kind: Kind, dress: Dress) -> None:
        super().__init__()
        assert isinstance(kind, shapes.Listed)
        assert isinstance(kind.item, shapes.Table)
        self._name, self._kind, self._table, self._dress = name, kind, kind.item, dress
        self.rows: list[_Row] = []
        inside, column = QWidget(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dress.px(6))
        column.addWidget(inside)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(dress.px(8))
        self.more = Link("Add", dress)
        self.more.setAccessibleName(f"{name}: add")
        self.more.clicked.connect(self.add)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.more)
        self.setAccessibleName(name)

    def plain(self) -> list[dict[str, Any]]:
        """What all rows say; keys at their default are left out."""
        return [row.plain() for row in self.rows]

    def put(self, plain: Any) -> None:
        """Show these tables, in the rows that are there already as far as they go."""
        wanted = list(plain or ())
        for row in self.rows[len(wanted) :]:
            self._take(row)
        while len(self.rows) < len(wanted):
            self._append()
        for row, table in zip(self.rows, wanted, strict=True):
            row.put(table)

    @property
    def unfinished(self) -> bool:
        """Whether a row still lacks something."""
        return bool(refusal(self._kind, self.plain()))

    def finish(self) -> None:
        """Let each control say what it has."""
        for row in self.rows:
            row.finish()

    def add(self) -> None:
        """Begin another row, with the keyboard in it."""
        row = self._append()
        row.fields[self._table.entries[0].name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.typing.emit()

    def remove(self, row: "_Row") -> None:
        """Take a row away."""
        self._take(row)
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finished.emit()

    def _append(self) -> "_Row":
        row = _Row(self._name, self._table, self._dress)
        row.finished.connect(self.finished)
        row.typing.connect(self.typing)
        row.unwanted.connect(lambda: self.remove(row))
        self._column.addWidget(row)
        self.rows.append(row)
        order_tabs(self.window())
        return row

    def _take(self, row: "_Row") -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QFrame):
    """The keys of one table, a line each."""

    finished = Signal()
    typing = Signal()
    unwanted = Signal()

    def __init__(self, name: str, table: shapes.Table, dress: Dress) -> None:
        super().__init__()
        self.setObjectName("row")
        self._table = table
        self.fields: dict[str, Field] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(dress.px(12), dress.px(8), dress.px(12), dress.px(6))
        grid.setHorizontalSpacing(dress.px(14))
        grid.setVerticalSpacing(dress.px(6))
        grid.setColumnStretch(1, 1)
        for at, entry in enumerate(table.entries):
            field = field_for(f"{name}, {label(entry.name)}", entry.kind, dress)
            field.setAccessibleDescription(entry.sentence)
            field.setToolTip(tooltip(entry.sentence))
            field.finished.connect(self.finished)
            field.typing.connect(self.typing)
            said = dress.quiet(label(entry.name))
            said.setBuddy(field)
            where = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(said, at, 0, where)
            grid.addWidget(field, at, 1, where if field.wide else where | _LEFT)
            self.fields[entry.name] = field
        away = Link("Remove", dress)
        away.setAccessibleName(f"{name}: remove this")
        away.clicked.connect(self.unwanted)
        grid.addWidget(away, len(table.entries), 1, _LEFT)
        self.put({})

    def plain(self) -> dict[str, Any]:
        """What is set here and is not the default."""
        found = {}
        for entry in self._table.entries:
            plain = self.fields[entry.name].plain()
            if plain is not None and (entry.needed or plain != entry.kind.plain(entry.default)):
                found[entry.name] = plain
        return found

    def put(self, table: dict[str, Any]) -> None:
        """Show a table; what it leaves out is at its default."""
        for entry in self._table.entries:
            below = None if entry.needed else entry.kind.plain(entry.default)
            self.fields[entry.name].put(table.get(entry.name, below))

    def finish(self) -> None:
        """Let each control say what it has."""
        for field in self.fields.values():
            field.finish()


_LEFT = Qt.AlignmentFlag.AlignLeft
