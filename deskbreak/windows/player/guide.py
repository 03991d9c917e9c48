"""The page that guides: figure, ring, tempo, words and buttons, laid out for any size."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskbreak.content.playback import Frame, Part, Segment, Timeline
from deskbreak.content.safety import GUIDE_LINE
from deskbreak.text import player as phrases
from deskbreak.windows.animation import Picture
from deskbreak.windows.player.progress import Ring, Tempo, Track
from deskbreak.windows.player.stage import Stage
from deskbreak.windows.qt.theme import FAR, LARGE, NAME, NORMAL, SMALL, Style, Theme
from deskbreak.windows.qt.widgets import Button, Sign, Text

_USUAL = (900, 680)
"""At this size text has its own size; on a larger window it grows, to be read from a mat."""

_MOST_GROWN = 2.4
_SMALLEST = 0.6  # on a window where nothing larger has room, whatever the person wants
_NEARER = (1.0, 0.85, 0.72, 0.6)
"""On a small window, where nobody stands two metres away, what is to be read from there shrinks
first; this many times."""
_UNBOUND = (1 << 24) - 1  # what Qt takes for a width without a limit


class Guide(QWidget):
    """Shows moments. A button that is clicked is told by `wanted`, under its own word."""

    wanted = Signal(str)

    def __init__(self, line: Timeline, notes: Sequence[str], style: Style) -> None:
        super().__init__()
        self._notes = tuple(notes)
        self._wanted_scale = style.scale
        self._style = style = Style(style.theme, style.scale, still=style.still)
        self.stage = Stage(style)
        self._ring = Ring(style)
        self._tempo = Tempo(style)
        self._track = Track(line, style)
        self._title = Text(SMALL, colour="quiet")
        self._title.say(line.routine.name)
        self._place = Text(SMALL, colour="quiet")
        self._place.setWordWrap(False)
        self._headline = Text(FAR, strong=True, colour="accent")
        self._count = Text(FAR * 0.9)
        self._aside = Text(LARGE, colour="quiet")
        self._next = Text(NORMAL, colour="quiet")
        self._name = Text(NAME, strong=True)
        self._cue = Text(FAR)
        self._steps = Text(NORMAL)
        self._easier = Text(NORMAL, colour="warm")
        self._stop = Text(SMALL, colour="quiet")
        self._stop.say(GUIDE_LINE)
        self._far = {one: one.size_of_text for one in (self._headline, self._count, self._cue)}
        self._nearer = 1.0
        self._droppable = (self._next, self._aside, self._title, self._place, self._count)
        self._buttons = self._make_buttons()
        self._shown: tuple[Segment, bool] | None = None
        self._lay_out()
        self._restyle()

    def show_frame(self, frame: Frame, picture: Picture | None, now: float) -> None:
        """Show a moment of the run; `now` in seconds."""
        exercise = frame.exercise
        working = frame.segment.part in (Part.WORK, Part.SWITCH)
        self.stage.show_picture(picture, exercise.steps, now)
        self._ring.show_frame(frame)
        self._tempo.show_frame(frame)
        self._track.show_frame(frame)
        self._place.say(phrases.place(frame))
        self._headline.say(phrases.headline(frame))
        self._headline.colour(_headline_colour(frame), self._style)
        self._count.say(phrases.count(frame))
        self._name.say(exercise.name)
        self._cue.say(exercise.cue)
        self._steps.say("\n".join(exercise.steps))
        self._cue.setVisible(working or picture is None)
        self._steps.setVisible(not working and picture is not None)
        self._easier.say(f"Easier: {exercise.easier}" if frame.easier else "")
        self._aside.say(phrases.aside(frame))
        leading_in = frame.segment.part is Part.LEAD_IN
        last = "\n".join(self._notes) if leading_in and self._notes else phrases.following(frame)
        self._next.say(last)
        self._name_things(frame)
        shown = (frame.segment, frame.easier)
        if shown != self._shown:
            self._shown = shown
            for text in (self._headline, self._count, self._aside):
                text.setMinimumHeight(0)
            self._fit()
        elif _grows(self._headline) or _grows(self._count) or _grows(self._aside):
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._style.theme = theme
        self._restyle()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay out anew: side by side or one below the other, and text as large as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _name_things(self, frame: Frame) -> None:
        """What screen readers say of the picture and the buttons."""
        exercise = frame.exercise
        side = f", {frame.side} side" if frame.side else ""
        self.stage.describe(f"Picture: {exercise.name}{side}", exercise.steps)
        pause = self._buttons["pause"]
        if (pause.text() == "Go on") is not frame.paused:
            pause.say(
                "Go on" if frame.paused else "Pause", Sign.PLAY if frame.paused else Sign.PAUSE
            )
        self._buttons["ease"].setChecked(frame.easier)

    def _make_buttons(self) -> dict[str, Button]:
        made = {}
        for word, text, sign, key in (
            ("back", "Back", Sign.BACK, "Left"),
            ("pause", "Pause", Sign.PAUSE, "Space"),
            ("skip", "Skip", Sign.SKIP, "Right"),
            ("ease", "Easier", Sign.EASIER, "E"),
            ("end", "End", Sign.END, "Esc"),
        ):
            button = Button(text, self._style, sign=sign, key=key)
            button.clicked.connect(lambda _checked=False, word=word: self.wanted.emit(word))
            made[word] = button
        made["ease"].setCheckable(True)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._place, 0, Qt.AlignmentFlag.AlignRight)
        self._texts = texts = QVBoxLayout()
        for one in (self._headline, self._count, self._tempo, self._aside):
            texts.addWidget(one)
        texts.addStretch(1)
        texts.addWidget(self._next)
        self._panel = QWidget()
        self._side = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._panel)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignCenter)
        self._side.addLayout(texts, 1)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.addWidget(self.stage, 1)
        self._middle.addWidget(self._panel)
        self._instructions = QVBoxLayout()
        for one in (self._name, self._cue, self._steps, self._easier):
            self._instructions.addWidget(one)
        self._instructions.addStretch(1)
        row = QHBoxLayout()
        for word, button in self._buttons.items():
            if word == "end":
                row.addStretch(1)
            row.addWidget(button)
        self._row = row
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(head)
        self._whole.addWidget(self._track)
        self._whole.addLayout(self._middle, 1)
        self._whole.addLayout(self._instructions)
        self._whole.addLayout(row)
        self._whole.addWidget(self._stop)

    def _fit(self) -> None:
        """Arrange everything for the size there is; smaller text where all else is no help."""
        for scale, nearer in self._sizes():
            if (scale, nearer) != (self._style.scale, self._nearer):
                self._style.scale, self._nearer = scale, nearer
                self._restyle()
            if self._has_room(self._droppable if nearer == _NEARER[-1] else ()):
                return

    def _sizes(self) -> Iterator[tuple[float, float]]:
        """Sizes of text, and how many times of it what is read from afar has.

        As the person wants it, larger on a large window; then smaller ones.
        """
        grown = min(self.width() / _USUAL[0], self.height() / _USUAL[1], _MOST_GROWN)
        wanted = self._wanted_scale
        scale = max(wanted, min(wanted, 1.0) * round(grown * 20) / 20)
        for nearer in _NEARER:
            yield scale, nearer
        while (scale := scale * 0.9) > _SMALLEST:
            yield scale, _NEARER[-1]
        yield _SMALLEST, _NEARER[-1]

    def _has_room(self, droppable: Sequence[Text]) -> bool:
        """Arrange it in this size of text, and leave out what is needed least of these."""
        width, px = self.width(), self._style.px
        wanted = sum(b.width_of(short=False) + px(10) for b in self._buttons.values())
        for button in self._buttons.values():
            button.resized(short=wanted > width - px(48))
        wide = width > self.height() * 1.02
        self._arrange(beside=wide)
        if self._leave_out(droppable):
            return True
        self._arrange(beside=True)  # which takes less height
        if self._leave_out(droppable):
            return True
        if not droppable:
            return False
        ring = max(px(40), self._ring.height() - (self._least_height() - self.height()))
        self._ring.setFixedSize(ring, ring)
        return self._fits()

    def _arrange(self, *, beside: bool) -> None:
        """Ring and words beside the picture, or below it."""
        width, height, px = self.width(), self.height(), self._style.px
        direction = QBoxLayout.Direction
        self._middle.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._side.setDirection(direction.TopToBottom if beside else direction.LeftToRight)
        align = Qt.AlignmentFlag.AlignHCenter if beside else Qt.AlignmentFlag.AlignLeft
        for text in (self._headline, self._count, self._aside, self._next):
            text.setAlignment(align | Qt.AlignmentFlag.AlignTop)
        ring = min(px(150), round(height * 0.22), round(width * 0.28))
        self._ring.setFixedSize(ring, ring)
        panel = min(px(300), round(width * 0.36))
        self._panel.setMinimumWidth(panel if beside else 0)
        self._panel.setMaximumWidth(panel if beside else _UNBOUND)

    def _leave_out(self, droppable: Sequence[Text]) -> bool:
        """Hide one after the other of these until the rest has room; whether it has."""
        for text in self._droppable:
            text.show()
        for text in droppable:
            if self._fits():
                return True
            text.hide()
        return self._fits()

    def _fits(self) -> bool:
        """Whether all has room, also as it was laid out: Qt's sum can be a few pixels short."""
        if self._least_height() > self.height():
            return False
        texts = self._instructions.geometry()
        return texts.height() >= self._instructions.minimumHeightForWidth(texts.width())

    def _least_height(self) -> int:
        self._side.activate()
        self._panel.updateGeometry()
        self._whole.activate()
        return self._whole.totalMinimumHeightForWidth(self.width())

    def _restyle(self) -> None:
        px = self._style.px
        for text, size in self._far.items():
            text.size_of_text = size * self._nearer
        for text in self.findChildren(Text):
            text.restyle(self._style)
        self._track.setFixedHeight(px(6))
        self._tempo.setFixedHeight(px(7))
        self._reserve_height()
        self._whole.setContentsMargins(px(24), px(16), px(24), px(14))
        self._whole.setSpacing(px(10))
        self._middle.setSpacing(px(16))
        self._side.setSpacing(px(14))
        self._texts.setSpacing(px(8))
        self._instructions.setSpacing(px(4))
        self._row.setSpacing(px(8))

    def _reserve_height(self) -> None:
        """Room for the longest instructions, so that nothing jumps when it changes."""
        steps, cue = (text.fontMetrics() for text in (self._steps, self._cue))
        room = max(steps.size(0, "\n\n").height(), cue.size(0, "\n").height())
        self._cue.setMinimumHeight(room)
        self._steps.setMinimumHeight(room)
        self._easier.setMinimumHeight(steps.height())


def _grows(text: Text) -> bool:
    """Whether it needs more lines now; it keeps them for the exercise, so that nothing jumps."""
    needed = text.heightForWidth(text.width())
    grows = text.isVisible() and needed > text.height()
    if grows:
        text.setMinimumHeight(needed)
    return grows


def _headline_colour(frame: Frame) -> str:
    if frame.paused:
        return "quiet"
    return "warm" if frame.segment.part is Part.SWITCH else "accent"
