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
    if desk.active_break is not None and desk.active_break.kind is not suggestion.kind:
        leave_out(desk)
    desk.cue(Cue.WALK if suggestion.kind is BreakKind.WALK else Cue.STRETCH)
    desk.withdraw(None)
    desk.snoozed_until = None
    kind, routine, name = suggestion.kind, suggestion.routine, suggestion.routine_name
    started = ActiveBreak(kind, suggestion.length_s, desk.t, routine, name, left=not desk.here)
    desk.active_break = started
    if routine is not None:
        desk.last_run = started.run = desk.last_run + 1
        desk.past.start(routine, desk.now.wall)
        desk.out.append(StartRoutine(desk.last_run, routine))
    desk.say(BreakStarted(kind, routine))


# how it goes on


def next_at(desk: EngineState) -> float | None:
    """The elapsed time at which `progress` has something to do; None if only a fact can."""
    break_ = desk.active_break
    if break_ is None:
        return None
    if not break_.on_foot:
        if desk.presence.asleep or not desk.running:
            return None
        wait = SAY_OPENING_AFTER if _is_quietly_opening(break_) else _patience(break_)
        return desk.t + wait - break_.awake_s
    if not desk.here:
        return desk.t + _LONGEST_WALK * break_.length - break_.away_s
    if _may_be_leaving(desk):
        return None
    return min(_walk_over_at(desk, break_), _remind_at(desk, break_))


def progress(desk: EngineState) -> None:
    """See how far the break has come, now that time has passed or the person has moved."""
    break_ = desk.active_break
    if break_ is None:
        return
    if not break_.on_foot:
        _watch_player(desk, break_)
    elif desk.here:
        _watch_walker(desk, break_)
    elif break_.away_s >= _LONGEST_WALK * break_.length - SAME:
        finish(desk, Outcome.DONE)


def _may_be_leaving(desk: EngineState) -> bool:
    """Whether input is missing, so that it may turn out that the walk has begun."""
    return desk.presence.leaves_at(desk.settings.presence.away_after) is not None


def _walk_over_at(desk: EngineState, break_: ActiveBreak) -> float:
    unknown = desk.presence.state is Presence.UNKNOWN
    grace = float(desk.settings.breaks.natural_break) if unknown else 0.0
    return break_.began + break_.length + grace


def _remind_at(desk: EngineState, break_: ActiveBreak) -> float:
    silent = break_.left or break_.reminded or not desk.presence.typing
    return float("inf") if silent else break_.began + REMIND_AFTER


def _watch_walker(desk: EngineState, break_: ActiveBreak) -> None:
    if break_.away_s >= VERIFIED * break_.length - SAME:
        finish(desk, Outcome.DONE, ago=break_.here_s)
    elif _may_be_leaving(desk):
        return
    elif desk.t >= _walk_over_at(desk, break_) - SAME:
        finish(desk, _walk_outcome(desk, break_, Outcome.IGNORED))
    elif desk.t >= _remind_at(desk, break_) - SAME:
        break_.reminded = True
        desk.notify(NoticeKind.STILL_HERE)


def _walk_outcome(desk: EngineState, break_: ActiveBreak, otherwise: Outcome) -> Outcome:
    enough = break_.away_s >= desk.settings.breaks.natural_break - SAME
    return Outcome.PARTIAL if enough else otherwise


def came_back(desk: EngineState, break_: ActiveBreak) -> None:
    """The walker is at the desk again: before the time, the rest is shown."""
    if break_.away_s < VERIFIED * break_.length - SAME:
        left = break_.length - break_.away_s
        desk.notify(NoticeKind.REST_LEFT, seconds=left)


def _patience(break_: ActiveBreak) -> float:
    return _PLAYER_PATIENCE * break_.length + 600.0


def _is_quietly_opening(break_: ActiveBreak) -> bool:
    return not break_.painted and not break_.reminded


def _watch_player(desk: EngineState, break_: ActiveBreak) -> None:
    if _is_quietly_opening(break_) and break_.awake_s >= SAY_OPENING_AFTER - SAME:
        break_.reminded = True
        desk.notify(NoticeKind.OPENING, text=break_.routine_name or "")
    if break_.awake_s >= _patience(break_) - SAME:
        died(desk, PlayerDied(break_.run, "the player did not report back"))


def painted(desk: EngineState, fact: PlayerPainted) -> None:
    """The player has shown its first frame; the routine begins with it."""
    break_ = desk.active_break
    if break_ is not None and break_.run == fact.run and not break_.painted:
        break_.painted = True
        break_.awake_s = 0.0
        _opened(desk, break_)


def _opened(desk: EngineState, break_: ActiveBreak) -> None:
    if not break_.on_foot and break_.reminded:
        desk.out.append(WithdrawNotice(NoticeKind.OPENING))


def find_player(desk: EngineState) -> None:
    """The program was started anew: the guide of the last run may still be open (B22).

    Of one whose routine is over the answer to its question may still come.
    """
    last = desk.past.plays[-1] if desk.past.plays else None
    if desk.active_break is not None and desk.active_break.routine is not None:
        desk.out.append(FindRoutine(desk.active_break.run, desk.active_break.routine))
    elif last is not None and last.feedback is None and desk.now.wall - last.wall < _STILL_ASKS:
        desk.out.append(FindRoutine(desk.last_run, last.routine))


def unseen(desk: EngineState, down_s: float) -> None:
    """The program was down for a natural break, but not for so long that its player has gone."""
    break_ = desk.active_break
    if break_ is not None and break_.routine is not None and down_s < break_.length + ALONE_S:
        break_.unseen_s = down_s


# how it ends


def ended(desk: EngineState, fact: PlayerEnded) -> None:
    """The player has reported."""
    if desk.active_break is not None and desk.active_break.run == fact.run:
        _end_routine(desk, fact.share, Outcome.SKIPPED, (fact.at_step, fact.of))


def died(desk: EngineState, fact: PlayerDied) -> None:
    """The player is gone without a report; what was done of the routine still counts."""
    break_ = desk.active_break
    if break_ is None or break_.run != fact.run:
        return
    desk.out.append(StopRoutine(break_.run))
    _end_routine(desk, fact.share, Outcome.WITHDRAWN, (fact.at_step, fact.of))
    if not break_.unseen_s:
        desk.notify(NoticeKind.PLAYER_FAILED, text=break_.routine or "")


def _end_routine(
    desk: EngineState, share: float, otherwise: Outcome, step: tuple[int, int] = (0, 0)
) -> None:
    assert desk.active_break is not None
    desk.past.end(desk.active_break.routine, share)
    if share >= WHOLE:
        finish(desk, Outcome.DONE, step)
    else:
        finish(desk, Outcome.PARTIAL if share >= ENOUGH else otherwise, step)


def say_done(desk: EngineState) -> None:
    """The person says that the break is over (B21)."""
    break_ = desk.active_break
    if break_ is None:
        desk.refuse("There is no break to end right now.")
    elif break_.on_foot and desk.t - break_.began >= VERIFIED * break_.length - SAME:
        finish(desk, Outcome.DONE)  # going by the clock: it is the person who was away
    else:
        leave_out(desk, Outcome.IGNORED)


def leave_out(desk: EngineState, otherwise: Outcome = Outcome.SKIPPED) -> None:
    """The person ends the break: keep what counts already, else the bout goes on."""
    break_ = desk.active_break
    assert break_ is not None
    if break_.on_foot:
        finish(desk, _walk_outcome(desk, break_, otherwise))
    else:
        desk.out.append(StopRoutine(break_.run))
        share = break_.awake_s / break_.length if break_.painted else 0.0
        _end_routine(desk, share, Outcome.SKIPPED)


def sleep_through(desk: EngineState) -> None:
    """The machine slept for as long as a natural break, and the player with it (B7)."""
    assert desk.active_break is not None
    desk.out.append(StopRoutine(desk.active_break.run))
    finish(desk, Outcome.NATURAL)


def finish(
    desk: EngineState, outcome: Outcome, step: tuple[int, int] = (0, 0), ago: float = 0.0
) -> None:
    """The break is over, now or `ago`: it ends the bout, or the prompt comes back.

    `step` is where a routine was left: at which, of how many; (0, 0) where nobody knows.
    """
    break_ = desk.active_break
    assert break_ is not None
    desk.active_break = None
    if not break_.painted:
        _opened(desk, break_)
    if break_.unseen_s and outcome not in _TAKEN:  # nobody knows better than that (B9)
        outcome = Outcome.NATURAL
        desk.say(NaturalBreak(round(break_.unseen_s)))
        desk.tally.natural += 1
    at_step, of = (number or None for number in step)
    length_s = round(break_.passed_s)
    desk.say(BreakEnded(outcome, length_s, break_.kind, break_.routine, at_step, of), ago)
    if outcome not in _TAKEN:
        desk.cue(Cue.NOT_TAKEN)
        desk.bout.defer(desk.settings.breaks.repeat_every)
        return
    if outcome is not Outcome.NATURAL:
        _count(desk, break_)
    desk.end_bout(carry=break_.here_s if break_.on_foot and break_.left else 0.0, ago=ago)
    desk.cue(Cue.TAKEN)
    if not desk.here:
        desk.natural_given = True  # the absence that was this walk is not counted once more


def _count(desk: EngineState, break_: ActiveBreak) -> None:
    desk.tally.breaks += 1
    desk.missed = None
    if break_.on_foot:
        desk.tally.walks += 1
    else:
        desk.offer_at = desk.t + levels.ANSWER_WITHIN
    due.use_occasion(desk)
