"""Writes a view as a picture: title, chart and what is to be said about it."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPainter

from deskbreak.stats.lines import lines
from deskbreak.stats.report import Report
from deskbreak.text.display import one_line
from deskbreak.windows.qt.theme import LARGE, SMALL, Looks, Sizes
from deskbreak.windows.stats.canvas import Drawing, Paper

WIDTH, CHART = 960, 380
_SCALE = 2
"""A PNG has this many pixels for each of the window's."""

FORMATS = (".png", ".svg")


class NoPictureError(Exception):
    """The picture was not written; the text says why."""


def save_picture(path: Path, made: Report, drawing: Drawing, looks: Looks, sizes: Sizes) -> None:
    """Write a PNG or an SVG, as the name says. Raises NoPictureError."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise NoPictureError(f"{path.name}: allowed is a name that ends in .png or .svg")
    data = _svg(made, drawing, looks, sizes) if suffix == ".svg" else _png(
        made, drawing, looks, sizes
    )  # fmt: skip
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NoPictureError(f"{path}: {error.strerror}") from None


def _png(made: Report, drawing: Drawing, looks: Looks, sizes: Sizes) -> bytes:
    size = _size(made, sizes)
    image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    painter = QPainter(image)
    _paint(painter, size, made, drawing, looks, sizes)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _svg(made: Report, drawing: Drawing, looks: Looks, sizes: Sizes) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    size = _size(made, sizes)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(f"deskbreak: {made.period.label}")
    painter = QPainter(generator)
    _paint(painter, size, made, drawing, looks, sizes)
    painter.end()
    return bytes(buffer.data().data())


def _size(made: Report, sizes: Sizes) -> QSize:
    """As high as the sentences need."""
    width = sizes.px(WIDTH)
    under = sum(high for *_, high in _rows(made, sizes, width))
    return QSize(width, round(sizes.px(CHART) + _title_height(sizes) + under + 2 * _margin(sizes)))


def _margin(sizes: Sizes) -> int:
    return sizes.px(24)


def _title_height(sizes: Sizes) -> float:
    return QFontMetricsF(sizes.font(LARGE, strong=True)).height() * 1.5


def _rows(made: Report, sizes: Sizes, width: float) -> list[tuple[str, str, float]]:
    metrics = QFontMetricsF(sizes.font(SMALL))
    room = QRectF(0, 0, width - 2 * _margin(sizes) - sizes.px(110), 10_000)
    flags = int(Qt.TextFlag.TextWordWrap)
    return [
        (name, text, metrics.boundingRect(room, flags, text).height() + metrics.height() * 0.35)
        for name, text in lines(made)
    ]


def _paint(  # a picture is all of this
    painter: QPainter, size: QSize, made: Report, drawing: Drawing, looks: Looks, sizes: Sizes
) -> None:
    whole = QRectF(0, 0, size.width(), size.height())
    painter.fillRect(whole, QColor(looks.window))
    margin, title = _margin(sizes), _title_height(sizes)
    inner = whole.adjusted(margin, margin, -margin, -margin)
    area = QRectF(inner.left(), inner.top() + title, inner.width(), sizes.px(CHART))
    paper = Paper(painter, area, looks, sizes)
    head = QRectF(inner.left(), inner.top(), inner.width(), title * 0.8)
    paper.text(head, made.period.label, size=LARGE, strong=True)
    drawing(paper)
    y = area.bottom()
    column = sizes.px(110)
    for name, text, high in _rows(made, sizes, size.width()):
        painter.setFont(sizes.font(SMALL, strong=True))
        painter.setPen(QColor(looks.text))
        painter.drawText(QRectF(inner.left(), y, column, high), 0, name)
        painter.setFont(sizes.font(SMALL))
        box = QRectF(inner.left() + column, y, inner.width() - column, high)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap), one_line(text))
        y += high
