"""A body, its things and its arrow as one display list, painted from back to front."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from deskbreak.content.fields import nearest
from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.pieces import Piece, clothed, face_marks
from deskbreak.content.figure.props import Prop
from deskbreak.content.figure.shapes import Ellipse, Line, Polygon, Shape
from deskbreak.content.figure.skeleton import Body
from deskbreak.content.figure.tables import PoseError
from deskbreak.content.figure.vectors import Vec, lerp

# name -> bone, offset in its frame (z outwards for paired ones), radius in cm
AREAS: Mapping[str, tuple[str, Vec, float]] = {
    "low_back": ("lumbar", (-7, 3, 0), 9),
    "abs": ("lumbar", (7, 4, 0), 9),
    "waist": ("lumbar", (0, 7, 0), 10),
    "upper_back": ("thorax", (-7, 13, 0), 10.5),
    "chest": ("thorax", (8, 12, 0), 9.5),
    "nape": ("thorax", (-4, 26, 0), 6.5),
    "eyes": ("head", (8, 0, 0), 6.5),
    "glute": ("pelvis", (-7, -4, 8), 10),
    "outer_hip": ("pelvis", (-2, -2, 11), 9),
    "hip_flexor": ("thigh", (6, -3, 0), 8.5),
    "hamstring": ("thigh", (-5, -20, 0), 10),
    "quad": ("thigh", (5, -18, 0), 10),
    "inner_thigh": ("thigh", (0, -16, -4), 9),
    "calf": ("shin", (-3.5, -12, 0), 8.5),
    "shin": ("shin", (3.5, -13, 0), 7.5),
    "ankle": ("foot", (0, 0, 0), 7),
    "side": ("thorax", (0, 6, 9), 10),
    "shoulder": ("upper_arm", (0, -2, 0), 8),
    "neck_side": ("thorax", (-1, 25, 5), 6.5),
    "forearm": ("forearm", (0, -12, 0), 7.5),
    "wrist": ("hand", (0, 0, 0), 5.5),
    "hand": ("hand", (0, -8, 0), 8.5),
}
PAIRED = ("thigh", "shin", "foot", "upper_arm", "forearm", "hand")
SIDED = ("glute", "outer_hip", "side", "neck_side")


def known_areas(names: Iterable[str]) -> tuple[str, ...]:
    """The names if all are known; a paired area without a side means both sides."""
    out: list[str] = []
    for name in names:
        base = name[:-2] if name[-2:] in ("_l", "_r") else name
        if base not in AREAS:
            raise PoseError(f"the area {name!r}", nearest(base, AREAS), "highlight")
        paired = base in SIDED or AREAS[base][0] in PAIRED
        out += [name] if not paired or base != name else [f"{name}_l", f"{name}_r"]
    return tuple(out)


def glow(
    name: str, body: Body, lens: Lens, palette: Palette, strength: float
) -> tuple[float, Ellipse]:
    """Depth and shape of one highlighted area."""
    base, side = (name[:-2], name[-2:]) if name[-2:] in ("_l", "_r") else (name, "")
    bone, (x, y, z), radius = AREAS[base]
    sign = -1.0 if side == "_l" else 1.0
    full = bone + side if bone in PAIRED else bone
    px, py, depth = lens(body.site(full, (x, y, z * sign)))
    r, opacity = radius * lens.k, (0.75 if lens.k < 3.6 else 0.5) * strength
    return depth + 7.0, Ellipse((px, py), r, r, palette.accent, True, opacity, "glow")


Bounds = tuple[float, float, float, float]
LOW = ("knee", "ankle", "toe", "palm")
SHADOWS = ("hips", "chest", "head", *(f"{name}_{s}" for name in LOW for s in "lr"))


def figure_shapes(
    body: Body, lens: Lens, palette: Palette, highlight: Sequence[str], strength: float
) -> list[Shape]:
    """The clothed figure with face and highlighted areas, hidden parts painted first."""
    runs = _runs(sorted(clothed(body, lens), key=lambda p: p.depth))
    warm = [glow(name, body, lens, palette, strength) for name in highlight] if strength > 0 else []
    warm.sort(key=lambda g: g[0])
    out: list[Shape] = []
    for run in runs:
        while warm and warm[0][0] < run[0].depth:
            out.append(warm.pop(0)[1])
        out += _painted(run, lens, palette)
        if run[-1].group == "head" and run[-1].colour == "skin":
            out += face_marks(body, lens, palette)
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


def _runs(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces of one limb that nothing comes between are painted together, without inner edges."""
    runs: list[list[Piece]] = []
    boxes: list[list[Bounds]] = []  # around each piece of each run
    before, at = None, -1
    for piece in pieces:
        xs, ys = zip(*piece.points, strict=True)
        box = (min(xs), min(ys), max(xs), max(ys))
        if before is None or (before.group, before.depth) != (piece.group, piece.depth):
            at = _run_to_join(runs, boxes, piece.group, box)
        if at < 0:
            at = len(runs)
            runs.append([])
            boxes.append([])
        runs[at].append(piece)
        boxes[at].append(box)
        before = piece
    return runs


def _run_to_join(
    runs: list[list[Piece]], boxes: list[list[Bounds]], group: str, box: Bounds
) -> int:
    """The run of that limb that a piece may be painted with; -1 when something lies between."""
    left, top, right, bottom = box
    for i in range(len(runs) - 1, -1, -1):
        if runs[i][0].group == group:
            return i
        if any(a < right and left < c and b < bottom and top < d for a, b, c, d in boxes[i]):
            break
    return -1


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


GHOST, GHOST_EDGE = 0.10, 0.30  # how much of the ink is in the ghost and in its edge

# The spine from the tail up: bone and offset in its frame, about where the vertebrae lie.
SPINE: Sequence[tuple[str, Vec]] = (
    ("pelvis", (-5.5, -5.0, 0.0)), ("pelvis", (-6.0, 1.5, 0.0)), ("lumbar", (-5.0, 0.0, 0.0)),
    ("lumbar", (-4.6, 7.5, 0.0)), ("thorax", (-5.0, 1.0, 0.0)), ("thorax", (-5.8, 9.0, 0.0)),
    ("thorax", (-5.2, 17.0, 0.0)), ("thorax", (-2.6, 24.5, 0.0)), ("head", (-3.2, -7.0, 0.0)),
)  # fmt: skip
BEADS = 4  # pieces each stretch of the curve is drawn in


def ghost(body: Body, lens: Lens, palette: Palette) -> list[Shape]:
    """A posture as one pale flat figure with a rim, to stand behind the moving one.

    The rim is a wider figure below: filling one costs an eighth of what drawing its edges does.
    """
    fill = mix(palette.background, palette.ink, GHOST)
    edge = mix(palette.background, palette.ink, GHOST_EDGE)
    rim = max(0.7, min(lens.k * 0.5, 2.0))
    return [
        Polygon(piece.points, colour, "", 0.0, 1.0, "ghost")
        for colour, wider in ((edge, rim), (fill, 0.0))
        for piece in clothed(body, lens, wider)
    ]


def spine(body: Body, lens: Lens, palette: Palette) -> list[Shape]:
    """The line of the spine as beads on a dark thread, seen through the clothes."""
    knots = [lens(body.site(bone, at)) for bone, at in SPINE]
    path = tuple((x, y) for x, y, _ in _smooth(knots))
    return [
        Line(path, mix(palette.shirt, "#000000", 0.55), 2.6 * lens.k, False, 0.85, "spine"),
        Line(path, palette.white, 1.5 * lens.k, True, 1.0, "spine"),
    ]


def _smooth(knots: Sequence[Vec]) -> Iterator[Vec]:
    """A Catmull-Rom curve through the knots."""
    padded = [knots[0], *knots, knots[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(BEADS):
            yield _between(a, b, c, d, step / BEADS)
    yield knots[-1]


def _between(a: Vec, b: Vec, c: Vec, d: Vec, u: float) -> Vec:
    """The point at the share u of the stretch from b to c, by de Casteljau."""
    handle_b = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, b[2])
    handle_c = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[2])
    row = [b, handle_b, handle_c, c]
    while len(row) > 1:
        row = [lerp(p, q, u) for p, q in pairwise(row)]
    return row[0]
