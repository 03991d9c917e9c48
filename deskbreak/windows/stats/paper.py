"""What every chart draws with: colours by activity, text, and places that say something."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from deskbreak.content.figure.palette import mix
from deskbreak.struct import Struct
from deskbreak.text.display import one_line
from deskbreak.windows.qt.looks import Looks
from deskbreak.windows.qt.sizes import NORMAL, SMALL, Sizes

_LEFT = Qt.AlignmentFlag.AlignLeft
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Spot(Struct):
    """A place in a chart that says something when it is pointed at or reached by key."""

    area: QRectF
    says: str


class Ink(Struct):
    """The colours of what is drawn, made from the window's own."""

    sitting: str
    standing: str
    moving: str
    paused: str

    @classmethod
    def of(cls, looks: Looks) -> "Ink":
        """Colours that differ in lightness as well, for eyes that see few hues."""
        strong = looks.name.startswith("contrast")
        standing = looks.text if strong else mix(looks.accent, looks.text, 0.55)
        return cls(
            sitting=looks.accent,
            standing=standing,
            moving=looks.figure.accent,
            paused=mix(looks.track, looks.quiet, 0.25),
        )

    def shade(self, looks: Looks, strength: int, most: int) -> str:
        """The colour of a day in the year's map; strength 0 is a day without a record."""
        if strength == 0:
            return mix(looks.window, looks.track, 0.6)
        return mix(looks.track, self.moving, 0.25 + 0.75 * (strength - 1) / (most - 1))


class Paper:
    """A painter with our colours and sizes; `spots` collects what can be pointed at."""

    def __init__(self, painter: QPainter, area: QRectF, looks: Looks, sizes: Sizes) -> None:
        self.painter = painter
        self.area = area
        self.looks = looks
        self.sizes = sizes
        self.ink = Ink.of(looks)
        self.spots: list[Spot] = []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def block(self, area: QRectF, colour: str, *, round_: float = 2.0, says: str = "") -> None:
        """A filled block."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        corner = min(round_, area.width() / 2, area.height() / 2)
        self.painter.drawRoundedRect(area, corner, corner)
        if says:
            self.spots.append(Spot(area, says))

    def line(self, begin: QPointF, end: QPointF, colour: str, width: float = 1.0) -> None:
        """A straight line."""
        self.painter.setPen(QPen(QColor(colour), width))
        self.painter.drawLine(begin, end)

    def text(  # a text is all of this
        self, area: QRectF, text: str, *, colour: str = "", size: float = SMALL,
        align: Qt.AlignmentFlag = _LEFT | _MIDDLE, strong: bool = False,
    ) -> None:  # fmt: skip
        """Text in a box; what does not fit ends in dots."""
        self.painter.setFont(self.sizes.font(size, strong=strong))
        self.painter.setPen(QColor(colour or self.looks.text))
        metrics = QFontMetricsF(self.painter.font())
        short = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, area.width() + 1)
        self.painter.drawText(area, int(align), short)

    def width(self, text: str, size: float = SMALL) -> float:
        """How wide a text is."""
        return QFontMetricsF(self.sizes.font(size)).horizontalAdvance(text)

    def height(self, size: float = SMALL) -> float:
        """How high a line of text is."""
        return QFontMetricsF(self.sizes.font(size)).height()

    def note(self, text: str) -> None:
        """One sentence in the middle, where there is nothing to draw."""
        align = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        high = min(self.area.height(), self.height() * 9)
        box = QRectF(self.area.left(), self.area.center().y() - high / 2, self.area.width(), high)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(QColor(self.looks.edge), 1.5, Qt.PenStyle.DashLine))
        self.painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
        self.painter.setFont(self.sizes.font(NORMAL))
        self.painter.setPen(QColor(self.looks.quiet))
        self.painter.drawText(box, int(align), text)
        self.spots.append(Spot(box, text))

    def legend(self, entries: Sequence[tuple[str, str]]) -> None:
        """Names of colours along the bottom edge; takes that room from the area."""
        row = self.height() * 1.6
        y = self.area.bottom() - row
        x = self.area.left()
        side = self.height() * 0.7
        for name, colour in entries:
            self.block(QRectF(x, y + (row - side) / 2, side, side), colour)
            wide = self.width(name)
            self.text(QRectF(x + side * 1.5, y, wide + 2, row), name, colour=self.looks.quiet)
            x += side * 1.5 + wide + side * 1.8 if name else side * 1.2
        self.area = self.area.adjusted(0, 0, 0, -row)
