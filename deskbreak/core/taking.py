"""A break that is being taken: walks verified by absence (B21), routines reported by the player (B22)."""

from deskbreak.core import walks
from deskbreak.core.breaks import Cue
from deskbreak.core.desk import Desk, Taking
from deskbreak.core.effects import (
    Notice,
    NoticeKind,
    Refused,
    ShowNotice,
    StartRoutine,
    StopRoutine,
    Suggestion,
)
from deskbreak.core.facts import PlayerDied, PlayerEnded, PlayerPainted
from deskbreak.core.happenings import BoutEnded, BreakEnded, BreakStarted
from deskbreak.core.words import BreakKind, Outcome, Presence

VERIFIED = 0.8
"""The share of a walk that must be seen as absence (B21)."""

ENOUGH = 0.6
"""The share of a routine's seconds that ends the bout (B22)."""

WHOLE = 0.999
"""The share that counts as all of it: a player reports a fraction."""

PAINT_WITHIN = 5.0
"""Seconds in which a player shows its first frame, or is given up (B22)."""

REMIND_AFTER = 60.0
"""Seconds of input after choosing a walk that bring the one reminder (B21)."""

_PLAYER_PATIENCE = 3.0
"""A routine may take so many times its length (pauses included) before the engine gives it up."""

_LONGEST_WALK = 2.0
"""After so many times its length a walk is over; what follows is ordinary absence."""


def start(desk: Desk, suggestion: Suggestion) -> None:
    """Begin a walk or a routine. Raises ImpossibleCueError while the same kind is being taken."""
    desk.cue(Cue.WALK if suggestion.kind is BreakKind.WALK else Cue.STRETCH)
    if desk.taking is not None:
        _close_player(desk)
    desk.withdraw(None)
    desk.snoozed_until = None
    desk.taking = Taking(suggestion.kind, suggestion.length_s, desk.t)
    desk.taking.left = not desk.here
    if suggestion.routine is not None:
        desk.last_run += 1
        desk.taking.run = desk.last_run
        desk.taking.routine = suggestion.routine
        desk.taking.routine_name = suggestion.routine_name
        desk.past.start(suggestion.routine)
        desk.out.append(StartRoutine(desk.last_run, suggestion.routine))
    desk.say(BreakStarted(suggestion.kind, suggestion.routine))


def next_at(desk: Desk) -> float | None:
    """The elapsed time at which `progress` has something to do; None if only a fact can."""
    taking = desk.taking
    if taking is None:
        return None
    if taking.kind is BreakKind.STRETCH:
        return taking.began + (_patience(taking) if taking.painted else PAINT_WITHIN)
    if not desk.here:
        return desk.t + max(0.0, _LONGEST_WALK * taking.length - taking.away_s)
    if not taking.left and not taking.reminded:
        return taking.began + min(REMIND_AFTER, taking.length)
    return _walk_over_at(desk, taking)


def _patience(taking: Taking) -> float:
    return _PLAYER_PATIENCE * taking.length + 600.0


def _walk_over_at(desk: Desk, taking: Taking) -> float:
    unknown = desk.presence.state is Presence.UNKNOWN
    grace = float(desk.settings.breaks.natural_break) if unknown else 0.0
    return taking.began + taking.length + grace


def progress(desk: Desk) -> None:
    """See how far the break has come, now that time has passed or the person has moved."""
    taking = desk.taking
    if taking is None:
        return
    if taking.kind is BreakKind.STRETCH:
        _watch_player(desk, taking)
    elif desk.here:
        _watch_walker(desk, taking)
    elif taking.away_s >= _LONGEST_WALK * taking.length:
        finish(desk, Outcome.DONE)


def _watch_walker(desk: Desk, taking: Taking) -> None:
    if taking.away_s >= VERIFIED * taking.length:
        finish(desk, Outcome.DONE)
    elif desk.t >= _walk_over_at(desk, taking):
        finish(desk, _walk_outcome(desk, taking, Outcome.IGNORED))
    elif not taking.left and not taking.reminded and desk.t >= taking.began + REMIND_AFTER:
        taking.reminded = True
        desk.out.append(ShowNotice(Notice(NoticeKind.STILL_HERE)))


def _walk_outcome(desk: Desk, taking: Taking, otherwise: Outcome) -> Outcome:
    enough = taking.away_s >= desk.settings.breaks.natural_break
    return Outcome.PARTIAL if enough else otherwise


def came_back(desk: Desk) -> None:
    """The walker is at the desk again: before the time, the rest is shown."""
    taking = desk.taking
    if taking is None or taking.kind is not BreakKind.WALK:
        return
    if taking.away_s < VERIFIED * taking.length:
        left = taking.length - taking.away_s
        desk.out.append(ShowNotice(Notice(NoticeKind.REST_LEFT, seconds=left)))


def _watch_player(desk: Desk, taking: Taking) -> None:
    if not taking.painted and desk.t >= taking.began + PAINT_WITHIN:
        died(desk, PlayerDied(taking.run, "the player did not appear"))
    elif desk.t >= taking.began + _patience(taking):
        died(desk, PlayerDied(taking.run, "the player did not report back"))


def painted(desk: Desk, fact: PlayerPainted) -> None:
    """The player has shown its first frame."""
    if desk.taking is not None and desk.taking.run == fact.run:
        desk.taking.painted = True


def ended(desk: Desk, fact: PlayerEnded) -> None:
    """The player has reported."""
    if desk.taking is not None and desk.taking.run == fact.run:
        finish(desk, _routine_outcome(fact.share), fact.at_step, fact.of)


def died(desk: Desk, fact: PlayerDied) -> None:
    """The player is gone without a report; what was done of the routine still counts."""
    if desk.taking is None or desk.taking.run != fact.run:
        return
    text = desk.taking.routine or ""
    _close_player(desk)
    finish(desk, _routine_outcome(fact.share), fact.at_step, fact.of)
    desk.out.append(ShowNotice(Notice(NoticeKind.PLAYER_FAILED, text=text)))


def _routine_outcome(share: float) -> Outcome:
    if share >= WHOLE:
        return Outcome.DONE
    return Outcome.PARTIAL if share >= ENOUGH else Outcome.SKIPPED


def say_done(desk: Desk) -> None:
    """The person says that the break is over (B21)."""
    taking = desk.taking
    if taking is None:
        desk.out.append(Refused("There is no break to end right now."))
        return
    if taking.kind is BreakKind.STRETCH:
        _close_player(desk)
        finish(desk, _routine_outcome((desk.t - taking.began) / taking.length))
        return
    enough = VERIFIED * taking.length
    if taking.away_s >= enough or desk.t - taking.began >= enough:
        finish(desk, Outcome.DONE)
    else:
        finish(desk, _walk_outcome(desk, taking, Outcome.IGNORED))


def leave_out(desk: Desk) -> None:
    """The person ends the break before it counts, or keeps what already does."""
    taking = desk.taking
    if taking is not None and taking.kind is BreakKind.WALK:
        finish(desk, _walk_outcome(desk, taking, Outcome.SKIPPED))
    else:
        _close_player(desk)
        finish(desk, Outcome.SKIPPED)


def finish(desk: Desk, outcome: Outcome, at_step: int | None = None, of: int | None = None) -> None:
    """The break is over: either it ends the bout, or the bout goes on and the prompt comes back."""
    taking = desk.taking
    assert taking is not None
    length = taking.away_s if taking.kind is BreakKind.WALK else desk.t - taking.began
    desk.taking = None
    desk.say(
        BreakEnded(outcome, round(length), taking.kind, taking.routine, at_step or None, of or None)
    )
    if outcome in {Outcome.DONE, Outcome.PARTIAL}:
        _count(desk, taking)
        _take(desk, taking)
    else:
        desk.cue(Cue.NOT_TAKEN)
        desk.bout.defer(desk.settings.breaks.repeat_every)


def _count(desk: Desk, taking: Taking) -> None:
    desk.tally.breaks += 1
    if taking.kind is BreakKind.WALK:
        desk.tally.walks += 1
    desk.reminders.rested()
    walks.use_occasion(desk)


def _take(desk: Desk, taking: Taking) -> None:
    carry = taking.here_s if taking.kind is BreakKind.WALK and taking.left else 0.0
    ended_s = round(desk.bout.length - carry)
    if ended_s > 0:
        desk.say(BoutEnded(desk.posture, ended_s))
    desk.cue(Cue.TAKEN)
    desk.new_bout(carry=carry)
    if not desk.here:
        desk.natural_given = True  # the absence that was this walk is not counted once more


def _close_player(desk: Desk) -> None:
    if desk.taking is not None and desk.taking.run:
        desk.out.append(StopRoutine(desk.taking.run))
