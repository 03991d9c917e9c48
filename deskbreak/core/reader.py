"""Takes typed values out of a table of plain ones, and names what is missing or makes no sense."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, TypeVar

from deskbreak.core.moment import EARLIEST, LATEST

T = TypeVar("T")

LONGEST = 3.2e8
"""Ten years in seconds: nothing that is counted here has lasted for longer."""

_SAME_TIME = 1.0
"""Seconds by which what has happened may lie ahead: clocks are read one after the other."""

_MOST = 2**31 - 1


class Reader:
    """Takes typed values out of a table; ValueError names the entry."""

    def __init__(self, table: Mapping[str, Any], name: str) -> None:
        self._table, self._name = table, name

    def _take(self, key: str, check: Callable[[Any], bool], allowed: str) -> Any:
        value = self._table.get(key)
        if not check(value):
            raise self._wrong(key, value, allowed)
        return value

    def _wrong(self, key: str, value: Any, allowed: str) -> ValueError:
        found = "nothing" if value is None else repr(value)
        return ValueError(f"{self._name}: {key}: found {found}, allowed: {allowed}")

    def number(self, key: str, least: float, most: float) -> float:
        """A number between these two, both included."""
        value = float(self._take(key, _is_number, "a number"))
        if not least <= value <= most:
            raise self._wrong(key, value, f"a number from {least:g} to {most:g}")
        return value

    def length(self, key: str) -> float:
        """How long something has lasted, in seconds."""
        return self.number(key, 0.0, LONGEST)

    def lengths(self, key: str, words: Callable[[str], T]) -> dict[T, float]:
        """How long each of these has lasted, in seconds."""
        table = self.need(key)
        return {words(name): table.length(name) for name in self.mapping(key)}

    def since(self, key: str, t: float) -> float:
        """When something was, that was kept as an offset from `t`."""
        return t + self.number(key, -LONGEST, _SAME_TIME)

    def since_if_any(self, key: str, t: float) -> float | None:
        """The same; None where there is none."""
        return self.since(key, t) if key in self._table else None

    def at(self, key: str, t: float) -> float | None:
        """When something was or will be; None where there is none."""
        return t + self.number(key, -LONGEST, LONGEST) if key in self._table else None

    def wall(self, key: str) -> float:
        """A wall time."""
        return self.number(key, EARLIEST, LATEST)

    def wall_if_any(self, key: str) -> float | None:
        """A wall time; None where there is none."""
        return self.wall(key) if key in self._table else None

    def whole(self, key: str, least: int = 0, most: int = _MOST) -> int:
        """A whole number between these two, both included."""
        value = int(self._take(key, lambda v: type(v) is int, "a whole number"))
        if not least <= value <= most:
            raise self._wrong(key, value, f"a whole number from {least} to {most}")
        return value

    def whole_if_any(self, key: str, least: int = 0, most: int = _MOST) -> int | None:
        """The same; None where there is none."""
        return self.whole(key, least, most) if key in self._table else None

    def flag(self, key: str) -> bool:
        """True or false."""
        return bool(self._take(key, lambda v: isinstance(v, bool), "true or false"))

    def flag_if_any(self, key: str) -> bool:
        """True or false; false where there is nothing."""
        return key in self._table and self.flag(key)

    def text(self, key: str) -> str | None:
        """A text; None where there is none."""
        value = self._take(key, lambda v: v is None or isinstance(v, str), "a text")
        return None if value is None else str(value)

    def word(self, key: str, words: Callable[[str], T]) -> T:
        """One of a closed set of words."""
        value = self._table.get(key)
        try:
            return words(value)  # type: ignore[arg-type]  # what is no word of the set raises
        except ValueError:
            raise ValueError(
                f"{self._name}: {key}: found {value!r}, which is not a word here"
            ) from None

    def sequence(self, key: str) -> list[Any]:
        """A list of anything."""
        return list(self._take(key, lambda v: isinstance(v, list), "a list"))

    def sequence_or_none(self, key: str) -> list[Any] | None:
        """A list of anything; None where there is none."""
        return self.sequence(key) if key in self._table else None

    def mapping(self, key: str) -> dict[str, Any]:
        """A table of anything."""
        return dict(self._take(key, lambda v: isinstance(v, Mapping), "a table"))

    def table(self, key: str) -> "Reader | None":
        """A table to read on in; None where there is none."""
        return self.need(key) if key in self._table else None

    def need(self, key: str) -> "Reader":
        """A table to read on in."""
        return Reader(self.mapping(key), f"{self._name}.{key}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and type(value) is not bool and isfinite(value)
