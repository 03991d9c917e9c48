"""The clothed body as pieces to paint: trunk, limbs, hands and shoes."""

from collections.abc import Sequence
from math import atan2, cos, pi, sin
from typing import NamedTuple

from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.palette import Palette, mix
from deskbreak.content.figure.shapes import (
    Circle,
    Ellipse,
    Line,
    Point,
    Polygon,
    Shape,
    capsule,
    hull,
)
from deskbreak.content.figure.skeleton import FINGERS, PALM, SIDES, Body
from deskbreak.content.figure.vectors import Vec, about_x, about_z, add, apply, lerp, product

CLOSE = 2.5  # px per cm from which hands get fingers and eyes get lids


class Piece(NamedTuple):
    """One part of the body: outline, the edge to draw, colour name, and what it belongs to."""

    depth: float
    group: str
    points: tuple[Point, ...]
    edge: tuple[Point, ...]
    closed: bool
    colour: str
    far: float


# The hips as a cylinder with a long round section: how deep and how far apart its ends are (cm).
DEEP, APART = 8.9, 4.8
WAIST, HEM, BELT = 10.6, -4.0, 2.8  # heights in the frame of the pelvis, and the belt's width
ARC = 12  # pieces of the visible half

Balls = tuple[str | Vec, float]  # where, and the radius in cm


def clothed(body: Body, lens: Lens, wider: float = 0.0) -> list[Piece]:
    """The whole figure as pieces to paint, unsorted; `wider` by some pixels for a rim."""
    clothes = _Clothes(body, lens, wider)
    clothes.head()
    depth = clothes.trunk()
    clothes.belt(depth)
    clothes.blades(depth)
    for s, sign in SIDES:
        clothes.leg(s)
        clothes.arm(s, sign)
    clothes.tube("neck", "c7", "skull", 4.9, 4.6, "skin", bias=-1.0)
    return clothes.pieces


class _Clothes:
    """Collects the pieces of one body as seen through a lens, `wider` by some pixels all round."""

    __slots__ = ("_body", "_far", "_lens", "_wider", "pieces")

    def __init__(self, body: Body, lens: Lens, wider: float) -> None:
        self._body, self._lens, self._wider = body, lens, wider
        self.pieces: list[Piece] = []
        points = body.points
        gap = sum(
            lens(points[f"{n}_r"])[2] - lens(points[f"{n}_l"])[2] for n in ("hip", "shoulder")
        )
        strength = min(1.0, max(0.0, abs(gap) - 6.0) / 24.0)
        self._far = ("l" if gap > 0 else "r", round(strength * 4) / 4)

    def _towards(self, bone: str, direction: Vec) -> float:
        """How much a direction in the frame of a bone points to the viewer, -1 to 1."""
        return self._lens.towards(apply(self._body.frames[bone], direction))

    def _circles(self, *balls: Balls) -> tuple[list[Circle], float]:
        circles, depth = [], 0.0
        for where, r in balls:
            x, y, d = self._lens(self._body.points[where] if isinstance(where, str) else where)
            circles.append((x, y, r * self._lens.k + self._wider))
            depth += d
        return circles, depth / len(balls)

    def _add(
        self, group: str, colour: str, points: tuple[Point, ...], edge: tuple[Point, ...] | None,
        depth: float,
    ) -> None:  # fmt: skip
        far = self._far[1] if group[-2:] == f"_{self._far[0]}" else 0.0
        self.pieces.append(Piece(depth, group, points, edge or points, edge is None, colour, far))

    def blob(
        self, group: str, colour: str, *balls: Balls, bias: float = 0.0, at: float | None = None
    ) -> None:
        """A rounded piece around some balls, at their depth or at a given one."""
        circles, depth = self._circles(*balls)
        self._add(group, colour, hull(circles), None, (depth if at is None else at) + bias)

    def tube(
        self, group: str, a: str | Vec, b: str | Vec, ra: float, rb: float, colour: str,
        bias: float = 0.0,
    ) -> None:  # fmt: skip
        """A tapered piece from a to b, whose outline stays open at a."""
        (first, second), depth = self._circles((a, ra), (b, rb))
        ring, edge = capsule(first, second)
        self._add(group, colour, ring, edge, depth + bias)

    def head(self) -> None:
        """Add hair, face, nose and ears; what is turned away goes under the hair."""
        front = 0.5 if self._towards("head", (1.0, 0.0, 0.0)) > -0.35 else -0.5

        def at(x: float, y: float, z: float = 0.0) -> Vec:
            return self._body.site("head", (x, y, z))

        hair = (("head", 8.9), (at(-1.4, 2.6), 8.5), (at(-2.6, -1.4), 7.6))
        self.blob("head", "hair", *hair, bias=2.0)
        # A broad forehead and a narrower jaw; seen from the front the hair stays a cap.
        brow = ((at(2.6, -1.6, 1.2), 6.9), (at(2.6, -1.6, -1.2), 6.9))
        jaw = ((at(3.4, -6.2), 4.6), (at(4.2, 0.9), 5.0))
        self.blob("head", "skin", *brow, *jaw, bias=2.0 + front)
        nose = ((at(8.4, 0.0), 1.0), (at(9.3, -2.6), 1.5))
        self.blob("head", "skin", *nose, bias=2.0 + 1.1 * front)
        for sign in (-1.0, 1.0):
            if self._towards("head", (-0.2, 0.0, sign)) > 0.25:
                ear = ((at(-0.4, -0.4, sign * 8.3), 1.9), (at(-0.2, -2.4, sign * 8.1), 1.3))
                self.blob("ear", "skin", *ear, bias=4.0)

    def _pair(self, bone: str, at: Vec, r: float) -> list[Balls]:
        x, y, z = at
        return [(self._body.site(bone, (x, y, z * sign)), r) for _, sign in SIDES]

    def trunk(self) -> float:
        """The trunk in shirt and trousers; returns the depth of the shirt."""
        points, amounts = self._body.points, self._body.pose.amounts
        waist = self._pair("lumbar", (0.3, 6.5, 4.0), 8.0)
        hem = self._pair("pelvis", (0.0, 7.0, 4.8), 8.3)
        seat = self._pair("pelvis", (0.0, 3.0, 4.8), 8.3)
        ribs = self._pair("thorax", (0.5, 4.0, 5.2), 8.9)
        chest = self._pair("thorax", (0.8, 11.0, 6.4), 9.0)
        high = self._body.site("thorax", (0.0, 19.0, 0.0))
        yoke = [(lerp(high, points[f"shoulder_{s}"], 0.72), 6.0) for s in "lr"]
        self.blob("trunk", "trousers", ("hip_l", 8.4), ("hip_r", 8.4), *seat)
        belly = (self._body.site("lumbar", (1.5 + 3.0 * amounts["belly"], 4.0, 0.0)), 8.2)
        first = len(self.pieces)
        self.blob("trunk", "shirt", *hem, *waist, belly)
        self.blob("trunk", "shirt", *waist, *ribs, belly)
        self.blob("trunk", "shirt", *ribs, *chest, *yoke)
        shirt = self.pieces[first:]  # one garment, so that no arm comes between its parts
        depth = sum(p.depth for p in shirt) / len(shirt)
        self.pieces[first:] = [p._replace(depth=depth) for p in shirt]
        return depth

    def belt(self, depth: float) -> None:
        """Trousers up to the waist, over the shirt, and a belt with a buckle in front."""
        self._panel("trousers", self._band(HEM, WAIST, 0.93), depth + 0.01)
        self._panel("belt", self._band(WAIST - BELT, WAIST), depth + 0.02)
        if self._towards("pelvis", (1.0, 0.0, 0.0)) > 0.08:
            corners = ((7.4, -2.3), (11.0, -2.3), (11.0, 2.3), (7.4, 2.3))
            self._panel("wood", [(DEEP + 0.3, y, z) for y, z in corners], depth + 0.03)

    def _panel(self, colour: str, ring: Sequence[Vec], depth: float) -> None:
        """A flat piece on the hips, at a depth of its own."""
        points = tuple(self._lens(self._body.site("pelvis", p))[:2] for p in ring)
        self._add("trunk", colour, points, None, depth)

    def _band(self, low: float, high: float, narrow: float = 1.0) -> list[Vec]:
        """The visible half of the cylinder around the hips between two heights."""
        ahead, right = (
            self._towards("pelvis", axis) for axis in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
        )
        middle = atan2(right, ahead)
        rim: list[tuple[float, float]] = []
        for i in range(ARC + 1):
            turn = middle + pi * (i / ARC - 0.5)
            x, z = cos(turn) * DEEP, sin(turn)
            rim.append((x, z * DEEP + (APART if z > 0 else -APART)))
        lower = [(x * narrow, low, z * narrow) for x, z in reversed(rim)]
        return [*((x, high, z) for x, z in rim), *lower]

    def blades(self, depth: float) -> None:
        """The shoulder blades under the shirt, seen from behind; they glide with the shoulders."""
        amounts = self._body.pose.amounts
        for s, sign in SIDES:
            if self._towards("thorax", (-1.0, 0.0, 0.35 * sign)) < 0.35:
                continue
            up, back = amounts[f"up_{s}"], amounts[f"back_{s}"]
            inner = 6.6 - 0.75 * back  # the inner edge nears the spine as the shoulders go back
            corners = ((-8.3, 17.0, inner), (-6.6, 16.0, inner + 7.0), (-8.3, 6.0, inner + 1.8))
            spots = [self._body.site("thorax", (x, y + up, z * sign)) for x, y, z in corners]
            self.blob("trunk", "fold", *((spot, 1.5) for spot in spots), at=depth + 0.04)

    def leg(self, s: str) -> None:
        group, foot = f"leg_{s}", f"foot_{s}"
        self.tube(group, f"hip_{s}", f"knee_{s}", 8.5, 5.7, "trousers", bias=0.6)
        self.tube(group, f"knee_{s}", f"ankle_{s}", 5.6, 3.8, "trousers", bias=0.5)
        self.blob(
            foot, "shoe", (f"heel_{s}", 2.6), (f"ankle_{s}", 3.7), (f"ball_{s}", 2.5), bias=0.4
        )
        self.blob(foot, "shoe", (f"ball_{s}", 2.5), (f"toe_{s}", 2.1), bias=0.45)

    def arm(self, s: str, sign: float) -> None:
        points = self._body.points
        group = f"arm_{s}"
        middle = lerp(points[f"shoulder_{s}"], points[f"elbow_{s}"], 0.5)
        self.tube(group, f"shoulder_{s}", middle, 5.7, 4.9, "shirt", bias=1.0)
        self.tube(group, middle, f"elbow_{s}", 4.2, 3.8, "skin", bias=0.9)
        self.tube(group, f"elbow_{s}", f"wrist_{s}", 3.7, 2.6, "skin", bias=1.1)
        if self._lens.k >= CLOSE:
            self._fingers(s, sign)
        else:
            self._mitten(s, sign)

    def _mitten(self, s: str, sign: float) -> None:
        group, curl = f"arm_{s}", self._body.pose.amounts[f"curl_{s}"]
        hand, wrist = f"hand_{s}", f"wrist_{s}"
        knuckles = self._body.site(hand, (0.0, -PALM, 0.0))
        self.tube(group, wrist, knuckles, 2.5, 3.1, "skin", bias=1.2)
        bend = product(self._body.frames[hand], about_x(sign * 110.0 * curl))
        tip = add(knuckles, apply(bend, (0.0, -FINGERS * (1 - 0.35 * curl), 0.0)))
        self.tube(group, knuckles, tip, 3.0, 1.5, "skin", bias=1.25)
        root = self._body.site(hand, (1.5, -3.0, 0.0))
        thumb = self._body.site(hand, (4.6 - 2 * curl, -8.0, -sign * (1.0 + 2 * curl)))
        self.tube(group, root, thumb, 1.7, 1.2, "skin", bias=1.3)

    def _fingers(self, s: str, sign: float) -> None:
        group, amounts = f"arm_{s}", self._body.pose.amounts
        curl, spread = amounts[f"curl_{s}"], amounts[f"spread_{s}"]
        hand = f"hand_{s}"
        across = (3.0, 1.0, -1.0, -2.9)
        heel: list[Balls] = [(self._body.site(hand, (x, -2.0, 0.0)), 1.9) for x in (1.6, -1.6)]
        row: list[Balls] = [
            (self._body.site(hand, (x, -PALM + 1.0, 0.0)), 1.6) for x in (across[0], across[3])
        ]
        self.blob(group, "skin", *heel, *row, bias=1.2)
        for i, x in enumerate(across):
            fan = (x / 3.0) * (3.0 + 13.0 * spread)
            length = (4.6, 5.2, 4.9, 3.9)[i]
            base = product(self._body.frames[hand], about_z(fan))
            first = product(base, about_x(sign * 85.0 * curl))
            second = product(first, about_x(sign * 95.0 * curl))
            root = self._body.site(hand, (x, -PALM + 0.5, 0.0))
            joint = add(root, apply(first, (0.0, -length, 0.0)))
            tip = add(joint, apply(second, (0.0, -length * 0.8, 0.0)))
            name = f"finger{i}_{s}"
            self.tube(name, root, joint, 1.25, 1.1, "skin", bias=1.3)
            self.tube(name, joint, tip, 1.1, 0.85, "skin", bias=1.35)
        self._thumb(s, sign, curl, spread)

    def _thumb(self, s: str, sign: float, curl: float, spread: float) -> None:
        hand = f"hand_{s}"
        root = self._body.site(hand, (2.2, -2.5, 0.0))
        turn = product(self._body.frames[hand], about_z(38.0 + 22.0 * spread - 20.0 * curl))
        inward = product(turn, about_x(sign * 45.0 * curl))
        joint = add(root, apply(inward, (0.0, -4.6, 0.0)))
        bent = product(inward, about_z(-60.0 * curl))
        tip = add(joint, apply(bent, (0.0, -3.6, 0.0)))
        self.tube(f"thumb_{s}", root, joint, 1.7, 1.25, "skin", bias=1.4)
        self.tube(f"thumb_{s}", joint, tip, 1.25, 0.95, "skin", bias=1.45)


def face_marks(body: Body, lens: Lens, palette: Palette) -> list[Shape]:
    """Eyes, brows and mouth on the visible part of the face, to be painted after the head."""
    out: list[Shape] = []

    def at(x: float, y: float, z: float) -> tuple[float, float]:
        px, py, _ = lens(body.site("head", (x, y, z)))
        return (px, py)

    def towards(x: float, y: float, z: float) -> float:
        return lens.towards(apply(body.frames["head"], (x, y, z)))

    def draw(path: Sequence[Point], colour: str, width: float) -> None:
        out.append(Line(tuple(path), colour, max(0.8, lens.k * width), False, 0.9, "face"))

    for sign in (-1.0, 1.0):
        turned = towards(0.86, 0.1, sign * 0.5)
        if turned < 0.12:
            continue
        narrow = min(1.0, 0.35 + turned)
        out += _eye(body, lens, palette, at(8.1, -0.2, sign * 3.2), narrow)
        brow = (at(8.6, 1.9, sign * 1.7), at(8.6, 2.4, sign * 3.2), at(7.7, 2.0, sign * 4.7))
        draw(brow, palette.hair, 0.5)
    if towards(1.0, 0.0, 0.0) > 0.3:
        side = 1.0 if towards(0.0, 0.0, 1.0) < 0 else -1.0
        nose = (at(8.6, 0.2, 0.5 * side), at(10.4, -2.6, 0.5 * side), at(8.9, -3.3, -0.9 * side))
        draw(nose, mix(palette.skin, "#5a2f1c", 0.55), 0.4)
    if towards(1.0, -0.1, 0.0) > -0.05:
        seen = [
            at(8.0 - abs(z) * 0.35, -5.9 + abs(z) * 0.34, z)
            for z in (-2.1, -1.0, 0.0, 1.0, 2.1)
            if towards(0.9, 0.0, z * 0.22) > 0.05
        ]
        if len(seen) > 1:
            draw(seen, mix(palette.skin, "#8a2f2f", 0.55), 0.45)
    return out


def _eye(
    body: Body, lens: Lens, palette: Palette, centre: tuple[float, float], narrow: float
) -> list[Shape]:
    k, lids = lens.k, body.pose.amounts["lids"]
    x, y = centre
    if k < CLOSE:
        if lids > 0.6:
            lid = ((x - 1.1 * k * narrow, y), (x + 1.1 * k * narrow, y))
            return [Line(lid, palette.eye, max(0.8, k * 0.4), False, 1.0, "face")]
        r = max(0.7, 0.85 * k)
        return [Ellipse(centre, r * narrow, r, palette.eye, False, 1.0, "face")]
    wide, high = 1.75 * k * narrow, 1.15 * k * (1.0 - lids)
    lash = ((-1.0, 0.15), (-0.5, 0.55), (0.5, 0.55), (1.0, 0.15))
    curve = tuple((x + wide * a, y + k * b) for a, b in lash)
    rim = Line(curve, palette.eye, k * 0.32, False, 1.0, "face")
    if high < 0.25 * k:
        return [rim]
    white = hull([(x - wide * 0.45, y, high * 0.7), (x, y, high), (x + wide * 0.45, y, high * 0.7)])
    iris = min(0.95 * k, high)
    return [
        Polygon(white, palette.white, palette.eye, k * 0.22, 1.0, "face"),
        Ellipse((x, y), iris * narrow, iris, mix(palette.eye, "#6b4a2f", 0.5), False, 1.0, "face"),
        Ellipse((x, y), iris * 0.5 * narrow, iris * 0.5, "#15100c", False, 1.0, "face"),
    ]
