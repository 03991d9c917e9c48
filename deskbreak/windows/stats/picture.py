"""Writes a view as a picture: title, chart and what is to be said about it."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPainter

from deskbreak.stats.lines import lines
from deskbreak.stats.report import Report
from deskbreak.text.display import one_line
from deskbreak.windows.qt.theme import LARGE, SMALL, Style
from deskbreak.windows.stats.canvas import Drawing, Paper

WIDTH, CHART = 960, 380
_SCALE = 2
"""A PNG has this many pixels for each of the window's."""

FORMATS = (".png", ".svg")


class NoPictureError(Exception):
    """The picture was not written; the text says why."""


def save_picture(path: Path, made: Report, drawing: Drawing, style: Style) -> None:
    """Write a PNG or an SVG, as the name says. Raises NoPictureError."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise NoPictureError(f"{path.name}: allowed is a name that ends in .png or .svg")
    data = _svg(made, drawing, style) if suffix == ".svg" else _png(
        made, drawing, style
    )  # fmt: skip
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NoPictureError(f"{path}: {error.strerror}") from None


def _png(made: Report, drawing: Drawing, style: Style) -> bytes:
    size = _size(made, style)
    image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    painter = QPainter(image)
    _paint(painter, size, made, drawing, style)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _svg(made: Report, drawing: Drawing, style: Style) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    size = _size(made, style)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(f"deskbreak: {made.period.label}")
    painter = QPainter(generator)
    _paint(painter, size, made, drawing, style)
    painter.end()
    return bytes(buffer.data().data())


def _size(made: Report, style: Style) -> QSize:
    """As high as the sentences need."""
    width = style.px(WIDTH)
    under = sum(high for *_, high in _rows(made, style, width))
    return QSize(width, round(style.px(CHART) + _title_height(style) + under + 2 * _margin(style)))


def _margin(style: Style) -> int:
    return style.px(24)


def _title_height(style: Style) -> float:
    return QFontMetricsF(style.font(LARGE, strong=True)).height() * 1.5


def _rows(made: Report, style: Style, width: float) -> list[tuple[str, str, float]]:
    metrics = QFontMetricsF(style.font(SMALL))
    room = QRectF(0, 0, width - 2 * _margin(style) - style.px(110), 10_000)
    flags = int(Qt.TextFlag.TextWordWrap)
    return [
        (name, text, metrics.boundingRect(room, flags, text).height() + metrics.height() * 0.35)
        for name, text in lines(made)
    ]


def _paint(  # a picture is all of this
    painter: QPainter, size: QSize, made: Report, drawing: Drawing, style: Style
) -> None:
    whole = QRectF(0, 0, size.width(), size.height())
    painter.fillRect(whole, QColor(style.theme.window))
    margin, title = _margin(style), _title_height(style)
    inner = whole.adjusted(margin, margin, -margin, -margin)
    area = QRectF(inner.left(), inner.top() + title, inner.width(), style.px(CHART))
    paper = Paper(painter, area, style)
    head = QRectF(inner.left(), inner.top(), inner.width(), title * 0.8)
    paper.text(head, made.period.label, size=LARGE, strong=True)
    drawing(paper)
    y = area.bottom()
    column = style.px(110)
    for name, text, high in _rows(made, style, size.width()):
        painter.setFont(style.font(SMALL, strong=True))
        painter.setPen(QColor(style.theme.text))
        painter.drawText(QRectF(inner.left(), y, column, high), 0, name)
        painter.setFont(style.font(SMALL))
        box = QRectF(inner.left() + column, y, inner.width() - column, high)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), one_line(text))
        y += high
