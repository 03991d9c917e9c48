"""Chair, desk, wall, step, stairs, rail, mat: boxes to draw and to keep the body out of."""

from collections.abc import Callable, Mapping, Sequence
from math import floor
from types import MappingProxyType

from deskbreak.content.fields import nearest
from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.shapes import Line, Point, Polygon, Shape
from deskbreak.content.figure.tables import PoseError, mapping, number
from deskbreak.content.figure.vectors import Vec
from deskbreak.struct import Struct

SEAT, DESK, STEP, TREAD = 39.0, 84.0, 17.0, 28.0


Rail = tuple[Vec, ...]


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


Parts = tuple[Sequence[Box], Sequence[Rail]]


class Prop(Struct):
    """One thing in the room: its kind and what it is made of."""

    kind: str
    boxes: Sequence[Box] = ()
    rails: Sequence[Rail] = ()


def prop(entry: object) -> Prop:
    """A thing from its name, or from a table with its name as `kind` and its place in cm."""
    table = {"kind": entry} if isinstance(entry, str) else mapping(entry, "props")
    kind = str(table.get("kind"))
    values = {k: number(v, f"props.{k}") for k, v in table.items() if k != "kind"}
    if kind not in _MAKERS:
        raise PoseError(f"the thing {kind!r}", nearest(kind, _MAKERS), "props")
    maker = _MAKERS[kind]
    wanted = getattr(maker, "__kwdefaults__", None) or {}
    return Prop(kind, *maker(**{k: v for k, v in values.items() if k in wanted}))


def _chair(*, x: float = 0.0, back_low: float = 52.0, back_high: float = 30.0) -> Parts:
    d, top = 1.6, back_low + back_high
    legs = [
        Box((x + a - d, 0, z - d), (x + a + d, SEAT - 3, z + d), "wood_dark", solid=False)
        for z in (-18, 18)
        for a in (-21, 17)
    ]
    posts = [
        Box((x - 27, SEAT - 3, z - d), (x - 24.5, top - 4, z + d), "wood_dark", solid=False)
        for z in (-15, 15)
    ]
    back = Box((x - 27, back_low, -19), (x - 24, top, 19), "wood")
    seat = Box((x - 25, SEAT - 3, -21), (x + 20, SEAT, 21), "wood")
    return [*legs, *posts, back, seat], ()


def _desk(
    *, x: float = 40.0, near: float = -45.0, far: float = 45.0, height: float = DESK,
    depth: float = 55.0,
) -> Parts:  # fmt: skip
    legs = [
        Box((a - 2, 0, z - 2), (a + 2, height - 3, z + 2), "wood_dark", solid=False)
        for z in (near + 5, far - 5)
        for a in (x + 12, x + depth - 6)
    ]
    return [*legs, Box((x, height - 3, near), (x + depth, height, far), "wood")], ()


def _wall(*, x: float = 45.0, half: float = 55.0, height: float = 185.0) -> Parts:
    near, far = (x, x + 4.0) if x > 0 else (x - 4.0, x)
    return [Box((near, 0, -half), (far, height, half), "wall", shade=0.35)], ()


def _step(*, x: float = 20.0, depth: float = 34.0, height: float = STEP) -> Parts:
    return [Box((x, 0, -30), (x + depth, height, 30), "wood")], ()


def _stairs(*, x: float = 20.0, count: float = 3, half: float = 32.0) -> Parts:
    n = int(count)
    return [
        Box((x + i * TREAD, 0, -half), (x + (n + 0.4) * TREAD, (i + 1) * STEP, half), "wood")
        for i in range(n)
    ], ()


def _window(*, x: float = 70.0, low: float = 78.0, height: float = 150.0) -> Parts:
    half = 38.0
    pane = Box((x, low, -half), (x + 2, height, half), "pane", solid=False, shade=0.0)
    hill = Box((x + 2, low, -half), (x + 2, low + 16, half), "mat", solid=False, shade=0.0)
    corners = ((low, -half), (height, -half), (height, half), (low, half), (low, -half))
    frame = tuple((x, y, z) for y, z in corners)
    return [pane, hill], [frame, ((x, low, 0.0), (x, height, 0.0))]


def _cushion(*, x: float = -66.0, height: float = 9.0) -> Parts:
    return [Box((x - 15, 0, -17), (x + 15, height, 17), "white", solid=False)], ()


def _endless() -> Parts:
    """Made anew for each picture, around where the figure has got to."""
    return (), ()


def _rail(
    *, z: float = -26.0, x: float = 0.0, y: float = 90.0, to_x: float | None = None,
    to_y: float | None = None, foot: float = 0.0, to_foot: float = 0.0,
) -> Parts:  # fmt: skip
    x1, y1 = x + 90.0 if to_x is None else to_x, y if to_y is None else to_y
    posts = (((x + 4, foot, z), (x + 4, y, z)), ((x1 - 4, to_foot, z), (x1 - 4, y1, z)))
    return (), [((x, y, z), (x1, y1, z)), *posts]


def _mat(*, x: float = -95.0, to_x: float = 95.0, half: float = 34.0) -> Parts:
    return [Box((x, -1.2, -half), (to_x, 0.0, half), "mat", solid=False)], ()


_MAKERS: Mapping[str, Callable[..., Parts]] = MappingProxyType({
    "chair": _chair, "desk": _desk, "wall": _wall, "step": _step, "stairs": _stairs,
    "cushion": _cushion, "flight": _endless, "rail": _rail, "mat": _mat,
    "pavement": _endless, "window": _window,
})  # fmt: skip


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
