"""How often a day a break can be put off or declined, where the settings set a number."""

from deskbreak.core.desk import Desk


def snoozes_left(desk: Desk) -> int | None:
    """How many snoozes today still has; None for as many as one likes."""
    return _left(desk.settings.breaks.snoozes_a_day, desk.tally.snoozes)


def skips_left(desk: Desk) -> int | None:
    """How many skips today still has; None for as many as one likes."""
    return _left(desk.settings.breaks.skips_a_day, desk.tally.skips)


def can_snooze(desk: Desk) -> bool:
    """Whether another snooze may be taken, in this bout and today (B17)."""
    in_bout = desk.bout.snoozes < desk.settings.breaks.snooze_limit
    return in_bout and snoozes_left(desk) != 0


def can_skip(desk: Desk) -> bool:
    """Whether another prompt may be declined today (B18)."""
    return skips_left(desk) != 0


def _left(a_day: int, used: int) -> int | None:
    return max(0, a_day - used) if a_day else None
