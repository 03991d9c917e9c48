"""Many days in one set of numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from deskbreak.core.enums import Activity
from deskbreak.stats.atlas import Atlas
from deskbreak.stats.day import Day, played
from deskbreak.struct import Struct, field

GRACE_S = 300
"""A bout is over the limit when it is longer by more than this: moving takes a moment."""


class Bouts(Struct):
    """Bouts of one posture. Seconds; `over` is the share of their time in bouts over the limit."""

    count: int = 0
    median_s: int = 0
    longest_s: int = 0
    over: float = 0.0

    @classmethod
    def of(cls, lengths: Sequence[int], limit_s: float) -> "Bouts":
        """Count them."""
        if not lengths:
            return cls()
        long = sum(length for length in lengths if length > limit_s + GRACE_S)
        share = long / sum(lengths) if sum(lengths) else 0.0
        return cls(len(lengths), _median(lengths), max(lengths), round(share, 4))

    def as_dict(self) -> dict[str, Any]:
        """The public keys."""
        return {
            "count": self.count, "median_s": self.median_s, "longest_s": self.longest_s,
            "over_limit_share": self.over,
        }  # fmt: skip


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
    on_feet: int = 0
    seated: int = 0
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
        return {
            "days": self.days,
            "ledger": {activity.value: self.of(activity) for activity in Activity},
            "sitting_s": self.of(Activity.SITTING),
            "standing_s": self.of(Activity.STANDING),
            "moving_s": self.of(Activity.BREAK),
            "limit_s": round(self.limit_s),
            "sitting_bouts": self.sitting.as_dict(),
            "standing_bouts": {
                key: value
                for key, value in self.standing.as_dict().items()
                if key != "over_limit_share"
            },
            "prompts": {"shown": self.shown} | dict(sorted(self.prompts.items())),
            "breaks": {
                "total": self.breaks.total,
                "walks": self.breaks.walks,
                "walk_s": self.breaks.walk_s,
                "routines": self.breaks.routines,
                "routines_on_feet": self.breaks.on_feet,
                "routines_seated": self.breaks.seated,
                "natural": self.breaks.natural,
            },
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
        _add_up(found, day)
        found.breaks.walks += day.walks
        found.breaks.walk_s += day.walk_s
        for text, number in day.played.items():
            taken[text] += number
    for text, number in taken.items():
        _add_routine(found, atlas, text, number)
    found.sitting = Bouts.of(sitting, limit_s)
    found.standing = Bouts.of(standing, limit_s)
    return found


def _add_up(found: Summary, day: Day) -> None:
    for total, one in (
        (found.ledger, day.ledger), (found.prompts, day.prompts), (found.feedback, day.feedback),
        (found.held, day.held), (found.reminders, day.reminders),
    ):  # fmt: skip
        for key, number in one.items():
            total[key] += number


def _add_routine(found: Summary, atlas: Atlas, text: str, number: int) -> None:
    """A routine that was taken so many times, each time up to the same step."""
    routine, steps = played(text)
    found.breaks.routines += number
    found.routines[routine] += number
    known = atlas.get(routine)
    if known is None:  # a routine of the person's own that is no longer there
        return
    if known.on_feet:
        found.breaks.on_feet += number
    else:
        found.breaks.seated += number
    found.levels[known.level] += number
    for area in known.visited(steps):
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

    def a_day(name: str, label: str, activity: Activity) -> Compared:
        return Compared(name, label, now.a_day(now.of(activity)), before.a_day(before.of(activity)))

    def a_time(name: str, label: str, one: float, other: float) -> Compared:
        return Compared(
            name, label, now.a_day(one), before.a_day(other), is_time=False, less="fewer"
        )

    return [
        a_day("sitting_s", "Sitting a day", Activity.SITTING),
        a_day("standing_s", "Standing a day", Activity.STANDING),
        a_day("moving_s", "Moving a day", Activity.BREAK),
        Compared(
            "bout_median_s",
            "Usual bout",
            now.sitting.median_s,
            before.sitting.median_s,
            more="longer",
            less="shorter",
        ),
        a_time("breaks", "Breaks a day", now.breaks.total, before.breaks.total),
        a_time("walks", "Walks a day", now.breaks.walks, before.breaks.walks),
    ]


def as_dict(compared: list[Compared]) -> dict[str, Any]:
    """The public keys."""
    return {
        one.name: {"now": round(one.now, 2), "before": round(one.before, 2)} for one in compared
    }
