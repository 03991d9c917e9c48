"""The weekly note: what went well last week, and one idea for this one.

It praises what was done, says nothing of what was not, and has no score: there is nothing to
lose. A week with little to say is a short note; a week away is none.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from deskbreak.core.enums import Activity
from deskbreak.stats.summary import Goal, Summary
from deskbreak.text.durations import brief
from deskbreak.text.stats import times

_NOTICEABLE = 0.05
_MANY_LONG = 0.25
_A_DAY_S = 600


def weekly_note(
    week: Summary, before: Summary, *, standing: bool = False, goals: Sequence[Goal] = ()
) -> str | None:
    """The note on a week, next to the four weeks before; None of a week away from the desk.

    `standing` is whether the person has a desk that goes up and down, `goals` are those they set.
    """
    if not week.days:
        return None
    well = _met(goals) or next(chain(_better(week, before), _done(week)))
    return f"Last week: {well} {_idea(week, standing=standing)}"


def _met(goals: Sequence[Goal]) -> str | None:
    met = [str(goal) for goal in goals if goal.reached]
    return f"{', '.join(met)}: as you wanted." if met else None


def _better(week: Summary, before: Summary) -> Iterator[str]:
    """What grew, or became shorter, by enough to be noticed."""
    now, then = week.sitting.median_s, before.sitting.median_s
    if now and now <= then * (1 - _NOTICEABLE):
        yield f"your usual time in the chair was {brief(now)}, down from {brief(then)}."
    breaks = week.a_day(week.breaks.total)
    earlier = before.a_day(before.breaks.total) * (1 + _NOTICEABLE)
    if before.days and breaks >= max(1, earlier):
        yield f"about {times(round(breaks), 'break')} a day, more than in the weeks before."
    stood = week.a_day(week.of(Activity.STANDING))
    stood_before = before.a_day(before.of(Activity.STANDING))
    if stood >= max(_A_DAY_S, stood_before * (1 + _NOTICEABLE)):
        yield f"you stood for {brief(stood)} a day."


def _done(week: Summary) -> Iterator[str]:
    """What there was, whatever there was before."""
    if week.breaks.walks:
        walks, long = times(week.breaks.walks, "walk"), brief(week.breaks.walk_s)
        yield f"{walks}, {long} on your feet."
    if week.breaks.total:
        yield f"you got up {times(week.breaks.total, 'time')}."
    yield f"{times(week.days, 'day')} at the desk, and they are done."


def _idea(week: Summary, *, standing: bool) -> str:
    if not week.breaks.walks:
        return "An idea for this week: a short walk after a meal."
    if week.sitting.over_limit_share > _MANY_LONG:
        return "An idea for this week: two minutes away from the desk start a new count."
    if standing and week.a_day(week.of(Activity.STANDING)) < _A_DAY_S:
        return "An idea for this week: raise the desk for one call."
    if not week.breaks.routines:
        return "An idea for this week: try one stretch, with the kettle on."
    return "Just carry on like that."
