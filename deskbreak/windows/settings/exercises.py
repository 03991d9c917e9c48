"""Exercises to leave out, chosen by their pictures."""

from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QScrollArea, QWidget

from deskbreak.app.environment import Places
from deskbreak.content.figure import DARK, LIGHT, Palette
from deskbreak.content.load import PICTURES, load_catalogue
from deskbreak.content.model import Catalogue, Exercise
from deskbreak.settings.files import shipped
from deskbreak.text.display import one_line
from deskbreak.windows.animation import Figures
from deskbreak.windows.qt.draw import draw, strokes
from deskbreak.windows.qt.widgets import window_title
from deskbreak.windows.settings.fields import Field
from deskbreak.windows.settings.flow import Flow
from deskbreak.windows.settings.style import column, link, no_key, text

_PICTURE = (150, 110)
_USUAL = (880, 680)
_AIR = 16
"""Pixels, at the usual size of text."""

_DARK = 128
"""The lightness of a ground below which it is dark."""

_WHAT = "Tick what you would rather leave out. Every tick is saved at once."


class ExercisesField(Field):
    """Exercises by their names; the value has their ids, also of such as there are no more."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.names = text("")
        self.more = link("Choose by picture\N{HORIZONTAL ELLIPSIS}")
        self.more.setAccessibleName(f"{name}: choose by picture")
        self.more.clicked.connect(self.open)
        self.picker: Picker | None = None
        self._ids: list[str] = []
        self.column.addWidget(self.names)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.more)

    def plain(self) -> list[str]:
        """The ids, in the order of the file and then of the ticks."""
        return list(self._ids)

    def put(self, plain: Any) -> None:
        """Name these."""
        self._ids = list(plain or ())
        known = self._catalogue.exercises if self._ids else {}
        names = [known[one].name if one in known else one for one in self._ids]
        self.names.say(", ".join(map(one_line, names)) or "none")
        if self.picker is not None:
            self.picker.show_ids(self._ids)

    def take(self, name: str, *, out: bool) -> None:
        """Leave an exercise out, or no longer."""
        self._ids = [one for one in self._ids if one != name] + [name] * out
        self.finished.emit()

    def open(self) -> None:
        """Show all exercises, to tick some."""
        if self.picker is None:
            self.picker = Picker(
                self, self._catalogue, Figures([one / PICTURES for one in _folders()])
            )
            self.picker.show_ids(self._ids)
        self.picker.show()
        self.picker.activateWindow()

    @cached_property
    def _catalogue(self) -> Catalogue:
        return load_catalogue(_folders()).catalogue


def _folders() -> list[Path]:
    return [shipped("microroutines"), Places.of_user().microroutines]


class Picker(QDialog):
    """All exercises as pictures; the ticked ones are left out."""

    def __init__(self, field: ExercisesField, catalogue: Catalogue, figures: Figures) -> None:
        super().__init__(field.window())
        self._field, self._figures = field, figures
        self.setObjectName("window")
        self.setWindowTitle(window_title("Exercises to leave out"))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName("Search the exercises")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        exercises = sorted(catalogue.exercises.values(), key=lambda one: one.name)
        self._ground = _ground(self)
        self.ticks = {one.id: self._tick(one) for one in exercises}
        self._lay_out()
        self.unpainted = exercises
        self._paint = QTimer(self)
        self._paint.timeout.connect(self._paint_next)
        self._paint.start()

    def show_ids(self, ids: list[str]) -> None:
        """Show these as ticked."""
        for name, tick in self.ticks.items():
            tick.setChecked(name in ids)

    def _tick(self, exercise: Exercise) -> QCheckBox:
        tick = QCheckBox(no_key(exercise.name))
        pixels = QPixmap(*_PICTURE)
        pixels.fill(QColor(self._ground.background))
        tick.setIcon(QIcon(pixels))
        tick.setIconSize(pixels.size())
        tick.clicked.connect(lambda on: self._field.take(exercise.id, out=on))
        return tick

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for tick in self.ticks.values():
            tick.setVisible(all(word in tick.text().casefold() for word in wanted))

    def _paint_next(self) -> None:
        """One picture at a time, so that the window is there at once."""
        if not self.unpainted:
            self._paint.stop()
            return
        exercise = self.unpainted.pop(0)
        figure = self._figures.of(exercise)
        if figure is None:
            return
        pixels = QPixmap(*_PICTURE)
        pixels.fill(QColor(self._ground.background))
        painter = QPainter(pixels)
        moment = figure.still_times(2)[-1]
        draw(painter, strokes(figure.scene(moment, size=_PICTURE, palette=self._ground)))
        painter.end()
        self.ticks[exercise.id].setIcon(QIcon(pixels))

    def _lay_out(self) -> None:
        inside, area, whole = QWidget(), QScrollArea(), column(self, 8)
        inside.setObjectName("column")
        flow = Flow(inside)
        for tick in self.ticks.values():
            flow.addWidget(tick)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setObjectName("column")
        whole.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        for part in (text(_WHAT), self.search, area):
            whole.addWidget(part)
        for tick in self.ticks.values():
            tick.ensurePolished()  # the sheet has a say in how wide they are
        widest = max(tick.sizeHint().width() for tick in self.ticks.values())
        for tick in self.ticks.values():
            tick.setMinimumWidth(widest)
        self.resize(*_USUAL)


def _ground(widget: QWidget) -> Palette:
    """The colours of the figure that go with the window's."""
    return DARK if widget.palette().window().color().lightness() < _DARK else LIGHT
