"""The window: which time, which chart, what it says, and a picture of it."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from deskbreak.adapters.store.queries import UnreadableError
from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.app.reports import Lookback
from deskbreak.settings.files import shipped
from deskbreak.stats.lines import lines, spoken
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import Report
from deskbreak.text.display import complain, one_line
from deskbreak.windows.qt.desktop import taste
from deskbreak.windows.qt.theme import LARGE, SMALL, Style, Theme, apply_theme, qt_palette
from deskbreak.windows.qt.widgets import Button, Sign, Text, key_of, window_title
from deskbreak.windows.start import application, run
from deskbreak.windows.stats.canvas import ChartView, Paper, Spot
from deskbreak.windows.stats.charts import Areas, chart
from deskbreak.windows.stats.picture import NoPictureError, save_picture

_USUAL = (940, 760)
_SPANS = ((Span.DAY, "D"), (Span.WEEK, "W"), (Span.MONTH, "M"), (Span.YEAR, "Y"))
_FRESH_MS = 60_000
_HINT = "Arrows or pointer: what is where"


class StatsWindow(QWidget):
    """Shows one period at a time; looks again every minute, since the day goes on.

    `report` is what is shown; None where the history cannot be read, `trouble` says why.
    """

    def __init__(self, back: Lookback, areas: Areas, style: Style) -> None:
        super().__init__()
        self._back = back
        self._areas = areas
        self._style = style
        self._period = Period.around(Span.DAY, back.today())
        self._shows_areas = self._drawn_areas = False
        self.report: Report | None = None
        self.trouble = ""
        self._title = Text(LARGE, strong=True)
        self._caption = Text(SMALL, colour="quiet", lines=1)
        self._view = ChartView(style)
        self._build()
        self._keys = self._key_map()
        self.set_theme(style.theme)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        self._timer.start(_FRESH_MS)

    def show_view(self, view: str, day: date | None = None) -> None:
        """Show a day, week, month or year around a day, or the areas of its month."""
        self._shows_areas = view == "areas"
        span = Span.MONTH if self._shows_areas else Span(view)
        self._period = Period.around(span, day or self._back.today())
        self.refresh()

    def span(self, span: Span) -> None:
        """The day, week, month or year around the last day that is shown, or today in it."""
        today = self._back.today()
        shown = self._period
        around = today if shown.first <= today <= shown.last else shown.last
        self._period = Period.around(span, around)
        self.refresh()

    def toggle_areas(self) -> None:
        """The areas on the body instead of the chart, or back."""
        self._shows_areas = not self._shows_areas
        self.refresh()

    def earlier(self) -> None:
        """The time before."""
        self._period = self._period.earlier()
        self.refresh()

    def later(self) -> None:
        """The time after; there is nothing after today."""
        if self._period.last < self._back.today():
            self._period = self._period.later()
            self.refresh()

    def today(self) -> None:
        """Back to now."""
        self._period = Period.around(self._period.span, self._back.today())
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        try:
            made = self._back.look(self._period, self._back.now())
        except UnreadableError as trouble:
            self.report, self.trouble = None, str(trouble)
            self._title.say("The history cannot be read")
            self._caption.say(str(trouble))
            return
        same = self.report is not None and self.report.period == made.period
        unchanged = same and self.report == made and self._shows_areas == self._drawn_areas
        self.report, self.trouble = made, ""
        self._drawn_areas = self._shows_areas
        self._mark()
        if unchanged:
            return
        self._title.say(made.period.label)
        self.setWindowTitle(window_title(made.period.label))
        self._view.show_drawing(self.drawing, made.period.label, spoken(made))
        self._say_lines(made)

    def drawing(self, paper: Paper) -> Sequence[Spot]:
        """Draw what is shown."""
        assert self.report is not None
        if self._shows_areas:
            return self._areas.draw(paper, self.report)
        return chart(paper, self.report)

    def save(self, path: Path) -> None:
        """Write what is shown as a picture. Raises NoPictureError."""
        if self.report is None:
            raise NoPictureError(self.trouble)
        save_picture(path, self.report, self.drawing, Style(self._style.theme))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours: the desktop has changed from light to dark."""
        self._style.theme = theme
        self.setPalette(qt_palette(theme))
        for text in self.findChildren(Text):
            text.restyle(self._style)
        self.update()

    def _build(self) -> None:
        px = self._style.px
        self._caption.say(_HINT)
        self._view.pointed.connect(lambda says: self._caption.say(says or _HINT))
        self._spans = {
            span: self._button(span.value.capitalize(), key, partial(self.span, span))
            for span, key in _SPANS
        }
        self._on_areas = self._button("Areas", "A", self.toggle_areas)
        save = self._button("Save picture\N{HORIZONTAL ELLIPSIS}", "Ctrl+S", self.ask)
        earlier = self._button("Earlier", "Page Up", self.earlier, Sign.BACK)
        now = self._button("Today", "T", self.today)
        self._later = self._button("Later", "Page Down", self.later, Sign.SKIP)
        keeps = self._later.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self._later.setSizePolicy(keeps)
        top, head = QHBoxLayout(), QHBoxLayout()
        for button in (*self._spans.values(), self._on_areas):
            button.setCheckable(True)
            top.addWidget(button)
        top.addStretch(1)
        top.addWidget(save)
        head.addWidget(self._title, 1)
        for button in (earlier, now, self._later):
            head.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(16), px(20), px(12))
        whole.setSpacing(px(8))
        whole.addLayout(top)
        whole.addLayout(head)
        whole.addWidget(self._view, 5)
        whole.addWidget(self._caption)
        whole.addWidget(self._in_words(), 4)
        self.setAutoFillBackground(True)

    def _in_words(self) -> QScrollArea:
        px = self._style.px
        self._under = QWidget()
        self._grid = QGridLayout(self._under)
        self._grid.setContentsMargins(0, 0, px(8), 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(3))
        self._words = QScrollArea()
        self._words.setWidget(self._under)
        self._words.setWidgetResizable(True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setAccessibleName("In words")
        self._words.setMinimumHeight(px(90))
        return self._words

    def _button(self, text: str, key: str, do: object, sign: Sign = Sign.NONE) -> Button:
        button = Button(text, self._style, sign=sign, key=key)
        button.clicked.connect(do)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key means."""
        do = self._keys.get(key_of(event))
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def _key_map(self) -> dict[str, Callable[[], object]]:
        return {
            **{key: partial(self.span, span) for span, key in _SPANS},
            "A": self.toggle_areas, "T": self.today, "Ctrl+S": self.ask,
            "PgUp": self.earlier, "PgDown": self.later,
            "Alt+Left": self.earlier, "Alt+Right": self.later,
            "Esc": self.close, "Ctrl+W": self.close, "F5": self.refresh,
        }  # fmt: skip

    def _mark(self) -> None:
        for span, button in self._spans.items():
            button.setChecked(span is self._period.span)
        self._on_areas.setChecked(self._shows_areas)
        self._later.setVisible(self._period.last < self._back.today())
        empty = self.report is not None and self.report.empty
        self._words.setVisible(not empty)
        self._caption.setVisible(not empty)

    def _say_lines(self, made: Report) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, text) in enumerate(lines(made)):
            for column, label in enumerate((Text(SMALL, strong=True), Text(SMALL))):
                label.say((name, text)[column])
                label.setWordWrap(column == 1)
                label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
                label.restyle(self._style)
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(label, row, column)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def ask(self) -> None:
        """Ask where the picture goes, and write it."""
        name = f"deskbreak-{self._period.first.isoformat()}-{self._period.span.value}.png"
        text, _ = QFileDialog.getSaveFileName(self, "Save picture", name, "Pictures (*.png *.svg)")
        if not text:
            return
        try:
            self.save(Path(text))
        except NoPictureError as trouble:
            self._caption.say(str(trouble))
        else:
            self._caption.say(f"Saved as {text}")


def open_window(options: argparse.Namespace) -> int:
    """Show the window until it closes, or save a picture; returns the exit code."""
    try:
        back = Lookback.of(Places.of_user())
    except NoPlaceError as trouble:
        complain(f"{trouble}.")
        return 1
    app = application()
    ui = back.settings.ui
    theme = options.theme or ui.theme
    style = Style(apply_theme(theme, taste()), options.text_scale or ui.text_scale)
    window = StatsWindow(back, Areas(shipped("microroutines") / "poses"), style)
    window.show_view(options.view, options.day)
    if options.save is not None:
        return _save(window, options.save)
    window.resize(*(style.px(length) for length in _USUAL))
    window.show()
    return run(app, window.close, lambda: window.set_theme(apply_theme(theme, taste())))


def _save(window: StatsWindow, path: Path) -> int:
    try:
        window.save(path)
    except NoPictureError as trouble:
        complain(f"{trouble}.")
        return 1
    print(one_line(str(path), 5000))  # noqa: T201 - what the command says
    return 0
