"""What is due in this bout, and when: lengths of the bout, in seconds (B11, B28)."""

from deskbreak.core.desk import TOGETHER, Desk
from deskbreak.core.moment import SAME
from deskbreak.core.words import Posture, PromptKind


def limit_of(desk: Desk, kind: PromptKind) -> float:
    """The length of a bout at which that kind of prompt is due for the first time."""
    settings = desk.settings
    if kind is PromptKind.BREAK:
        return float(settings.breaks.sit_limit)
    if kind is PromptKind.STAND:
        return float(settings.standing.sit_for)
    return stand_for(desk)


def stand_for(desk: Desk) -> float:
    """How long to stand at a time, in seconds: longer with practice where that is set."""
    return float(desk.settings.standing.stand_for_after(desk.practice.days))


def due_length(desk: Desk, kind: PromptKind) -> float:
    """The length of this bout at which it is due, or due again."""
    return max(limit_of(desk, kind), desk.bout.deferred.get(kind, 0.0))


def next_prompt(desk: Desk) -> tuple[PromptKind, float]:
    """The kind of prompt that comes next in this bout, and the length at which it is due."""
    if desk.posture is Posture.STANDING:
        return PromptKind.SIT, due_length(desk, PromptKind.SIT)
    move = due_length(desk, PromptKind.BREAK)
    if desk.settings.standing.enabled:
        stand = due_length(desk, PromptKind.STAND)
        if move - max(stand, desk.bout.length) > TOGETHER + SAME:
            return PromptKind.STAND, stand
    return PromptKind.BREAK, move


def limit(desk: Desk) -> float:
    """The limit of the bout that is running, in seconds, before anything was put off."""
    standing = desk.posture is Posture.STANDING
    return limit_of(desk, PromptKind.SIT if standing else PromptKind.BREAK)


def due_in(desk: Desk) -> float:
    """Seconds of this bout until the next prompt is due; 0 once it is."""
    return max(0.0, next_prompt(desk)[1] - desk.bout.length)


def is_due(desk: Desk) -> bool:
    """Whether the bout has reached the length at which the next prompt is due."""
    return due_in(desk) <= SAME
