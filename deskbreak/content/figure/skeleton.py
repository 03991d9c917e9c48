"""The body: bone lengths, thickness, human ranges, and joint turns -> points in space.

Centimetres and degrees; zero is standing with hanging arms. A person of about 1.65 m.
`turns` are rotations of ball joints against their parent, `amounts` are hinges and small shifts.
"""

from collections.abc import Mapping
from math import asin, atan2, cos, degrees, hypot, sin

from deskbreak.content.figure.vectors import (
    NO_TURN,
    ZERO,
    Mat,
    Quat,
    Vec,
    about_x,
    about_y,
    about_z,
    add,
    apply,
    lerp,
    matrix,
    product,
    quaternion,
    scale,
    slerp,
    transposed,
)
from deskbreak.struct import Struct

HIP_HALF, PELVIS, LUMBAR, THORAX = 9.0, 8.0, 15.0, 24.0
SHOULDER_UP, SHOULDER_HALF, NECK, HEAD = 20.0, 16.5, 8.5, 9.5
UPPER_ARM, FOREARM, PALM, FINGERS = 28.0, 25.0, 9.0, 8.5
THIGH, SHIN, ANKLE_UP = 41.0, 40.0, 7.0
HEEL_BACK, BALL_AHEAD, TOE_AHEAD = 5.0, 12.5, 5.5
PALM_AHEAD, PALM_THICK = 6.0, 1.6
SIDES = (("l", -1.0), ("r", 1.0))

# Radius of the flesh around each point; drawing and verification both use it.
RADIUS: Mapping[str, float] = {
    "hips": 9.5, "l5": 9.0, "t12": 9.2, "chest": 9.8, "c7": 5.0, "head": 9.0,
    "shoulder": 5.6, "elbow": 3.7, "wrist": 2.6, "palm": 1.6, "tips": 1.2,
    "hip": 8.4, "knee": 5.5, "ankle": 3.6, "heel": 2.5, "ball": 2.2, "toe": 1.8,
}  # fmt: skip

# joint -> axis -> least and most, in degrees. Hip rotation is counted with the knee bent and the
# thigh fallen outwards, as when an ankle rests on the other thigh; standing it is far less.
LIMITS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "lumbar": {"flex": (-30, 55), "side": (-30, 30), "twist": (-15, 15)},
    "thorax": {"flex": (-28, 45), "side": (-28, 28), "twist": (-45, 45)},
    "neck": {"flex": (-55, 60), "side": (-45, 45), "twist": (-80, 80)},
    "shoulder": {"back": (-90, 65), "across": (-90, 60), "twist": (-150, 150)},
    "elbow": {"flex": (-5, 152)},
    "wrist": {"bend": (0, 100)},
    "hip": {"flex": (-32, 146), "abd": (-42, 60), "rot": (-50, 84)},
    "knee": {"flex": (-3, 158)},
    "ankle": {"flex": (-64, 42)},
    "toe": {"flex": (-5, 75)},
}

# Gliding joints, in cm from rest. The shoulder travels 10 to 12 cm up and down, the shoulder blade
# 15 cm around the ribs in all (Kapandji, The Physiology of the Joints, vol. 1). The head's glide
# is kept small: when a head goes forward, much of the way comes from the upper chest.
GLIDES: Mapping[str, tuple[float, float]] = {"up": (-3, 9), "back": (-7, 6), "glide": (-3, 5)}

SPINE = ("lumbar", "thorax", "neck")
TURNS = ("pelvis", *SPINE, *(f"{j}_{s}" for j in ("shoulder", "hand", "hip", "foot") for s in "lr"))
AMOUNTS = (
    *("glide", "belly", "lids", "gaze"),
    *(f"{n}_{s}" for n in ("elbow", "knee", "toe", "curl", "spread", "up", "back") for s in "lr"),
)


class Pose(Struct):
    """One posture: where the hips are, how each joint is turned, how far each hinge is bent."""

    root: Vec
    turns: dict[str, Quat]
    amounts: dict[str, float]


BONES: Mapping[str, str] = {
    "pelvis": "hips", "lumbar": "l5", "thorax": "t12", "head": "head",
    "upper_arm": "shoulder", "forearm": "elbow", "hand": "wrist",
    "thigh": "hip", "shin": "knee", "foot": "ankle",
}  # fmt: skip
_STARTS = {f"{bone}{s}": f"{point}{s}" for bone, point in BONES.items() for s in ("", "_l", "_r")}


class Body(Struct):
    """A posture worked out: named points in space and the frame of each bone."""

    points: dict[str, Vec]
    frames: dict[str, Mat]
    pose: Pose

    def site(self, bone: str, offset: Vec) -> Vec:
        """The point at an offset in the frame of a bone such as `thigh_r`, from its upper end."""
        return add(self.points[_STARTS[bone]], apply(self.frames[bone], offset))


POINTS = frozenset(
    {"hips", "l5", "t12", "chest", "c7", "skull", "head", "nose", "chin", "crown"}
    | {f"{n}_{s}" for n in ("shoulder", "elbow", "wrist", "palm", "tips") for s in "lr"}
    | {f"{n}_{s}" for n in ("hip", "knee", "ankle", "heel", "ball", "toe") for s in "lr"}
)


def twin(name: str) -> str:
    """The same point on the other side; points in the middle are their own."""
    if name.endswith("_l"):
        return name[:-2] + "_r"
    return name[:-2] + "_l" if name.endswith("_r") else name


def spine_turn(flex: float, side: float, twist: float) -> Mat:
    """Bend forwards, bend to the right, turn to the right."""
    return product(product(about_z(-flex), about_x(side)), about_y(-twist))


def limb_turn(flex: float, abd: float, rot: float, sign: float) -> Mat:
    """Raise forwards, lift sideways, turn outwards; sign is -1 for left, 1 for right."""
    return product(product(about_z(flex), about_x(-sign * abd)), about_y(-sign * rot))


def hand_turn(turn: float, flex: float, sign: float) -> Mat:
    """Palm turned down from thumb-up, then bent towards the palm."""
    return product(about_y(sign * turn), about_x(sign * flex))


def flexion(turn: Mat) -> tuple[float, float, float]:
    """The flex, side and twist that spine_turn was given."""
    side = degrees(asin(max(-1.0, min(1.0, turn[2][1]))))
    return (degrees(atan2(turn[0][1], turn[1][1])), side, degrees(atan2(turn[2][0], turn[2][2])))


def limb_angles(turn: Mat, sign: float) -> tuple[float, float, float]:
    """The flex, abd and rot that limb_turn was given."""
    abd = degrees(asin(max(-1.0, min(1.0, turn[2][1]))))
    flex = degrees(atan2(-turn[0][1], turn[1][1]))
    return (flex, -sign * abd, -sign * degrees(atan2(-turn[2][0], turn[2][2])))


def arm_angles(turn: Mat, sign: float) -> tuple[float, float, float]:
    """How far the arm lies behind the body, across it, and how far it is twisted."""
    x, y, z = -turn[0][1], -turn[1][1], -turn[2][1]
    behind = degrees(asin(max(-1.0, min(1.0, -x))))
    across = degrees(asin(max(-1.0, min(1.0, -sign * z))))
    if y > 0.4:  # overhead the way round is not unique, and the elbow shows what is possible
        return (behind, across, 0.0)
    w, _, qy, _ = quaternion(product(transposed(_shortest(x, y, z)), turn))
    twist = (-sign * 2 * degrees(atan2(qy, w)) + 180) % 360 - 180
    return (behind, across, twist)


def _shortest(x: float, y: float, z: float) -> Mat:
    """The shortest rotation that brings the hanging bone into the given direction."""
    h = hypot(x, z)
    if h < 1e-6:
        return about_z(0.0 if y < 0 else 180.0)
    angle = atan2(h, -y) / 2
    s = sin(angle) / h
    return matrix((cos(angle), -z * s, 0.0, x * s))


def trunk(body: Body) -> None:
    """Fill in hips, spine, shoulders and head, with the middle of the hips at the pose's root."""
    points, frames, turns, amounts = body.points, body.frames, body.pose.turns, body.pose.amounts
    pelvis = frames["pelvis"] = matrix(turns["pelvis"])
    hips = points["hips"] = body.pose.root
    l5 = points["l5"] = add(hips, apply(pelvis, (0.0, PELVIS, 0.0)))
    lumbar = frames["lumbar"] = product(pelvis, matrix(turns["lumbar"]))
    t12 = points["t12"] = add(l5, apply(lumbar, (0.0, LUMBAR, 0.0)))
    thorax = frames["thorax"] = product(lumbar, matrix(turns["thorax"]))
    points["chest"] = add(t12, apply(thorax, (0.0, 10.0, 0.0)))
    c7 = points["c7"] = add(t12, apply(thorax, (0.0, THORAX, 0.0)))
    half = matrix(slerp(NO_TURN, turns["neck"], 0.5))
    neck = frames["neck"] = product(thorax, half)
    ahead = 1.0 + amounts["glide"]
    top = add(c7, apply(neck, (0.0, NECK, 0.0)))
    base = points["skull"] = add(top, apply(thorax, (ahead, 0, 0)))
    head = frames["head"] = product(neck, half)
    centre = points["head"] = add(base, apply(head, (1.5, HEAD - 2.5, 0.0)))
    points["nose"] = add(centre, apply(head, (9.5, -1.5, 0.0)))
    points["chin"] = add(centre, apply(head, (7.0, -8.5, 0.0)))
    points["crown"] = add(centre, apply(head, (0.0, 9.0, 0.0)))
    for s, sign in SIDES:
        out = (amounts[f"back_{s}"] * -1.0, SHOULDER_UP + amounts[f"up_{s}"], sign * SHOULDER_HALF)
        points[f"shoulder_{s}"] = add(t12, apply(thorax, out))
        points[f"hip_{s}"] = add(hips, apply(pelvis, (0.0, 0.0, sign * HIP_HALF)))


def arm(body: Body, s: str) -> None:
    """Fill in elbow, wrist, palm and fingertips of one side."""
    points, frames, pose = body.points, body.frames, body.pose
    shoulder = matrix(pose.turns[f"shoulder_{s}"])
    upper = frames[f"upper_arm_{s}"] = product(frames["thorax"], shoulder)
    elbow = add(points[f"shoulder_{s}"], apply(upper, (0.0, -UPPER_ARM, 0.0)))
    fore = frames[f"forearm_{s}"] = product(upper, about_z(pose.amounts[f"elbow_{s}"]))
    wrist = add(elbow, apply(fore, (0.0, -FOREARM, 0.0)))
    hand = frames[f"hand_{s}"] = product(fore, matrix(pose.turns[f"hand_{s}"]))
    points[f"elbow_{s}"], points[f"wrist_{s}"] = elbow, wrist
    points[f"palm_{s}"] = add(wrist, apply(hand, (0.0, -PALM_AHEAD, 0.0)))
    reach = FINGERS * (1.0 - 0.75 * pose.amounts[f"curl_{s}"])
    points[f"tips_{s}"] = add(wrist, apply(hand, (0.0, -PALM - reach, 0.0)))


def leg(body: Body, s: str) -> None:
    """Fill in knee, ankle, heel, ball and toe of one side."""
    points, frames, pose = body.points, body.frames, body.pose
    thigh = frames[f"thigh_{s}"] = product(frames["pelvis"], matrix(pose.turns[f"hip_{s}"]))
    knee = add(points[f"hip_{s}"], apply(thigh, (0.0, -THIGH, 0.0)))
    shin = frames[f"shin_{s}"] = product(thigh, about_z(-pose.amounts[f"knee_{s}"]))
    ankle = add(knee, apply(shin, (0.0, -SHIN, 0.0)))
    foot = frames[f"foot_{s}"] = product(shin, matrix(pose.turns[f"foot_{s}"]))
    points[f"knee_{s}"], points[f"ankle_{s}"] = knee, ankle
    points[f"heel_{s}"] = add(ankle, apply(foot, (-HEEL_BACK, 2.5 - ANKLE_UP, 0.0)))
    ball = points[f"ball_{s}"] = add(ankle, apply(foot, (BALL_AHEAD, 2.2 - ANKLE_UP, 0.0)))
    toes = product(foot, about_z(pose.amounts[f"toe_{s}"]))
    points[f"toe_{s}"] = add(ball, apply(toes, (TOE_AHEAD, -0.4, 0.0)))


_MASS = (
    ("hips", "l5", 0.15, 0.5), ("l5", "c7", 0.347, 0.55), ("skull", "head", 0.081, 0.9),
    *((f"shoulder_{s}", f"elbow_{s}", 0.028, 0.45) for s in "lr"),
    *((f"elbow_{s}", f"palm_{s}", 0.022, 0.5) for s in "lr"),
    *((f"hip_{s}", f"knee_{s}", 0.10, 0.43) for s in "lr"),
    *((f"knee_{s}", f"ankle_{s}", 0.0465, 0.43) for s in "lr"),
    *((f"heel_{s}", f"toe_{s}", 0.0145, 0.5) for s in "lr"),
)  # fmt: skip


def centre_of_mass(points: Mapping[str, Vec]) -> Vec:
    """Where the body's weight acts, from the usual shares of the segments."""
    total = ZERO
    weight = 0.0
    for a, b, mass, along in _MASS:
        total = add(total, scale(lerp(points[a], points[b], along), mass))
        weight += mass
    return scale(total, 1 / weight)
