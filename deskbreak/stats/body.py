"""The areas that were moved, as warm spots on the figure seen from the front and from behind."""

from collections.abc import Mapping
from typing import Any

from deskbreak.content.figure.build import build_figure
from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.palette import Palette
from deskbreak.content.figure.scene import figure_shapes, glow, shadow
from deskbreak.content.figure.shapes import Scene
from deskbreak.content.model import Area
from deskbreak.struct import Struct

FRONT: Mapping[Area, tuple[str, ...]] = {
    Area.EYES: ("eyes",),
    Area.SHOULDERS: ("shoulder_l", "shoulder_r"),
    Area.CORE: ("abs",),
    Area.HIPS: ("hip_flexor_l", "hip_flexor_r"),
    Area.WRISTS: ("wrist_l", "wrist_r"),
    Area.ANKLES: ("ankle_l", "ankle_r"),
}
BEHIND: Mapping[Area, tuple[str, ...]] = {
    Area.NECK: ("nape",),
    Area.UPPER_BACK: ("upper_back",),
    Area.LOW_BACK: ("low_back",),
    Area.GLUTES: ("glute_l", "glute_r"),
    Area.HAMSTRINGS: ("hamstring_l", "hamstring_r"),
}
"""Where an area is seen best; the whole body has no spot of its own."""

_YAW = {"front": -78.0, "behind": 102.0}
_LEAST = 0.35


class Spot(Struct):
    """Where an area lies in the picture: a point beside which its name can stand."""

    area: Area
    x: float
    y: float


def standing(bases: Mapping[str, Any], side: str) -> Figure:
    """The figure standing at ease; `bases` are the shared poses, `side` is front or behind."""
    key = {"pose": "standing"}
    camera = {"yaw": _YAW[side], "elevation": 4.0, "margin": 6.0, "least": [70.0, 150.0]}
    return build_figure("standing", {"key": [key, dict(key)], "camera": camera}, bases)


def body(
    figure: Figure, side: str, visits: Mapping[str, int], size: tuple[float, float],
    palette: Palette,
) -> tuple[Scene, list[Spot]]:  # fmt: skip
    """The picture in pixels, and a spot for each area of this side that was visited."""
    lens = Lens(figure.view, size, False, figure.motion.drift(0.0))
    posture = figure.motion.at(0.0).body
    shapes = shadow(posture, lens, palette) + figure_shapes(posture, lens, palette, (), 0.0)
    most = max(visits.values(), default=0)
    spots = []
    for area, names in (FRONT if side == "front" else BEHIND).items():
        number = visits.get(area.value, 0)
        if not number:
            continue
        strength = _LEAST + (1 - _LEAST) * number / most
        warm = [glow(name, posture, lens, palette, 1.3 * strength)[1] for name in names]
        shapes += warm
        outermost = (min if side == "front" else max)(warm, key=lambda spot: spot.centre[0])
        spots.append(Spot(area, *outermost.centre))
    return Scene(size[0], size[1], palette.background, tuple(shapes)), spots
