"""A list of tables as rows that come and go, and the choice of a control for any setting."""

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QSizePolicy, QWidget

from deskbreak.settings import tables, types
from deskbreak.settings.types import Kind
from deskbreak.text.settings import label, with_units, word_label
from deskbreak.windows.qt.widgets import tooltip
from deskbreak.windows.settings.exercises import ExercisesField
from deskbreak.windows.settings.fields import (
    ChoiceField,
    Field,
    LineField,
    LinesField,
    StepsField,
    SwitchField,
    TicksField,
)
from deskbreak.windows.settings.phrases import Control, control_of, refusal
from deskbreak.windows.settings.style import column, link, text

_SHORT = 20
"""Characters; a longer text is written below its label, over the whole width."""


def field_for(name: str, kind: Kind) -> Field:  # noqa: PLR0911 - one for each kind
    """The control for a kind of value; `name` is what a screen reader says."""
    match control_of(kind), kind:
        case Control.SWITCH, _:
            return SwitchField(name)
        case Control.CHOICE, types.Choice():
            return ChoiceField(name, {word: word_label(word) for word in kind.words})
        case Control.TICKS, tables.Listed(item=types.Choice() as item):
            return TicksField(name, item)
        case Control.STEPS, _:
            return StepsField(name, kind)
        case Control.PICTURES, _:
            return ExercisesField(name)
        case Control.LINES, tables.Listed(item=item):
            return LinesField(name, kind, paths=getattr(item, "what", "") == "a path")
        case Control.ROWS, tables.Listed(item=tables.Table() as table):
            return RowsField(name, kind, table)
        case _:
            return LineField(name, kind, wide=not _is_short(kind))


def _is_short(kind: Kind) -> bool:
    """Whether it fits beside a label: a word of a known shape, or a list of times."""
    if isinstance(kind, types.Words):
        return kind.most <= _SHORT or kind.pattern is not None
    return isinstance(kind, tables.Listed) and isinstance(kind.item, types.TimeOfDay | types.Number)


def order_tabs(inside: QWidget) -> None:
    """Let Tab go through everything inside in the order in which it stands there.

    Qt goes in the order in which things were made, and rows are made late.
    """
    tabs = Qt.FocusPolicy.TabFocus
    stops = [
        one
        for one in inside.findChildren(QWidget)
        if one.focusPolicy() & tabs and one.focusProxy() is None and one.window() is inside.window()
    ]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


class RowsField(Field):
    """Tables of a list, each in a frame with its keys; "Add" begins another."""

    def __init__(self, name: str, kind: Kind, table: tables.Table) -> None:
        super().__init__(name)
        self._name, self._kind, self._table = name, kind, table
        self.rows: list[_Row] = []
        self._rows = column()
        self.more = link("Add")
        self.more.setAccessibleName(f"{name}: add")
        self.more.clicked.connect(self.add)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.more)

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
        row = _Row(self._name, self._table)
        row.finished.connect(self.finished)
        row.typing.connect(self.typing)
        row.unwanted.connect(lambda: self.remove(row))
        self._rows.addWidget(row)
        self.rows.append(row)
        order_tabs(self.window())
        return row

    def _take(self, row: "_Row") -> None:
        self.rows.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()


class _Row(QFrame):
    """The keys of one table, a line each."""

    finished = Signal()
    typing = Signal()
    unwanted = Signal()

    def __init__(self, name: str, table: tables.Table) -> None:
        super().__init__()
        self.setObjectName("row")
        self._table = table
        self.fields: dict[str, Field] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for entry in table.entries:
            field = field_for(f"{name}, {label(entry.name)}", entry.kind)
            field.setAccessibleDescription(with_units(entry.sentence))
            field.setToolTip(tooltip(with_units(entry.sentence)))
            field.finished.connect(self.finished)
            field.typing.connect(self.typing)
            said = text(label(entry.name), "quiet")
            said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            form.addRow(said, field)
            self.fields[entry.name] = field
        away = link("Remove")
        away.setAccessibleName(f"{name}: remove this")
        away.clicked.connect(self.unwanted)
        form.addRow("", away)
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
