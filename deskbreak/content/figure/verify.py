"""The geometry lint: every frame of a figure against what bodies, floors and time allow.

Each rule yields a place of the body and a sentence; `verify` keeps the first of each place.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from math import atan2, degrees
from pathlib import Path

from deskbreak.content.fields import nearest
from deskbreak.content.figure import collide, skeleton
from deskbreak.content.figure.build import BASES, line_in, load_figure
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.skeleton import GLIDES, LIMITS, SIDES, Body
from deskbreak.content.figure.tables import PoseError
from deskbreak.content.figure.vectors import ZERO, add, angle_between, column, distance, matrix, sub
from deskbreak.settings.problems import Problem
from deskbreak.struct import Struct

FRAMES = 12
FLOOR_GIVE = 1.0  # cm that flesh and clothes flatten on the floor
SOLES = 0.6  # cm that the heel of a hand under load, or the sole of a shoe, is pressed flat beyond
PRESSED = ("heel", "ball", "toe", "wrist")
CONTACT = 0.5  # cm a contact may slip: less than a palm or a sole moves inside its skin or sock
FASTEST = 260.0  # cm/s; hands and feet of calm movements stay well below
# cm the weight may leave the outline of what carries it: the outline is drawn through the middle of
# the palms and 4 cm beside the middle of the feet, and hands and shoes are broader than that.
BALANCE = 2.0
SPINE_BACK = 36.0  # degrees of bending back no exercise may pass

BONES = (
    ("hips", "l5", skeleton.PELVIS), ("l5", "t12", skeleton.LUMBAR), ("t12", "c7", skeleton.THORAX),
    *((f"shoulder_{s}", f"elbow_{s}", skeleton.UPPER_ARM) for s in "lr"),
    *((f"elbow_{s}", f"wrist_{s}", skeleton.FOREARM) for s in "lr"),
    *((f"hip_{s}", f"knee_{s}", skeleton.THIGH) for s in "lr"),
    *((f"knee_{s}", f"ankle_{s}", skeleton.SHIN) for s in "lr"),
)  # fmt: skip
ALLOWED = {
    "bones": "bones of one length", "ranges": "what a joint can do", "floor": "above the floor",
    "contacts": "a touch that is kept", "collisions": "limbs beside each other",
    "balance": "a weight that is carried", "support": "a body that lies on something",
    "extension": "a smaller bend",
    "jumps": "a calmer movement", "loop": "an end like the beginning",
    "sides": "left like right", "seen": "a picture that has it all",
}  # fmt: skip


class Fault(Struct):
    """One thing that cannot be: the rule it breaks, when in the loop, and what was found."""

    rule: str
    t: float
    found: str


class Frame(Struct):
    """One moment to check: between keys a and b, at a share of the way."""

    t: float
    a: int
    b: int
    body: Body
    missing: dict[str, float]


Found = Iterator[tuple[str, str]]
FoundAt = Iterator[tuple[str, float, str]]


def frames(figure: Figure, per_move: int = FRAMES) -> list[Frame]:
    """The loop as frames: each rest once, each move in `per_move` steps."""
    motion = figure.motion
    out: list[Frame] = []
    t = 0.0
    for a, key in enumerate(motion.keys):
        b = (a + 1) % len(motion.keys)
        t += key.hold
        for step in range(per_move):
            share = step / per_move
            solved = motion.between(a, b, share)
            out.append(Frame(t + share * motion.keys[b].move, a, b, solved.body, solved.missing))
        t += motion.keys[b].move
    return out


def verify(figure: Figure, per_move: int = FRAMES) -> list[Fault]:
    """Everything wrong with a figure's geometry; an empty list is a clean one."""
    all_frames = frames(figure, per_move)
    found: dict[tuple[str, str], Fault] = {}
    for frame in all_frames:
        for rule, check in EACH_FRAME.items():
            for place, text in check(frame, figure):
                found.setdefault((rule, place), Fault(rule, round(frame.t, 2), text))
    for rule, whole in WHOLE.items():
        for place, t, text in whole(all_frames, figure):
            found.setdefault((rule, place), Fault(rule, round(t, 2), text))
    return list(found.values())


def bones(frame: Frame, _: Figure) -> Found:
    """Bones keep their length."""
    points = frame.body.points
    for a, b, length in BONES:
        off = abs(distance(points[a], points[b]) - length)
        if off > 0.01:
            yield a, f"the bone from {a} to {b} is {off:.1f} cm off its length"


def ranges(frame: Frame, _: Figure) -> Found:
    """Joints stay within human range."""
    for joint, axis, value, (low, high) in joint_angles(frame.body):
        if not low - 1.0 <= value <= high + 1.0:  # reading angles back costs up to a degree
            found = f"{joint} {axis} is {value:.0f} degrees, outside {low:g} to {high:g}"
            yield joint + axis, found
    gliding = [("head", "glide", "")]
    gliding += [(f"blade_{s}", way, f"_{s}") for s in "lr" for way in ("up", "back")]
    for joint, way, side in gliding:
        value, (low, high) = frame.body.pose.amounts[way + side], GLIDES[way]
        if not low <= value <= high:
            yield joint + way, f"{joint} {way} is {value:.1f} cm, outside {low:g} to {high:g}"


def joint_angles(body: Body) -> Iterator[tuple[str, str, float, tuple[float, float]]]:
    """Each joint, an axis of it, its angle as a physiotherapist would say it, and the limits."""
    turns = {joint: matrix(turn) for joint, turn in body.pose.turns.items()}
    found: list[tuple[str, str, Sequence[float]]] = [
        (joint, joint, skeleton.flexion(turns[joint])) for joint in skeleton.SPINE
    ]
    for s, sign in SIDES:
        x, y, _ = column(turns[f"foot_{s}"], 0)
        found += [
            (f"hip_{s}", "hip", skeleton.limb_angles(turns[f"hip_{s}"], sign)),
            (f"shoulder_{s}", "shoulder", skeleton.arm_angles(turns[f"shoulder_{s}"], sign)),
            *((f"{j}_{s}", j, [body.pose.amounts[f"{j}_{s}"]]) for j in ("elbow", "knee", "toe")),
            (f"wrist_{s}", "wrist", [angle_between(column(turns[f"hand_{s}"], 1), (0, 1, 0))]),
            (f"ankle_{s}", "ankle", [degrees(atan2(y, x))]),
        ]
    for name, joint, angles in found:
        for (axis, limits), value in zip(LIMITS[joint].items(), angles, strict=True):
            yield name, axis, value, limits


def below_floor(frame: Frame, _: Figure) -> Found:
    """Nothing lies below the floor."""
    for name, point, radius in collide.fleshy(frame.body):
        give = FLOOR_GIVE + (SOLES if name.startswith(PRESSED) else 0.0)
        if radius - point[1] > give:
            yield name, f"{name} is {radius - point[1]:.1f} cm in the floor"


def contacts(frame: Frame, figure: Figure) -> Found:
    """What is held, stood or lain on keeps touching."""
    for name, gap in frame.missing.items():
        if gap > CONTACT:
            yield name, f"{name} misses its place by {gap:.1f} cm"
    first, second = (figure.motion.keys[k].spec for k in (frame.a, frame.b))
    yield from collide.slips(frame.body, first, second, CONTACT)


def collisions(frame: Frame, figure: Figure) -> Found:
    """No limb goes through the body, and none through chair, desk, wall or steps."""
    yield from collide.through_body(frame.body)
    yield from collide.through_things(frame.body, figure.things)


def balance(frame: Frame, figure: Figure) -> Found:
    """Standing, the weight stays over what carries it."""
    at_rest = frame.body is figure.motion.solved[frame.a].body
    around = (frame.a,) if at_rest else (frame.a, frame.b)
    specs = [figure.motion.keys[k].spec for k in around]
    if any(spec.rest != "feet" for spec in specs) or any(figure.motion.travel):
        return
    outside = collide.weight_outside(frame.body, *specs)
    if outside > BALANCE:
        yield "weight", f"the weight is {outside:.1f} cm outside the feet"


def support(frame: Frame, figure: Figure) -> Found:
    """Lying and kneeling, the weight stays over what touches the mat: nothing hovers."""
    if any(figure.motion.keys[k].spec.rest != "mat" for k in (frame.a, frame.b)):
        return
    outside = collide.unsupported(frame.body)
    if outside > BALANCE:
        yield "support", f"the weight is {outside:.1f} cm outside what touches the mat"


def extension(frame: Frame, figure: Figure) -> Found:
    """The back bends backwards only so far (R25)."""
    turns = frame.body.pose.turns
    back = -sum(skeleton.flexion(matrix(turns[joint]))[0] for joint in ("lumbar", "thorax"))
    if back > SPINE_BACK:
        yield "spine", f"the spine bends back by {back:.0f} degrees"
    if figure.max_extension is not None:
        back = trunk_extension(figure, frame.body)
        if back > figure.max_extension + 0.5:
            yield "trunk", f"the trunk bends back by {back:.0f} of {figure.max_extension:g} degrees"


def trunk_extension(figure: Figure, body: Body) -> float:
    """How far the chest has tilted from the first key, in degrees."""
    start = figure.motion.solved[0].body
    return angle_between(column(start.frames["thorax"], 1), column(body.frames["thorax"], 1))


def jumps(all_frames: list[Frame], figure: Figure) -> FoundAt:
    """Nothing moves faster than a calm person does, so nothing jumps."""
    ring = [*all_frames, all_frames[0]]
    for before, after in pairwise(ring):
        seconds = _seconds(before, after, figure)
        wrap = figure.motion.travel if after is ring[0] else ZERO
        for name, point in after.body.points.items():
            speed = distance(before.body.points[name], add(point, wrap)) / seconds
            if speed > FASTEST:
                yield name, before.t, f"{name} moves at {speed:.0f} cm/s"


def _seconds(before: Frame, after: Frame, figure: Figure) -> float:
    if after.t > before.t and after.a == before.a:
        return after.t - before.t
    left = figure.motion.starts[before.a] + figure.motion.keys[before.a].hold
    return max(1e-3, figure.motion.keys[before.b].move - (before.t - left))


def loop_closed(all_frames: list[Frame], figure: Figure) -> FoundAt:
    """The end of the loop is its beginning."""
    last = figure.motion.between(all_frames[-1].a, all_frames[-1].b, 1.0 - 1e-6).body
    for name, point in all_frames[0].body.points.items():
        gap = distance(add(point, figure.motion.travel), last.points[name])
        if gap > CONTACT:
            yield name, figure.cycle_s, f"{name} ends {gap:.1f} cm from where it began"


def even_sides(all_frames: list[Frame], figure: Figure) -> FoundAt:
    """An alternating movement does on the left just what it does on the right."""
    if figure.side != "alternate":
        return
    half = len(all_frames) // 2
    dx, dy = figure.motion.travel[0] / 2, figure.motion.travel[1] / 2
    for one, other in zip(all_frames[:half], all_frames[half:], strict=True):
        for name, (x, y, z) in one.body.points.items():
            if figure.steady and name[:-2] in ("elbow", "wrist", "palm", "tips"):
                continue  # a hand that stays on the desk while the legs change
            twin = other.body.points[skeleton.twin(name)]
            gap = distance((x + dx, y + dy, -z), twin)
            if gap > CONTACT:
                yield name, one.t, f"{name} is {gap:.1f} cm off its twin on the other side"


def seen(all_frames: list[Frame], figure: Figure) -> FoundAt:
    """The watched part of the body stays in the picture."""
    view = figure.view
    right, top = view.left + view.width, view.bottom + view.height
    for frame in all_frames:
        drift = figure.motion.drift(frame.t)
        for name in figure.watched:
            x, y, _ = view.plane(sub(frame.body.points[name], drift))
            outside = max(view.left - x, x - right, view.bottom - y, y - top)
            if outside > 0:
                yield name, frame.t, f"{name} is {outside:.0f} cm outside the picture"


EACH_FRAME: dict[str, Callable[[Frame, Figure], Found]] = {
    "bones": bones, "ranges": ranges, "floor": below_floor, "contacts": contacts,
    "collisions": collisions, "balance": balance, "support": support,
    "extension": extension,
}  # fmt: skip
WHOLE: dict[str, Callable[[list[Frame], Figure], FoundAt]] = {
    "jumps": jumps, "loop": loop_closed, "sides": even_sides, "seen": seen,
}  # fmt: skip


def pose_problems(
    files: Sequence[Path], dirs: Sequence[Path], exercises: Collection[str]
) -> list[Problem]:
    """Every mistake in some pose files, in their words and in what the figure would do.

    `dirs` are the folders of poses, the built-in ones first; `exercises` are the known ids.
    """
    found: list[Problem] = []
    for file in files:
        if file.name == BASES:
            continue
        if file.stem not in exercises:
            allowed = f"the id of an exercise: {nearest(file.stem, exercises)}"
            found.append(Problem(str(file), None, "", f"poses for {file.stem!r}", allowed))
        else:
            found += _problems(file, dirs)
    return found


def _problems(file: Path, dirs: Sequence[Path]) -> list[Problem]:
    try:
        figure = load_figure(file.stem, [*dirs, file.parent])
        text = file.read_text(encoding="utf-8")
    except PoseError as mistake:
        return [] if mistake.problem is None else [mistake.problem]
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        return [Problem(str(file), None, "", found, "a readable one")]
    out = []
    rounds = 2 if figure.side == "alternate" else 1
    for one in verify(figure):
        at = figure.motion.moment(one.t).b % (len(figure.motion.keys) // rounds)
        line, label = line_in(text, "key", at), f"key {at + 1}: {one.t:g} s into the movement"
        out.append(Problem(str(file), line, label, one.found, ALLOWED[one.rule]))
    return out
