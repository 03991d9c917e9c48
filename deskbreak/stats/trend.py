"""How a period compares with the four weeks before it, by the day."""

from dataclasses import dataclass
from typing import Any

from deskbreak.core.words import Activity
from deskbreak.stats.summary import Summary


@dataclass(frozen=True, slots=True)
class Compared:
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
