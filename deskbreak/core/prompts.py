"""When a prompt comes, and when it goes again (B11-B16, B19, B28)."""

from collections.abc import Callable, Mapping

from deskbreak.core import due
from deskbreak.core.effects import NoticeKind, Prompt, ShowPrompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, HoldReason, PromptKind
from deskbreak.core.moment import SAME
from deskbreak.core.phases import Cue, Phase
from deskbreak.core.records import Happening, HeadsUp, Ignored, Prompted, SitPrompted, StandPrompted
from deskbreak.core.state import EngineState, Situation

_UNANSWERED_BEFORE_ESCALATION = 3


def compose(desk: EngineState) -> None:
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
        overdue_s=max(0.0, desk.bout.length - due.limit(desk)),
        actions=_actions(desk, kind, suggestion),
        suggestion=suggestion,
        snooze_s=tuple(float(s) for s in desk.settings.breaks.snooze)
        if due.can_snooze(desk)
        else (),
        repeat=desk.bout.unanswered,
        urgent=escalated and escalate in {"urgent", "overlay"},
        overlay=escalated and escalate == "overlay",
        stand_for_s=due.stand_for(desk) if kind is PromptKind.STAND else 0.0,
        stood_long=kind is PromptKind.SIT
        and desk.bout.length >= desk.settings.standing.warn_after - SAME,
    )
    desk.out.append(ShowPrompt(desk.prompt))


def _actions(
    desk: EngineState, kind: PromptKind, suggestion: Suggestion | None
) -> tuple[Answer, ...]:
    """In the order of usefulness: some servers show only the first three."""
    walk = [Answer.WALK] if due.walk_allowed(desk) else []
    if kind is not PromptKind.BREAK:
        change = Answer.STANDING if kind is PromptKind.STAND else Answer.SITTING
        return (change, Answer.LATER, *walk)
    actions = _breaks(desk, suggestion, walk)
    if due.can_snooze(desk):
        actions.append(Answer.SNOOZE)
    walk_s = suggestion.length_s if suggestion and suggestion.kind is BreakKind.WALK else 0.0
    if walk_s > desk.settings.breaks.walk:
        actions.append(Answer.SHORTER)
    if desk.settings.standing.enabled:
        actions.append(Answer.STANDING)
    if due.can_skip(desk):
        actions.append(Answer.SKIP)
    return tuple(actions)


def _breaks(desk: EngineState, suggestion: Suggestion | None, walk: list[Answer]) -> list[Answer]:
    """The suggested break, and the other kind where there is one."""
    if suggestion is None:
        return []
    if suggestion.kind is BreakKind.STRETCH:
        return [Answer.STRETCH, *walk]
    return [Answer.WALK, Answer.STRETCH] if due.walk_first(desk) else [Answer.WALK]


def suggest(desk: EngineState) -> Suggestion | None:
    """The break that comes first now (B24); None where the prompt itself says what to do."""
    if due.walk_first(desk):
        return Suggestion(BreakKind.WALK, due.walk_length(desk))
    return suggest_stretch(desk)


def suggest_stretch(desk: EngineState) -> Suggestion | None:
    """The routine that is best now, or the walk in place of one; None where neither is allowed."""
    situation = Situation(desk.posture, in_call(desk), desk.now.local, desk.past, desk.sore_today)
    return desk.adviser.stretch(situation, desk.settings)


def in_call(desk: EngineState) -> bool:
    """Whether the person is on a call."""
    return HoldReason.CALL in desk.holds.on


def is_early(desk: EngineState) -> bool:
    """Whether what was announced or asked is not due by the settings in force."""
    if desk.phase is Phase.ANNOUNCED:
        return due.due_in(desk) > desk.settings.breaks.heads_up + SAME
    if desk.prompt is None:
        return False
    off = desk.prompt.kind is PromptKind.STAND and not desk.settings.standing.enabled
    return off or due.due_length(desk, desk.prompt.kind) > desk.bout.length + SAME


def react(desk: EngineState) -> None:
    """Follow every cue that the state of the desk gives now."""
    before = None
    while before is not desk.phase:  # each cue leads on, and no chain leads back
        before = desk.phase
        _step(desk)


def _step(desk: EngineState) -> None:
    if desk.quiet and not desk.on_break:
        if desk.phase is not Phase.QUIET:
            paused = desk.pause is not None or desk.office.inside
            desk.withdraw("paused" if paused else "off hours")
            desk.cue(Cue.SILENCE)
    elif desk.phase in _STEPS:
        _STEPS[desk.phase](desk)


def _speak(desk: EngineState) -> None:
    desk.presence.try_again()
    desk.cue(Cue.SPEAK if desk.snoozed_until is None else Cue.SNOOZE_ON)


def _count(desk: EngineState) -> None:
    if not desk.here:
        return
    kind, at = due.next_prompt(desk)
    if due.is_due(desk):
        desk.cue(Cue.TIME_UP)
    elif desk.phase is Phase.DEFERRED and desk.bout.length < due.limit_of(desk, kind) - SAME:
        desk.cue(Cue.NOT_DUE)
    elif _announces(desk) and due.due_in(desk) <= desk.settings.breaks.heads_up + SAME:
        desk.cue(Cue.ANNOUNCE)
        seconds = at - desk.bout.length
        desk.say(HeadsUp(round(seconds)))
        desk.notify(NoticeKind.HEADS_UP, seconds=seconds)


def _announces(desk: EngineState) -> bool:
    """Whether a heads-up is still to come: once, and not for what was put off."""
    if desk.phase is not Phase.COUNTING or not desk.settings.breaks.heads_up:
        return False
    return due.next_prompt(desk)[0] not in desk.bout.deferred and not desk.active_holds()


def _snoozed(desk: EngineState) -> None:
    if desk.here and desk.snoozed_until is not None and desk.t >= desk.snoozed_until - SAME:
        desk.snoozed_until = None
        desk.cue(Cue.TIME_UP if due.is_due(desk) else Cue.NOT_DUE)


def _held(desk: EngineState) -> None:
    if not due.is_due(desk):
        desk.cue(Cue.NOT_DUE)
    elif not desk.active_holds():
        desk.cue(Cue.CLEAR)


def _wait_for_a_good_moment(desk: EngineState) -> None:
    if not due.is_due(desk):  # other settings, or a break prompt will take its place (B28)
        desk.cue(Cue.NOT_DUE)
        return
    if desk.active_holds():
        desk.cue(Cue.HOLD)
        return
    if not desk.here or desk.presence.unreached or desk.t < desk.settled_at - SAME:
        return
    if desk.ready_since is None:
        desk.ready_since = desk.t
    if desk.t >= polite_at(desk, desk.ready_since) - SAME:
        _show(desk)


def polite_at(desk: EngineState, since: float) -> float:
    """When there is a gap in input, or waiting for one since then has taken long enough (B13)."""
    breaks = desk.settings.breaks
    idle = desk.presence.idle_s(desk.t)
    if not breaks.typing_gap or idle is None:
        return since
    gap_at = desk.t + breaks.typing_gap - idle
    latest = since + breaks.polite_wait
    return latest if desk.presence.typing and gap_at > desk.t + SAME else min(latest, gap_at)


def _prompted(desk: EngineState) -> None:
    if desk.active_holds():
        desk.withdraw("a hold is on")
        desk.cue(Cue.HOLD)
    elif desk.bout.length >= _replaced_at(desk) - SAME:
        desk.withdraw("a break is due")
        desk.cue(Cue.TIME_UP)
    elif desk.bout.length >= desk.prompt_bout_s + desk.settings.breaks.repeat_every - SAME:
        unanswered(desk)
        desk.say(Ignored())


_STEPS: Mapping[Phase, Callable[[EngineState], None]] = {
    Phase.QUIET: _speak,
    Phase.COUNTING: _count,
    Phase.ANNOUNCED: _count,
    Phase.DEFERRED: _count,
    Phase.SNOOZED: _snoozed,
    Phase.DUE: _wait_for_a_good_moment,
    Phase.HELD: _held,
    Phase.PROMPTED: _prompted,
}
"""What is looked at in each phase; a break that is being taken looks after itself."""


def _replaced_at(desk: EngineState) -> float:
    """The length of the bout at which a break prompt takes the place of "stand up?" (B15)."""
    if desk.prompt_kind is not PromptKind.STAND:
        return float("inf")
    return due.due_length(desk, PromptKind.BREAK)


def unanswered(desk: EngineState) -> None:
    """The prompt met no answer: it is still due, and comes again after a while (B16)."""
    desk.presence.not_heard(desk.t - (desk.bout.length - desk.prompt_bout_s))
    desk.miss()
    come_again(desk)
    desk.bout.unanswered += 1


def come_again(desk: EngineState) -> None:
    """Take the prompt off the screen; it comes again `repeat_every` after it came up or now.

    Later than that where nobody seems to be there (B41).
    """
    every = float(desk.settings.breaks.repeat_every)
    timed_out = desk.bout.length - desk.prompt_bout_s >= every - SAME
    wait = every * desk.presence.patience - (every if timed_out else 0.0)
    desk.withdraw(None)
    desk.cue(Cue.UNANSWERED)
    if desk.prompt_kind is PromptKind.STAND:
        desk.bout.deferred[PromptKind.STAND] = desk.bout.length + wait
    else:
        desk.bout.defer(wait)


def _show(desk: EngineState) -> None:
    desk.cue(Cue.SHOW)
    desk.prompt_kind = due.next_prompt(desk)[0]
    desk.prompt_bout_s = desk.bout.length
    desk.tally.prompts += 1
    compose(desk)
    assert desk.prompt is not None
    if desk.prompt.suggestion is not None:
        desk.missed = None  # there is a newer one
    desk.say(_shown(desk.prompt))


def _shown(prompt: Prompt) -> Happening:
    bout_s, actions = round(prompt.bout_s), tuple(prompt.actions)
    if prompt.kind is PromptKind.STAND:
        return StandPrompted(bout_s, actions)
    if prompt.kind is PromptKind.SIT:
        return SitPrompted(bout_s, actions)
    suggests = prompt.suggestion.kind if prompt.suggestion is not None else None
    return Prompted(bout_s, round(prompt.overdue_s), suggests, actions)


def next_at(desk: EngineState) -> float | None:
    """The elapsed time of the prompt's next moment of interest; None if only a fact brings it."""
    if not desk.here or desk.on_break or desk.phase in {Phase.QUIET, Phase.HELD}:
        return None
    if desk.phase is Phase.PROMPTED:
        repeat = desk.prompt_bout_s + desk.settings.breaks.repeat_every
        return desk.t + min(repeat, _replaced_at(desk)) - desk.bout.length
    if desk.phase is Phase.SNOOZED:
        return desk.snoozed_until
    if desk.phase is Phase.DUE:
        if desk.presence.unreached:
            return None
        ready = desk.ready_since
        return desk.settled_at if ready is None else polite_at(desk, ready)
    heads_up = float(desk.settings.breaks.heads_up) if _announces(desk) else 0.0
    return desk.t + due.due_in(desk) - heads_up
