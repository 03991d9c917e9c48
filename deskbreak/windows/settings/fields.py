"""The controls that are chosen from: a switch, a choice of one word, ticks for several."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from deskbreak.settings.kinds import Choice
from deskbreak.windows.settings.dress import Dress
from deskbreak.windows.settings.field import Field
from deskbreak.windows.settings.flow import Flow
from deskbreak.windows.settings.marks import Pick, Switch, Tick
from deskbreak.windows.settings.words import label


class SwitchField(Field):
    """On or off."""

    wide = False

    def __init__(self, name: str, dress: Dress) -> None:
        super().__init__()
        self.switch = Switch(dress)
        self.switch.setAccessibleName(name)
        self.switch.clicked.connect(self.finished)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.switch)
        self.setFocusProxy(self.switch)

    def plain(self) -> bool:
        """Whether it is on."""
        return self.switch.isChecked()

    def put(self, plain: Any) -> None:
        """Switch it."""
        self.switch.setChecked(bool(plain))


class ChoiceField(Field):
    """One word of a few."""

    def __init__(self, name: str, kind: Choice, dress: Dress) -> None:
        super().__init__()
        self.picks = {word: Pick(label(word), dress) for word in kind.words}
        flow = Flow(dress.px(6))
        for pick in self.picks.values():
            pick.setAccessibleDescription(name)
            pick.clicked.connect(self.finished)
            flow.addWidget(pick)
        self.setLayout(flow)
        self.setAccessibleName(name)
        self.setFocusProxy(next(iter(self.picks.values())))

    def plain(self) -> str | None:
        """The word that is chosen; None before any is."""
        return next((word for word, pick in self.picks.items() if pick.isChecked()), None)

    def put(self, plain: Any) -> None:
        """Choose a word; None takes the choice away."""
        for word, pick in self.picks.items():
            # One of a group stays chosen, unless the group is let go for a moment.
            pick.setAutoExclusive(False)
            pick.setChecked(word == plain)
            pick.setAutoExclusive(True)
            if word == plain:
                self.setFocusProxy(pick)


class TicksField(Field):
    """Any of a few words, in the order of the definition."""

    def __init__(self, name: str, kind: Choice, dress: Dress) -> None:
        super().__init__()
        self.ticks = {word: Tick(label(word), dress) for word in kind.words}
        self._order: tuple[str, ...] = ()
        flow = Flow(dress.px(6))
        for tick in self.ticks.values():
            tick.setAccessibleDescription(name)
            tick.clicked.connect(self.finished)
            flow.addWidget(tick)
        self.setLayout(flow)
        self.setAccessibleName(name)
        self.setFocusProxy(next(iter(self.ticks.values())))

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
