"""Lengths and times of day as people type them: one reader of each, for window, file and commands.

What may as well mean something else is not guessed at: it is refused with both meanings.
"""

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from deskbreak.settings.problems import Note, nearest, shown

UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_LONG_OF = dict(UNITS)
_SMALLER = {larger: smaller for (larger, _), (smaller, _) in pairwise(UNITS)}

_UNIT_WORDS = ("minutes", "min", "hours", "seconds", "days", "hour", "minute", "second", "day")

_NUMBER, _GAP = "[0-9]{1,9}(?:[.,][0-9]{1,3})?", r"[ \u00a0\u202f]*"
_DAYS, _HOURS, _MINUTES, _SECONDS = (
    f"{_GAP}{word}{_GAP}"
    for word in ("d(?:ays?)?", "h(?:rs?|ours?)?", "m(?:ins?|inutes?)?", "s(?:ecs?|econds?)?")
)
LENGTH_PATTERN = (
    f"^(?=[0-9])(?:{_NUMBER}{_DAYS})?(?:{_NUMBER}{_HOURS})?(?:{_NUMBER}{_MINUTES})?"
    f"(?:{_NUMBER}(?:{_SECONDS})?)?$"
)
"""What a length looks like in small letters; its last number may go without a unit."""

TIME_PATTERN = (
    "^(?:noon|midday|midnight|([01]?[0-9]|2[0-3])(?:h|[:.h]([0-5][0-9])(?::([0-5][0-9]))?)?"
    f"(?:{_GAP}([ap])[.]?m[.]?)?)$"
)
"""What a time of day looks like in small letters; which there are, a pattern cannot tell."""


def until_24(pattern: str) -> str:
    """The pattern of times where a day may end with 24:00."""
    return pattern.replace("2[0-3]", "2[0-4]")


_LENGTH = re.compile(LENGTH_PATTERN.replace("$", r"\Z"))
_PART = re.compile(f"({_NUMBER}){_GAP}([a-z])?[a-z]*")
_HOURS_OR_MINUTES = re.compile(r"([0-9]{1,2}):([0-5][0-9])\Z")
_MISSPELT = re.compile(f"({_NUMBER}){_GAP}([a-z]+)\\Z")
_TIME = re.compile(until_24(TIME_PATTERN).replace("$", r"\Z"))
_TENTH = re.compile(r"([0-9]{1,2})[.]([0-9])\Z")
_OFTEN_PM = ("1", "2", "3", "4", "5", "6")
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}


class UnclearError(ValueError):
    """What was typed may mean either; `allowed` are both in words that mean one thing."""

    def __init__(self, typed: object, first: str, second: str) -> None:
        self.allowed = f'"{first}" or "{second}", whichever you mean'
        super().__init__(f"found {shown(typed)}, allowed: {self.allowed}")


def seconds(typed: object, unit: str = "m") -> int:
    """Whole seconds of `1h15m`, `50 min`, `1 h 30` or, in `unit`, `50`. Raises ValueError.

    A number that follows a length has the next smaller unit.
    """
    text = _text(typed)
    if colon := _HOURS_OR_MINUTES.match(text):
        first, last = colon.groups()
        raise UnclearError(typed, f"{first}h{last}m", f"{first}m{last}s")
    if not _LENGTH.match(text):
        raise ValueError(f'{shown(typed)} is not a duration such as "90s", "30m" or "1h15m"')
    total = 0.0
    for number, letter in _PART.findall(text):
        unit = letter or unit
        total += float(number.replace(",", ".")) * _LONG_OF[unit]
        unit = _SMALLER.get(unit, unit)
    return max(round(total), int(total > 0))


def is_number(typed: object) -> bool:
    """Whether there is no unit in it."""
    return re.search("[a-z]", _text(typed)) is None


def likely_length(typed: object, notes: Sequence[Note] = ()) -> str | None:
    """What was meant by a length with a misspelt unit; for `notes` see `nearest`."""
    found = _MISSPELT.match(_text(typed))
    likely = nearest(found[2], _UNIT_WORDS, notes) if found else None
    return f"{found[1]} {likely}" if found and likely else None


def time_of_day(typed: object, *, to_24: bool = False) -> time:
    """The time that `9`, `9:00`, `9.30`, `5pm` or `noon` is. Raises ValueError.

    Without am or pm it is a reading of the 24-hour clock. With `to_24`, `24:00` is midnight.
    """
    text = _text(typed)
    if (tenth := _TENTH.match(text)) and tenth[2] != "0":
        raise UnclearError(typed, f"{tenth[1]}:{tenth[2]}0", f"{tenth[1]}:0{tenth[2]}")
    found = _TIME.match(tenth[1] if tenth else text)
    if found is None:
        raise ValueError(f"{shown(typed)} is not a time of day")
    if found[1] is None:
        return _NAMED[text]
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    if text in _OFTEN_PM:
        raise UnclearError(typed, f"{hour}:00", f"{hour + 12}:00")
    if found[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    elif found[4]:
        raise ValueError(f"{shown(typed)} has an hour that no clock with am and pm shows")
    if to_24 and (hour, minute, second) == (24, 0, 0):
        hour = 0
    return time(hour, minute, second)


def _text(typed: object) -> str:
    """In small letters; a whole number of TOML without its point, an endless one not at all."""
    if isinstance(typed, bool | int | float):
        if isinstance(typed, bool) or not abs(typed) < 1e12:
            return ""
        typed = int(typed) if typed == int(typed) else typed
    return str(typed).strip(" ").lower()
