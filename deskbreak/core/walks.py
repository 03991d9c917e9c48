"""Walk or stretch first, and when a long walk does most good (B24)."""

from datetime import datetime, timedelta

from deskbreak.core.chooser import walk_due
from deskbreak.core.desk import Desk
from deskbreak.core.words import HoldReason

AFTER_MEAL = timedelta(minutes=45)
"""A walk helps most from here after the start of a meal (Reynolds & Venn 2018)."""

AFTER_MEAL_UNTIL = timedelta(hours=2)

MEETING_BLOCK = 3600.0
"""Seconds in meetings after which the first break is the long walk."""


def walk_allowed(desk: Desk) -> bool:
    """Whether a walk is offered: not on a call, and only where there is room for one."""
    return HoldReason.CALL not in desk.holds.on and "walk" in desk.settings.routines.places


def walk_first(desk: Desk) -> bool:
    """Whether a walk comes before a stretch now."""
    if not walk_allowed(desk):
        return False
    if long_walk_occasion(desk) is not None:
        return True
    return walk_due(desk.tally.walks, desk.tally.breaks, desk.settings.breaks.walk_share)


def walk_length(desk: Desk) -> float:
    """How long a walk is suggested now, in seconds."""
    breaks = desk.settings.breaks
    return float(breaks.long_walk if long_walk_occasion(desk) is not None else breaks.walk)


def long_walk_occasion(desk: Desk) -> str | None:
    """What makes now the moment for the long walk, each occasion once; None if nothing does."""
    local = desk.now.local.replace(tzinfo=None)
    for meal in desk.settings.schedule.meals:
        for day in (local.date(), local.date() - timedelta(days=1)):  # a late meal ends tomorrow
            begun = datetime.combine(day, meal)
            occasion = f"meal {begun:%Y-%m-%d %H:%M}"
            in_time = AFTER_MEAL <= local - begun <= AFTER_MEAL_UNTIL
            if in_time and occasion not in desk.tally.long_walks:
                return occasion
    return "meetings" if desk.meeting_s >= MEETING_BLOCK else None


def use_occasion(desk: Desk) -> None:
    """A break was taken: the occasion for a long walk, if there was one, is used up."""
    occasion = long_walk_occasion(desk)
    if occasion is not None and occasion != "meetings":
        desk.tally.long_walks.append(occasion)
    desk.meeting_s = 0.0
