"""Values of settings (lengths of time, days in a row, words), and how a setting is declared."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Self, get_args

from deskbreak.settings.typed import UNITS, seconds
from deskbreak.struct import NO_DEFAULT, Field, Struct


class Duration(float):
    """Seconds: a float everywhere in code, whole seconds when it comes from a file."""

    __slots__ = ()

    @classmethod
    def parse(cls, typed: object, unit: str = "m") -> Self:
        """Read `1h15m` and what else people type; `unit` is that of a lone number.

        Raises ValueError, and UnclearError for what may mean two lengths.
        """
        return cls(seconds(typed, unit))

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
    "hips", "glutes", "hamstrings", "core", "ankles", "low_back",
    "upper_back", "shoulders", "neck", "wrists", "eyes", "whole_body",
]  # fmt: skip
Tag = Literal[
    "knee", "kneeling", "wrist", "shoulder", "neck", "balance",
    "dizziness", "late_pregnancy", "osteoporosis", "hip_replacement", "high_bp", "leg_symptoms",
]  # fmt: skip
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


class Setting(Field):
    """A field of the model: its default, a sentence for people, and the limits of its kind.

    `name` is what the key is called in files where that is no name in Python.
    """

    __slots__ = ("limits", "name", "sentence")

    def __init__(
        self, sentence: str, default: Any, limits: Mapping[str, Any], name: str = ""
    ) -> None:
        super().__init__(default, dict if default == {} else None, init=True)
        self.sentence, self.limits, self.name = sentence, limits, name


def setting(sentence: str, default: Any = NO_DEFAULT, name: str = "", **limits: Any) -> Any:
    """A setting with the limits that its kind takes; `each` are those of what it holds."""
    return Setting(sentence, default, limits, name)


def within(least: str, most: str, sensible: str = "", unit: str = "m") -> dict[str, Any]:
    """The limits of a duration; below `sensible`, `config check` warns.

    `unit` is that of a number without one.
    """
    bounds = {"least": least, "most": most, "sensible": sensible or least}
    return {name: Duration.parse(text) for name, text in bounds.items()} | {"unit": unit}


def span(sentence: str, default: str, *limits: str, **more: str) -> Any:
    """A duration, its default and its limits (see `within`); without a default if that is empty."""
    value = Duration.parse(default) if default else NO_DEFAULT
    return Setting(sentence, value, within(*limits, **more))


def number(sentence: str, default: float, least: float, most: float) -> Any:
    """A number and its range, both ends included."""
    return Setting(sentence, default, {"least": least, "most": most})
