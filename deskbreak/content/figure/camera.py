"""The camera: parallel projection from a side chosen per exercise, and a frame that fits."""

from collections.abc import Iterable
from math import cos, radians, sin

from deskbreak.content.figure.vectors import Vec
from deskbreak.struct import Struct

Seen = tuple[float, float, float]


class View(Struct):
    """Where the camera stands and what it takes in, all in cm and degrees.

    `yaw` 0 looks from the figure's right side, -90 from the front, 90 from behind; `elevation` 0 is
    level, 90 from above. `left`, `bottom`, `width` and `height` are the frame in the picture plane.
    """

    yaw: float
    elevation: float
    left: float = -100.0
    bottom: float = -20.0
    width: float = 200.0
    height: float = 200.0

    def plane(self, p: Vec) -> Seen:
        """A point as it lies in the picture plane: right, up and towards the viewer."""
        c, s = cos(radians(self.yaw)), sin(radians(self.yaw))
        e, f = cos(radians(self.elevation)), sin(radians(self.elevation))
        depth = p[2] * c - p[0] * s
        return (p[0] * c + p[2] * s, p[1] * e - depth * f, depth * e + p[1] * f)


def framed(view: View, points: Iterable[Vec], margin: float, least: tuple[float, float]) -> View:
    """The view with its frame around the points, with a margin and at least so wide and high."""
    seen = [view.plane(p) for p in points]
    left, right = min(p[0] for p in seen) - margin, max(p[0] for p in seen) + margin
    low, high = min(p[1] for p in seen) - margin, max(p[1] for p in seen) + margin
    wider = max(0.0, least[0] - (right - left)) / 2
    higher = max(0.0, least[1] - (high - low))
    return View(
        view.yaw, view.elevation, left - wider, low - higher * 0.25,
        right - left + 2 * wider, high - low + higher,
    )  # fmt: skip


class Lens:
    """A view set up for a picture of w x h pixels; with `flip` the picture is mirrored."""

    __slots__ = ("_c", "_e", "_f", "_flip", "_ox", "_oy", "_s", "_w", "k")

    def __init__(self, view: View, size: tuple[float, float], flip: bool, centre: Vec) -> None:
        w, h = size
        self._c, self._s = cos(radians(view.yaw)), sin(radians(view.yaw))
        self._e, self._f = cos(radians(view.elevation)), sin(radians(view.elevation))
        self.k = min(w / view.width, h / view.height)
        x, y, _ = view.plane(centre)
        self._ox = w / 2 - self.k * (view.left + view.width / 2 + x)
        self._oy = h / 2 + self.k * (view.bottom + view.height / 2 + y)
        self._w, self._flip = w, flip

    def __call__(self, p: Vec) -> Seen:
        """Pixels right and down, and the depth in cm towards the viewer."""
        x = p[0] * self._c + p[2] * self._s
        depth = p[2] * self._c - p[0] * self._s
        px = self._ox + self.k * x
        return (
            self._w - px if self._flip else px,
            self._oy - self.k * (p[1] * self._e - depth * self._f),
            depth * self._e + p[1] * self._f,
        )

    def towards(self, direction: Vec) -> float:
        """How much a direction points to the viewer: 1 straight at, -1 straight away."""
        depth = direction[2] * self._c - direction[0] * self._s
        return depth * self._e + direction[1] * self._f

    @property
    def tilt(self) -> float:
        """How much of a circle on the floor is seen, 0 to 1."""
        return self._f
