"""When a reminder beside the main prompt comes up (B32)."""

from deskbreak.core import prompts
from deskbreak.core.effects import NoticeKind
from deskbreak.core.moment import SAME
from deskbreak.core.phases import Phase
from deskbreak.core.records import Reminded
from deskbreak.core.state import TOGETHER, EngineState
from deskbreak.settings.model import Reminder

_CALM = frozenset({Phase.COUNTING, Phase.ANNOUNCED, Phase.SNOOZED, Phase.DEFERRED})


def react(desk: EngineState) -> None:
    """Show what is due, when nothing speaks against it."""
    for reminder in late(desk):
        if _moment_for(desk, reminder) <= desk.t + SAME:
            desk.reminded[reminder.name] = 0.0
            desk.say(Reminded(reminder.name))
            text = reminder.text or reminder.name
            length = float(reminder.length)
            desk.notify(NoticeKind.REMINDER, length, text, name=reminder.name)


def next_at(desk: EngineState) -> float | None:
    """The elapsed time at which a reminder may come up; None if only a fact can bring it."""
    if not is_calm(desk):
        return None
    return min((_moment_for(desk, reminder) for reminder in desk.settings.reminder), default=None)


def late(desk: EngineState) -> list[Reminder]:
    """What is due, and waits for a gap in input at most."""
    if not is_calm(desk) or _prompt_near_at(desk) is not None:
        return []
    reminders = desk.settings.reminder
    return [reminder for reminder in reminders if _due_in(desk, reminder) <= SAME]


def _due_in(desk: EngineState, reminder: Reminder) -> float:
    """At-desk seconds until it comes up; below zero once it is late."""
    return reminder.every - desk.reminded.get(reminder.name, 0.0)


def is_calm(desk: EngineState) -> bool:
    """Whether the person is here, and nothing else is asked of them or going on."""
    here = desk.here and not desk.presence.unreached
    return here and desk.phase in _CALM and not desk.active_holds()


def _prompt_near_at(desk: EngineState) -> float | None:
    """When the prompt comes that this gives way to, because it is due within two minutes."""
    at = prompts.next_at(desk)
    return at if at is not None and at - desk.t <= TOGETHER + SAME else None


def _moment_for(desk: EngineState, reminder: Reminder) -> float:
    """When it may come up, if nothing changes: due, settled, and in a gap of input."""
    due_at = desk.t + _due_in(desk, reminder)
    if due_at > desk.t + SAME:
        return due_at
    near_at = _prompt_near_at(desk)
    if near_at is not None:
        return near_at
    if desk.t < desk.settled_at - SAME:
        return desk.settled_at
    return prompts.polite_at(desk, max(due_at, desk.settled_at))


AFTER_BREAKS = 3  # breaks of a day: by then nobody is busy with finding out what deskbreak is
INTO_BOUT = 600.0  # seconds of a bout, so that it comes between two prompts and not on top of one
_SET_UP = "desk set-up"


def give_tip(desk: EngineState) -> None:
    """Give the tip, if it was never given and now is the moment."""
    if _is_open(desk) and desk.bout.length >= INTO_BOUT - SAME:
        desk.heeded.add(_SET_UP)
        desk.notify(NoticeKind.SET_UP)


def tip_at(desk: EngineState) -> float | None:
    """The elapsed time at which `react` has something to do; None if only a fact can bring it."""
    left = INTO_BOUT - desk.bout.length
    return desk.t + left if _is_open(desk) and left > SAME else None


def _is_open(desk: EngineState) -> bool:
    wanted = desk.settings.ui.set_up_tip and _SET_UP not in desk.heeded
    return wanted and desk.tally.breaks >= AFTER_BREAKS and is_calm(desk)
