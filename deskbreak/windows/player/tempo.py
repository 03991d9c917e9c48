"""The tempo of a repetition: its beats as a bar that fills, out, hold and back."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskbreak.core.routine import Frame
from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import Sizes


class Tempo(QWidget):
    """A bar of one repetition; keeps its place, and shows nothing, where there is no tempo."""

    def __init__(self, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._sizes = sizes
        self._beats: tuple[int, ...] = ()
        self._into_s = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame, *, smooth: bool) -> None:
        """Show a moment; not `smooth`: one beat after the other instead of a moving edge."""
        beats, into = beats_of(frame)
        if not smooth:
            into = float(_end_of_beat(beats, into))
        if (beats, into) != (self._beats, self._into_s):
            self._beats, self._into_s = beats, into
            self.update()

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(self._sizes.px(150), self._sizes.px(7))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint a piece for each beat, filled as far as the repetition has come."""
        total = sum(self._beats)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, height = self._sizes.px(3), float(self.height())
        shown = [beat for beat in self._beats if beat]
        room = self.width() - gap * (len(shown) - 1)
        x, start = 0.0, 0.0
        for beat in shown:
            width = room * beat / total
            share = max(0.0, min(1.0, (self._into_s - start) / beat))
            for part, colour in ((1.0, self._looks.track), (share, self._looks.accent)):
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(x, 0, width * part, height), height / 2, height / 2)
            x, start = x + width + gap, start + beat
        painter.end()


def beats_of(frame: Frame) -> tuple[tuple[int, ...], float]:
    """The seconds of each beat of the repetition under way, and how far into it one is."""
    exercise = frame.exercise
    if not frame.rep or not exercise.tempo or not exercise.rep_s:
        return (), 0.0
    return exercise.tempo, frame.passed_s - (frame.rep.number - 1) * exercise.rep_s


def _end_of_beat(beats: tuple[int, ...], into_s: float) -> int:
    end = 0
    for beat in beats:
        end += beat
        if into_s < end:
            return end
    return end
