"""Walk or stretch first, and when a long walk does most good (B24)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskbreak.core.chooser import walk_due
from deskbreak.core.desk import Desk
from deskbreak.core.words import HoldReason

AFTER_MEAL = timedelta(minutes=45)
"""A walk helps most from here after the start of a meal (Reynolds & Venn 2018)."""

AFTER_MEAL_UNTIL = timedelta(hours=2)

MEETING_BLOCK = 3600.0
"""Seconds in meetings after which the first break is the long walk."""

LONGEST_GAP = 5400.0
"""Seconds between two entries that are still a gap; longer is an ordinary stretch of free time."""

SETTLE_IN = 120.0
"""Seconds between the end of a long walk and the next entry: to sit down, to open what it needs."""


def walk_allowed(desk: Desk) -> bool:
    """Whether a walk is offered: not on a call, and only where there is room for one."""
    return HoldReason.CALL not in desk.holds.on and "walk" in desk.settings.routines.places


def walk_first(desk: Desk) -> bool:
    """Whether a walk comes before a stretch now; not where a calendar entry is too close."""
    if not walk_allowed(desk):
        return False
    if _free_s(desk) < desk.settings.breaks.walk:
        return False
    if long_walk_fits(desk):
        return True
    return walk_due(desk.tally.walks, desk.tally.breaks, desk.settings.breaks.walk_share)


def walk_length(desk: Desk) -> float:
    """How long a walk is suggested now, in seconds."""
    breaks = desk.settings.breaks
    return float(breaks.long_walk if long_walk_fits(desk) else breaks.walk)


def long_walk_fits(desk: Desk) -> bool:
    """Whether there is an occasion for the long walk, and time for it before the next entry."""
    enough = _free_s(desk) >= desk.settings.breaks.long_walk + SETTLE_IN
    return enough and (desk.meeting_s >= MEETING_BLOCK or any(_occasions(desk)))


def use_occasion(desk: Desk) -> None:
    """A break was taken: the occasions for a long walk, if there were any, are used up."""
    desk.tally.long_walks.extend(_occasions(desk))
    desk.meeting_s = 0.0


def _free_s(desk: Desk) -> float:
    """Seconds until the next entry of the calendar."""
    begins = desk.agenda.next_begins(desk.now)
    return float("inf") if begins is None else begins - desk.now.wall


def _occasions(desk: Desk) -> Iterator[str]:
    """What makes now the moment for the long walk, each by a name that is used once."""
    for occasion in (*_after_meals(desk), *_in_a_gap(desk)):
        if occasion not in desk.tally.long_walks:
            yield occasion


def _after_meals(desk: Desk) -> Iterator[str]:
    local = desk.now.local.replace(tzinfo=None)
    for meal in desk.settings.schedule.meals:
        for day in (local.date(), local.date() - timedelta(days=1)):  # a late meal ends tomorrow
            begun = datetime.combine(day, meal)
            if AFTER_MEAL <= local - begun <= AFTER_MEAL_UNTIL:
                yield f"meal {begun:%Y-%m-%d %H:%M}"


def _in_a_gap(desk: Desk) -> Iterator[str]:
    gap = desk.agenda.gap(desk.now)
    if gap is not None and gap.length <= LONGEST_GAP:
        yield f"gap {datetime.fromtimestamp(gap.ends, desk.now.zone):%Y-%m-%d %H:%M}"
