"""Key poses over time: eased, with every contact that two neighbours share kept in place."""

from collections.abc import Sequence

from deskbreak.content.figure.pose import Anchor, Limb, PoseSpec
from deskbreak.content.figure.skeleton import twin
from deskbreak.content.figure.solve import Solved, carried, handhold, posture, stand
from deskbreak.content.figure.vectors import (
    ZERO,
    Vec,
    about_z,
    add,
    distance,
    lerp,
    matrix,
    product,
    quaternion,
    scale,
    slerp,
    smooth,
)
from deskbreak.struct import Struct, replace


class Arrow(Struct):
    """One arrow of a key pose.

    It shows the path of `point` (the liveliest one if empty), `size` times as large and shifted
    by `off` cm. With `push` it is a straight arrow of that many cm from the point, shown while
    the pose is held as well; with `whole` it is the path of the whole loop.
    """

    point: str = ""
    size: float = 1.0
    off: Vec = ZERO
    push: Vec | None = None
    whole: bool = False

    def mirrored(self) -> "Arrow":
        """The same arrow on the other side."""
        x, y, z = self.off
        push = None if self.push is None else (self.push[0], self.push[1], -self.push[2])
        return Arrow(twin(self.point), self.size, (x, y, -z), push, self.whole)


STEP_LIFT = 6.0  # cm a foot rises on its way to another place
SWING_KNEE = 12.0  # degrees a knee bends on top while its foot leaves or meets the floor
SWING_FOOT = 14.0  # degrees the toes are drawn up meanwhile, so that they clear it


class Key(Struct):
    """A key pose: `move` seconds to come to it, `hold` seconds to rest in it.

    `fill` marks the rest that grows when the movement has to last longer; `even` moves without
    easing; `arrows` are shown on the way here.
    """

    spec: PoseSpec
    move: float
    hold: float
    fill: bool = False
    even: bool = False
    arrows: tuple[Arrow, ...] = ()
    highlight: tuple[str, ...] = ()


class Moment(Struct):
    """Where in the cycle a time falls: from key `a` to key `b`, `share` of the time between."""

    a: int
    b: int
    share: float


class Motion:
    """The keys of one exercise, solved, as a loop."""

    __slots__ = ("cycle_s", "keys", "solved", "starts", "travel")

    def __init__(self, keys: Sequence[Key], travel: Vec = ZERO) -> None:
        self.keys = tuple(keys)
        self.travel = travel
        self.solved = tuple(stand(key.spec) for key in self.keys)
        self.starts: list[float] = []
        t = 0.0
        for key in self.keys:
            self.starts.append(t)
            t += key.hold
            t += self.keys[len(self.starts) % len(self.keys)].move
        self.cycle_s = t

    def with_length(self, seconds: float) -> "Motion":
        """The same movement with its filling rests fitted to a length, each at least 0.5 s."""
        spare = seconds - self.cycle_s
        filling = [key for key in self.keys if key.fill]
        if not filling or abs(spare) < 1e-9:
            return self
        each = spare / len(filling)
        keys = [replace(k, hold=max(0.5, k.hold + each)) if k.fill else k for k in self.keys]
        return Motion(keys, self.travel)

    def moment(self, t: float) -> Moment:
        """Where the time t (seconds, any size) falls in the loop."""
        t %= self.cycle_s
        last = len(self.keys) - 1
        i = max(k for k in range(last + 1) if self.starts[k] <= t + 1e-9)
        rest = max(t, self.starts[i]) - self.starts[i] - self.keys[i].hold
        if rest < 0 or (rest == 0 and self.keys[i].hold > 0):
            return Moment(i, i, 0.0)
        following = 0 if i == last else i + 1
        return Moment(i, following, min(1.0, rest / self.keys[following].move))

    def drift(self, t: float) -> Vec:
        """How far a travelling movement has come along at time t, at an even pace."""
        return scale(self.travel, (t % self.cycle_s) / self.cycle_s)

    def at(self, t: float) -> Solved:
        """The solved posture at time t."""
        m = self.moment(t)
        return self.between(m.a, m.b, m.share)

    def between(self, a: int, b: int, share: float) -> Solved:
        """The posture at a share (0 to 1) of the time between two neighbouring keys."""
        if a == b or share <= 0.0:
            return self.solved[a]
        u = share if self.keys[b].even else smooth(share)
        start, end = self.solved[a].body.pose, self.solved[b].body.pose
        turns = {k: slerp(q, end.turns[k], u) for k, q in start.turns.items()}
        amounts = {k: v + (end.amounts[k] - v) * u for k, v in start.amounts.items()}
        wrap = self.travel if b < a else ZERO
        for s in "lr":
            ways = {self.keys[k].spec.limbs[f"leg_{s}"].way for k in (a, b)}
            if "pin" in ways and len(ways) > 1:
                swing = 4 * u * (1 - u)
                amounts[f"knee_{s}"] += SWING_KNEE * swing
                toes_up = product(about_z(SWING_FOOT * swing), matrix(turns[f"foot_{s}"]))
                turns[f"foot_{s}"] = quaternion(toes_up)
        limbs: dict[str, Limb] = {}
        for name, limb in self.keys[a].spec.limbs.items():
            following = self.keys[b].spec.limbs[name]
            if following.way == "pin" and wrap != ZERO:
                following = replace(following, target=add(following.target, wrap))
            limbs[name] = _limb_between(limb, following, u, STEP_LIFT if name[:3] == "leg" else 0.0)
        for name in ("arm_l", "arm_r"):
            one, other = (self.keys[k].spec.limbs[name] for k in (a, b))
            if one.way != other.way or one.bone != other.bone:
                held, wanted = (handhold(self.solved[k].body, name[-1]) for k in (a, b))
                limbs[name] = carried(held, wanted, u)
        return posture(turns, amounts, limbs, *self._placed(a, b, u, wrap))

    def _placed(self, a: int, b: int, u: float, wrap: Vec) -> tuple[Anchor | None, Vec]:
        first, second = self.solved[a].body, self.solved[b].body
        point = self.keys[a].spec.anchor.point
        if point != self.keys[b].spec.anchor.point:
            return None, lerp(first.pose.root, add(second.pose.root, wrap), u)
        return Anchor(point, lerp(first.points[point], add(second.points[point], wrap), u)), ZERO


FREE = Limb("free", ZERO, None, None, (1.0, 0.0, 0.0))


def _limb_between(a: Limb, b: Limb, u: float, lift: float) -> Limb:
    """A contact both keys share is kept; a limb placed in different ways swings freely."""
    if a.way != b.way or a.bone != b.bone or a.way == "free":
        return FREE
    limb = a.towards(b, u)
    gap = distance(a.target, b.target)
    if a.way == "pin" and gap > 2.0:
        rise = min(lift, gap * 0.3) if b.lift is None else b.lift
        x, y, z = limb.target
        return replace(limb, target=(x, y + rise * 4 * u * (1 - u), z))
    return limb
