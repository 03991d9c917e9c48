"""How values become plain ones (strings, numbers, lists, tables) and come back: both ways at once.

Readings of the elapsed clock become offsets from the moment of saving, `t`.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Any, TypeVar

from deskbreak.struct import Struct

T = TypeVar("T")

_SAME_KEYS: Mapping[str, str] = MappingProxyType({})


class Codec(Struct):
    """How one sort of value becomes a plain one and comes back; what gives None is left out.

    `dump` takes the value and the elapsed clock at the moment of saving. `load` takes the plain
    one (None where there is nothing), the entry it is in ("state.bout: length") and that clock
    again, and raises ValueError naming the entry.
    """

    dump: Callable[[Any, float], Any]
    load: Callable[[Any, str, float], Any]


def _wrong(where: str, plain: Any, allowed: str) -> ValueError:
    found = "nothing" if plain is None else repr(plain)
    return ValueError(f"{where}: found {found}, allowed: {allowed}")


def _same(value: Any, _t: float) -> Any:
    return value


def number(least: float, most: float, *, on_clock: bool = False) -> Codec:
    """A number between these two, both included; `on_clock` is a reading of the elapsed clock."""

    def dump(value: float, t: float) -> float | None:
        return (value - t if on_clock else value) if isfinite(value) else None

    def load(plain: Any, where: str, t: float) -> float:
        if not isinstance(plain, int | float) or type(plain) is bool or not isfinite(plain):
            raise _wrong(where, plain, "a number")
        if not least <= plain <= most:
            raise _wrong(where, float(plain), f"a number from {least:g} to {most:g}")
        return plain + t if on_clock else float(plain)

    return Codec(dump, load)


def whole(least: int = 0, most: int = 2**31 - 1) -> Codec:
    """A whole number between these two, both included."""

    def load(plain: Any, where: str, _t: float) -> int:
        if type(plain) is not int:
            raise _wrong(where, plain, "a whole number")
        if not least <= plain <= most:
            raise _wrong(where, plain, f"a whole number from {least} to {most}")
        return plain

    return Codec(_same, load)


def plain_value(kind: type[T], allowed: str) -> Codec:
    """A value that is plain already."""

    def load(plain: Any, where: str, _t: float) -> T:
        if not isinstance(plain, kind):
            raise _wrong(where, plain, allowed)
        return plain

    return Codec(_same, load)


def word(words: type[StrEnum]) -> Codec:
    """One of a closed set of words."""

    def load(plain: Any, where: str, _t: float) -> StrEnum:
        try:
            return words(plain)
        except ValueError:
            raise ValueError(f"{where}: found {plain!r}, which is not a word here") from None

    return Codec(lambda word, _t: word.value, load)


def maybe(codec: Codec, absent: Any = None) -> Codec:
    """A value that may be missing: then it is what would have been saved as `absent`, or None."""

    def dump(value: Any, t: float) -> Any:
        return None if value is None else codec.dump(value, t)

    def load(plain: Any, where: str, t: float) -> Any:
        plain = absent if plain is None else plain
        return None if plain is None else codec.load(plain, where, t)

    return Codec(dump, load)


def each(codec: Codec) -> Codec:
    """A list of that kind."""

    def load(plain: Any, where: str, t: float) -> list[Any]:
        if not isinstance(plain, list):
            raise _wrong(where, plain, "a list")
        return [codec.load(one, where, t) for one in plain]

    return Codec(lambda values, t: [codec.dump(one, t) for one in values], load)


def mapping(words: Callable[[str], Any], codec: Codec) -> Codec:
    """What goes with each of these, all of one kind."""

    def load(plain: Any, where: str, t: float) -> dict[Any, Any]:
        if not isinstance(plain, Mapping):
            raise _wrong(where, plain, "a table")
        inside = where.replace(": ", ".")
        return {words(k): codec.load(v, f"{inside}: {k}", t) for k, v in plain.items()}

    return Codec(lambda found, t: {str(k): codec.dump(v, t) for k, v in found.items()}, load)


def converted(codec: Codec, out: Callable[[Any], Any], back: Callable[[Any], Any]) -> Codec:
    """A value that is saved as another one, of that kind."""
    return Codec(
        lambda value, t: codec.dump(out(value), t),
        lambda plain, where, t: back(codec.load(plain, where, t)),
    )


def table(
    make: Callable[..., Any], keys: Mapping[str, str] = _SAME_KEYS, /, **codecs: Codec
) -> Codec:
    """The fields of a value and their kinds; `keys` has those that are not the fields' names."""

    def dump(value: Any, t: float) -> dict[str, Any]:
        dumped = ((keys.get(f, f), codec.dump(getattr(value, f), t)) for f, codec in codecs.items())
        return {key: plain for key, plain in dumped if plain is not None}

    def load(plain: Any, where: str, t: float) -> Any:
        if not isinstance(plain, Mapping):
            raise _wrong(where, plain, "a table")
        found = {}
        for name, codec in codecs.items():
            key = keys.get(name, name)
            found[name] = codec.load(plain.get(key), f"{where.replace(': ', '.')}: {key}", t)
        return make(**found)

    return Codec(dump, load)


def row(make: Callable[..., Any], /, **codecs: Codec) -> Codec:
    """The same as a list, with empty texts for what there is not."""
    as_table = table(make, **codecs)

    def dump(value: Any, t: float) -> list[Any]:
        dumped = (codec.dump(getattr(value, key), t) for key, codec in codecs.items())
        return ["" if one is None else one for one in dumped]

    def load(plain: Any, where: str, t: float) -> Any:
        if not isinstance(plain, list) or len(plain) > len(codecs):
            raise _wrong(where, plain, f"a list of {len(codecs)}")
        there = zip(codecs, plain, strict=False)
        return as_table.load({key: one for key, one in there if one != ""}, where, t)

    return Codec(dump, load)
