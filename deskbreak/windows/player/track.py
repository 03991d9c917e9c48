"""Progress over the whole routine: a piece for each exercise, as long as it lasts."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar

from deskbreak.core.routine import Frame, Timeline
from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import Sizes


class Track(QProgressBar):
    """A progress bar to screen readers, a row of pieces to the eye."""

    def __init__(self, line: Timeline, looks: Looks, sizes: Sizes) -> None:
        super().__init__()
        self._looks = looks
        self._sizes = sizes
        self._pieces = pieces(line)
        self._progress = 0.0
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setAccessibleName("Progress of the routine")

    def show_frame(self, frame: Frame) -> None:
        """Show how far it is."""
        self._progress = frame.progress
        percent = round(frame.progress * 100)
        if percent != self.value():  # which paints at once, so not with every picture
            self.setValue(percent)
        self.update()

    def set_looks(self, looks: Looks) -> None:
        """Take other colours."""
        self._looks = looks
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin line."""
        return QSize(200, self._sizes.px(6))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Just as thin."""
        return QSize(60, self._sizes.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the pieces."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, height = self._sizes.px(4), float(self.height())
        room = self.width() - gap * (len(self._pieces) - 1)
        for number, (begin, end) in enumerate(self._pieces):
            x, width = begin * room + number * gap, (end - begin) * room
            share = max(0.0, min(1.0, (self._progress - begin) / (end - begin)))
            for part, colour in ((1.0, self._looks.track), (share, self._looks.accent)):
                painter.setBrush(QColor(colour))
                piece = QRectF(x, 0, width * part, height)
                painter.drawRoundedRect(piece, height / 2, height / 2)
        painter.end()


def pieces(line: Timeline) -> list[tuple[float, float]]:
    """Where each step begins and ends, from 0 to 1 of the routine."""
    total = line.total_s
    count = len(line.routine.steps)
    return [(line.begin_of(n) / total, line.begin_of(n + 1) / total) for n in range(count)]
