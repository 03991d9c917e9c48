"""What a rule of repetition says, worked out without repeating anything.

The library begins at the first date and goes from one to the next. So a rule is wound forward to
the days asked for, one that is over is passed over, and one that would take for ever is refused.
"""

import re
from datetime import date, datetime, timedelta
from math import prod

_DATED = re.compile(r"^(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)([;:].*)$", re.M | re.I)
_DASHES = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_COLONS = re.compile(
    r"(?<=[0-9]{8})[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:\.[0-9]+)?(?=Z?(?:[,/]|$))"
)
_UNQUOTED = re.compile(r";TZID=(?!\")([^\";\n]*[:,][^\";\n]*):(?=[0-9]{4}-?[0-9]{2})", re.I)
_LENGTH = re.compile(r"^(DURATION[^:\n]*:)[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NO_T = re.compile(r"^([+-]?P)(?=[0-9]+[HMS])")
_LISTS = re.compile(r"^(EXDATE|RDATE)((?:;(?:\"[^\"\n]*+\"|[^\":\n])*+)?):(.*)$", re.M | re.I)
_ONE_DATE = re.compile(r"([0-9]{8})(T[0-9]{6}Z?)?(/.*)?")


def day_of(value: str | None) -> date | None:
    """The day that a value begins with; None where it begins with none."""
    try:
        return date.fromisoformat((value or "")[:8])
    except ValueError:
        return None


def put_right(text: str) -> tuple[str, list[str]]:
    """An entry with its dates as they should be written, and what of its lists is no date.

    Those dates are left out: each costs itself alone.
    """
    text = _DATED.sub(_straight, text)
    text = _LENGTH.sub(lambda line: line[1] + _NO_T.sub(r"\1T", line[2].upper()), text)
    odd: list[str] = []

    def sifted(line: re.Match[str]) -> str:
        said = [one.strip() for one in line[3].split(",") if one.strip()]
        kept = [one for one in said if _ONE_DATE.fullmatch(one) and day_of(one) is not None]
        odd.extend(f"{line[1].upper()}: {one!r} is not a date" for one in said if one not in kept)
        return f"{line[1]}{line[2]}:{','.join(kept)}" if kept else "X-EMPTY:"

    return _LISTS.sub(sifted, text), odd


def _straight(line: re.Match[str]) -> str:
    rest = _UNQUOTED.sub(r';TZID="\1":', line[2])
    rest = _DASHES.sub(r"\1\2\3", rest)
    rest = _COLONS.sub(lambda time: f"T{time[1]}{time[2]}{time[3] or '00'}", rest)
    return line[1] + rest


# From the first date to the days asked for: a month since the 12th century, after winding on.
MOST_STEPS = 10_000
_PERIOD_DAYS = {"HOURLY": 1 / 24, "DAILY": 1.0, "WEEKLY": 7.0, "MONTHLY": 28.0, "YEARLY": 365.0}
_WOUND = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_DAYS = ("DAILY", "WEEKLY")
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PLAIN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})


class Rule(dict[str, str]):
    """The value of an RRULE by its parts, in capitals; spaces in it are a slip of programs."""

    def __init__(self, value: str) -> None:
        words = "".join(value.split()).upper().strip(";").split(";")
        super().__init__((name, said) for name, _, said in (word.partition("=") for word in words))

    @property
    def interval(self) -> int:
        """Every how many periods. Raises ValueError where that makes no sense."""
        interval = int(self.get("INTERVAL", "1"))
        if interval < 1:
            raise ValueError(f"its INTERVAL is {interval}")
        return interval

    @property
    def count(self) -> int | None:
        """How many times in all; None where nothing is said."""
        return int(self["COUNT"]) if "COUNT" in self else None

    @property
    def _is_plain(self) -> bool:
        return self.keys() <= _PLAIN

    def is_over(self, begins: date, first: date) -> bool:
        """Whether it certainly says nothing of that day and later. Raises nothing."""
        until = day_of(self.get("UNTIL"))
        if until is not None:
            return until < first
        try:
            if self.count is None or not self._is_plain or self["FREQ"] not in _DAYS:
                return False
            days = self.count * self.interval * _PERIOD_DAYS[self["FREQ"]]
        except (KeyError, ValueError, OverflowError):
            return False
        return begins.toordinal() + days < first.toordinal()

    def check(self, begins: date, last: date) -> None:
        """Raise ValueError for a rule that nobody could follow up to then."""
        freq = self.get("FREQ", "")
        if freq in ("SECONDLY", "MINUTELY"):
            raise ValueError("it repeats every minute or more often")
        if freq not in _PERIOD_DAYS:
            raise ValueError(f"RRULE: FREQ is {freq!r}")
        times = prod(len(set(self[name].split(","))) for name in _TIMES if name in self)
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
        period = _WOUND.get(self.get("FREQ", ""))
        if period is None or (self.count is not None and not self._is_plain):
            return timedelta(0), 0
        skipped = (to - begins) // (period * self.interval)
        if self.count is not None:
            skipped = min(skipped, self.count - 1)
        return max(0, skipped) * self.interval * period, max(0, skipped)
