"""One view: a period, its days, what they amount to, and how that compares."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from deskbreak.core.enums import Activity
from deskbreak.settings.model import Goals
from deskbreak.stats.day import Day
from deskbreak.stats.period import Period
from deskbreak.stats.summary import Atlas, Compared, Goal, Summary, compare, reached, summarise
from deskbreak.stats.timeline import Timeline
from deskbreak.struct import Struct, replace

VERSION = 1

COLUMNS = (
    "day", "closed", *(f"{activity.value}_s" for activity in Activity),
    "sitting_bouts", "median_bout_s", "longest_bout_s", "over_limit_share", "standing_bouts",
    "prompts", "taken", "snoozed", "skipped", "dismissed", "ignored",
    "walks", "routines_on_feet", "routines_seated", "natural_breaks",
)  # fmt: skip
"""The columns of `stats --csv`."""


class Report(Struct):
    """Everything that a view is drawn from; `timeline` is there when it is a single day.

    `odd` is how many entries of these days made no sense and are left out.
    """

    period: Period
    days: tuple[Day, ...]
    summary: Summary
    trend: tuple[Compared, ...]
    timeline: Timeline | None
    atlas: Atlas
    goals: tuple[Goal, ...] = ()
    odd: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is known of this period."""
        return not self.summary.days

    def as_dict(self) -> dict[str, Any]:
        """The public document of `stats --json`, without its version."""
        period = self.period
        return {
            "period": {
                "span": period.span.value,
                "from": period.first.isoformat(),
                "to": period.last.isoformat(),
            },
            "summary": self.summary.as_dict(),
            "goals": [goal.as_dict() for goal in self.goals],
            "four_weeks_before": {
                one.name: {"now": round(one.now, 2), "before": round(one.before, 2)}
                for one in self.trend
            },
            "days": [
                {"day": day.day.isoformat(), "closed": day.closed} | self._alone(day).as_dict()
                for day in self.days
            ],
            "timeline": self.timeline.as_dict() if self.timeline is not None else None,
        }

    def as_csv(self) -> str:
        """A line a day under a line of names."""
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for day in self.days:
            writer.writerow(self._columns(day))
        return text.getvalue()

    def _alone(self, day: Day) -> Summary:
        return summarise([day], self.atlas, self.summary.limit_s)

    def _columns(self, day: Day) -> Mapping[str, Any]:
        one = self._alone(day)
        return {
            "day": day.day.isoformat(),
            "closed": int(day.closed),
            **{f"{activity.value}_s": day.of(activity) for activity in Activity},
            "sitting_bouts": one.sitting.count,
            "median_bout_s": one.sitting.median_s,
            "longest_bout_s": one.sitting.longest_s,
            "over_limit_share": one.sitting.over_limit_share,
            "standing_bouts": one.standing.count,
            "prompts": one.shown,
            **{k: one.prompts[k] for k in ("taken", "snoozed", "skipped", "dismissed", "ignored")},
            "walks": one.breaks.walks,
            "routines_on_feet": one.breaks.routines_on_feet,
            "routines_seated": one.breaks.routines_seated,
            "natural_breaks": one.breaks.natural,
        }


def report(
    period: Period,
    days: Iterable[Day],
    before: Iterable[Day],
    atlas: Atlas,
    limit_s: float,
    timeline: Timeline | None = None,
    goals: Goals | None = None,
) -> Report:
    """Put a view together; `before` are the days of the four weeks before it."""
    days = list(days)
    used = tuple(day for day in days if day.used)
    odd = sum(day.odd for day in days)
    summary = summarise(used, atlas, limit_s)
    compared = tuple(compare(summary, summarise(before, atlas, limit_s)))
    met = reached(goals, used) if goals is not None else ()
    return Report(period, used, summary, compared, timeline, atlas, met, odd)


def with_today(days: Iterable[Day], today: Day | None) -> list[Day]:
    """The same days with the running one as the daemon knows it, which is more than its rows."""
    if today is None:
        return list(days)
    known = {day.day: day for day in days}
    counted = known.get(today.day)
    if counted is None:
        known[today.day] = today
    elif not counted.closed:
        sitting = counted.sitting + today.sitting
        standing = counted.standing + today.standing
        known[today.day] = replace(counted, ledger=today.ledger, sitting=sitting, standing=standing)
    return [known[day] for day in sorted(known)]


def running_day(status: Mapping[str, Any]) -> Day | None:
    """The day that is running, from what `status --json` says; None where it says too little."""
    try:
        now = datetime.fromisoformat(status["at"])
        ledger = {a.value: int(status["today"][a.value]) for a in Activity}
        bout, posture = int(status["bout_s"]), str(status["posture"])
        day = (now - timedelta(seconds=sum(ledger.values()) - 1)).date()
    except (KeyError, TypeError, ValueError):
        return None
    bouts = [bout] if bout else []
    sits = posture != "standing"
    return Day(day, ledger=ledger, sitting=bouts if sits else [], standing=[] if sits else bouts)
