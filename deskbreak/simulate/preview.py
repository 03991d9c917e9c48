"""The day that follows from some settings, for whoever wants to see it before it comes.

Somebody sits at the desk from the first of their hours to the last, half an hour of lunch left out,
and takes every break that is suggested.
"""

from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from deskbreak.core.enums import Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import BoutEnded
from deskbreak.core.state import Adviser
from deskbreak.settings.model import Settings
from deskbreak.settings.values import EVERY_DAY, Duration
from deskbreak.simulate.worker import Deed, Hours, Reply, Worker
from deskbreak.simulate.world import World
from deskbreak.struct import Struct, replace

_MONDAY = date(2026, 3, 2)
_USUAL = time(9), time(17)
_LUNCH_S = 1800.0


class Preview(Struct):
    """What comes on such a day; `sits_s` is how long a sitting bout usually is, 0 without one."""

    begins: datetime
    ends: datetime
    deeds: tuple[Deed, ...]
    sits_s: float

    def at(self, deed: Deed) -> datetime:
        """When it is done."""
        return self.begins + timedelta(seconds=deed.t)


def preview(settings: Settings, adviser: Adviser) -> Preview:
    """Live through one day with these settings."""
    begins, ends = _edges(settings)
    settings = replace(
        settings,
        breaks=replace(settings.breaks, typing_gap=Duration(0)),
        schedule=replace(settings.schedule, holidays=()),
    )
    world = World(settings, adviser, Moment(begins.timestamp(), 0.0, 0.0, UTC))
    worker = Worker(world, _at_the_desk(settings, begins, ends), lambda _: Reply.TAKE)
    world.run_until((ends - begins).total_seconds())
    happened = (seen.happening for seen in world.log)
    sat = [
        one.length_s
        for one in happened
        if isinstance(one, BoutEnded) and one.posture is Posture.SITTING
    ]
    return Preview(begins, ends, tuple(worker.deeds), float(median(sat)) if sat else 0.0)


def _edges(settings: Settings) -> tuple[datetime, datetime]:
    """From the first hours in the settings, on the first of their days."""
    hours = settings.schedule.hours
    day, first, last = _MONDAY, *_USUAL
    if hours:
        day += timedelta(days=EVERY_DAY.index(hours[0].days[0]))
        first, last = hours[0].begins, hours[0].ends
    begins, ends = (datetime.combine(day, edge, UTC) for edge in (first, last))
    return begins, ends if ends > begins else ends + timedelta(days=1)


def _at_the_desk(settings: Settings, begins: datetime, ends: datetime) -> Hours:
    whole = (ends - begins).total_seconds()
    for meal in settings.schedule.meals:
        lunch = (datetime.combine(begins.date(), meal, UTC) - begins).total_seconds()
        if 0 < lunch < whole - _LUNCH_S:
            return (0.0, lunch), (lunch + _LUNCH_S, whole)
    return ((0.0, whole),)
