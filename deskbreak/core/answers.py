"""What the person says, by notification, tray or command line, and what follows (B16-B18, B20-B28)."""

from deskbreak.core import prompting, taking, timeline
from deskbreak.core.advice import Felt
from deskbreak.core.breaks import OVERDUE, Cue, Phase
from deskbreak.core.desk import Desk
from deskbreak.core.effects import Notice, NoticeKind, Refused, ShowNotice, Suggestion
from deskbreak.core.facts import (
    BreakAsked,
    FeedbackGiven,
    PauseAsked,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    SettingsChanged,
)
from deskbreak.core.happenings import (
    Dismissed,
    FeedbackTaken,
    Ignored,
    Paused,
    PostureChanged,
    Skipped,
    Snoozed,
)
from deskbreak.core.schedule import pause_of
from deskbreak.core.walks import walk_length
from deskbreak.core.words import Answer, BreakKind, Feedback, Posture, PromptKind

_WAITING = frozenset({Phase.ANNOUNCED, Phase.DUE, Phase.HELD, Phase.PROMPTED})


def prompt_answered(desk: Desk, fact: PromptAnswered) -> None:
    """An answer to a prompt, or to one that is gone: then taken if it still makes sense."""
    live = desk.prompt is not None and fact.prompt_id in {None, desk.prompt.id}
    match fact.answer:
        case Answer.WALK:
            _start_walk(desk, _offered_walk(desk))
        case Answer.SHORTER:
            _start_walk(desk, float(desk.settings.breaks.walk))
        case Answer.STRETCH:
            break_asked(desk, BreakAsked(BreakKind.STRETCH))
        case Answer.SNOOZE:
            _snooze(desk, fact.snooze_s)
        case Answer.SKIP:
            skip(desk)
        case Answer.STANDING:
            posture_set(desk, PostureSet(Posture.STANDING))
        case Answer.SITTING:
            posture_set(desk, PostureSet(Posture.SITTING))
        case Answer.LATER:
            _later(desk, live)
        case Answer.DISMISS | Answer.EXPIRE:
            _unanswered(desk, fact.answer, live)


def _offered_walk(desk: Desk) -> float:
    offered = desk.prompt.suggestion if desk.prompt is not None else None
    if offered is not None and offered.kind is BreakKind.WALK:
        return offered.length_s
    return walk_length(desk)


def _start_walk(desk: Desk, length: float) -> None:
    taking.start(desk, Suggestion(BreakKind.WALK, length))


def break_asked(desk: Desk, fact: BreakAsked) -> None:
    """Start a break now, due or not (B23)."""
    if fact.routine is not None:
        suggestion = desk.adviser.named(fact.routine, desk.settings)
        if suggestion is None:
            desk.out.append(Refused(f"There is no routine called {fact.routine}."))
            return
    elif fact.kind is BreakKind.WALK:
        suggestion = Suggestion(BreakKind.WALK, _offered_walk(desk))
    elif fact.kind is BreakKind.STRETCH:
        suggestion = _offered_stretch(desk)
    else:
        suggestion = prompting.suggest(desk)
    if suggestion is None:
        desk.out.append(Refused("No routine fits your settings right now; a walk always does."))
        return
    taking.start(desk, suggestion)


def _offered_stretch(desk: Desk) -> Suggestion | None:
    offered = desk.prompt.suggestion if desk.prompt is not None else None
    if offered is not None and offered.kind is BreakKind.STRETCH:
        return offered
    return prompting.suggest_stretch(desk)


def _snooze(desk: Desk, seconds: float | None) -> None:
    if desk.phase in OVERDUE and not prompting.can_snooze(desk):
        desk.out.append(Refused("This bout was snoozed as often as your settings allow."))
        return
    length = float(desk.settings.breaks.snooze[0]) if seconds is None else seconds
    desk.cue(Cue.SNOOZE)
    desk.withdraw(None)
    desk.bout.snoozes += 1
    desk.tally.snoozes += 1
    desk.snoozed_until = desk.t + length
    desk.bout.defer(0.0)
    desk.say(Snoozed(round(length)))


def skip(desk: Desk) -> None:
    """Decline this prompt (B18), or end the break that is being taken."""
    if desk.on_break:
        taking.leave_out(desk)
        return
    desk.cue(Cue.SKIP)
    desk.withdraw(None)
    desk.snoozed_until = None
    desk.tally.skips += 1
    desk.bout.defer(float(desk.settings.breaks.after_skip))
    desk.say(Skipped())


def _later(desk: Desk, live: bool) -> None:
    if not live:
        desk.out.append(Refused("That question is no longer open."))
        return
    prompting.unanswered(desk)


def _unanswered(desk: Desk, answer: Answer, live: bool) -> None:
    """Closed or timed out on the screen. Of a prompt that is gone this says nothing new."""
    if not live:
        return
    prompting.unanswered(desk)
    desk.say(Dismissed() if answer is Answer.DISMISS else Ignored())


def posture_set(desk: Desk, fact: PostureSet) -> None:
    """A new posture ends the bout of the other one (B28)."""
    if fact.posture is desk.posture:
        if desk.prompt is not None and desk.prompt.kind is not PromptKind.BREAK:
            prompting.unanswered(desk)
        return
    if desk.on_break:
        desk.bout.posture = fact.posture
    else:
        timeline.end_bout(desk, fact.posture)
    desk.say(PostureChanged(fact.posture))


def reading_set(desk: Desk, fact: ReadingSet) -> None:
    """The person sits here without typing, or no longer (B2)."""
    desk.reading = fact.on
    sit_anyway(desk)


def sit_anyway(desk: Desk) -> None:
    """Reasons to be seated without input have changed."""
    reason = desk.reading or desk.holds.keep_seated(desk.settings)
    timeline.turned(desk, desk.presence.sit_anyway(reason, desk.t))


def pause_asked(desk: Desk, fact: PauseAsked) -> None:
    """No prompts for a while (B20); a second pause replaces the first."""
    day_starts = desk.settings.schedule.day_starts
    desk.pause = pause_of(fact.kind, fact.for_s, fact.until, desk.now, day_starts)
    ends = desk.pause.ends_at(desk.now)
    desk.say(Paused(None if ends is None else round(ends - desk.t)))


def resume_asked(desk: Desk) -> None:
    """The pause is over by hand."""
    if desk.pause is None:
        desk.out.append(Refused("deskbreak is not paused."))
        return
    timeline.end_pause(desk)


def feedback_given(desk: Desk, fact: FeedbackGiven) -> None:
    """How a routine was (B26); what hurt is left out from the next choice on."""
    desk.past.feel(Felt(fact.routine, fact.feedback, desk.now.wall, fact.exercise))
    desk.say(FeedbackTaken(fact.routine, fact.feedback, fact.exercise))
    if fact.feedback is Feedback.IT_HURT:
        desk.out.append(ShowNotice(Notice(NoticeKind.IT_HURT)))


def settings_changed(desk: Desk, fact: SettingsChanged) -> None:
    """New settings are in force from now on."""
    switched_on = fact.settings.standing.enabled and not desk.settings.standing.enabled
    desk.settings = fact.settings
    desk.look_at_hours()
    sit_anyway(desk)
    if desk.phase in _WAITING and prompting.due_in(desk) > 0:
        desk.withdraw("the settings have changed")
        desk.cue(Cue.LEFT)
    if switched_on:
        desk.out.append(ShowNotice(Notice(NoticeKind.STANDING_NOTE)))
