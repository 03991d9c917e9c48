"""Takes typed values out of a table of plain ones, and names what is missing or makes no sense."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

_LARGEST = 1e11
"""Beyond any number of seconds that has a meaning here: the year 5138, or an age asleep."""


class Reader:
    """Takes typed values out of a table; ValueError names the entry."""

    def __init__(self, table: Mapping[str, Any], name: str) -> None:
        self._table, self._name = table, name

    def _take(self, key: str, check: Callable[[Any], bool], allowed: str) -> Any:
        value = self._table.get(key)
        if not check(value):
            found = "nothing" if value is None else repr(value)
            raise ValueError(f"{self._name}: {key}: found {found}, allowed: {allowed}")
        return value

    def number(self, key: str) -> float:
        """A number that can be a length of time or a clock reading in seconds."""
        return float(self._take(key, _is_number, "a number"))

    def at(self, key: str, t: float) -> float | None:
        """A clock reading that was kept as an offset from `t`; None where there is none."""
        return t + self.number(key) if key in self._table else None

    def whole(self, key: str) -> int:
        """A whole number."""
        return int(self._take(key, lambda v: type(v) is int, "a whole number"))

    def whole_or_none(self, key: str) -> int | None:
        """A whole number; None where there is none."""
        return self.whole(key) if key in self._table else None

    def flag(self, key: str) -> bool:
        """True or false."""
        return bool(self._take(key, lambda v: isinstance(v, bool), "true or false"))

    def flag_if_there(self, key: str) -> bool:
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
                f"{self._name}: {key}: found {value!r}, which is no word here"
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
    return isinstance(value, int | float) and type(value) is not bool and abs(value) < _LARGEST
