"""How time passes at the desk: what each second is spent on, and what comes up on the way.

`advance` walks from the last moment to the new one in steps that end at every boundary where
something changes, so a late waker, a sleep or a restart cannot blur two things into one.
"""

from collections.abc import Callable
from datetime import date

from deskbreak.core import taking
from deskbreak.core.breaks import ON_BREAK, Cue, Phase
from deskbreak.core.desk import Desk
from deskbreak.core.happenings import (
    BoutEnded,
    DayClosed,
    HoldOver,
    NaturalBreak,
    PostureChanged,
    Resumed,
)
from deskbreak.core.ledger import IN_A_BOUT, Ledger, day_of, start_of
from deskbreak.core.moment import Moment
from deskbreak.core.presence import Change, Turn
from deskbreak.core.words import Activity, Posture, Presence

_SLEPT = 0.05
"""A difference between the clocks below this is the time it takes to read them."""

_SAME = 1e-6
"""Two readings this close are one: sums of floats."""


def advance(desk: Desk, now: Moment) -> None:
    """Let time pass up to now, sleep and steps of the wall clock included (B7, B8)."""
    slept = (now.elapsed - desk.t) - (now.awake - desk.now.awake)
    step = (now.wall - desk.now.wall) - (now.elapsed - desk.t)
    if slept > _SLEPT and not desk.presence.asleep:
        _walk(desk, now.elapsed - slept)
        turned(desk, desk.presence.sleep(desk.t))
    _walk(desk, now.elapsed)
    if slept > _SLEPT:
        wake(desk)
    moved = now.zone != desk.now.zone
    desk.now = now
    if abs(step) > _SAME or moved:
        desk.ledger.adjust(step)
        _turn_day(desk)
        desk.look_at_hours()


def wake(desk: Desk) -> None:
    """The machine is awake again."""
    turned(desk, desk.presence.wake(desk.t))
    desk.settle()


def not_running(desk: Desk, until: Moment) -> None:
    """The program was down until then; long enough, and that is a natural break (B9)."""
    desk.running = False
    if until.elapsed - desk.t >= desk.settings.breaks.natural_break:
        turned(desk, desk.presence.sleep(desk.t))
    advance(desk, until)
    desk.running = True
    if desk.presence.asleep:
        wake(desk)


def _walk(desk: Desk, until: float) -> None:
    while True:
        boundary = next_boundary(desk)
        stop = until if boundary is None else min(until, max(boundary, desk.t))
        _pass(desk, stop)
        if boundary is None or boundary > until + _SAME:
            return
        for at, happen in _boundaries(desk):
            if at is not None and at <= desk.t + _SAME:
                happen(desk)


def _pass(desk: Desk, until: float) -> None:
    passed = until - desk.t
    if passed <= 0:
        return
    activity = spending(desk)
    desk.ledger.credit(activity, desk.t, until)
    if activity in IN_A_BOUT:
        desk.bout.length += passed
        desk.reminders.credit(desk.settings.reminder, passed)
    if desk.taking is not None and activity in IN_A_BOUT:
        desk.taking.here_s += passed
    elif desk.taking is not None and not desk.here:
        desk.taking.away_s += passed
    if desk.holds.in_meeting:
        desk.meeting_s += passed
    now = desk.now
    desk.now = Moment(now.wall + passed, now.awake + passed, until, now.zone)


def spending(desk: Desk) -> Activity:
    """What the time that passes now is spent on (B10)."""
    if not desk.running:
        return Activity.NOT_RUNNING
    if desk.presence.asleep:
        return Activity.ASLEEP
    if desk.phase is Phase.ROUTINE or (desk.phase is Phase.WALKING and not desk.here):
        return Activity.BREAK
    if not desk.is_open:
        return Activity.OFF_HOURS
    if desk.pause is not None:
        return Activity.PAUSED
    if not desk.here:
        return Activity.AWAY
    return _posture_activity(desk)


def _posture_activity(desk: Desk) -> Activity:
    if desk.presence.state is Presence.UNKNOWN:
        return Activity.UNKNOWN
    return Activity.STANDING if desk.posture is Posture.STANDING else Activity.SITTING


# boundaries


def _boundaries(desk: Desk) -> list[tuple[float | None, Callable[[Desk], None]]]:
    now = desk.now
    office_at = desk.office.changes_at
    day_ends = start_of(_day_after(desk.ledger.day), now, desk.settings.schedule.day_starts)
    return [
        (desk.presence.leaves_at(desk.settings.presence.away_after), _leave),
        (_natural_at(desk), _natural_break),
        (desk.pause.ends_at(now) if desk.pause else None, end_pause),
        (None if office_at is None else now.elapsed + office_at - now.wall, Desk.look_at_hours),
        (now.elapsed + day_ends - now.wall, _turn_day),
        (desk.holds.next_spent_at(desk.settings), _spend_holds),
    ]


def next_boundary(desk: Desk) -> float | None:
    """The elapsed time of the next boundary; None if none is ahead."""
    return min((at for at, _ in _boundaries(desk) if at is not None), default=None)


def _leave(desk: Desk) -> None:
    turned(desk, desk.presence.leave_by_idle())


def _natural_at(desk: Desk) -> float | None:
    presence = desk.presence
    waiting = presence.away_since is None or presence.back_since is not None
    if waiting or desk.natural_given or desk.phase in ON_BREAK:
        return None
    assert presence.away_since is not None
    return presence.away_since + desk.settings.breaks.natural_break


def _natural_break(desk: Desk) -> None:
    since = desk.presence.away_since
    assert since is not None
    desk.natural_given = True
    desk.meeting_s = 0.0
    desk.reminders.rested()
    if desk.bout.length > 0:
        desk.say(NaturalBreak(round(desk.t - since)))
        desk.tally.natural += 1
    end_bout(desk)


def end_bout(desk: Desk, posture: Posture | None = None) -> None:
    """The bout is over, and so is what was asked because of it."""
    if desk.bout.length > 0:
        desk.say(BoutEnded(desk.posture, round(desk.bout.length)))
    desk.withdraw("the bout is over")
    desk.new_bout(posture)
    desk.cue(Cue.NEW_BOUT)


def end_pause(desk: Desk) -> None:
    """The pause is over."""
    desk.pause = None
    desk.say(Resumed())


def _spend_holds(desk: Desk) -> None:
    for hold in desk.holds.spend(desk.settings, desk.t):
        desk.say(HoldOver(hold.reason))


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _turn_day(desk: Desk) -> None:
    """Close the ledger if its day is over; the posture does not outlive the day (B31)."""
    day_starts = desk.settings.schedule.day_starts
    today = day_of(desk.now, day_starts)
    if today == desk.ledger.day:
        return
    ended = desk.ledger
    ends = start_of(_day_after(ended.day), desk.now, day_starts)
    desk.say(DayClosed(ended.day.isoformat(), ended.close(ends)))
    desk.ledger = Ledger.opened(desk.now, day_starts)
    desk.tally = type(desk.tally)()
    forget_posture(desk)


def forget_posture(desk: Desk) -> None:
    """Nobody has confirmed the posture for too long: sitting is the safer guess (B31)."""
    if desk.posture is Posture.STANDING and not desk.on_break:
        end_bout(desk, Posture.SITTING)
        desk.say(PostureChanged(Posture.SITTING))


# absences


def turned(desk: Desk, change: Change | None) -> None:
    """The person left or came back, perhaps some seconds ago (B3, B5)."""
    if change is None:
        return
    if change.turn is Turn.LEFT:
        _left(desk, change.since)
    elif desk.phase is not Phase.ROUTINE:
        _returned(desk, change)


def _left(desk: Desk, since: float) -> None:
    walking = desk.phase is Phase.WALKING
    moved = desk.ledger.move(since, IN_A_BOUT, Activity.BREAK if walking else Activity.AWAY)
    desk.bout.length = max(0.0, desk.bout.length - moved)
    if walking and desk.taking is not None:
        desk.taking.away_s += moved
        desk.taking.here_s = max(0.0, desk.taking.here_s - moved)
        desk.taking.left = True
    desk.natural_given = False
    desk.withdraw("you left the desk")
    desk.cue(Cue.LEFT)


def _returned(desk: Desk, change: Change) -> None:
    absent = frozenset({Activity.AWAY, Activity.BREAK})
    moved = desk.ledger.move(change.since, absent, _posture_activity(desk))
    desk.bout.length += moved
    if desk.taking is not None:
        desk.taking.away_s = max(0.0, desk.taking.away_s - moved)
        desk.taking.here_s = moved
        taking.came_back(desk)
    desk.settled_at = max(desk.settled_at, change.since + desk.settings.breaks.settle)
    if change.away_s >= desk.settings.standing.forget_after:
        forget_posture(desk)
