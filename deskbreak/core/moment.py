"""One instant, read on three clocks at once (B8).

The wall clock may be stepped, changes zone and observes daylight saving. `awake` stands still
while the machine sleeps. `elapsed` counts sleep too and is never stepped. Asleep time is therefore
one subtraction, and a step of the wall clock cannot look like sleep.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from deskbreak.struct import Struct, replace

SAME = 1e-6  # two readings of the elapsed clock this close (seconds) are one: sums of floats

EARLIEST, LATEST = -2.2e9, 2.4e11  # wall times: the years 1900 and 9575 have dates around them
_WALL_GRAIN = 1e-3  # a float of a wall time is good to a quarter of a microsecond


class Moment(Struct):
    """An instant on the wall clock, the awake clock and the elapsed clock, all in seconds.

    `wall` counts from the epoch in UTC; the other two from an origin of their own that only has
    to stay the same within one run of the program.
    """

    wall: float
    awake: float
    elapsed: float
    zone: tzinfo = UTC

    @property
    def sensible(self) -> "Moment":
        """This moment, on a wall clock that reads no year beyond all calendars."""
        wall = min(max(self.wall, EARLIEST), LATEST)
        return self if wall == self.wall else replace(self, wall=wall)

    @property
    def local(self) -> datetime:
        """The wall clock as the person reads it."""
        return datetime.fromtimestamp(self.wall, self.zone)

    def local_at(self, elapsed: float) -> datetime:
        """What the wall clock shows at another point of the elapsed clock, if nobody steps it."""
        return datetime.fromtimestamp(self.wall + (elapsed - self.elapsed), self.zone)

    def next_time_of_day(self, at: time) -> datetime:
        """The first local time after now that reads `at`; in a spring gap, the end of the gap."""
        today = self.local.date()
        days = (today + timedelta(days=offset) for offset in (0, 1, 2))
        readings = (datetime.combine(day, at).replace(fold=fold) for day in days for fold in (0, 1))
        found = (local_datetime(reading, self.zone) for reading in readings)
        return next(when for when in found if not self.has_reached(when.timestamp()))

    @property
    def day(self) -> date:
        """The date that the wall clock shows, or will within a grain of its reading."""
        return datetime.fromtimestamp(self.wall + _WALL_GRAIN, self.zone).date()

    def has_reached(self, wall: float) -> bool:
        """Whether the wall clock shows that time or a later one."""
        return self.wall >= wall - _WALL_GRAIN

    def elapsed_at(self, wall: float) -> float:
        """Where the elapsed clock will be at a wall time, if nobody steps the wall clock."""
        return self.elapsed + (wall - self.wall)

    def before(self, seconds: float) -> "Moment":
        """So many seconds ago, if the machine was awake and nobody stepped the wall clock."""
        wall, awake, elapsed = (clock - seconds for clock in (self.wall, self.awake, self.elapsed))
        return Moment(wall, awake, elapsed, self.zone)


def local_datetime(naive: datetime, zone: tzinfo) -> datetime:
    """Give a local reading its zone; of one that daylight saving skips, the end of the gap.

    Of a reading that occurs twice `fold` says which is meant, the first by default.
    """
    found = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    if found.replace(tzinfo=None) == naive:
        return found
    return datetime.fromtimestamp(_end_of_gap(naive, zone), zone)


def _end_of_gap(skipped: datetime, zone: tzinfo) -> float:
    """The first second on summer time: `fold` takes a skipped reading to either side of it."""
    before, after = (
        int(skipped.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (1, 0)
    )  # fmt: skip
    offset = datetime.fromtimestamp(before, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
