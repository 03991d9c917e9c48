"""How each kind of value is read from TOML, written back, and described.

A kind is made of a type hint of `model` by `tables.kind_of`. Reading refuses nothing by raising:
it notes what is the matter and gives UNFIT, so that all problems of a file are found at once.
"""

import re
from abc import abstractmethod
from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from deskbreak.settings.problems import Note, Spot, nearest, shown
from deskbreak.settings.typed import (
    LENGTH_PATTERN,
    TIME_PATTERN,
    UnclearError,
    is_number,
    likely_length,
    time_of_day,
    until_24,
)
from deskbreak.settings.values import DATES_PATTERN, Dates, Duration
from deskbreak.struct import Struct

_DATES = re.compile(DATES_PATTERN.replace("$", r"\Z"))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"s": "seconds", "h": "hours", "d": "days"}
_YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

UNFIT: Final = object()  # what reading gives for a value that cannot be used


class Kind(Struct):
    """One kind of value; each subclass gives its own `allowed`, `read` and `schema`."""

    word: ClassVar[str]
    """What the kind is called in the manual."""

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What may stand here, as the end of a sentence."""

    @abstractmethod
    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """The value for code, or UNFIT and a note for each thing that is the matter."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of it."""

    def plain(self, value: Any) -> Any:
        """A value of code as TOML has it."""
        return value

    def from_words(self, words: str) -> Any:
        """What a word of the command line stands for, as TOML has it; `read` checks it."""
        return words

    def refuse(self, found: object, spot: Spot, notes: list[Note], hint: str = "") -> Any:
        """Note that this was found where something else is allowed."""
        notes.append(Note(spot, shown(found), self.allowed + hint))
        return UNFIT


class YesNo(Kind):
    """true or false."""

    word: ClassVar = "true or false"

    @property
    def allowed(self) -> str:
        """The two words."""
        return "true or false"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """Only a TOML boolean will do."""
        if isinstance(found, bool):
            return found
        quoted = isinstance(found, str) and found.lower() in _YES_NO
        return self.refuse(found, spot, notes, ", without quotes" if quoted else "")

    def from_words(self, words: str) -> Any:
        """On the command line yes, no, on and off are understood as well."""
        return _YES_NO.get(words.strip().lower(), words)

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


class Number(Kind):
    """A number in a range; whole unless `fractions`."""

    least: float
    most: float
    fractions: bool = False
    word: ClassVar = "number"

    @property
    def allowed(self) -> str:
        """The range."""
        what = "a number" if self.fractions else "a whole number"
        return f"{what}, {self.least:g} to {self.most}"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """No text, no boolean, and not past the ends."""
        kinds = int | float if self.fractions else int
        if isinstance(found, bool) or not isinstance(found, kinds):
            return self.refuse(found, spot, notes)
        if not self.least <= found <= self.most:  # nor is NaN
            return self.refuse(found, spot, notes)
        return float(found) if self.fractions else found

    def from_words(self, words: str) -> Any:
        """A number if it looks like one."""
        try:
            return float(words) if self.fractions else int(words)
        except ValueError:
            return words

    def schema(self) -> dict[str, Any]:
        """A number with both ends."""
        kind = "number" if self.fractions else "integer"
        return {"type": kind, "minimum": self.least, "maximum": self.most}


class Span(Kind):
    """A duration in a range; below `sensible` it is taken, with a warning.

    A number alone is in `unit`, mostly minutes.
    """

    least: Duration
    most: Duration
    sensible: Duration
    unit: str = "m"
    word: ClassVar = "duration"

    @property
    def allowed(self) -> str:
        """An example and the range."""
        day = self.most == Duration(86_400)  # easier to grasp as `24h`
        most = "24h" if day else self.most.text
        alone = "" if self.unit == "m" else f" (a number alone is {_UNITS[self.unit]})"
        return f'a duration such as "30{self.unit}"{alone}, {self.least.text} to {most}'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A text such as `1h15m`, or a number."""
        try:
            value = self._clear(found)
        except UnclearError as unclear:
            notes.append(Note(spot, shown(found), unclear.allowed))
            return UNFIT
        except ValueError:
            likely = likely_length(found, notes)
            return self.refuse(found, spot, notes, f' (perhaps "{likely}")' if likely else "")
        if not self.least <= value <= self.most:
            return self.refuse(found, spot, notes)
        if 0 < value < self.sensible:
            sentence = f"{shown(found)} is very short; {self.sensible.text} or more is sensible"
            notes.append(Note(spot, sentence, severity="warning"))
        return value

    def _clear(self, found: object) -> Duration:
        """What is meant, where 2 is not as likely 2 hours."""
        value = Duration.parse(found, self.unit)
        hours = Duration(value * 60)
        short = self.unit == "m" and self.least <= value < self.sensible
        if short and is_number(found) and self.sensible <= hours <= self.most:
            raise UnclearError(found, value.text, hours.text)
        return value

    def plain(self, value: Duration) -> str:
        """Its text."""
        return Duration(value).text

    def schema(self) -> dict[str, Any]:
        """A text or a number; JSON Schema cannot tell its range."""
        return _text_or_number(LENGTH_PATTERN)


def _text_or_number(pattern: str) -> dict[str, Any]:
    text = {"type": "string", "pattern": pattern}
    return {"anyOf": [text, {"type": "number", "minimum": 0}]}


class TimeOfDay(Kind):
    """A reading of the 24-hour clock. With `until_24`, `24:00` is midnight as an end."""

    until_24: bool = False
    word: ClassVar = "time"

    @property
    def allowed(self) -> str:
        """An example and the range."""
        return f'a time such as "12:30", 00:00 to {"24:00" if self.until_24 else "23:59"}'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A text such as `12:30`, a number, or a time of TOML's own."""
        if isinstance(found, time):
            return found
        try:
            return time_of_day(found, to_24=self.until_24)
        except UnclearError as unclear:
            notes.append(Note(spot, shown(found), unclear.allowed))
            return UNFIT
        except ValueError:
            return self.refuse(found, spot, notes)

    def plain(self, value: time) -> str:
        """`12:30`, with seconds where there are any."""
        if self.until_24 and value == time(0):
            return "24:00"
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")

    def schema(self) -> dict[str, Any]:
        """A text or a number."""
        return _text_or_number(until_24(TIME_PATTERN) if self.until_24 else TIME_PATTERN)


class Days(Kind):
    """A date, or a stretch of dates."""

    word: ClassVar = "date"

    @property
    def allowed(self) -> str:
        """Both ways to write it."""
        return 'a date such as "2026-12-25", or from one to another: "2026-12-24/2027-01-01"'

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A text, or a date of TOML's own."""
        if isinstance(found, date) and not isinstance(found, datetime):
            return Dates(found, found)
        if isinstance(found, str) and _DATES.match(found):
            try:
                return Dates.parse(found)
            except ValueError:
                pass  # it looks like one, but there is no such day, or it ends before it begins
        return self.refuse(found, spot, notes)

    def plain(self, value: Dates) -> str:
        """Its text."""
        return value.text

    def schema(self) -> dict[str, Any]:
        """A text."""
        return {"type": "string", "pattern": DATES_PATTERN}


class Choice(Kind):
    """One word of a closed set."""

    words: tuple[str, ...]
    word: ClassVar = "word"

    @property
    def allowed(self) -> str:
        """All of them."""
        return ", ".join(self.words[:-1]) + f" or {self.words[-1]}"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """Exactly as written here; a near miss is told."""
        if isinstance(found, str) and found in self.words:
            return found
        likely = nearest(found.lower(), self.words, notes) if isinstance(found, str) else None
        return self.refuse(found, spot, notes, f' (perhaps "{likely}")' if likely else "")

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}


class Weekday(Choice):
    """A day of the week, by its first letters too."""

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """`mon`, `Monday` or `Mo`."""
        typed = found.strip().lower() if isinstance(found, str) else ""
        for day in _DAYS:
            if len(typed) > 1 and day.startswith(typed):
                return day[:3]
        likely = nearest(typed, _DAYS, notes)
        return self.refuse(found, spot, notes, f' (perhaps "{likely[:3]}")' if likely else "")

    def schema(self) -> dict[str, Any]:
        """An enumeration, with the whole names."""
        return {"enum": [*self.words, *_DAYS]}


class Words(Kind):
    """A text of a given length and, where `pattern` is not None, shape."""

    what: str
    most: int
    least: int = 0
    pattern: str | None = None
    word: ClassVar = "text"

    @property
    def allowed(self) -> str:
        """What it is and how long it may be."""
        if self.pattern is not None:
            return self.what
        return f"{self.what}, up to {self.most} characters"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A text without NUL, which no program could be given."""
        if not isinstance(found, str) or "\0" in found:
            return self.refuse(found, spot, notes)
        fits = self.least <= len(found) <= self.most
        if self.pattern is not None:
            fits = fits and re.match(self.pattern.replace("$", r"\Z"), found) is not None
        return found if fits else self.refuse(found, spot, notes)

    def schema(self) -> dict[str, Any]:
        """A text with its length."""
        schema: dict[str, Any] = {"type": "string", "maxLength": self.most}
        if self.least:
            schema["minLength"] = self.least
        if self.pattern is not None:
            schema["pattern"] = self.pattern
        return schema
