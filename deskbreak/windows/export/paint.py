"""Paints sheets and films with Qt, off the screen; Pillow writes what moves."""

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from deskbreak.content.figure import Palette, Scene
from deskbreak.windows.export.plan import CELL, FILM_RATE, FILM_SIZE, Label, Sheet
from deskbreak.windows.qt.draw import draw, png, strokes

SCALE = 2
"""A sheet has so many pixels for one of its plan, to be printed."""

COLOURS = 96
"""Of a film: enough for flat colours with smooth edges, few enough for small files."""

_SAMPLED = 24
"""Of so many frames one is looked at for its colours."""


def page(sheet: Sheet) -> bytes:
    """The contact sheet as a PNG file."""
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
    return png(image)


def film(frames: Sequence[tuple[str, Scene]], palette: Palette, kind: str) -> bytes:
    """The frames as a moving picture, of the kind "GIF" or "PNG"; there has to be at least one.

    Flat colours stay exactly what they are: the most frequent are kept, others become the nearest.
    """
    from PIL import Image

    counts: Counter[int] = Counter()
    for name, scene in frames[::_SAMPLED]:
        image = _frame(name, scene, palette)  # whose pixels live as long as it does
        counts.update(memoryview(image.constBits()).cast("B").cast("I"))
    table = [colour for colour, _ in counts.most_common(COLOURS)]
    parts = [colour >> shift & 255 for colour in table for shift in (16, 8, 0)]
    made = []
    for name, scene in frames:
        indexed = _frame(name, scene, palette).convertToFormat(
            QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither
        )
        picture = Image.frombytes(
            "P", FILM_SIZE, indexed.constBits(), "raw", "P", indexed.bytesPerLine()
        )
        picture.putpalette(parts)
        made.append(picture)
    out = BytesIO()
    first, *others = made
    # What a frame leaves as it was is not written again where GIFs are optimized.
    first.save(
        out, kind, save_all=True, append_images=others, loop=0, optimize=True,
        duration=round(1000 / FILM_RATE),
    )  # fmt: skip
    return out.getvalue()


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
