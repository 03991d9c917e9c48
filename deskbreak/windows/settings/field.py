"""What every control of a setting has in common: it takes a value, gives one, and says when."""

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget


def order_tabs(inside: QWidget) -> None:
    """Let Tab go through everything inside in the order in which it stands there.

    Qt goes in the order in which things were made, and pages and rows are made late.
    """
    tabs = Qt.FocusPolicy.TabFocus
    stops = [
        one
        for one in inside.findChildren(QWidget)
        if one.focusPolicy() & tabs and one.focusProxy() is None
    ]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


class Field(QWidget):
    """A control for one value in TOML form (None: not set).

    `finished` is for a value that the person has given, `typing` for one on its way. A `wide` field
    stands below its sentence, a narrow one beside its label.
    """

    finished = Signal()
    typing = Signal()
    wide = True

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

    def finish(self) -> None:
        """Say `finished` if there is something to say it of."""

    def mark_unfit(self, *, unfit: bool) -> None:
        """Show that what stands in it does not fit."""
