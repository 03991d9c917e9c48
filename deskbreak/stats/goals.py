"""What the person wanted of a day, next to what came of it: in numbers, without a verdict."""

from collections.abc import Iterable, Iterator
from typing import Any

from deskbreak.core.enums import Activity
from deskbreak.settings.model import Goals
from deskbreak.stats.day import Day
from deskbreak.stats.summary import summarise
from deskbreak.struct import Struct
from deskbreak.text.durations import brief
from deskbreak.text.stats import times


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
    each = [_amounts(day) for day in days]
    return tuple(
        Goal(
            name,
            target,
            sum(amounts[name] for amounts in each),
            sum(amounts[name] >= target for amounts in each),
            len(each),
        )
        for name, target in _set(goals)
        if each
    )


def _set(goals: Goals) -> Iterator[tuple[str, float]]:
    for name, target in (
        ("breaks", goals.breaks),
        ("walk", goals.walk),
        ("standing", goals.standing),
    ):
        if target:
            yield name, float(target)


def _amounts(day: Day) -> dict[str, float]:
    one = summarise([day], {}, 0.0)
    return {
        "breaks": one.breaks.total,
        "walk": one.breaks.walk_s,
        "standing": one.of(Activity.STANDING),
    }
