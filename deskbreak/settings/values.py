"""Values of settings: lengths of time (`90s`, `1h15m`), days in a row, and the words of choices."""

import re
from datetime import date
from typing import Any, Literal, Self, get_args

from deskbreak.struct import Struct

UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
PATTERN = r"^(?=[0-9])([0-9]{1,5}d)?([0-9]{1,6}h)?([0-9]{1,7}m)?([0-9]{1,9}s)?$"
_SHAPE = re.compile(PATTERN.replace("$", r"\Z"))


class Duration(float):
    """Seconds: a float everywhere in code, whole seconds when it comes from a file."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1h15m` and the like: units d, h, m, s, each at most once and in that order.

        Raises ValueError for anything else; a plain number has no unit and is refused as well.
        """
        found = _SHAPE.match(text)
        if found is None:
            raise ValueError(f'"{text}" is not a duration such as "90s", "30m" or "1h15m"')
        seconds = 0
        for part, (_, length) in zip(found.groups(), UNITS, strict=True):
            if part is not None:
                seconds += int(part[:-1]) * length
        return cls(seconds)

    @property
    def text(self) -> str:
        """The shortest way to write it, to the nearest whole second: `1h15m`, `90s` is `1m30s`."""
        left = round(self)
        parts = []
        for unit, length in UNITS:
            count, left = divmod(left, length)
            if count:
                parts.append(f"{count}{unit}")
        return "".join(parts) or "0s"


DATES_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$"
"""What a text of one looks like; which dates there are, a pattern cannot tell."""


class Dates(Struct):
    """Days in a row, both ends included; often a single one."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 date, or two with a slash between. Raises ValueError."""
        begins, slash, ends = text.partition("/")
        first = date.fromisoformat(begins)
        last = date.fromisoformat(ends) if slash else first
        if last < first:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(first, last)

    @property
    def text(self) -> str:
        """As `parse` reads it."""
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


Escalation = Literal["never", "urgent", "overlay"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Place = Literal["desk", "standing", "walk", "stairs", "floor"]
Area = Literal[
    "hips",
    "glutes",
    "hamstrings",
    "core",
    "ankles",
    "low_back",
    "upper_back",
    "shoulders",
    "neck",
    "wrists",
    "eyes",
    "whole_body",
]
Tag = Literal[
    "knee",
    "kneeling",
    "wrist",
    "shoulder",
    "neck",
    "balance",
    "dizziness",
    "late_pregnancy",
    "osteoporosis",
    "hip_replacement",
    "high_bp",
    "leg_symptoms",
]
RecentPain = Literal["none", "under_6_weeks", "under_3_months", "longer"]
Style = Literal["dynamic", "static"]
Shade = Literal["auto", "light", "dark"]
HookEvent = Literal[
    "heads_up", "prompt", "stand_prompt", "sit_prompt", "prompt_withdrawn", "snoozed", "skipped",
    "dismissed", "ignored", "break_started", "break_ended", "natural_break", "bout_ended",
    "posture", "hold", "hold_over", "reminder", "paused", "resumed", "feedback",
    "level_offered", "level_set", "day_closed",
]  # fmt: skip

EVERY_DAY: tuple[Day, ...] = get_args(Day)
AREAS: tuple[Area, ...] = get_args(Area)
HOOK_EVENTS: tuple[HookEvent, ...] = get_args(HookEvent)


class Mark:
    """A sentence, and by name what the kind of value wants to know (`tables.kind_of` reads it)."""

    __slots__ = ("limits", "sentence")

    def __init__(self, sentence: str, **limits: Any) -> None:
        self.sentence, self.limits = sentence, limits


def says(sentence: str, **limits: Any) -> Mark:
    """A sentence alone, or with `fewest` and `unique` for a list and `names` for a map.

    `name` is what the key is called in files where that is no name in Python.
    """
    return Mark(sentence, **limits)


def span(sentence: str, least: str, most: str, sensible: str | None = None) -> Mark:
    """A duration and its range; below `sensible`, `config check` warns."""
    return Mark(
        sentence,
        least=Duration.parse(least),
        most=Duration.parse(most),
        sensible=Duration.parse(sensible or least),
    )


def number(sentence: str, least: float, most: float) -> Mark:
    """A number and its range, both ends included."""
    return Mark(sentence, least=least, most=most)


def words(
    sentence: str, what: str, *, most: int, least: int = 0, pattern: str | None = None
) -> Mark:
    """A text, what it is in two words, its length in characters, and its shape where it has one."""
    return Mark(sentence, what=what, least=least, most=most, pattern=pattern)
