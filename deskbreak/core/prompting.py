"""When a prompt comes, which one, and when it goes again (B11-B16, B19, B28)."""

from deskbreak.core.advice import Situation
from deskbreak.core.breaks import Cue, Phase
from deskbreak.core.desk import TOGETHER, Desk
from deskbreak.core.effects import Notice, NoticeKind, Prompt, ShowNotice, ShowPrompt, Suggestion
from deskbreak.core.happenings import HeadsUp, Ignored, Prompted, SitPrompted, StandPrompted
from deskbreak.core.walks import walk_first, walk_length
from deskbreak.core.words import Answer, BreakKind, HoldReason, Posture, Presence, PromptKind

_SAME = 1e-6
_UNANSWERED_BEFORE_ESCALATION = 3


# what is due


def due_length(desk: Desk, kind: PromptKind) -> float:
    """The length of the bout at which that kind of prompt is due."""
    if kind in desk.bout.deferred:
        return desk.bout.deferred[kind]
    standing = desk.settings.standing
    limits = {
        PromptKind.BREAK: desk.settings.breaks.sit_limit,
        PromptKind.STAND: standing.sit_for,
        PromptKind.SIT: standing.stand_for,
    }
    return float(limits[kind])


def next_prompt(desk: Desk) -> tuple[PromptKind, float]:
    """The kind of prompt that comes next in this bout, and the length at which it is due."""
    if desk.posture is Posture.STANDING:
        return PromptKind.SIT, due_length(desk, PromptKind.SIT)
    move = due_length(desk, PromptKind.BREAK)
    if desk.settings.standing.enabled:
        stand = due_length(desk, PromptKind.STAND)
        if move - max(stand, desk.bout.length) > TOGETHER:
            return PromptKind.STAND, stand
    return PromptKind.BREAK, move


def limit(desk: Desk) -> float:
    """The limit of the bout that is running, in seconds, before anything was put off."""
    if desk.posture is Posture.STANDING:
        return float(desk.settings.standing.stand_for)
    return float(desk.settings.breaks.sit_limit)


def due_in(desk: Desk) -> float:
    """Seconds of this bout until the next prompt is due; 0 once it is."""
    return max(0.0, next_prompt(desk)[1] - desk.bout.length)


# the cycle


def react(desk: Desk) -> None:
    """Follow every cue that the state of the desk gives now."""
    for _ in range(len(Phase)):  # each cue leads on; no chain is longer than the phases
        before = desk.phase
        _step(desk)
        if desk.phase is before:
            return


def _step(desk: Desk) -> None:
    if desk.quiet and not desk.on_break:
        if desk.phase is not Phase.QUIET:
            desk.withdraw("paused" if desk.pause is not None else "off hours")
            desk.cue(Cue.SILENCE)
        return
    steps = {
        Phase.QUIET: lambda d: d.cue(Cue.SPEAK),
        Phase.COUNTING: _count,
        Phase.ANNOUNCED: _count,
        Phase.DEFERRED: _count,
        Phase.SNOOZED: _snoozed,
        Phase.DUE: _wait_for_a_good_moment,
        Phase.HELD: _held,
        Phase.PROMPTED: _prompted,
    }
    step = steps.get(desk.phase)
    if step is not None:
        step(desk)


def _count(desk: Desk) -> None:
    if not desk.here:
        return
    kind, at = next_prompt(desk)
    if desk.bout.length >= at - _SAME:
        desk.prompt_kind = kind
        desk.cue(Cue.TIME_UP)
    elif _announces(desk) and desk.bout.length >= at - desk.settings.breaks.heads_up - _SAME:
        desk.cue(Cue.ANNOUNCE)
        seconds = at - desk.bout.length
        desk.say(HeadsUp(round(seconds)))
        desk.out.append(ShowNotice(Notice(NoticeKind.HEADS_UP, seconds=seconds)))


def _announces(desk: Desk) -> bool:
    wanted = desk.phase is Phase.COUNTING and desk.settings.breaks.heads_up > 0
    return wanted and not desk.active_holds()


def _snoozed(desk: Desk) -> None:
    if desk.here and desk.snoozed_until is not None and desk.t >= desk.snoozed_until - _SAME:
        desk.snoozed_until = None
        desk.prompt_kind = next_prompt(desk)[0]
        desk.cue(Cue.TIME_UP)


def _held(desk: Desk) -> None:
    if not desk.active_holds():
        desk.cue(Cue.CLEAR)
        desk.settled_at = max(desk.settled_at, desk.t + desk.settings.breaks.settle)


def _wait_for_a_good_moment(desk: Desk) -> None:
    if desk.active_holds():
        desk.cue(Cue.HOLD)
        return
    if not desk.here or desk.t < desk.settled_at - _SAME:
        return
    if desk.ready_since is None:
        desk.ready_since = desk.t
    if is_polite(desk):
        _show(desk)


def is_polite(desk: Desk) -> bool:
    """Whether there is a gap in input now, or waiting for one has taken long enough (B13)."""
    breaks = desk.settings.breaks
    idle = desk.presence.idle_s(desk.t)
    if not breaks.typing_gap or idle is None or desk.ready_since is None:
        return True
    return (
        idle >= breaks.typing_gap - _SAME or desk.t >= desk.ready_since + breaks.polite_wait - _SAME
    )


def _prompted(desk: Desk) -> None:
    if desk.active_holds():
        desk.withdraw("a hold is on")
        desk.cue(Cue.HOLD)
    elif desk.bout.length >= desk.prompt_bout_s + desk.settings.breaks.repeat_every - _SAME:
        unanswered(desk)
        desk.say(Ignored())


def unanswered(desk: Desk) -> None:
    """The prompt met no answer: it is still due, and comes again after a while (B16)."""
    timed_out = desk.bout.length - desk.prompt_bout_s >= desk.settings.breaks.repeat_every - _SAME
    wait = 0.0 if timed_out else float(desk.settings.breaks.repeat_every)
    desk.withdraw(None)
    desk.cue(Cue.UNANSWERED)
    desk.bout.unanswered += 1
    put_off(desk, wait)


def put_off(desk: Desk, by: float) -> None:
    """The kind of prompt that was live comes again after so much more of this bout."""
    if desk.prompt_kind is PromptKind.STAND:
        desk.bout.deferred[PromptKind.STAND] = desk.bout.length + by
    else:
        desk.bout.defer(by)


# the prompt itself


def _show(desk: Desk) -> None:
    desk.cue(Cue.SHOW)
    desk.prompt_bout_s = desk.bout.length
    desk.tally.prompts += 1
    prompt = compose(desk)
    actions = tuple(prompt.actions)
    bout_s = round(desk.bout.length)
    if desk.prompt_kind is PromptKind.BREAK:
        assert prompt.suggestion is not None
        desk.say(Prompted(bout_s, round(prompt.overdue_s), prompt.suggestion.kind, actions))
    elif desk.prompt_kind is PromptKind.STAND:
        desk.say(StandPrompted(bout_s, actions))
    else:
        desk.say(SitPrompted(bout_s, actions))


def compose(desk: Desk) -> Prompt:
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
    )
    desk.out.append(ShowPrompt(desk.prompt))
    return desk.prompt


def _actions(desk: Desk, kind: PromptKind, suggestion: Suggestion | None) -> tuple[Answer, ...]:
    if kind is PromptKind.STAND:
        return (Answer.STANDING, Answer.LATER, Answer.WALK)
    if kind is PromptKind.SIT:
        return (Answer.SITTING, Answer.LATER, Answer.WALK)
    assert suggestion is not None
    first, second = Answer.STRETCH, Answer.WALK
    if suggestion.kind is BreakKind.WALK:
        first, second = second, first
    actions = [first, second]
    if suggestion.kind is BreakKind.WALK and suggestion.length_s > desk.settings.breaks.walk:
        actions.append(Answer.SHORTER)
    if desk.settings.standing.enabled:
        actions.append(Answer.STANDING)
    if can_snooze(desk):
        actions.append(Answer.SNOOZE)
    return (*actions, Answer.SKIP)


def can_snooze(desk: Desk) -> bool:
    """Whether another snooze may be taken in this bout (B17)."""
    return desk.bout.snoozes < desk.settings.breaks.snooze_limit


def suggest(desk: Desk) -> Suggestion:
    """The break that comes first now; a walk where no routine may be offered (B24)."""
    if walk_first(desk):
        return Suggestion(BreakKind.WALK, walk_length(desk))
    return suggest_stretch(desk) or Suggestion(BreakKind.WALK, walk_length(desk))


def suggest_stretch(desk: Desk) -> Suggestion | None:
    """The routine that is best now; None where none may be offered."""
    situation = Situation(desk.posture, in_call(desk), desk.now.local, desk.past)
    return desk.adviser.stretch(situation, desk.settings)


def in_call(desk: Desk) -> bool:
    """Whether the person is on a call."""
    return HoldReason.CALL in desk.holds.on


def next_at(desk: Desk) -> float | None:
    """The elapsed time of the next moment of interest to the prompt; None if only a fact can bring it."""
    breaks = desk.settings.breaks
    if not desk.here or desk.on_break or desk.phase is Phase.QUIET:
        return None
    if desk.phase is Phase.PROMPTED:
        return desk.t + desk.prompt_bout_s + breaks.repeat_every - desk.bout.length
    if desk.phase is Phase.SNOOZED:
        return desk.snoozed_until
    if desk.phase is Phase.DUE:
        return _good_moment_at(desk)
    if desk.phase is Phase.HELD:
        return None
    heads_up = float(breaks.heads_up) if _announces(desk) else 0.0
    return desk.t + max(0.0, due_in(desk) - heads_up)


def _good_moment_at(desk: Desk) -> float:
    breaks = desk.settings.breaks
    if desk.ready_since is None:
        return desk.settled_at
    latest = desk.ready_since + breaks.polite_wait
    quiet_since = desk.presence.quiet_since
    if quiet_since is None or desk.presence.state is Presence.UNKNOWN:
        return latest
    return min(latest, quiet_since + breaks.typing_gap)
