"""Writes a view as a picture: title, chart and what is to be said about it."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPaintDevice, QPainter

from deskbreak.stats.lines import lines
from deskbreak.stats.report import Report
from deskbreak.text.display import one_line
from deskbreak.windows.qt.draw import png
from deskbreak.windows.qt.theme import LARGE, SMALL, Style
from deskbreak.windows.stats.canvas import Drawing, Paper

WIDTH, CHART = 960, 380
_SCALE = 2
"""A PNG has this many pixels for each of the window's."""

FORMATS = (".png", ".svg")
_WRAP = int(Qt.TextFlag.TextWordWrap)


class NoPictureError(Exception):
    """The picture was not written; the text says why."""


def save_picture(path: Path, made: Report, drawing: Drawing, style: Style) -> None:
    """Write a PNG or an SVG, as the name says. Raises NoPictureError."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise NoPictureError(f"{path.name}: allowed is a name that ends in .png or .svg")
    page = _Page(made, drawing, style)
    data = page.svg() if suffix == ".svg" else page.png()
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NoPictureError(f"{path}: {error.strerror}") from None


class _Page:
    """Title, chart and sentences, as high as the sentences need."""

    def __init__(self, made: Report, drawing: Drawing, style: Style) -> None:
        self._made, self._drawing, self._style = made, drawing, style
        self._margin, self._column = style.px(24), style.px(110)
        self._title = QFontMetricsF(style.font(LARGE, strong=True)).height() * 1.5
        metrics = QFontMetricsF(style.font(SMALL))
        width = style.px(WIDTH)
        room = QRectF(0, 0, width - 2 * self._margin - self._column, 10_000)
        self._rows = [
            (name, text, metrics.boundingRect(room, _WRAP, text).height() + metrics.height() * 0.35)
            for name, text in lines(made)
        ]
        under = sum(high for *_, high in self._rows)
        high = style.px(CHART) + self._title + under + 2 * self._margin
        self._size = QSize(width, round(high))

    def png(self) -> bytes:
        image = QImage(self._size * _SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        self._paint(image)
        return png(image)

    def svg(self) -> bytes:
        from PySide6.QtSvg import QSvgGenerator

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self._size)
        generator.setViewBox(QRectF(0, 0, self._size.width(), self._size.height()))
        generator.setTitle(f"deskbreak: {self._made.period.label}")
        self._paint(generator)
        return bytes(buffer.data().data())

    def _paint(self, on: QPaintDevice) -> None:
        style, margin = self._style, self._margin
        painter = QPainter(on)
        whole = QRectF(0, 0, self._size.width(), self._size.height())
        painter.fillRect(whole, QColor(style.theme.window))
        inner = whole.adjusted(margin, margin, -margin, -margin)
        area = QRectF(inner.left(), inner.top() + self._title, inner.width(), style.px(CHART))
        paper = Paper(painter, area, style)
        head = QRectF(inner.left(), inner.top(), inner.width(), self._title * 0.8)
        paper.text(head, self._made.period.label, size=LARGE, strong=True)
        self._drawing(paper)
        y = area.bottom()
        painter.setPen(QColor(style.theme.text))
        for name, text, high in self._rows:
            painter.setFont(style.font(SMALL, strong=True))
            painter.drawText(QRectF(inner.left(), y, self._column, high), 0, name)
            painter.setFont(style.font(SMALL))
            box = QRectF(inner.left() + self._column, y, inner.width() - self._column, high)
            painter.drawText(box, _WRAP, one_line(text))
            y += high
        painter.end()
