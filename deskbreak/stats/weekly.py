"""The weekly note: what went well last week, and one idea for this one.

It praises what was done, says nothing of what was not, and has no score: there is nothing to
lose. A week with little to say is a short note; a week away is none.
"""

from collections.abc import Callable, Sequence

from deskbreak.core.enums import Activity
from deskbreak.stats.goals import Goal
from deskbreak.stats.summary import Summary
from deskbreak.text.durations import brief
from deskbreak.text.stats import times

_NOTICEABLE = 0.05
_MANY_LONG = 0.25
_A_DAY_S = 600

Good = Callable[[Summary, Summary], str | None]


def weekly_note(
    week: Summary, before: Summary, *, standing: bool = False, goals: Sequence[Goal] = ()
) -> str | None:
    """The note on a week, next to the four weeks before; None of a week away from the desk.

    `standing` is whether the person has a desk that goes up and down, `goals` are those they set.
    """
    if not week.days:
        return None
    well = _met(goals) or next(filter(None, (find(week, before) for find in _GOOD)))
    return f"Last week: {well} {_idea(week, standing=standing)}"


# ------------------------------------------------------------------------------ what went well


def _met(goals: Sequence[Goal]) -> str | None:
    met = [str(goal) for goal in goals if goal.reached]
    return f"{', '.join(met)}: as you wanted." if met else None


def _shorter_bouts(week: Summary, before: Summary) -> str | None:
    now, then = week.sitting.median_s, before.sitting.median_s
    if not now or now > then * (1 - _NOTICEABLE):
        return None
    return f"your usual time in the chair was {brief(now)}, down from {brief(then)}."


def _more_breaks(week: Summary, before: Summary) -> str | None:
    if not before.days:
        return None
    now, then = week.a_day(week.breaks.total), before.a_day(before.breaks.total)
    if now < then * (1 + _NOTICEABLE) or now < 1:
        return None
    return f"about {times(round(now), 'break')} a day, more than in the weeks before."


def _more_standing(week: Summary, before: Summary) -> str | None:
    now = week.a_day(week.of(Activity.STANDING))
    then = before.a_day(before.of(Activity.STANDING))
    if now < _A_DAY_S or now < then * (1 + _NOTICEABLE):
        return None
    return f"you stood for {brief(now)} a day."


def _walked(week: Summary, before: Summary) -> str | None:  # noqa: ARG001 - all have both weeks
    if not week.breaks.walks:
        return None
    walks, long = times(week.breaks.walks, "walk"), brief(week.breaks.walk_s)
    return f"{walks}, {long} on your feet."


def _moved(week: Summary, before: Summary) -> str | None:  # noqa: ARG001 - all have both weeks
    if not week.breaks.total:
        return None
    return f"you got up {times(week.breaks.total, 'time')}."


def _was_there(week: Summary, before: Summary) -> str:  # noqa: ARG001 - all have both weeks
    return f"{times(week.days, 'day')} at the desk, and they are done."


_GOOD: tuple[Good, ...] = (
    _shorter_bouts,
    _more_breaks,
    _more_standing,
    _walked,
    _moved,
    _was_there,
)

# ------------------------------------------------------------------------------------ one idea


def _idea(week: Summary, *, standing: bool) -> str:
    if not week.breaks.walks:
        return "An idea for this week: a short walk after a meal."
    if week.sitting.over > _MANY_LONG:
        return "An idea for this week: two minutes away from the desk start a new count."
    if standing and week.a_day(week.of(Activity.STANDING)) < _A_DAY_S:
        return "An idea for this week: raise the desk for one call."
    if not week.breaks.routines:
        return "An idea for this week: try one stretch, with the kettle on."
    return "Just carry on like that."
