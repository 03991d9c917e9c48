"""What a rule of repetition says, worked out without repeating anything.

The library begins at the first date and goes from one to the next. So a rule is wound forward to
the days asked for, one that is over is passed over, and one that would take for ever is refused.
"""

from datetime import date, datetime, timedelta
from math import prod
from typing import Self

from deskbreak.calendars.dates import day_of
from deskbreak.struct import Struct

MOST_STEPS = 10_000
"""From the first date to the days asked for: a month since the 12th century, after winding on."""

_PERIOD_DAYS = {"HOURLY": 1 / 24, "DAILY": 1.0, "WEEKLY": 7.0, "MONTHLY": 28.0, "YEARLY": 365.0}
_WOUND = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PLAIN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})


class Rule(Struct):
    """One RRULE by its parts, names and values in capitals."""

    parts: dict[str, str]

    @classmethod
    def of(cls, value: str) -> Self:
        """The rule of a line's value; spaces in it are a slip that programs make."""
        words = "".join(value.split()).upper().strip(";").split(";")
        return cls({name: said for name, _, said in (word.partition("=") for word in words)})

    @property
    def interval(self) -> int:
        """Every how many periods. Raises ValueError where that makes no sense."""
        interval = int(self.parts.get("INTERVAL", "1"))
        if interval < 1:
            raise ValueError(f"its INTERVAL is {interval}")
        return interval

    @property
    def count(self) -> int | None:
        """How many times in all; None where nothing is said."""
        return int(self.parts["COUNT"]) if "COUNT" in self.parts else None

    @property
    def _is_plain(self) -> bool:
        return self.parts.keys() <= _PLAIN

    def is_over(self, begins: date, first: date) -> bool:
        """Whether it certainly says nothing of that day and later. Raises nothing."""
        until = day_of(self.parts.get("UNTIL"))
        if until is not None:
            return until < first
        try:
            if self.count is None or self.parts["FREQ"] not in ("DAILY", "WEEKLY"):
                return False
            if not self._is_plain:
                return False
            days = self.count * self.interval * _PERIOD_DAYS[self.parts["FREQ"]]
        except (KeyError, ValueError, OverflowError):
            return False
        return begins.toordinal() + days < first.toordinal()

    def check(self, begins: date, last: date) -> None:
        """Raise ValueError for a rule that nobody could follow up to then."""
        freq = self.parts.get("FREQ", "")
        if freq in ("SECONDLY", "MINUTELY"):
            raise ValueError("it repeats every minute or more often")
        if freq not in _PERIOD_DAYS:
            raise ValueError(f"RRULE: FREQ is {freq!r}")
        times = prod(len(set(self.parts[name].split(","))) for name in _TIMES if name in self.parts)
        days = max(0, last.toordinal() - begins.toordinal() + 1)
        steps = days / (_PERIOD_DAYS[freq] * self.interval) * times
        if self._is_plain and self.count is not None:
            steps = min(steps, self.count)
        if steps > MOST_STEPS:
            raise ValueError(f"it repeats more than {MOST_STEPS:,} times until now")

    def wound(self, begins: datetime, to: datetime) -> tuple[timedelta, int]:
        """By how long the first date may move towards that time, and how many dates that skips.

        What the rule says of later dates stays the same.
        """
        period = _WOUND.get(self.parts.get("FREQ", ""))
        if period is None or (self.count is not None and not self._is_plain):
            return timedelta(0), 0
        skipped = (to - begins) // (period * self.interval)
        if self.count is not None:
            skipped = min(skipped, self.count - 1)
        return (skipped * self.interval * period, skipped) if skipped > 0 else (timedelta(0), 0)
