"""Working hours in a sentence: ask me at any time, or from, to and on which days."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from deskbreak.settings.types import TimeOfDay
from deskbreak.settings.values import EVERY_DAY
from deskbreak.text.settings import word_label
from deskbreak.windows.settings.fields import ChoiceField, Field, StepsField
from deskbreak.windows.settings.flow import Flow
from deskbreak.windows.settings.style import line_of

_ALWAYS, _ONE, _SEVERAL = "always", "one", "several"
_OFFERED = {_ALWAYS: "at any time", _ONE: "at these times"}
_USUAL = {"days": list(EVERY_DAY[:5]), "from": "09:00", "to": "17:00"}
"""What is there to begin with."""


class HoursField(Field):
    """The windows of `schedule.hours`, of which there is one or none; more are left as they are."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.when = ChoiceField(name, _OFFERED)
        self.setFocusProxy(self.when.box)
        self.begins = StepsField(f"{name}, from", TimeOfDay())
        self.ends = StepsField(f"{name}, to", TimeOfDay(until_24=True))
        self.days = {day: QCheckBox(word_label(day)[:3]) for day in EVERY_DAY}
        self._shown: list[dict[str, Any]] = []
        self._detail = [
            *line_of("from"), self.begins, *line_of("to"), self.ends, *self.days.values(),
        ]  # fmt: skip
        line = QWidget()
        flow = Flow(line)
        for part in (*line_of(name), self.when, *self._detail):
            flow.addWidget(part)
        self.column.addWidget(line)
        self.when.finished.connect(self._chosen)
        for field in (self.begins, self.ends):
            field.finished.connect(self.finished)
            field.typing.connect(self.typing)
        for word, day in self.days.items():
            day.setAccessibleName(word_label(word))
            day.clicked.connect(self.finished)

    def plain(self) -> list[dict[str, Any]]:
        """The windows; days are left out where it is every day."""
        match self.when.plain():
            case "several":
                return self._shown
            case "one":
                days = [day for day, tick in self.days.items() if tick.isChecked()]
                chosen = {} if len(days) == len(EVERY_DAY) else {"days": days}
                times = {"from": self.begins.plain(), "to": self.ends.plain()}
                given = {name: plain for name, plain in times.items() if plain is not None}
                return [{**chosen, **given}]
            case _:
                return []

    def put(self, plain: Any) -> None:
        """Show these windows."""
        self._shown = list(plain or ())
        several = len(self._shown) > 1
        row = self.when.box.findData(_SEVERAL)
        if several and row < 0:
            self.when.box.addItem("at several times", _SEVERAL)
        elif row >= 0 and not several:
            self.when.box.removeItem(row)
        self.when.put(_SEVERAL if several else _ONE if self._shown else _ALWAYS)
        for part in self._detail:
            part.setVisible(len(self._shown) == 1)
        if len(self._shown) == 1:
            self._fill(self._shown[0])

    @property
    def unfinished(self) -> bool:
        """Whether a time is being written."""
        return self.begins.unfinished or self.ends.unfinished

    def finish(self) -> None:
        """Let each control say what it has."""
        self.begins.finish()
        self.ends.finish()

    def _fill(self, window: dict[str, Any]) -> None:
        self.begins.put(window.get("from"))
        self.ends.put(window.get("to"))
        for day, tick in self.days.items():
            tick.setChecked(day in window.get("days", EVERY_DAY))

    def _chosen(self) -> None:
        """At these times begins with the usual ones; what was there is not lost before."""
        if self.when.plain() == _ONE:
            self._fill(self._shown[0] if self._shown else _USUAL)
        self.finished.emit()
