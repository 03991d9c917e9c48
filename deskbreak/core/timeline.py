"""How time passes at the desk: what each second is spent on, and what comes up on the way.

`advance` walks from the last moment to the new one in steps that end at every boundary where
something changes, so a late waker, a sleep or a restart cannot blur two things into one.
"""

from collections.abc import Callable
from operator import itemgetter

from deskbreak.core import active_break
from deskbreak.core.enums import Activity, Posture, Presence
from deskbreak.core.ledger import IN_A_BOUT, Ledger, day_of
from deskbreak.core.moment import SAME, Moment
from deskbreak.core.phases import ON_BREAK, Cue, Phase
from deskbreak.core.presence import Change
from deskbreak.core.records import DayClosed, NaturalBreak, PostureChanged, Resumed
from deskbreak.core.schedule import DAY
from deskbreak.core.state import ActiveBreak, EngineState
from deskbreak.struct import replace


def change_posture(desk: EngineState, posture: Posture, why: str) -> None:
    """A new posture ends the bout of the other one, and what was asked because of it (B28)."""
    desk.end_bout(posture)
    desk.cue(Cue.NEW_BOUT)
    desk.withdraw(why)
    desk.say(PostureChanged(posture))


def forget_posture(desk: EngineState) -> None:
    """Nobody has confirmed the posture for too long: sitting is the safer guess (B31).

    A desk sensor that reads "standing" confirms it, for as long as it can be heard. One that
    cannot is believed anew when it speaks again.
    """
    if desk.posture is not Posture.STANDING:
        return
    if desk.sensor.works and desk.sensor.said is Posture.STANDING:
        desk.sensor.on_trust = True
        return
    desk.sensor.said = None
    change_posture(desk, Posture.SITTING, "it is a new day")


def turn_day(desk: EngineState) -> None:
    """The day is over: close its ledger; the posture does not outlive it (B31)."""
    _close_day(desk)
    forget_posture(desk)


def _close_day(desk: EngineState) -> None:
    ended = desk.ledger
    desk.practice.day_over(ended.day, ended.of(Activity.STANDING))
    desk.say(DayClosed(ended.day.isoformat(), ended.close(desk.day_ends)))
    desk.ledger = Ledger.opened(desk.now, desk.settings.schedule.day_starts, ended.spans)
    desk.tally = type(desk.tally)()
    desk.missed = None
    desk.look_at_timetables()


def clock_was_set(desk: EngineState, step: float) -> None:
    """Somebody set the clock or changed zones: only what follows the time of day notices (B8)."""
    day_starts = desk.settings.schedule.day_starts
    desk.ledger.stepped += step
    today = day_of(desk.now, day_starts)
    if today > desk.ledger.day:
        _close_day(desk)
    elif today < day_of(replace(desk.now, wall=desk.now.wall - step), day_starts):
        desk.ledger.relabel(desk.now, day_starts)
    desk.look_at_timetables()
    desk.look_at_agenda()
    _keep_what_was_meant(desk, step)


def _keep_what_was_meant(desk: EngineState, step: float) -> None:
    """What was said by a clock that was days ahead does not wait for those days (B38)."""
    now = desk.now
    desk.past.known_at(now.wall)
    if desk.pause is not None:
        desk.pause = desk.pause.clock_was_set(now)
    if desk.recess_over is not None and desk.recess_over - now.wall > DAY:
        desk.end_recess()
    before = replace(now, wall=now.wall - step).local.date()
    if desk.sore is not None and desk.sore.day == before and step < -DAY:
        desk.sore = replace(desk.sore, day=now.local.date())


_SLEPT = 0.05  # a difference between the clocks below this is the time it takes to read them


def advance(desk: EngineState, now: Moment) -> None:
    """Let time pass up to now, sleep and steps of the wall clock included (B7, B8)."""
    slept = (now.elapsed - desk.t) - (now.awake - desk.now.awake)
    step = (now.wall - desk.now.wall) - (now.elapsed - desk.t)
    # Sleep is the last part of the time since the last fact: the machine was awake when it took
    # that one, and wakes with this one. What came up in between happened before it fell asleep.
    if slept > _SLEPT and not desk.presence.asleep:
        _walk(desk, now.elapsed - slept)
        turned(desk, desk.presence.sleep(desk.t))
    _walk(desk, now.elapsed)
    if slept > _SLEPT:
        wake(desk)
    moved = now.zone != desk.now.zone
    desk.now = now
    if abs(step) > SAME or moved:
        clock_was_set(desk, step)


def wake(desk: EngineState) -> None:
    """The machine is awake again."""
    turned(desk, desk.presence.wake(desk.t))
    desk.settle()


def not_running(desk: EngineState, until: Moment) -> None:
    """The program was down until then; long enough, and that is a natural break (B9)."""
    desk.running = False
    down_s = until.elapsed - desk.t
    if down_s >= desk.settings.breaks.natural_break - SAME:
        turned(desk, desk.presence.leave(desk.t))
        active_break.unseen(desk, down_s)
    advance(desk, until)
    desk.running = True
    desk.presence.opened_at = desk.t  # whoever is away comes back when a source says so


def _walk(desk: EngineState, until: float) -> None:
    """Pass the time; each boundary on the way changes something, or this would not end."""
    while True:
        at, happen = _next(desk)
        if at > until + SAME / 2:  # nearer than what `happen` takes for reached
            break
        _pass(desk, min(at, until))
        happen(desk)
    _pass(desk, until)


def _pass(desk: EngineState, until: float) -> None:
    passed = until - desk.t
    if passed <= 0:
        return
    activity = spending(desk)
    desk.ledger.credit(activity, desk.t, until)
    if activity in IN_A_BOUT:
        _grow(desk, passed)
    if desk.active_break is not None:
        _pass_break(desk, desk.active_break, passed, activity)
    if desk.holds.in_meeting and desk.here:
        desk.meeting_s += passed
    now = desk.now
    desk.now = Moment(now.wall + passed, now.awake + passed, until, now.zone)


def _pass_break(desk: EngineState, break_: ActiveBreak, passed: float, activity: Activity) -> None:
    if desk.running and not desk.presence.asleep:
        break_.awake_s += passed
    if not desk.here:
        break_.away_s += passed
    elif activity in IN_A_BOUT:
        break_.here_s += passed


def _grow(desk: EngineState, seconds: float) -> None:
    """Time at the desk: more of it, or less after all."""
    desk.bout.length = max(0.0, desk.bout.length + seconds)
    for reminder in desk.settings.reminder:
        counted = desk.reminded.get(reminder.name, 0.0) + seconds
        desk.reminded[reminder.name] = max(0.0, counted)


def spending(desk: EngineState) -> Activity:
    """What the time that passes now is spent on (B10)."""
    if not desk.running:
        return Activity.NOT_RUNNING
    if desk.presence.asleep:
        return Activity.ASLEEP
    if desk.phase is Phase.ROUTINE or (desk.phase is Phase.WALKING and not desk.here):
        return Activity.BREAK
    if desk.quiet:
        return Activity.PAUSED if desk.office.inside else Activity.OFF_HOURS
    return _posture_activity(desk) if desk.here else Activity.AWAY


def _posture_activity(desk: EngineState) -> Activity:
    if desk.presence.state is Presence.UNKNOWN:
        return Activity.UNKNOWN
    return Activity.STANDING if desk.posture is Posture.STANDING else Activity.SITTING


# boundaries


Boundary = tuple[float, Callable[[EngineState], None]]


def _next(desk: EngineState) -> Boundary:
    """What is ahead first: when on the elapsed clock, and what happens then."""
    now, presence, settings = desk.now, desk.presence, desk.settings
    ahead: tuple[tuple[float | None, Callable[[EngineState], None]], ...] = (
        (presence.leaves_at(settings.presence.away_after), _leave),
        (presence.wears_at(settings.presence.seated_longest), wear_out),
        (desk.reading_until, stop_reading),
        (_natural_at(desk), _natural_break),
        (active_break.next_at(desk), active_break.progress),
        (desk.pause.ends_at(now) if desk.pause is not None else None, end_pause),
        (desk.elapsed_at(desk.office.changes_at), EngineState.look_at_timetables),
        (desk.elapsed_at(desk.recess.changes_at), EngineState.look_at_timetables),
        (desk.elapsed_at(desk.meeting.changes_at), EngineState.look_at_agenda),
        (desk.holds.next_end_at(settings), _expire_holds),
        (desk.elapsed_at(desk.day_ends), turn_day),
    )
    return min(((at, happen) for at, happen in ahead if at is not None), key=itemgetter(0))


def next_boundary(desk: EngineState) -> float:
    """The elapsed time of the next boundary; the end of the day is always ahead."""
    return _next(desk)[0]


def _leave(desk: EngineState) -> None:
    turned(desk, desk.presence.leave_by_idle())


def _natural_at(desk: EngineState) -> float | None:
    presence = desk.presence
    if presence.away_since is None or presence.back_since is not None or desk.natural_given:
        return None
    if desk.phase in ON_BREAK and not _player_stands_still(desk):
        return None
    return presence.away_since + desk.settings.breaks.natural_break


def _player_stands_still(desk: EngineState) -> bool:
    """Whether the machine took the routine down with it: then its player will not report."""
    break_ = desk.active_break
    dead = desk.presence.asleep or (not desk.running and break_ is not None and not break_.unseen_s)
    return desk.phase is Phase.ROUTINE and dead


def _natural_break(desk: EngineState) -> None:
    presence = desk.presence
    assert presence.away_since is not None
    earned = presence.away_since + desk.settings.breaks.natural_break
    # While a bump might have been a return, or a film a reason to be there, this had to wait.
    bumped = presence.bumped_at is not None and presence.bumped_at <= earned
    ago = desk.t - earned if bumped or presence.worn else 0.0
    desk.natural_given = True
    desk.meeting_s = 0.0
    if round(desk.bout.length) > 0:
        desk.say(NaturalBreak(round(desk.t - ago - presence.away_since)), ago)
        desk.tally.natural += 1
    if desk.active_break is not None:
        active_break.sleep_through(desk)
    else:
        desk.end_bout(ago=ago)
        desk.cue(Cue.NEW_BOUT)


def end_pause(desk: EngineState) -> None:
    """The pause is over."""
    desk.pause = None
    desk.say(Resumed())


def _expire_holds(desk: EngineState) -> None:
    desk.holds.expire(desk.settings, desk.t)
    desk.tell_holds()
    sit_anyway(desk)


# absences


def sit_anyway(desk: EngineState) -> None:
    """Reasons to be seated without input may have changed (B2); who walks has none (B21)."""
    seated = desk.reading or desk.holds.keep_seated(desk.settings)
    reason = seated and desk.phase is not Phase.WALKING
    longest = float(desk.settings.presence.seated_longest)
    turned(desk, desk.presence.sit_anyway(reason, desk.t, longest))


def wear_out(desk: EngineState) -> None:
    """Nobody is there in spite of reasons to be seated (B36); who does not read reads no more."""
    turned(desk, desk.presence.wear())
    stop_reading(desk)


def stop_reading(desk: EngineState) -> None:
    """The person has said long enough ago that they read."""
    desk.reading, desk.reading_until = False, None
    sit_anyway(desk)


def turned(desk: EngineState, change: Change | None) -> None:
    """The person left or came back, perhaps some seconds ago (B3, B5)."""
    if change is None:
        return
    if change.away_s is None:
        _left(desk, change.since)
    elif desk.phase is not Phase.ROUTINE:
        _returned(desk, change.since, change.away_s)


def _left(desk: EngineState, since: float) -> None:
    # Until it was known, the time since then went into the bout and the ledger; it leaves both.
    moved = desk.ledger.move(since, IN_A_BOUT, Activity.AWAY)
    _grow(desk, -moved)
    walk = desk.active_break if desk.phase is Phase.WALKING else None
    if walk is not None:
        absent = frozenset({Activity.AWAY})
        walk.away_s += desk.ledger.move(max(since, walk.began), absent, Activity.BREAK)
        walk.here_s, walk.left = 0.0, True
        desk.presence.worn = True  # what plays on in an empty room brings nobody back (B36)
    desk.natural_given = False
    desk.withdraw("you left the desk")
    desk.cue(Cue.LEFT)


def _returned(desk: EngineState, since: float, away_s: float) -> None:
    if away_s >= desk.settings.standing.forget_after - SAME:
        forget_posture(desk)
    # The seconds of the burst that proved the return were booked as absence: they come back.
    absent = frozenset({Activity.AWAY, Activity.BREAK})
    spent = spending(desk)
    moved = desk.ledger.move(since, absent, spent)
    counted = moved if spent in IN_A_BOUT else 0.0  # in a pause or off hours no bout grows (B20)
    _grow(desk, counted)
    if desk.active_break is not None:
        desk.active_break.away_s = max(0.0, desk.active_break.away_s - moved)
        desk.active_break.here_s = counted
        active_break.came_back(desk, desk.active_break)
    desk.settle(since)
