"""One instant, read on three clocks at once (B8).

The wall clock may be stepped, changes zone and observes daylight saving. `awake` stands still
while the machine sleeps. `elapsed` counts sleep too and is never stepped. Asleep time is therefore
one subtraction, and a step of the wall clock cannot look like sleep.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant on the wall clock, the awake clock and the elapsed clock, all in seconds.

    `wall` counts from the epoch in UTC; the other two from an origin of their own that only has
    to stay the same within one run of the program.
    """

    wall: float
    awake: float
    elapsed: float
    zone: tzinfo = UTC

    @property
    def local(self) -> datetime:
        """The wall clock as the person reads it."""
        return datetime.fromtimestamp(self.wall, self.zone)

    def local_at(self, elapsed: float) -> datetime:
        """What the wall clock shows at another point of the elapsed clock, if nobody steps it."""
        return datetime.fromtimestamp(self.wall + (elapsed - self.elapsed), self.zone)

    def next_time_of_day(self, at: time) -> datetime:
        """The first local time after now that reads `at`; in a spring gap, the end of the gap."""
        day = self.local.date()
        for offset in (0, 1, 2):
            found = local_datetime(datetime.combine(day + timedelta(days=offset), at), self.zone)
            if found.timestamp() > self.wall:
                return found
        raise ValueError(f"no {at} within two days of {self.local}")

    def elapsed_at(self, when: datetime) -> float:
        """Where the elapsed clock will be at a wall time, if nobody steps the wall clock."""
        return self.elapsed + (when.timestamp() - self.wall)


def local_datetime(naive: datetime, zone: tzinfo) -> datetime:
    """Give a local reading its zone; a reading that daylight saving skips moves past the gap.

    Of a reading that occurs twice the first is meant.
    """
    aware = naive.replace(tzinfo=zone, fold=0)
    return aware.astimezone(UTC).astimezone(zone)
