"""What the person says, by notification, tray or command line (B16-B18, B20-B28)."""

from deskbreak.content.safety import STAND_UP
from deskbreak.core import active_break, due, events, prompts, timeline
from deskbreak.core.effects import NoticeKind, Suggestion
from deskbreak.core.enums import Answer, BreakKind, Feedback, Posture, PromptKind
from deskbreak.core.phases import Cue, follow
from deskbreak.core.progress import TROUBLE
from deskbreak.core.records import Dismissed, FeedbackTaken, Ignored, Paused, Skipped, Snoozed
from deskbreak.core.schedule import pause_of
from deskbreak.core.state import EngineState, SoreDay

_SILENCE = frozenset({Answer.DISMISS, Answer.EXPIRE})  # a notification server says it by itself


def notice_person(desk: EngineState, fact: events.Fact) -> None:
    """Whoever answers or asks for something is there, unless away from the desk (B36, B41)."""
    said = isinstance(fact, events.PromptAnswered) and fact.answer not in _SILENCE
    if desk.here and (said or isinstance(fact, events.Request)):
        desk.presence.sign(desk.t)


def prompt_answered(desk: EngineState, fact: events.PromptAnswered) -> None:
    """An answer to a prompt, or to one that is gone: then taken if it still makes sense."""
    match fact.answer:
        case Answer.WALK | Answer.STRETCH:
            break_asked(desk, events.BreakAsked(BreakKind(fact.answer)))
        case Answer.SHORTER:
            shorter = float(desk.settings.breaks.walk)
            active_break.start(desk, Suggestion(BreakKind.WALK, shorter))
        case Answer.SNOOZE:
            _snooze(desk, fact.snooze_s)
        case Answer.SKIP:
            skip(desk)
        case Answer.STANDING | Answer.SITTING:
            posture = Posture(fact.answer)
            if posture is not desk.posture:
                desk.withdraw(None)
            posture_set(desk, events.PostureSet(posture))
        case _:  # later, dismiss, expire
            _put_off(desk, fact)


def break_asked(desk: EngineState, fact: events.BreakAsked) -> None:
    """Start a break now, due or not (B23)."""
    suggestion = _asked(desk, fact)
    if suggestion is not None:
        active_break.start(desk, suggestion)
        if suggestion.kind is BreakKind.STRETCH and prompts.in_call(desk):
            desk.notify(NoticeKind.CALL)
    elif fact.missed:
        desk.refuse("No break of today waits to be made up for; any other is welcome.")
    elif fact.routine is not None:
        desk.refuse(f"There is no routine called {fact.routine}.")
    else:
        instead = "; a walk always does." if due.walk_allowed(desk) else f". {STAND_UP}"
        desk.refuse(f"No routine fits your settings right now{instead}")


def _asked(desk: EngineState, fact: events.BreakAsked) -> Suggestion | None:
    missed = desk.missed
    if fact.missed:
        if missed is None or missed.routine is None:
            return missed
        return desk.adviser.named(missed.routine, desk.settings)  # if it is still there
    if fact.routine is not None:
        return desk.adviser.named(fact.routine, desk.settings)
    return prompts.suggest(desk) if fact.kind is None else _offered(desk, fact.kind)


def _offered(desk: EngineState, kind: BreakKind) -> Suggestion | None:
    """The break of that kind that was suggested, else the one that would be now."""
    offered = desk.prompt.suggestion if desk.prompt is not None else None
    if offered is not None and offered.kind is kind:
        return offered
    if kind is BreakKind.WALK:
        return Suggestion(kind, due.walk_length(desk))
    best = prompts.suggest_stretch(desk)
    return best if best is not None and best.kind is kind else None


def _snooze(desk: EngineState, seconds: float | None) -> None:
    length = float(desk.settings.breaks.snooze[0]) if seconds is None else seconds
    follow(desk.phase, Cue.SNOOZE)  # raises where there is nothing to snooze
    if due.snoozes_left(desk) == 0:
        desk.refuse("Today's snoozes are used up. A minute on your feet counts for a lot, too.")
    elif not due.can_snooze(desk):
        desk.refuse("This bout was snoozed as often as your settings allow.")
    elif not 0 < length < float("inf"):
        desk.refuse("A snooze needs a length above zero.")
    else:
        desk.cue(Cue.SNOOZE)
        desk.withdraw(None)
        desk.bout.snoozes += 1
        desk.tally.snoozes += 1
        desk.snoozed_until = desk.t + length
        desk.bout.defer(0.0)
        desk.say(Snoozed(round(length)))


def skip(desk: EngineState) -> None:
    """Decline this prompt (B18), or end the break that is being taken."""
    if desk.on_break:
        active_break.leave_out(desk)
        return
    follow(desk.phase, Cue.SKIP)  # raises where there is nothing to skip
    if not due.can_skip(desk):
        desk.refuse("Today's skips are used up. A short walk or stretch will do.")
        return
    desk.cue(Cue.SKIP)
    desk.miss()
    desk.withdraw(None)
    desk.snoozed_until = None
    desk.tally.skips += 1
    desk.bout.defer(float(desk.settings.breaks.after_skip))
    desk.say(Skipped())


def _put_off(desk: EngineState, fact: events.PromptAnswered) -> None:
    """Later, closed, or timed out on the screen. Of a prompt that is gone this says nothing new."""
    if desk.prompt is None or fact.prompt_id not in {None, desk.prompt.id}:
        if fact.answer is Answer.LATER:
            desk.refuse("That question is no longer open.")
    elif fact.answer is Answer.LATER:
        prompts.come_again(desk)
    else:
        prompts.unanswered(desk)
        desk.say(Dismissed() if fact.answer is Answer.DISMISS else Ignored())


def posture_set(desk: EngineState, fact: events.PostureSet) -> None:
    """A new posture ends the bout of the other one (B28)."""
    desk.sensor.on_trust = False
    if fact.posture is not desk.posture:
        _take_posture(desk, fact.posture)
    elif desk.prompt is not None and desk.prompt.kind is not PromptKind.BREAK:
        prompts.come_again(desk)  # to "stand up?" they say that they sit


def posture_sensed(desk: EngineState, fact: events.PostureSensed) -> None:
    """The desk has moved (B27). Until it does, what the person said since stands."""
    sensor, news = desk.sensor, fact.posture is not desk.sensor.said
    sensor.said, sensor.works, sensor.on_trust = fact.posture, True, False
    if news and fact.posture is not desk.posture:
        _take_posture(desk, fact.posture)


def _take_posture(desk: EngineState, posture: Posture) -> None:
    why = "you stood up" if posture is Posture.STANDING else "you sat down"
    timeline.change_posture(desk, posture, why)


def sensor_lost(desk: EngineState) -> None:
    """The desk cannot be heard: what only its last reading has kept is forgotten (B31)."""
    on_trust = desk.sensor.on_trust
    desk.sensor.works = desk.sensor.on_trust = False
    if on_trust:
        timeline.forget_posture(desk)


def reading_set(desk: EngineState, fact: events.ReadingSet) -> None:
    """The person sits here without typing, for a while or until they leave; or no longer (B2)."""
    if fact.for_s is not None and not 0 < fact.for_s < float("inf"):
        desk.refuse("Reading needs a length above zero.")
        return
    desk.reading = fact.on
    desk.reading_until = None if fact.for_s is None or not fact.on else desk.t + fact.for_s
    if fact.on:
        desk.presence.sign(desk.t)


def pause_asked(desk: EngineState, fact: events.PauseAsked) -> None:
    """No prompts for a while (B20); a second pause replaces the first."""
    schedule = desk.settings.schedule
    try:
        desk.pause = pause_of(fact.kind, fact.for_s, fact.until, desk.now, schedule)
    except ValueError as problem:
        desk.refuse(str(problem))
        return
    ends = desk.pause.ends_at(desk.now)
    desk.say(Paused(None if ends is None else round(ends - desk.t)))


def resume_asked(desk: EngineState) -> None:
    """The pause is over by hand, and one that came by itself is over for this time."""
    if desk.pause is None and not desk.in_recess:
        desk.refuse("deskbreak is not paused.")
        return
    if desk.in_recess:
        desk.end_recess()
    timeline.end_pause(desk)


def feedback_given(desk: EngineState, fact: events.FeedbackGiven) -> None:
    """How a routine was (B26); what hurt is left out from the next choice on."""
    desk.past.judge(fact.routine, fact.feedback, fact.exercise, desk.now.wall)
    if desk.offer_at is not None:  # the question was answered: there is nothing to wait for
        desk.offer_at = None if fact.feedback in TROUBLE else desk.t
    desk.say(FeedbackTaken(fact.routine, fact.feedback, fact.exercise))
    if fact.feedback is Feedback.IT_HURT:
        desk.notify(NoticeKind.IT_HURT)


def sore_day_set(desk: EngineState, fact: events.SoreDaySet) -> None:
    """The person is sore, until midnight or until they say otherwise."""
    desk.sore = SoreDay(desk.now.local.date(), fact.areas) if fact.on else None


def settings_changed(desk: EngineState, fact: events.SettingsChanged) -> None:
    """New settings are in force from now on; what is due is found out anew."""
    switched_on = fact.settings.standing.enabled and not desk.settings.standing.enabled
    first_time = switched_on and "standing" not in desk.heeded
    desk.settings = fact.settings
    desk.tell_holds()
    desk.look_at_timetables()
    timeline.sit_anyway(desk)
    if prompts.is_early(desk):
        desk.withdraw("the settings have changed")
        desk.cue(Cue.NOT_DUE)
    if first_time:
        desk.heeded.add("standing")
        desk.notify(NoticeKind.STANDING_NOTE)
