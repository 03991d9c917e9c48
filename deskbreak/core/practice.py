"""How often a person has stood at their desk: what the build-up of standing goes by."""

from dataclasses import dataclass
from datetime import date, timedelta

_AHEAD = timedelta(days=7)

_USED_S = 60.0
"""Standing for less than this in a day is a try, not a day with standing."""


@dataclass(slots=True)
class Practice:
    """The number of days with standing that are over, and the latest of them."""

    days: int = 0
    last: date | None = None

    def day_over(self, day: date, stood_s: float) -> None:
        """That day is over, with so many seconds of standing; a day counts once.

        One that is long before the latest is no repetition: the clock was ahead then (B38).
        """
        is_new = self.last is None or day > self.last or self.last - day > _AHEAD
        if stood_s >= _USED_S and is_new:
            self.days += 1
            self.last = day
