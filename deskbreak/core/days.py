"""How one day ends and the next begins, on a wall clock that somebody may set (B8, B10, B31)."""

from dataclasses import replace

from deskbreak.core.desk import Desk
from deskbreak.core.happenings import DayClosed
from deskbreak.core.ledger import Ledger, day_of
from deskbreak.core.postures import forget_posture
from deskbreak.core.schedule import DAY
from deskbreak.core.words import Activity


def turn_day(desk: Desk) -> None:
    """The day is over: close its ledger; the posture does not outlive it (B31)."""
    _close_day(desk)
    forget_posture(desk)


def _close_day(desk: Desk) -> None:
    ended = desk.ledger
    desk.practice.day_over(ended.day, ended.of(Activity.STANDING))
    desk.say(DayClosed(ended.day.isoformat(), ended.close(desk.day_ends)))
    desk.ledger = Ledger.opened(desk.now, desk.settings.schedule.day_starts, ended.spans)
    desk.tally = type(desk.tally)()
    desk.missed = None
    desk.look_at_timetables()


def clock_was_set(desk: Desk, step: float) -> None:
    """Somebody set the clock or changed zones: only what follows the time of day notices (B8)."""
    day_starts = desk.settings.schedule.day_starts
    desk.ledger.step(step)
    today = day_of(desk.now, day_starts)
    if today > desk.ledger.day:
        _close_day(desk)
    elif today < day_of(replace(desk.now, wall=desk.now.wall - step), day_starts):
        desk.ledger.relabel(desk.now, day_starts)
    desk.look_at_timetables()
    desk.look_at_agenda()
    _keep_what_was_meant(desk, step)


def _keep_what_was_meant(desk: Desk, step: float) -> None:
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
