"""Paints sheets and films with Qt, off the screen."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter

from deskbreak.content.figure import Palette, Scene
from deskbreak.windows.export.film import Film
from deskbreak.windows.export.plan import CELL, FILM_RATE, FILM_SIZE, Label, Sheet
from deskbreak.windows.qt.draw import draw, strokes

SCALE = 2
"""A sheet has so many pixels for one of its plan, to be printed."""

COLOURS = 96
"""Of a film: enough for flat colours with smooth edges, few enough for small files."""

_SAMPLED = 24


def page(sheet: Sheet) -> QImage:
    """The contact sheet as a picture."""
    image = QImage(sheet.width * SCALE, sheet.height * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(sheet.palette.background))
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    for x, y, scene in sheet.cells:
        painter.save()
        painter.translate(x, y)
        painter.setClipRect(QRectF(0, 0, CELL[0] - 2, CELL[1] - 2))
        draw(painter, strokes(scene))
        painter.restore()
    for label in sheet.labels:
        _write(painter, label, sheet.palette)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def film(frames: Iterable[tuple[str, Scene]], palette: Palette) -> Film:
    """The frames as a film; there has to be at least one."""
    return indexed((_frame(name, scene, palette) for name, scene in frames), FILM_SIZE)


def indexed(images: Iterable[QImage], size: tuple[int, int]) -> Film:
    """Pictures of this size in few colours: the most frequent, and the nearest for the rest."""
    coarse: list[array[int]] = []
    counts: Counter[int] = Counter()
    exact: dict[int, tuple[int, int, int]] = {}
    for number, image in enumerate(images):
        pixels = _coarse(image)
        counts.update(pixels)
        coarse.append(pixels)
        if number % _SAMPLED == 0:
            exact = _exact(image) | exact
    chosen = [value for value, _ in counts.most_common(COLOURS)]
    colours = tuple(exact.get(value) or _colour(value) for value in chosen)
    index = {value: number for number, value in enumerate(chosen)}
    for value in counts:
        if value not in index:
            index[value] = _nearest(_colour(value), colours)
    frames = tuple(bytes(map(index.__getitem__, pixels)) for pixels in coarse)
    return Film(*size, colours, frames, round(1000 / FILM_RATE))


def _frame(name: str, scene: Scene, palette: Palette) -> QImage:
    image = QImage(*FILM_SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.background))
    painter = QPainter(image)
    draw(painter, strokes(scene))
    _write(painter, Label(14, FILM_SIZE[1] - 14, name, 15, strong=True), palette)
    painter.end()
    return image


def _write(painter: QPainter, label: Label, palette: Palette) -> None:
    font = QFont()
    font.setPixelSize(round(label.size))
    font.setBold(label.strong)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setPen(QColor(palette.ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.drawText(QPointF(label.x, label.y), label.text)


def _coarse(image: QImage) -> "array[int]":
    """The pixels with five or six bits a colour, so that there are few enough of them to count."""
    small = image.convertToFormat(QImage.Format.Format_RGB16)
    rows = array("H", bytes(small.constBits()))
    stride, width = small.bytesPerLine() // 2, small.width()
    if stride == width:
        return rows
    pixels = array("H")
    for at in range(0, len(rows), stride):
        pixels += rows[at : at + width]
    return pixels


def _exact(image: QImage) -> dict[int, tuple[int, int, int]]:
    """The most frequent true colour behind each coarse one."""
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    found: dict[int, tuple[int, int, int]] = {}
    for value, _ in Counter(pixels.cast("B").cast("I")).most_common():
        red, green, blue = value >> 16 & 255, value >> 8 & 255, value & 255
        found.setdefault(red >> 3 << 11 | green >> 2 << 5 | blue >> 3, (red, green, blue))
    return found


def _colour(coarse: int) -> tuple[int, int, int]:
    red, green, blue = coarse >> 11, coarse >> 5 & 63, coarse & 31
    return red << 3 | red >> 2, green << 2 | green >> 4, blue << 3 | blue >> 2


def _nearest(colour: tuple[int, int, int], among: Sequence[tuple[int, int, int]]) -> int:
    def apart(number: int) -> int:
        return sum((a - b) ** 2 for a, b in zip(colour, among[number], strict=True))

    return min(range(len(among)), key=apart)
