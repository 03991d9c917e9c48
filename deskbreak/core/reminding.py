"""When a reminder beside the main prompt comes up (B32)."""

from deskbreak.core import prompting
from deskbreak.core.breaks import Phase
from deskbreak.core.desk import TOGETHER, Desk
from deskbreak.core.effects import Notice, NoticeKind, ShowNotice
from deskbreak.core.happenings import Reminded
from deskbreak.core.moment import SAME
from deskbreak.settings.model import Reminder

_CALM = frozenset({Phase.COUNTING, Phase.ANNOUNCED, Phase.SNOOZED, Phase.DEFERRED})


def react(desk: Desk) -> None:
    """Show what is due, when nothing speaks against it."""
    for reminder in _late(desk):
        if _moment_for(desk, reminder) <= desk.t + SAME:
            desk.reminders.came_up(reminder)
            desk.say(Reminded(reminder.name))
            text = reminder.text or reminder.name
            length = float(reminder.length)
            notice = Notice(NoticeKind.REMINDER, length, text, name=reminder.name)
            desk.out.append(ShowNotice(notice))


def next_at(desk: Desk) -> float | None:
    """The elapsed time at which a reminder may come up; None if only a fact can bring it."""
    if not is_calm(desk):
        return None
    return min((_moment_for(desk, reminder) for reminder in desk.settings.reminder), default=None)


def wants_a_gap(desk: Desk) -> bool:
    """Whether a reminder is due and waits for a gap in input."""
    return bool(_late(desk))


def _late(desk: Desk) -> list[Reminder]:
    if not is_calm(desk) or _prompt_near_at(desk) is not None:
        return []
    reminders = desk.settings.reminder
    return [reminder for reminder in reminders if desk.reminders.due_in(reminder) <= SAME]


def is_calm(desk: Desk) -> bool:
    """Whether the person is here, and nothing else is asked of them or going on."""
    return desk.here and desk.phase in _CALM and not desk.active_holds()


def _prompt_near_at(desk: Desk) -> float | None:
    """When the prompt comes that this gives way to, because it is due within two minutes."""
    at = prompting.next_at(desk)
    return at if at is not None and at - desk.t <= TOGETHER + SAME else None


def _moment_for(desk: Desk, reminder: Reminder) -> float:
    """When it may come up, if nothing changes: due, settled, and in a gap of input."""
    due_at = desk.t + desk.reminders.due_in(reminder)
    if due_at > desk.t + SAME:
        return due_at
    near_at = _prompt_near_at(desk)
    if near_at is not None:
        return near_at
    if desk.t < desk.settled_at - SAME:
        return desk.settled_at
    return prompting.polite_at(desk, max(due_at, desk.settled_at))
