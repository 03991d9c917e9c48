"""Puts together the prompt that is due: what it suggests, which answers it offers (B16, B24)."""

from deskbreak.core.advice import Situation
from deskbreak.core.budget import can_skip, can_snooze
from deskbreak.core.desk import Desk
from deskbreak.core.due import limit, stand_for
from deskbreak.core.effects import Prompt, ShowPrompt, Suggestion
from deskbreak.core.moment import SAME
from deskbreak.core.walks import walk_allowed, walk_first, walk_length
from deskbreak.core.words import Answer, BreakKind, HoldReason, PromptKind

_UNANSWERED_BEFORE_ESCALATION = 3


def compose(desk: Desk) -> None:
    """Make the prompt that is due and show it; its number is new."""
    desk.last_prompt_id += 1
    kind = desk.prompt_kind
    suggestion = suggest(desk) if kind is PromptKind.BREAK else None
    escalated = desk.bout.unanswered >= _UNANSWERED_BEFORE_ESCALATION
    escalate = desk.settings.breaks.escalate
    desk.prompt = Prompt(
        id=desk.last_prompt_id,
        kind=kind,
        bout_s=desk.bout.length,
        overdue_s=max(0.0, desk.bout.length - limit(desk)),
        actions=_actions(desk, kind, suggestion),
        suggestion=suggestion,
        snooze_s=tuple(float(s) for s in desk.settings.breaks.snooze) if can_snooze(desk) else (),
        repeat=desk.bout.unanswered,
        urgent=escalated and escalate in {"urgent", "overlay"},
        overlay=escalated and escalate == "overlay",
        stand_for_s=stand_for(desk) if kind is PromptKind.STAND else 0.0,
        stood_long=kind is PromptKind.SIT and _stood_long(desk),
    )
    desk.out.append(ShowPrompt(desk.prompt))


def _actions(desk: Desk, kind: PromptKind, suggestion: Suggestion | None) -> tuple[Answer, ...]:
    """In the order of usefulness: some servers show only the first three."""
    walk = [Answer.WALK] if walk_allowed(desk) else []
    if kind is not PromptKind.BREAK:
        change = Answer.STANDING if kind is PromptKind.STAND else Answer.SITTING
        return (change, Answer.LATER, *walk)
    actions = _breaks(desk, suggestion, walk)
    if can_snooze(desk):
        actions.append(Answer.SNOOZE)
    if _is_long_walk(desk, suggestion):
        actions.append(Answer.SHORTER)
    if desk.settings.standing.enabled:
        actions.append(Answer.STANDING)
    if can_skip(desk):
        actions.append(Answer.SKIP)
    return tuple(actions)


def _breaks(desk: Desk, suggestion: Suggestion | None, walk: list[Answer]) -> list[Answer]:
    """The suggested break, and the other kind where there is one."""
    if suggestion is None:
        return []
    if suggestion.kind is BreakKind.STRETCH:
        return [Answer.STRETCH, *walk]
    return [Answer.WALK, Answer.STRETCH] if walk_first(desk) else [Answer.WALK]


def _is_long_walk(desk: Desk, suggestion: Suggestion | None) -> bool:
    if suggestion is None or suggestion.kind is not BreakKind.WALK:
        return False
    return suggestion.length_s > desk.settings.breaks.walk


def _stood_long(desk: Desk) -> bool:
    """Whether standing still has lasted so long that it is worth saying plainly (B29)."""
    return desk.bout.length >= desk.settings.standing.warn_after - SAME


def suggest(desk: Desk) -> Suggestion | None:
    """The break that comes first now (B24); None where the prompt itself says what to do."""
    if walk_first(desk):
        return Suggestion(BreakKind.WALK, walk_length(desk))
    return suggest_stretch(desk)


def suggest_stretch(desk: Desk) -> Suggestion | None:
    """The routine that is best now, or the walk in place of one; None where neither is allowed."""
    situation = Situation(desk.posture, in_call(desk), desk.now.local, desk.past, desk.sore_today)
    return desk.adviser.stretch(situation, desk.settings)


def in_call(desk: Desk) -> bool:
    """Whether the person is on a call."""
    return HoldReason.CALL in desk.holds.on
