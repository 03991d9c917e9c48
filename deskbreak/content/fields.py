"""Reads one table of a file key by key, strictly: every mistake is a problem with its place."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar

from deskbreak.settings.problems import Problem, Spot
from deskbreak.struct import Struct, field

if TYPE_CHECKING:  # wanted only where there is a problem, which the daemon hardly ever sees
    from deskbreak.settings.lines import Lines


def shown(value: object) -> str:
    """A value from a file as it may appear in a sentence: short, and with nothing unprintable."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def nearest(word: str, words: Iterable[str]) -> str:
    """What may have been meant, for a problem: the likeliest known word, or all of them."""
    from difflib import get_close_matches

    known = sorted(words) or ["none is known here"]
    likely = get_close_matches(word, known, n=1, cutoff=0.5)
    if not likely:
        return ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
    return f"perhaps {likely[0]}"


Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")
LONGEST_TEXT = 300


class Reading(Struct, frozen=False):
    """One file while it is read: its text, and where its problems go.

    `line_offset` is the number of lines before `text` where only a part of the file is read.
    """

    file: Path
    text: str
    own: bool
    problems: list[Problem]
    line_offset: int = 0
    _lines: "Lines | None" = None

    def refuse(self, spot: Spot, key: str, found: str, allowed: str) -> None:
        """Note a mistake where that stands, or what is around it; or else at the first line."""
        if self._lines is None:
            from deskbreak.settings.lines import Lines

            self._lines = Lines(self.text)
        self.problem(self._lines.of(spot) or 1, key, found, allowed)

    def problem(self, line: int, key: str, found: str, allowed: str) -> None:
        """Note a mistake on a line of the text."""
        line += self.line_offset
        self.problems.append(Problem(str(self.file), line, key, found, allowed))


class Fields(Struct, frozen=False):
    """The keys of one table. A reader returns a harmless value after noting a problem.

    `index` is the place in a list of tables, None for a table by itself.

    Read what is expected, then ask `finished`: it notes keys that nobody asked for, and says
    whether the table may be used.
    """

    reading: Reading
    table: str
    index: int | None
    data: Mapping[str, Any]
    _asked: set[str] = field(default_factory=set)
    _sound: bool = True

    @property
    def name(self) -> str:
        """What the table is called in a problem: "exercise chin_tuck" or "exercise 3"."""
        given = self.data.get("id")
        if isinstance(given, str) and re.fullmatch(r"[\w-]{1,60}", given):
            return f"{self.table} {given}"
        return self.table if self.index is None else f"{self.table} {self.index + 1}"

    def refuse(self, key: str, found: str, allowed: str, item: int | None = None) -> None:
        """Note that the value of a key (or one item of it) cannot be used."""
        self._sound = False
        label = key if item is None else f"{key}[{item + 1}]"
        way = (self.table, self.index, key, item)
        spot = tuple(part for part in way if part is not None)
        self.reading.refuse(spot, f"{self.name}: {label}", found, allowed)

    def finished(self, also: Iterable[str] = ()) -> bool:
        """Note unknown keys; True if this table has no problem. `also` are keys read elsewhere."""
        known = self._asked | set(also)
        for key in self.data:
            if key not in known:
                self.refuse(key, "an unknown key", nearest(key, known))
        return self._sound

    def text(self, key: str, default: str | None = None) -> str:
        """A printable line of text for people, not empty unless that is the default."""
        value = self._value(key, default)
        if isinstance(value, str) and (value == default or _readable(value)):
            return value
        allowed = f"one line of 1 to {LONGEST_TEXT} printable characters"
        return self._refused(key, value, allowed, "")

    def ident(self, pattern: str, example: str) -> str:
        """The id, which has to match all of `pattern`."""
        value = self._value("id", None)
        if isinstance(value, str) and len(value) <= 60 and re.fullmatch(pattern, value):
            return value
        return self._refused("id", value, f"lower-case words such as {example}", "")

    def texts(self, key: str, least: int, most: int, *, optional: bool = False) -> tuple[str, ...]:
        """A list of lines of text."""
        value = self._value(key, [] if optional else None)
        if not isinstance(value, list) or not least <= len(value) <= most:
            return self._refused(key, value, f"a list of {least} to {most} texts", ())
        for item, one in enumerate(value):
            if not (isinstance(one, str) and _readable(one)):
                self.refuse(key, shown(one), "one line of printable text", item)
        return tuple(str(one) for one in value)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number within bounds."""
        value = self._value(key, None)
        if _whole(value) and low <= value <= high:
            return value
        return self._refused(key, value, f"a whole number from {low} to {high}", low)

    def whole_or_none(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds, or nothing where the key is not there."""
        if key not in self.data:
            self._asked.add(key)
            return None
        return self.whole(key, low, high)

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers, which may be left out."""
        value = self._value(key, [])
        if isinstance(value, list) and all(_whole(one) and low <= one <= high for one in value):
            return tuple(value)
        return self._refused(key, value, f"a list of whole numbers from {low} to {high}", ())

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._value(key, default)
        return value if isinstance(value, bool) else self._refused(key, value, "true, false", False)

    def word(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """One word of a closed set."""
        value = self._value(key, default)
        try:
            return words(value)
        except ValueError:
            return self._refused(key, value, _listed(words), next(iter(words)))

    def words(self, key: str, words: type[Word], least: int = 0) -> tuple[Word, ...]:
        """A list of different words of a closed set."""
        value = self._value(key, None)
        if not isinstance(value, list) or len(value) < least:
            return self._refused(key, value, f"a list of: {_listed(words)}", ())
        found: list[Word] = []
        for item, one in enumerate(value):
            try:
                found.append(words(one))
            except ValueError:
                self.refuse(key, shown(one), _listed(words), item)
        if len(set(found)) < len(found):
            self.refuse(key, shown(value), "each word once")
        return tuple(found)

    def parsed(self, key: str, parse: Callable[[str], Value], allowed: str) -> Value | None:
        """A text that `parse` understands (ValueError if not); None where the key is not there."""
        if key not in self.data:
            self._asked.add(key)
            return None
        value = self._value(key, None)
        try:
            if isinstance(value, str):
                return parse(value)
        except ValueError:
            pass
        return self._refused(key, value, allowed, None)

    def _value(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        return self.data.get(key, default)

    def _refused(self, key: str, value: object, allowed: str, instead: Value) -> Value:
        self.refuse(key, shown(value) if key in self.data else "nothing", allowed)
        return instead


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _readable(value: str) -> bool:
    return value.isprintable() and bool(value.strip()) and len(value) <= LONGEST_TEXT


def _listed(words: type[StrEnum]) -> str:
    return ", ".join(words)
