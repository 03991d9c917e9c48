"""Draws a scene of the figure with QPainter.

A scene is first made into strokes that hold Qt's own objects, so that a frame that is shown again
costs nothing but the painting.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QImageWriter,
    QPaintDevice,
    QPainter,
    QPen,
    QPolygonF,
    QRadialGradient,
)

from deskbreak.content.figure import Ellipse, Line, Polygon, Scene, Shape

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


class Stroke(NamedTuple):
    """One thing to draw: `points` closed or open, or where they are None an ellipse."""

    pen: QPen
    brush: QBrush
    points: QPolygonF | None
    closed: bool
    centre: QPointF | None
    rx: float
    ry: float
    opacity: float


Strokes = tuple[Stroke, ...]


Known = dict[Shape, Stroke]
"""Shapes that were made before: what stands still is the same in every picture."""


def strokes(scene: Scene, known: Known | None = None) -> Strokes:
    """A scene ready for `draw`; what is in `known` is not made again, what is new is put there."""
    known = {} if known is None else known
    for shape in scene.shapes:
        if shape not in known:
            known[shape] = _stroke(shape)
    return tuple(known[shape] for shape in scene.shapes)


def draw(painter: QPainter, made: Sequence[Stroke]) -> None:
    """Paint them in order; the ground is the caller's."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    opacity = painter.opacity()
    for stroke in made:
        painter.setOpacity(opacity * stroke.opacity)
        painter.setPen(stroke.pen)
        painter.setBrush(stroke.brush)
        if stroke.centre is not None:
            painter.drawEllipse(stroke.centre, stroke.rx, stroke.ry)
        elif stroke.points is not None and stroke.closed:
            painter.drawPolygon(stroke.points)
        elif stroke.points is not None:
            painter.drawPolyline(stroke.points)
    painter.setOpacity(opacity)


def smooth_painter(on: QPaintDevice) -> QPainter:
    """A painter with smooth edges."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _stroke(shape: Shape) -> Stroke:
    if isinstance(shape, Polygon):
        points = QPolygonF([QPointF(x, y) for x, y in shape.points])
        pen = _pen(shape.stroke, shape.width, dotted=False) if shape.stroke else NO_PEN
        brush = _brush(shape.fill) if shape.fill else NO_BRUSH
        return Stroke(pen, brush, points, True, None, 0, 0, shape.opacity)
    if isinstance(shape, Line):
        points = QPolygonF([QPointF(x, y) for x, y in shape.points])
        pen = _pen(shape.colour, shape.width, dotted=shape.dotted)
        return Stroke(pen, NO_BRUSH, points, False, None, 0, 0, shape.opacity)
    centre = QPointF(*shape.centre)
    brush = _soft_brush(shape) if shape.soft else _brush(shape.fill)
    return Stroke(NO_PEN, brush, None, True, centre, shape.rx, shape.ry, shape.opacity)


@lru_cache(maxsize=256)
def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))


@lru_cache(maxsize=256)
def _pen(colour: str, width: float, *, dotted: bool) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dotted:
        pen.setDashPattern([0.1, 1.9])  # in widths of the line
    return pen


def _soft_brush(shape: Ellipse) -> QBrush:
    """Full in the middle, gone at the rim; on an ellipse the circle is squeezed with it."""
    (x, y), r = shape.centre, max(shape.rx, 0.1)
    gradient = QRadialGradient(0.0, 0.0, r)
    colour = QColor(shape.fill)
    for place, share in ((0.0, 1.0), (0.45, 0.8), (1.0, 0.0)):
        colour.setAlphaF(share)
        gradient.setColorAt(place, colour)
    brush = QBrush(gradient)
    transform = brush.transform()
    transform.translate(x, y)
    transform.scale(1.0, shape.ry / r)
    brush.setTransform(transform)
    return brush
