"""A scene as Unicode braille text, for the terminal player.

Each character holds two by four dots. The near side of the body is solid with a gap around each
part, so that limbs stay apart; the far side is half-toned, things are drawn as outlines, and the
ghost of the start is left out: without colours it would be one more body.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, hypot

from deskbreak.content.figure.shapes import Ellipse, Line, Point, Polygon, Scene

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def dots(cols: int, rows: int) -> tuple[float, float]:
    """The scene size in dots that fills a text field of cols x rows."""
    return (cols * 2.0, rows * 4.0)


def braille(scene: Scene, cols: int, rows: int) -> list[str]:
    """The scene as `rows` lines of `cols` characters; make it with `size=dots(cols, rows)`."""
    grid = Grid(cols * 2, rows * 4)
    for shape in scene.shapes:
        if isinstance(shape, Polygon):
            _polygon(grid, shape)
        elif isinstance(shape, Line):
            _line(grid, shape)
        else:
            _ellipse(grid, shape)
    return grid.lines()


class Grid:
    """A field of dots that are set or not."""

    __slots__ = ("_dots", "h", "w")

    def __init__(self, w: int, h: int) -> None:
        self.w, self.h = w, h
        self._dots = [bytearray(w) for _ in range(h)]

    def put(self, x: int, y: int, on: bool) -> None:
        """Set or clear one dot; outside the field nothing happens."""
        if 0 <= x < self.w and 0 <= y < self.h:
            self._dots[y][x] = on

    def lines(self) -> list[str]:
        """The dots as braille characters."""
        out = []
        for top in range(0, self.h, 4):
            cells = []
            for left in range(0, self.w, 2):
                code = 0x2800
                for dy, pair in enumerate(DOTS):
                    for dx, bit in enumerate(pair):
                        if self._dots[top + dy][left + dx]:
                            code |= bit
                cells.append(chr(code))
            out.append("".join(cells))
        return out


def _spans(points: Sequence[Point], y: float) -> list[tuple[float, float]]:
    """Where a level line at y runs inside a closed outline."""
    cuts = []
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        if (y0 <= y) != (y1 <= y):
            cuts.append(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    cuts.sort()
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def _polygon(grid: Grid, shape: Polygon) -> None:
    if shape.part == "outline":
        _stroke(grid, [*shape.points, shape.points[0]], False)
        return
    if shape.part in ("floor", "shadow", "face", "ghost"):
        return
    low, high = min(p[1] for p in shape.points), max(p[1] for p in shape.points)
    solid = shape.part in ("body", "hair", "arrow")
    for y in range(max(0, floor(low)), min(grid.h, ceil(high) + 1)):
        for left, right in _spans(shape.points, y + 0.5):
            for x in range(round(left), round(right)):
                on = solid or (shape.part == "far" and (x + y) % 2 == 0)
                grid.put(x, y, on)
    if shape.part == "prop":
        _stroke(grid, [*shape.points, shape.points[0]], True)


def _line(grid: Grid, shape: Line) -> None:
    if shape.part == "outline" or (shape.part == "spine" and not shape.dotted):
        _stroke(grid, shape.points, False)
    elif shape.part in ("prop", "arrow", "spine"):
        _stroke(grid, shape.points, True, 3.0 if shape.dotted else 1.0)


def _stroke(grid: Grid, points: Sequence[Point], on: bool, step: float = 1.0) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        n = max(1, ceil(hypot(x1 - x0, y1 - y0) / step))
        for i in range(n + 1):
            grid.put(floor(x0 + (x1 - x0) * i / n), floor(y0 + (y1 - y0) * i / n), on)


def _ellipse(grid: Grid, shape: Ellipse) -> None:
    """Only the floor's near rim is drawn, as the line one stands on."""
    if shape.part != "floor":
        return
    (x, y), rx = shape.centre, shape.rx
    for i in range(floor(x - rx), ceil(x + rx)):
        share = (i - x) / rx
        if abs(share) < 1.0 and i % 2 == 0:
            grid.put(i, floor(y + shape.ry * (1 - share * share) ** 0.5), True)
