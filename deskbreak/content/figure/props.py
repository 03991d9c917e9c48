"""Chair, desk, wall, step, stairs, rail, mat: boxes to draw and to keep the body out of."""

from collections.abc import Mapping
from math import floor

from deskbreak.content.fields import nearest
from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.shapes import Line, Point, Polygon, Shape
from deskbreak.content.figure.tables import PoseError, mapping, number
from deskbreak.content.figure.vectors import Vec
from deskbreak.struct import Struct, field

SEAT, DESK, STEP, TREAD = 39.0, 84.0, 17.0, 28.0


class Box(Struct):
    """An upright box from `low` to `high`; `solid` ones the body must stay out of."""

    low: Vec
    high: Vec
    colour: str
    solid: bool = True
    shade: float = 1.0

    def below(self, point: Vec) -> bool:
        """Whether a point is above the top of the box."""
        (x0, _, z0), (x1, top, z1) = self.low, self.high
        x, y, z = point
        return x0 <= x <= x1 and z0 <= z <= z1 and y >= top - 1.0


class Prop(Struct):
    """One thing in the room: its kind and what it is made of."""

    kind: str
    boxes: tuple[Box, ...] = ()
    rails: tuple[tuple[Vec, ...], ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


def prop(entry: object) -> Prop:
    """A thing from its name, or from a table with its name as `kind` and its place in cm."""
    table = {"kind": entry} if isinstance(entry, str) else mapping(entry, "props")
    kind = str(table.get("kind"))
    values = {k: number(v, f"props.{k}") for k, v in table.items() if k != "kind"}
    if kind not in _MAKERS:
        raise PoseError(f"the thing {kind!r}", nearest(kind, _MAKERS), "props")
    boxes, rails = _MAKERS[kind](values)
    return Prop(kind, tuple(boxes), tuple(rails), values)


Parts = tuple[list[Box], list[tuple[Vec, ...]]]


def _chair(v: Mapping[str, float]) -> Parts:
    x, d = v.get("x", 0.0), 1.6
    legs = [
        Box((x + a - d, 0, z - d), (x + a + d, SEAT - 3, z + d), "wood_dark", solid=False)
        for z in (-18, 18)
        for a in (-21, 17)
    ]
    low = v.get("back_low", 52.0)
    top = low + v.get("back_high", 30.0)
    posts = [
        Box((x - 27, SEAT - 3, z - d), (x - 24.5, top - 4, z + d), "wood_dark", solid=False)
        for z in (-15, 15)
    ]
    back = Box((x - 27, low, -19), (x - 24, top, 19), "wood")
    seat = Box((x - 25, SEAT - 3, -21), (x + 20, SEAT, 21), "wood")
    return [*legs, *posts, back, seat], []


def _desk(v: Mapping[str, float]) -> Parts:
    x, z0, z1 = v.get("x", 40.0), v.get("near", -45.0), v.get("far", 45.0)
    top = v.get("height", DESK)
    depth = v.get("depth", 55.0)
    legs = [
        Box((a - 2, 0, z - 2), (a + 2, top - 3, z + 2), "wood_dark", solid=False)
        for z in (z0 + 5, z1 - 5)
        for a in (x + 12, x + depth - 6)
    ]
    return [*legs, Box((x, top - 3, z0), (x + depth, top, z1), "wood")], []


def _wall(v: Mapping[str, float]) -> Parts:
    x, half, top = v.get("x", 45.0), v.get("half", 55.0), v.get("height", 185.0)
    near, far = (x, x + 4.0) if x > 0 else (x - 4.0, x)
    return [Box((near, 0, -half), (far, top, half), "wall", shade=0.35)], []


def _step(v: Mapping[str, float]) -> Parts:
    x, depth, high = v.get("x", 20.0), v.get("depth", 34.0), v.get("height", STEP)
    return [Box((x, 0, -30), (x + depth, high, 30), "wood")], []


def _stairs(v: Mapping[str, float]) -> Parts:
    x, n = v.get("x", 20.0), int(v.get("count", 3))
    wide = v.get("half", 32.0)
    return [
        Box((x + i * TREAD, 0, -wide), (x + (n + 0.4) * TREAD, (i + 1) * STEP, wide), "wood")
        for i in range(n)
    ], []


def _window(v: Mapping[str, float]) -> Parts:
    x, low, high, half = v.get("x", 70.0), v.get("low", 78.0), v.get("height", 150.0), 38.0
    pane = Box((x, low, -half), (x + 2, high, half), "pane", solid=False, shade=0.0)
    hill = Box((x + 2, low, -half), (x + 2, low + 16, half), "mat", solid=False, shade=0.0)
    cross = [
        ((x, low, -half), (x, high, -half), (x, high, half), (x, low, half), (x, low, -half)),
        ((x, low, 0.0), (x, high, 0.0)),
    ]
    return [pane, hill], cross


def _cushion(v: Mapping[str, float]) -> Parts:
    x, high = v.get("x", -66.0), v.get("height", 9.0)
    return [Box((x - 15, 0, -17), (x + 15, high, 17), "white", solid=False)], []


def _flight(_: Mapping[str, float]) -> Parts:
    return [], []


def _rail(v: Mapping[str, float]) -> Parts:
    z, x0, y0 = v.get("z", -26.0), v.get("x", 0.0), v.get("y", 90.0)
    x1, y1 = v.get("to_x", x0 + 90.0), v.get("to_y", y0)
    bottom0, bottom1 = v.get("foot", 0.0), v.get("to_foot", 0.0)
    return [], [
        ((x0, y0, z), (x1, y1, z)),
        ((x0 + 4, bottom0, z), (x0 + 4, y0, z)),
        ((x1 - 4, bottom1, z), (x1 - 4, y1, z)),
    ]


def _mat(v: Mapping[str, float]) -> Parts:
    x0, x1, half = v.get("x", -95.0), v.get("to_x", 95.0), v.get("half", 34.0)
    return [Box((x0, -1.2, -half), (x1, 0.0, half), "mat", solid=False)], []


_MAKERS = {
    "chair": _chair, "desk": _desk, "wall": _wall, "step": _step, "stairs": _stairs,
    "cushion": _cushion, "flight": _flight, "rail": _rail, "mat": _mat,
    "pavement": _flight, "window": _window,
}  # fmt: skip


def draw(thing: Prop, lens: Lens, palette: Palette, drift: Vec) -> list[Shape]:
    """The shapes of one thing; endless things are drawn around where the figure has got to."""
    if thing.kind == "pavement":
        return _pavement(lens, palette, drift)
    flight = thing.kind == "flight"
    boxes, rails = _endless_flight(drift) if flight else (thing.boxes, thing.rails)
    out: list[Shape] = []
    for box in boxes:
        out += _faces(box, lens, palette)
    for rail in rails:
        path = tuple(lens(p)[:2] for p in rail)
        out.append(Line(path, palette.wood_dark, 3.4 * lens.k, False, 1.0, "prop"))
        out.append(Line(path, palette.wood, 2.2 * lens.k, False, 1.0, "prop"))
    return out


def _endless_flight(drift: Vec) -> Parts:
    at = floor(drift[0] / TREAD + 1e-6)
    boxes = [
        Box(((i - 0.5) * TREAD, (i - 4) * STEP, -32), ((i + 0.5) * TREAD, i * STEP, 32), "wood")
        for i in range(at + 7, at - 5, -1)
    ]
    slope = STEP / TREAD
    low, high = (at - 4) * TREAD, (at + 7) * TREAD
    return boxes, [((low, low * slope + 90, -27.0), (high, high * slope + 90, -27.0))]


def _pavement(lens: Lens, palette: Palette, drift: Vec) -> list[Shape]:
    gap = 30.0
    first = floor(drift[0] / gap)
    out: list[Shape] = []
    for i in range(first - 4, first + 5):
        near = 1.0 - min(1.0, abs(i * gap - drift[0]) / 110.0)
        ends = [lens((i * gap - 7 + a, 0.0, 27.0))[:2] for a in (0, 14)]
        out.append(Line(tuple(ends), palette.line, 1.6 * lens.k, False, round(near, 3), "prop"))
    return out


def _faces(box: Box, lens: Lens, palette: Palette) -> list[Shape]:
    (x0, y0, z0), (x1, y1, z1) = box.low, box.high
    colour = getattr(palette, box.colour)
    edge = palette.mat_edge if box.colour == "mat" else mix(colour, palette.ink, 0.28)
    out: list[Shape] = []
    x, z = (x1 if lens.towards((1, 0, 0)) > 0 else x0), (z1 if lens.towards((0, 0, 1)) > 0 else z0)
    sides = (
        (((x, y0, z0), (x, y1, z0), (x, y1, z1), (x, y0, z1)), 0.16),
        (((x0, y0, z), (x0, y1, z), (x1, y1, z), (x1, y0, z)), 0.09),
        (((x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)), 0.0),
    )
    for corners, shade in sides:
        points: tuple[Point, ...] = tuple(lens(c)[:2] for c in corners)
        fill = mix(colour, "#000000", shade * box.shade)
        out.append(Polygon(points, fill, edge, max(0.7, lens.k * 0.35), 1.0, "prop"))
    return out
