"""What is due in this bout, and when: lengths of the bout, in seconds (B11, B28)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from deskbreak.core.chooser import walk_due
from deskbreak.core.enums import HoldReason, Posture, PromptKind
from deskbreak.core.moment import SAME
from deskbreak.core.state import TOGETHER, EngineState


def limit_of(desk: EngineState, kind: PromptKind) -> float:
    """The length of a bout at which that kind of prompt is due for the first time."""
    settings = desk.settings
    if kind is PromptKind.BREAK:
        return float(settings.breaks.sit_limit)
    if kind is PromptKind.STAND:
        return float(settings.standing.sit_for)
    return stand_for(desk)


def stand_for(desk: EngineState) -> float:
    """How long to stand at a time, in seconds: longer with practice where that is set."""
    return float(desk.settings.standing.stand_for_after(desk.practice.days))


def due_length(desk: EngineState, kind: PromptKind) -> float:
    """The length of this bout at which it is due, or due again."""
    return max(limit_of(desk, kind), desk.bout.deferred.get(kind, 0.0))


def next_prompt(desk: EngineState) -> tuple[PromptKind, float]:
    """The kind of prompt that comes next in this bout, and the length at which it is due."""
    if desk.posture is Posture.STANDING:
        return PromptKind.SIT, due_length(desk, PromptKind.SIT)
    move = due_length(desk, PromptKind.BREAK)
    if desk.settings.standing.enabled:
        stand = due_length(desk, PromptKind.STAND)
        if move - max(stand, desk.bout.length) > TOGETHER + SAME:
            return PromptKind.STAND, stand
    return PromptKind.BREAK, move


def limit(desk: EngineState) -> float:
    """The limit of the bout that is running, in seconds, before anything was put off."""
    standing = desk.posture is Posture.STANDING
    return limit_of(desk, PromptKind.SIT if standing else PromptKind.BREAK)


def due_in(desk: EngineState) -> float:
    """Seconds of this bout until the next prompt is due; 0 once it is."""
    return max(0.0, next_prompt(desk)[1] - desk.bout.length)


def is_due(desk: EngineState) -> bool:
    """Whether the bout has reached the length at which the next prompt is due."""
    return due_in(desk) <= SAME


def snoozes_left(desk: EngineState) -> int | None:
    """How many snoozes today still has; None for as many as one likes."""
    a_day = desk.settings.breaks.snoozes_a_day
    return max(0, a_day - desk.tally.snoozes) if a_day else None


def skips_left(desk: EngineState) -> int | None:
    """How many skips today still has; None for as many as one likes."""
    a_day = desk.settings.breaks.skips_a_day
    return max(0, a_day - desk.tally.skips) if a_day else None


def can_snooze(desk: EngineState) -> bool:
    """Whether another snooze may be taken, in this bout and today (B17)."""
    in_bout = desk.bout.snoozes < desk.settings.breaks.snooze_limit
    return in_bout and snoozes_left(desk) != 0


def can_skip(desk: EngineState) -> bool:
    """Whether another prompt may be declined today (B18)."""
    return skips_left(desk) != 0


AFTER_MEAL = timedelta(minutes=45)  # from the start of a meal (Reynolds & Venn 2018)
AFTER_MEAL_UNTIL = timedelta(hours=2)

MEETING_BLOCK = 3600.0  # seconds in meetings after which the first break is the long walk
LONGEST_GAP = 5400.0  # seconds between two entries; longer is an ordinary stretch of free time
SETTLE_IN = 120.0  # seconds before the next entry: to sit down, to open what it needs


def walk_allowed(desk: EngineState) -> bool:
    """Whether a walk is offered: not on a call, and only where there is room for one."""
    return HoldReason.CALL not in desk.holds.on and "walk" in desk.settings.routines.places


def walk_first(desk: EngineState) -> bool:
    """Whether a walk comes before a stretch now; not where a calendar entry is too close."""
    if not walk_allowed(desk) or _free_s(desk) < desk.settings.breaks.walk:
        return False
    if long_walk_fits(desk):
        return True
    return walk_due(desk.tally.walks, desk.tally.breaks, desk.settings.breaks.walk_share)


def walk_length(desk: EngineState) -> float:
    """How long a walk is suggested now, in seconds."""
    breaks = desk.settings.breaks
    return float(breaks.long_walk if long_walk_fits(desk) else breaks.walk)


def long_walk_fits(desk: EngineState) -> bool:
    """Whether there is an occasion for the long walk, and time for it before the next entry."""
    enough = _free_s(desk) >= desk.settings.breaks.long_walk + SETTLE_IN
    return enough and (desk.meeting_s >= MEETING_BLOCK or any(_occasions(desk)))


def use_occasion(desk: EngineState) -> None:
    """A break was taken: the occasions for a long walk, if there were any, are used up."""
    desk.tally.long_walks.extend(_occasions(desk))
    desk.meeting_s = 0.0


def _free_s(desk: EngineState) -> float:
    """Seconds until the next entry of the calendar."""
    begins = desk.agenda.next_begins(desk.now)
    return float("inf") if begins is None else begins - desk.now.wall


def _occasions(desk: EngineState) -> Iterator[str]:
    """What makes now the moment for the long walk, each by a name that is used once."""
    occasions = (*_after_meals(desk), *_in_a_gap(desk))
    yield from (occasion for occasion in occasions if occasion not in desk.tally.long_walks)


def _after_meals(desk: EngineState) -> Iterator[str]:
    local = desk.now.local.replace(tzinfo=None)
    for meal in desk.settings.schedule.meals:
        for day in (local.date(), local.date() - timedelta(days=1)):  # a late meal ends tomorrow
            begun = datetime.combine(day, meal)
            if AFTER_MEAL <= local - begun <= AFTER_MEAL_UNTIL:
                yield f"meal {begun:%Y-%m-%d %H:%M}"


def _in_a_gap(desk: EngineState) -> Iterator[str]:
    begins, ends = desk.agenda.gap(desk.now) or (0.0, float("inf"))
    if ends - begins <= LONGEST_GAP:
        yield f"gap {datetime.fromtimestamp(ends, desk.now.zone):%Y-%m-%d %H:%M}"
