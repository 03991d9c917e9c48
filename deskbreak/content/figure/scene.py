"""A body, its things and its arrow as one display list, painted from back to front."""

from collections.abc import Sequence

from deskbreak.content.figure import face
from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.dress import Piece
from deskbreak.content.figure.face import clothed
from deskbreak.content.figure.glow import glow
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.props import Prop
from deskbreak.content.figure.shapes import Ellipse, Line, Point, Polygon, Shape
from deskbreak.content.figure.skeleton import Body

Bounds = tuple[float, float, float, float]
SHADOWS = (
    "hips",
    "chest",
    "head",
    *(f"{n}_{s}" for n in ("knee", "ankle", "toe", "palm") for s in "lr"),
)


def figure_shapes(
    body: Body, lens: Lens, palette: Palette, highlight: Sequence[str], strength: float
) -> list[Shape]:
    """The clothed figure with face and highlighted areas, hidden parts painted first."""
    runs = _runs(sorted(clothed(body, lens), key=lambda p: p.depth))
    warm = [glow(name, body, lens, palette, strength) for name in highlight] if strength > 0 else []
    warm.sort(key=lambda g: g[0])
    out: list[Shape] = []
    for depth, run in runs:
        while warm and warm[0][0] < depth:
            out.append(warm.pop(0)[1])
        out += _painted(run, lens, palette)
        if run[-1].group == "head" and run[-1].colour == "skin":
            out += face.marks(body, lens, palette)
    return out + [shape for _, shape in warm]


def shadow(body: Body, lens: Lens, palette: Palette, things: Sequence[Prop] = ()) -> list[Shape]:
    """Soft spots under what comes near the floor, or near a step among the things."""
    steps = [box for thing in things if thing.kind in ("step", "stairs") for box in thing.boxes]
    out: list[Shape] = []
    for name in SHADOWS:
        x, y, z = body.points[name]
        ground = max((box.high[1] for box in steps if box.below(body.points[name])), default=0.0)
        height = y - ground
        if -1.0 < height < 60.0:
            near = 1.0 - height / 60.0
            px, py, _ = lens((x, ground, z))
            r = (13.0 + height * 0.15) * lens.k
            flat = max(0.22, lens.tilt)
            out.append(Ellipse((px, py), r, r * flat, palette.shadow, True, 0.26 * near, "shadow"))
    return out


def _runs(pieces: list[Piece]) -> list[tuple[float, list[Piece]]]:
    """Pieces of one limb that nothing comes between are painted together, without inner edges."""
    runs: list[tuple[float, list[Piece]]] = []
    boxes: list[list[Bounds]] = []
    before, at = None, -1
    for piece in pieces:
        box = _box(piece.points)
        same = before is not None and (before.group, before.depth) == (piece.group, piece.depth)
        at = at if same else _run_to_join(runs, boxes, piece, box)
        if at < 0:
            runs.append((piece.depth, []))
            boxes.append([])
            at = len(runs) - 1
        runs[at][1].append(piece)
        boxes[at].append(box)
        before = piece
    return runs


def _run_to_join(
    runs: list[tuple[float, list[Piece]]], boxes: list[list[Bounds]], piece: Piece, box: Bounds
) -> int:
    """The run of the same limb that a piece may be painted with; -1 when something lies between."""
    for i in range(len(runs) - 1, -1, -1):
        if runs[i][1][0].group == piece.group:
            return i
        if any(_meet(other, box) for other in boxes[i]):
            break
    return -1


def _box(points: Sequence[Point]) -> Bounds:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _meet(a: Bounds, b: Bounds) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _painted(run: list[Piece], lens: Lens, palette: Palette) -> list[Shape]:
    """All edges first, then all fills: so only the common outline of a limb stays visible."""
    width = max(1.2, min(lens.k * 0.9, 4.0))
    edges: list[Shape] = []
    fills: list[Shape] = []
    for piece in run:
        fade = palette.fade * piece.far
        colour = mix(getattr(palette, piece.colour), palette.background, fade)
        edge = mix(colour, "#000000", palette.outline)
        part = "hair" if piece.colour == "hair" else "far" if piece.far > 0.4 else "body"
        if piece.closed:
            edges.append(Polygon(piece.points, "", edge, width, 1.0, "outline"))
        else:
            edges.append(Line(piece.edge, edge, width, False, 1.0, "outline"))
        fills.append(Polygon(piece.points, colour, "", 0.0, 1.0, part))
    return edges + fills
