"""When a reminder beside the main prompt comes up (B32)."""

from deskbreak.core import prompting
from deskbreak.core.breaks import Phase
from deskbreak.core.desk import TOGETHER, Desk
from deskbreak.core.effects import Notice, NoticeKind, ShowNotice
from deskbreak.core.happenings import Reminded
from deskbreak.settings.model import Reminder

_CALM = frozenset({Phase.COUNTING, Phase.ANNOUNCED, Phase.SNOOZED, Phase.DEFERRED})
_SAME = 1e-6


def react(desk: Desk) -> None:
    """Show what is due, at most one at a time, when nothing speaks against it."""
    for reminder in desk.settings.reminder:
        if desk.reminders.due_in(reminder) <= _SAME and _may_show(desk, reminder):
            desk.reminders.came_up(reminder)
            desk.say(Reminded(reminder.name))
            desk.out.append(
                ShowNotice(Notice(NoticeKind.REMINDER, reminder.length, _text(reminder)))
            )
            return


def _text(reminder: Reminder) -> str:
    return reminder.text or reminder.name


def _may_show(desk: Desk, reminder: Reminder) -> bool:
    if not desk.here or desk.active_holds() or desk.phase not in _CALM or desk.t < desk.settled_at:
        return False
    return not _prompt_is_near(desk) and _is_polite(desk, reminder)


def _prompt_is_near(desk: Desk) -> bool:
    at = prompting.next_at(desk)
    return at is not None and at - desk.t <= TOGETHER


def _is_polite(desk: Desk, reminder: Reminder) -> bool:
    breaks = desk.settings.breaks
    idle = desk.presence.idle_s(desk.t)
    late = -desk.reminders.due_in(reminder)
    return (
        not breaks.typing_gap
        or idle is None
        or idle >= breaks.typing_gap
        or late >= breaks.polite_wait
    )


def wants_a_gap(desk: Desk) -> bool:
    """Whether a reminder is due and waits for a gap in input."""
    if not desk.here or desk.phase not in _CALM:
        return False
    return any(desk.reminders.due_in(reminder) <= _SAME for reminder in desk.settings.reminder)


def next_at(desk: Desk) -> float | None:
    """The elapsed time at which a reminder may come up; None if only a fact can bring it."""
    if not desk.here or desk.phase not in _CALM or desk.active_holds():
        return None
    times = [_time_of(desk, reminder) for reminder in desk.settings.reminder]
    return min(times, default=None)


def _time_of(desk: Desk, reminder: Reminder) -> float:
    due_in = desk.reminders.due_in(reminder)
    if due_in > _SAME:
        return desk.t + due_in
    if desk.t < desk.settled_at:
        return desk.settled_at
    patience = desk.settings.breaks.polite_wait + due_in
    return desk.t + patience if patience > _SAME else desk.t + TOGETHER
