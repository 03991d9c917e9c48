"""Many days in one set of numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deskbreak.content.model import Catalogue, Position, Routine
from deskbreak.core.enums import Activity
from deskbreak.settings.model import Goals
from deskbreak.stats.day import Day, played
from deskbreak.struct import Struct, asdict, field
from deskbreak.text.durations import brief
from deskbreak.text.stats import times

_ON_FEET = frozenset({Position.STANDING, Position.WALKING})


class Known(Struct):
    """A routine as statistics see it: the main area of each step, in order."""

    name: str
    level: int
    on_feet: bool
    areas: Sequence[str]


Atlas = Mapping[str, Known]


def atlas(catalogue: Catalogue) -> Atlas:
    """Every routine and single exercise of the catalogue."""
    single = {
        one.id: Known(one.name, one.level, one.position in _ON_FEET, (one.areas[0].value,))
        for one in catalogue.exercises.values()
    }
    return single | {one.id: _known(one) for one in catalogue.routines.values()}


def _known(routine: Routine) -> Known:
    """On the feet is a routine that spends most of its time there."""
    feet = sum(s.seconds for s in routine.steps if s.exercise.position in _ON_FEET)
    total = sum(s.seconds for s in routine.steps)
    areas = tuple(step.exercise.areas[0].value for step in routine.steps)
    return Known(routine.name, routine.level, 2 * feet >= total, areas)


GRACE_S = 300  # a bout is over the limit when it is longer by more than this: moving takes a moment


class Bouts(Struct):
    """Bouts of one posture. Seconds, and the share of them that was in bouts over the limit."""

    count: int = 0
    median_s: int = 0
    longest_s: int = 0
    over_limit_share: float = 0.0

    @classmethod
    def of(cls, lengths: Sequence[int], limit_s: float) -> "Bouts":
        """Count them."""
        if not lengths:
            return cls()
        long = sum(length for length in lengths if length > limit_s + GRACE_S)
        share = long / sum(lengths) if sum(lengths) else 0.0
        return cls(len(lengths), _median(lengths), max(lengths), round(share, 4))


def _median(lengths: Sequence[int]) -> int:
    """As in `statistics`, which is heavy to import."""
    ordered, middle = sorted(lengths), len(lengths) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return round((ordered[middle - 1] + ordered[middle]) / 2)


class Breaks(Struct, frozen=False):
    """Breaks that were taken. A break without exercise is as good as any (B24)."""

    walks: int = 0
    walk_s: int = 0
    routines: int = 0
    routines_on_feet: int = 0
    routines_seated: int = 0
    natural: int = 0

    @property
    def total(self) -> int:
        """All of them, those that nobody prompted included."""
        return self.walks + self.routines + self.natural


class Summary(Struct, frozen=False):
    """What a period amounts to. `days` are those on which the person was there."""

    days: int = 0
    ledger: Counter[str] = field(default_factory=Counter)
    sitting: Bouts = field(default_factory=Bouts)
    standing: Bouts = field(default_factory=Bouts)
    breaks: Breaks = field(default_factory=Breaks)
    prompts: Counter[str] = field(default_factory=Counter)
    routines: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)
    feedback: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    reminders: Counter[str] = field(default_factory=Counter)
    limit_s: float = 0.0

    def of(self, activity: Activity) -> int:
        """The seconds spent on one activity."""
        return self.ledger[activity.value]

    @property
    def shown(self) -> int:
        """How many prompts were shown."""
        return sum(self.prompts.values())

    def a_day(self, seconds: float) -> float:
        """So much on an average day, of those on which the person was there."""
        return seconds / self.days if self.days else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The public keys of `stats --json`."""
        standing = asdict(self.standing)
        del standing["over_limit_share"]  # no limit of standing is aimed at
        return {
            "days": self.days,
            "ledger": {activity.value: self.of(activity) for activity in Activity},
            "sitting_s": self.of(Activity.SITTING),
            "standing_s": self.of(Activity.STANDING),
            "moving_s": self.of(Activity.BREAK),
            "limit_s": round(self.limit_s),
            "sitting_bouts": asdict(self.sitting),
            "standing_bouts": standing,
            "prompts": {"shown": self.shown} | dict(sorted(self.prompts.items())),
            "breaks": {"total": self.breaks.total} | asdict(self.breaks),
            "routines": dict(self.routines.most_common()),
            "areas": dict(self.areas.most_common()),
            "levels": {str(level): number for level, number in sorted(self.levels.items())},
            "feedback": dict(sorted(self.feedback.items())),
            "held_s": dict(sorted(self.held.items())),
            "reminders": dict(sorted(self.reminders.items())),
        }


def summarise(days: Iterable[Day], atlas: Atlas, limit_s: float) -> Summary:
    """Put days together; `limit_s` is the length of sitting that is aimed at."""
    found = Summary(limit_s=limit_s)
    sitting: list[int] = []
    standing: list[int] = []
    taken: Counter[str] = Counter()
    for day in days:
        if not day.used:
            continue
        found.days += 1
        sitting += day.sitting
        standing += day.standing
        found.breaks.natural += day.natural
        found.breaks.walks += day.walks
        found.breaks.walk_s += day.walk_s
        taken.update(day.played)
        for counted, of_day in (
            (found.ledger, day.ledger), (found.prompts, day.prompts), (found.held, day.held),
            (found.feedback, day.feedback), (found.reminders, day.reminders),
        ):  # fmt: skip
            counted.update(of_day)
    for text, number in taken.items():
        _add_routine(found, atlas, text, number)
    found.sitting = Bouts.of(sitting, limit_s)
    found.standing = Bouts.of(standing, limit_s)
    return found


def _add_routine(found: Summary, atlas: Atlas, text: str, number: int) -> None:
    """A routine that was taken so many times, each time up to the same step."""
    routine, steps = played(text)
    found.breaks.routines += number
    found.routines[routine] += number
    known = atlas.get(routine)
    if known is None:  # a routine of the person's own that is no longer there
        return
    found.breaks.routines_on_feet += number * known.on_feet
    found.breaks.routines_seated += number * (not known.on_feet)
    found.levels[known.level] += number
    for area in dict.fromkeys(known.areas[:steps]):
        found.areas[area] += number


class Compared(Struct):
    """One number now and before; averages of a day, in seconds or in times."""

    name: str
    label: str
    now: float
    before: float
    is_time: bool = True
    more: str = "more"
    less: str = "less"

    @property
    def change(self) -> float:
        """By how much it is more now."""
        return self.now - self.before


def compare(now: Summary, before: Summary) -> list[Compared]:
    """What can be compared; nothing where there is nothing to compare with."""
    if not now.days or not before.days:
        return []

    def spent(name: str, label: str, activity: Activity) -> Compared:
        return Compared(name, label, now.a_day(now.of(activity)), before.a_day(before.of(activity)))

    def number(name: str, label: str, one: int, other: int) -> Compared:
        averages = now.a_day(one), before.a_day(other)
        return Compared(name, label, *averages, is_time=False, less="fewer")

    usual = now.sitting.median_s, before.sitting.median_s
    return [
        spent("sitting_s", "Sitting a day", Activity.SITTING),
        spent("standing_s", "Standing a day", Activity.STANDING),
        spent("moving_s", "Moving a day", Activity.BREAK),
        Compared("bout_median_s", "Usual bout", *usual, more="longer", less="shorter"),
        number("breaks", "Breaks a day", now.breaks.total, before.breaks.total),
        number("walks", "Walks a day", now.breaks.walks, before.breaks.walks),
    ]


class Goal(Struct):
    """One goal and how a period of `days` went. Seconds; of `breaks` their number.

    `amount` is what there was in all, `reached` on how many days the goal was met.
    """

    name: str
    target: float
    amount: float
    reached: int
    days: int

    def as_dict(self) -> dict[str, Any]:
        """The public keys of `stats --json`."""
        return {
            "goal": self.name,
            "target": round(self.target),
            "amount": round(self.amount),
            "days_reached": self.reached,
        }

    def __str__(self) -> str:
        """`4 of 6 breaks`; of several days `6 breaks on 3 of 5 days`."""
        if self.reached and self.days > 1:
            return f"{self._in_words} on {self.reached} of {self.days} days"
        amount = self.amount / self.days
        there = f"{amount:.2g}" if self.name == "breaks" else brief(amount)
        return f"{there} {'of' if self.days == 1 else 'a day towards'} {self._in_words}"

    @property
    def _in_words(self) -> str:
        if self.name == "breaks":
            return times(round(self.target), "break")
        return f"{brief(self.target)} {'on walks' if self.name == 'walk' else 'standing'}"


def reached(goals: Goals, days: Iterable[Day]) -> tuple[Goal, ...]:
    """Every goal that is set, over these days."""
    each = [summarise([day], {}, 0.0) for day in days]
    wanted = (
        ("breaks", goals.breaks, [one.breaks.total for one in each]),
        ("walk", goals.walk, [one.breaks.walk_s for one in each]),
        ("standing", goals.standing, [one.of(Activity.STANDING) for one in each]),
    )
    return tuple(
        Goal(name, float(target), sum(amounts), sum(a >= target for a in amounts), len(each))
        for name, target, amounts in wanted
        if target and each
    )
