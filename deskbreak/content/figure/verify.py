"""The geometry lint: every frame of a figure against what bodies, floors and time allow.

Each rule returns sentences; `verify` gathers them as Faults, one per rule and place.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from math import atan2, degrees
from pathlib import Path

from deskbreak.content.fields import Problem, nearest
from deskbreak.content.figure import collide, skeleton
from deskbreak.content.figure.build import BASES, line_in, load_figure
from deskbreak.content.figure.collide import through_body, through_things
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.skeleton import LIMITS, SIDES, Body
from deskbreak.content.figure.tables import PoseError
from deskbreak.content.figure.vectors import Mat, angle_between, column, distance, matrix
from deskbreak.struct import Struct

FRAMES = 12
FLOOR_GIVE = 1.0  # cm that flesh and clothes flatten on the floor; see reach.give for soles
CONTACT = (
    0.5  # cm that a contact may slip: less than a palm or a sole moves inside its skin or sock
)
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


Found = Iterator[tuple[str, str]]
FoundAt = Iterator[tuple[str, float, str]]


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
    for joint, axis, value, (low, high) in glides(frame.body):
        if not low <= value <= high:
            yield joint + axis, f"{joint} {axis} is {value:.1f} cm, outside {low:g} to {high:g}"


Reading = tuple[str, str, float, tuple[float, float]]
"""A joint, the way it moves, how far it has, and its least and most."""


def glides(body: Body) -> Iterator[Reading]:
    """How far head and shoulder blades have glided, in cm, with their limits."""
    amounts = body.pose.amounts
    yield "head", "glide", amounts["glide"], skeleton.GLIDES["glide"]
    for s, _ in SIDES:
        for way in ("up", "back"):
            yield f"blade_{s}", way, amounts[f"{way}_{s}"], skeleton.GLIDES[way]


def joint_angles(body: Body) -> Iterator[Reading]:
    """Each joint's angles as a physiotherapist would name them, with their limits."""
    pose = body.pose
    for joint in skeleton.SPINE:
        angles = skeleton.flexion(matrix(pose.turns[joint]))
        for axis, value in zip(("flex", "side", "twist"), angles, strict=True):
            yield joint, axis, value, LIMITS[joint][axis]
    for s, sign in SIDES:
        hip = skeleton.limb_angles(matrix(pose.turns[f"hip_{s}"]), sign)
        for axis, value in zip(("flex", "abd", "rot"), hip, strict=True):
            yield f"hip_{s}", axis, value, LIMITS["hip"][axis]
        arm = skeleton.arm_angles(matrix(pose.turns[f"shoulder_{s}"]), sign)
        for axis, value in zip(("back", "across", "twist"), arm, strict=True):
            yield f"shoulder_{s}", axis, value, LIMITS["shoulder"][axis]
        for joint in ("elbow", "knee", "toe"):
            yield f"{joint}_{s}", "flex", pose.amounts[f"{joint}_{s}"], LIMITS[joint]["flex"]
        yield (
            f"wrist_{s}",
            "bend",
            _bend(matrix(pose.turns[f"hand_{s}"]), 1),
            LIMITS["wrist"]["bend"],
        )
        yield f"ankle_{s}", "flex", _dorsi(matrix(pose.turns[f"foot_{s}"])), LIMITS["ankle"]["flex"]


def _bend(turn: Mat, axis: int) -> float:
    return angle_between(column(turn, axis), (0.0, 1.0, 0.0))


def _dorsi(turn: Mat) -> float:
    x, y, _ = column(turn, 0)
    return degrees(atan2(y, x))


def below_floor(frame: Frame, _: Figure) -> Found:
    """Nothing lies below the floor."""
    for name, point in frame.body.points.items():
        radius = collide.flesh(name)
        if radius is not None and point[1] - radius < -FLOOR_GIVE + collide.give(name):
            yield name, f"{name} is {radius - point[1]:.1f} cm in the floor"


def contacts(frame: Frame, figure: Figure) -> Found:
    """What is held, stood or lain on keeps touching."""
    yield from collide.out_of_reach(frame.missing, CONTACT)
    first, second = (figure.motion.keys[k].spec for k in (frame.a, frame.b))
    yield from collide.slips(frame.body, first, second, CONTACT)


def collisions(frame: Frame, figure: Figure) -> Found:
    """No limb goes through the body, and none through chair, desk, wall or steps."""
    yield from through_body(frame.body)
    yield from through_things(frame.body, figure.things, figure.motion.drift(frame.t))


def balance(frame: Frame, figure: Figure) -> Found:
    """Standing, the weight stays over what carries it."""
    at_rest = frame.body is figure.motion.key_posture(frame.a).body
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
    lumbar, thorax = (
        skeleton.flexion(matrix(frame.body.pose.turns[j]))[0] for j in ("lumbar", "thorax")
    )
    if -(lumbar + thorax) > SPINE_BACK:
        yield "spine", f"the spine bends back by {-(lumbar + thorax):.0f} degrees"
    if figure.max_extension is not None:
        back = trunk_extension(figure, frame.body)
        if back > figure.max_extension + 0.5:
            yield "trunk", f"the trunk bends back by {back:.0f} of {figure.max_extension:g} degrees"


def trunk_extension(figure: Figure, body: Body) -> float:
    """How far the chest has tilted from the first key, in degrees."""
    start = figure.motion.key_posture(0).body
    return angle_between(column(start.frames["thorax"], 1), column(body.frames["thorax"], 1))


def jumps(all_frames: list[Frame], figure: Figure) -> FoundAt:
    """Nothing moves faster than a calm person does, so nothing jumps."""
    ring = [*all_frames, all_frames[0]]
    for before, after in pairwise(ring):
        seconds = _seconds(before, after, figure)
        wrap = figure.motion.travel if after is ring[0] else (0.0, 0.0, 0.0)
        for name, point in after.body.points.items():
            there = (point[0] + wrap[0], point[1] + wrap[1], point[2])
            speed = distance(before.body.points[name], there) / seconds
            if speed > FASTEST:
                yield name, before.t, f"{name} moves at {speed:.0f} cm/s"


def _seconds(before: Frame, after: Frame, figure: Figure) -> float:
    if after.t > before.t and after.a == before.a:
        return after.t - before.t
    per_move = figure.motion.keys[before.b].move
    done = before.t - _start(figure, before.a)
    return max(1e-3, per_move - done)


def _start(figure: Figure, a: int) -> float:
    keys = figure.motion.keys
    return sum(k.hold for k in keys[: a + 1]) + sum(k.move for k in keys[1 : a + 1])


def loop_closed(all_frames: list[Frame], figure: Figure) -> FoundAt:
    """The end of the loop is its beginning."""
    last = figure.motion.between(all_frames[-1].a, all_frames[-1].b, 1.0 - 1e-6).body
    travel = figure.motion.travel
    for name, point in all_frames[0].body.points.items():
        gap = distance((point[0] + travel[0], point[1] + travel[1], point[2]), last.points[name])
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
    for frame in all_frames:
        for name in figure.watched:
            outside = collide.outside_view(figure, frame.body.points[name], frame.t)
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


ALLOWED = {
    "bones": "bones of one length", "ranges": "what a joint can do", "floor": "above the floor",
    "contacts": "a touch that is kept", "collisions": "limbs beside each other",
    "balance": "a weight that is carried", "support": "a body that lies on something",
    "extension": "a smaller bend",
    "jumps": "a calmer movement", "loop": "an end like the beginning",
    "sides": "left like right", "seen": "a picture that has it all",
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
            found.append(Problem(file, None, "", f"poses for {file.stem!r}", allowed))
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
        return [Problem(file, None, "", f"no readable file ({error.strerror})", "a readable one")]
    out = []
    rounds = 2 if figure.side == "alternate" else 1
    for one in verify(figure):
        at = figure.motion.moment(one.t).b % (len(figure.motion.keys) // rounds)
        label = f"key {at + 1}: {one.t:g} s into the movement"
        out.append(Problem(file, line_in(text, "key", at), label, one.found, ALLOWED[one.rule]))
    return out
