"""Where the working areas lie on the body, for the warm highlight."""

from collections.abc import Iterable, Mapping

from deskbreak.content.figure.camera import Lens
from deskbreak.content.figure.palette import Palette
from deskbreak.content.figure.shapes import Ellipse
from deskbreak.content.figure.skeleton import Body, site
from deskbreak.content.figure.tables import PoseError
from deskbreak.content.figure.vectors import Vec
from deskbreak.content.problem import nearest

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


def check(names: Iterable[str]) -> tuple[str, ...]:
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
    px, py, depth = lens(site(body.points, body.frames, full, (x, y, z * sign)))
    r = radius * lens.k
    return depth + 7.0, Ellipse(
        (px, py), r, r, palette.accent, True, (0.75 if lens.k < 3.6 else 0.5) * strength, "glow"
    )
