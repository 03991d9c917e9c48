"""A break that is being taken: walks seen as absence (B21), routines told by the player (B22)."""

from deskbreak.core import due, levels
from deskbreak.core.effects import (
    ALONE_S,
    FindRoutine,
    NoticeKind,
    StartRoutine,
    StopRoutine,
    Suggestion,
    WithdrawNotice,
)
from deskbreak.core.enums import BreakKind, Outcome, Presence
from deskbreak.core.events import PlayerDied, PlayerEnded, PlayerPainted
from deskbreak.core.moment import SAME
from deskbreak.core.phases import Cue
from deskbreak.core.records import BreakEnded, BreakStarted, NaturalBreak
from deskbreak.core.state import ActiveBreak, EngineState

VERIFIED = 0.8  # the share of a walk that must be seen as absence (B21)
ENOUGH = 0.6  # the share of a routine's seconds that ends the bout (B22)
WHOLE = 0.999  # the share that counts as all of it: a player reports a fraction
SAY_OPENING_AFTER = 2.0  # seconds without a first frame, then it is said to be opening (B22)
REMIND_AFTER = 60.0  # seconds of input after choosing a walk that bring the one reminder (B21)
STILL_THERE = 10.0  # without input for so long, whoever chose a walk may be on their way
_PLAYER_PATIENCE = 3.0
"""A routine may take so many times its length (pauses included) before the engine gives it up.

Whether its player lives is for whoever opened it to say: no clock tells a slow one from a dead one.
"""
_LONGEST_WALK = 2.0  # times its length, then a walk is over; what follows is ordinary absence
_STILL_ASKS = 1800.0  # seconds after its beginning in which its question may still be answered

_TAKEN = frozenset({Outcome.DONE, Outcome.PARTIAL, Outcome.NATURAL})


def start(desk: EngineState, suggestion: Suggestion) -> None:
    """Begin a walk or a routine, in place of one of the other kind.

    Raises ImpossibleCueError while the same kind is being taken.
    """
    if desk.taking is not None and desk.taking.kind is not suggestion.kind:
        leave_out(desk)
    desk.cue(Cue.WALK if suggestion.kind is BreakKind.WALK else Cue.STRETCH)
    desk.withdraw(None)
    desk.snoozed_until = None
    desk.taking = ActiveBreak(suggestion.kind, suggestion.length_s, desk.t, left=not desk.here)
    if suggestion.routine is not None:
        desk.last_run += 1
        desk.taking.run = desk.last_run
        desk.taking.routine = suggestion.routine
        desk.taking.routine_name = suggestion.routine_name
        desk.past.start(suggestion.routine, desk.now.wall)
        desk.out.append(StartRoutine(desk.last_run, suggestion.routine))
    desk.say(BreakStarted(suggestion.kind, suggestion.routine))


# how it goes on


def next_at(desk: EngineState) -> float | None:
    """The elapsed time at which `progress` has something to do; None if only a fact can."""
    taking = desk.taking
    if taking is None:
        return None
    if not taking.on_foot:
        if desk.presence.asleep or not desk.running:
            return None
        wait = SAY_OPENING_AFTER if _is_quietly_opening(taking) else _patience(taking)
        return desk.t + wait - taking.awake_s
    if not desk.here:
        return desk.t + _LONGEST_WALK * taking.length - taking.away_s
    if _may_be_leaving(desk):
        return None
    return min(_walk_over_at(desk, taking), _remind_at(desk, taking))


def progress(desk: EngineState) -> None:
    """See how far the break has come, now that time has passed or the person has moved."""
    taking = desk.taking
    if taking is None:
        return
    if not taking.on_foot:
        _watch_player(desk, taking)
    elif desk.here:
        _watch_walker(desk, taking)
    elif taking.away_s >= _LONGEST_WALK * taking.length - SAME:
        finish(desk, Outcome.DONE)


def _may_be_leaving(desk: EngineState) -> bool:
    """Whether input is missing, so that it may turn out that the walk has begun."""
    return desk.presence.leaves_at(desk.settings.presence.away_after) is not None


def _walk_over_at(desk: EngineState, taking: ActiveBreak) -> float:
    unknown = desk.presence.state is Presence.UNKNOWN
    grace = float(desk.settings.breaks.natural_break) if unknown else 0.0
    return taking.began + taking.length + grace


def _remind_at(desk: EngineState, taking: ActiveBreak) -> float:
    silent = taking.left or taking.reminded or not desk.presence.typing
    return float("inf") if silent else taking.began + REMIND_AFTER


def _watch_walker(desk: EngineState, taking: ActiveBreak) -> None:
    if taking.away_s >= VERIFIED * taking.length - SAME:
        finish(desk, Outcome.DONE, ago=taking.here_s)
    elif _may_be_leaving(desk):
        return
    elif desk.t >= _walk_over_at(desk, taking) - SAME:
        finish(desk, _walk_outcome(desk, taking, Outcome.IGNORED))
    elif desk.t >= _remind_at(desk, taking) - SAME:
        taking.reminded = True
        desk.notify(NoticeKind.STILL_HERE)


def _walk_outcome(desk: EngineState, taking: ActiveBreak, otherwise: Outcome) -> Outcome:
    enough = taking.away_s >= desk.settings.breaks.natural_break - SAME
    return Outcome.PARTIAL if enough else otherwise


def came_back(desk: EngineState, taking: ActiveBreak) -> None:
    """The walker is at the desk again: before the time, the rest is shown."""
    if taking.away_s < VERIFIED * taking.length - SAME:
        left = taking.length - taking.away_s
        desk.notify(NoticeKind.REST_LEFT, seconds=left)


def _patience(taking: ActiveBreak) -> float:
    return _PLAYER_PATIENCE * taking.length + 600.0


def _is_quietly_opening(taking: ActiveBreak) -> bool:
    return not taking.painted and not taking.reminded


def _watch_player(desk: EngineState, taking: ActiveBreak) -> None:
    if _is_quietly_opening(taking) and taking.awake_s >= SAY_OPENING_AFTER - SAME:
        taking.reminded = True
        desk.notify(NoticeKind.OPENING, text=taking.routine_name or "")
    if taking.awake_s >= _patience(taking) - SAME:
        died(desk, PlayerDied(taking.run, "the player did not report back"))


def painted(desk: EngineState, fact: PlayerPainted) -> None:
    """The player has shown its first frame; the routine begins with it."""
    taking = desk.taking
    if taking is not None and taking.run == fact.run and not taking.painted:
        taking.painted = True
        taking.awake_s = 0.0
        _opened(desk, taking)


def _opened(desk: EngineState, taking: ActiveBreak) -> None:
    if not taking.on_foot and taking.reminded:
        desk.out.append(WithdrawNotice(NoticeKind.OPENING))


def find_player(desk: EngineState) -> None:
    """The program was started anew: the guide of the last run may still be open (B22).

    Of one whose routine is over the answer to its question may still come.
    """
    last = desk.past.plays[-1] if desk.past.plays else None
    if desk.taking is not None and desk.taking.routine is not None:
        desk.out.append(FindRoutine(desk.taking.run, desk.taking.routine))
    elif last is not None and last.feedback is None and desk.now.wall - last.wall < _STILL_ASKS:
        desk.out.append(FindRoutine(desk.last_run, last.routine))


def unseen(desk: EngineState, down_s: float) -> None:
    """The program was down for a natural break, but not for so long that its player has gone."""
    taking = desk.taking
    if taking is not None and taking.routine is not None and down_s < taking.length + ALONE_S:
        taking.unseen_s = down_s


# how it ends


def ended(desk: EngineState, fact: PlayerEnded) -> None:
    """The player has reported."""
    if desk.taking is not None and desk.taking.run == fact.run:
        _end_routine(desk, fact.share, Outcome.SKIPPED, (fact.at_step, fact.of))


def died(desk: EngineState, fact: PlayerDied) -> None:
    """The player is gone without a report; what was done of the routine still counts."""
    taking = desk.taking
    if taking is None or taking.run != fact.run:
        return
    desk.out.append(StopRoutine(taking.run))
    _end_routine(desk, fact.share, Outcome.WITHDRAWN, (fact.at_step, fact.of))
    if not taking.unseen_s:
        desk.notify(NoticeKind.PLAYER_FAILED, text=taking.routine or "")


def _end_routine(
    desk: EngineState, share: float, otherwise: Outcome, step: tuple[int, int] = (0, 0)
) -> None:
    assert desk.taking is not None
    desk.past.end(desk.taking.routine, share)
    if share >= WHOLE:
        finish(desk, Outcome.DONE, step)
    else:
        finish(desk, Outcome.PARTIAL if share >= ENOUGH else otherwise, step)


def say_done(desk: EngineState) -> None:
    """The person says that the break is over (B21)."""
    taking = desk.taking
    if taking is None:
        desk.refuse("There is no break to end right now.")
    elif taking.on_foot and desk.t - taking.began >= VERIFIED * taking.length - SAME:
        finish(desk, Outcome.DONE)  # going by the clock: it is the person who was away
    else:
        leave_out(desk, Outcome.IGNORED)


def leave_out(desk: EngineState, otherwise: Outcome = Outcome.SKIPPED) -> None:
    """The person ends the break: keep what counts already, else the bout goes on."""
    taking = desk.taking
    assert taking is not None
    if taking.on_foot:
        finish(desk, _walk_outcome(desk, taking, otherwise))
    else:
        desk.out.append(StopRoutine(taking.run))
        share = taking.awake_s / taking.length if taking.painted else 0.0
        _end_routine(desk, share, Outcome.SKIPPED)


def sleep_through(desk: EngineState) -> None:
    """The machine slept for as long as a natural break, and the player with it (B7)."""
    assert desk.taking is not None
    desk.out.append(StopRoutine(desk.taking.run))
    finish(desk, Outcome.NATURAL)


def finish(
    desk: EngineState, outcome: Outcome, step: tuple[int, int] = (0, 0), ago: float = 0.0
) -> None:
    """The break is over, now or `ago`: it ends the bout, or the prompt comes back.

    `step` is where a routine was left: at which, of how many; (0, 0) where nobody knows.
    """
    taking = desk.taking
    assert taking is not None
    desk.taking = None
    if not taking.painted:
        _opened(desk, taking)
    if taking.unseen_s and outcome not in _TAKEN:  # nobody knows better than that (B9)
        outcome = Outcome.NATURAL
        desk.say(NaturalBreak(round(taking.unseen_s)))
        desk.tally.natural += 1
    at_step, of = (number or None for number in step)
    length_s = round(taking.passed_s)
    desk.say(BreakEnded(outcome, length_s, taking.kind, taking.routine, at_step, of), ago)
    if outcome not in _TAKEN:
        desk.cue(Cue.NOT_TAKEN)
        desk.bout.defer(desk.settings.breaks.repeat_every)
        return
    if outcome is not Outcome.NATURAL:
        _count(desk, taking)
    desk.end_bout(carry=taking.here_s if taking.on_foot and taking.left else 0.0, ago=ago)
    desk.cue(Cue.TAKEN)
    if not desk.here:
        desk.natural_given = True  # the absence that was this walk is not counted once more


def _count(desk: EngineState, taking: ActiveBreak) -> None:
    desk.tally.breaks += 1
    desk.missed = None
    if taking.on_foot:
        desk.tally.walks += 1
    else:
        desk.offer_at = desk.t + levels.ANSWER_WITHIN
    due.use_occasion(desk)
