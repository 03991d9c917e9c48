"""Kinds that are made of other kinds: lists, maps and tables."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache, partial
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from deskbreak.settings.problems import Note, Spot, nearest, shown
from deskbreak.settings.types import (
    UNFIT,
    Choice,
    Days,
    Kind,
    Number,
    Span,
    TimeOfDay,
    Weekday,
    Words,
    YesNo,
)
from deskbreak.settings.values import EVERY_DAY, Dates, Day, Duration, Setting
from deskbreak.struct import Field, Struct


class Listed(Kind):
    """A list of one kind. `unique` allows each item once, or each `unique` of its tables.

    A `lone` item may stand without the brackets.
    """

    item: Kind
    fewest: int = 0
    unique: bool | str = False
    lone: bool = True
    word: ClassVar = "list"

    @property
    def allowed(self) -> str:
        """What its items may be."""
        if isinstance(self.item, Table):
            return f"tables with {self.item.allowed}"
        least = f" of {self.fewest} or more" if self.fewest else ""
        return f"a list{least}, each {self.item.allowed}"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A list whose every item fits, or that item alone."""
        if self._lone and isinstance(found, str | int | float | time | date):
            value = self.item.read(found, spot, notes)
            return UNFIT if value is UNFIT else (value,)
        if not isinstance(found, list) or len(found) < self.fewest:
            return self.refuse(found, spot, notes)
        values = [self._item(item, (*spot, at), notes) for at, item in enumerate(found)]
        if UNFIT in values or (self.unique and self._repeats(values, spot, notes)):
            return UNFIT
        return tuple(values)

    @property
    def _lone(self) -> bool:
        return self.lone and not isinstance(self.item, Table)

    def _item(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        value = self.item.read(found, spot, notes)
        if value is UNFIT or not isinstance(self.item, Table):
            return value
        return self.item.whole(value, spot, notes)

    def _repeats(self, values: list[Any], spot: Spot, notes: list[Note]) -> bool:
        seen: set[Any] = set()
        for at, value in enumerate(values):
            key = (self.unique,) if isinstance(self.unique, str) else ()
            by = getattr(value, key[0]) if key else value
            if by in seen:
                notes.append(Note((*spot, at, *key), f"{shown(by)} a second time", "each one once"))
            seen.add(by)
        return len(seen) < len(values)

    def plain(self, value: Any) -> list[Any]:
        """A list of plain items."""
        return [self.item.plain(item) for item in value]

    def from_words(self, words: str) -> Any:
        """A TOML list, or items with commas between them."""
        if words.lstrip().startswith("["):
            return _toml_value(words)
        return [self.item.from_words(item.strip()) for item in words.split(",") if item.strip()]

    def schema(self) -> dict[str, Any]:
        """An array."""
        schema: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        if self.fewest:
            schema["minItems"] = self.fewest
        if self.unique is True:
            schema["uniqueItems"] = True
        return {"anyOf": [schema, self.item.schema()]} if self._lone else schema


class _Keyed(Kind):
    word: ClassVar = "table"

    def from_words(self, words: str) -> Any:
        """A TOML inline table."""
        return _toml_value(words)


class Map(_Keyed):
    """A table that gives some of a closed set of names a value each."""

    item: Kind
    names: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """The names and what each may be."""
        return f"for each of {', '.join(self.names)}: {self.item.allowed}"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A table; a name that is not in the set is left out with a warning."""
        if not isinstance(found, dict):
            return self.refuse(found, spot, notes)
        return _read_each(found, dict.fromkeys(self.names, self.item), spot, notes)

    def plain(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """A dict of plain items."""
        return {name: self.item.plain(item) for name, item in value.items()}

    def schema(self) -> dict[str, Any]:
        """An object with these properties."""
        item = self.item.schema()
        return {"type": "object", "properties": dict.fromkeys(self.names, item)}


class Entry(Struct):
    """A key of a table. `attribute` is its name in code; a key that `needed` has no default."""

    name: str
    attribute: str
    kind: Kind
    sentence: str
    default: Any = None
    needed: bool = False


class Table(_Keyed):
    """A table with keys of its own: a Struct of the model."""

    struct: type[Struct]
    entries: tuple[Entry, ...]

    @property
    def sentence(self) -> str:
        """What the table is for."""
        return (self.struct.__doc__ or "").split("\n\n", maxsplit=1)[0]

    @property
    def allowed(self) -> str:
        """Its keys."""
        return ", ".join(entry.name for entry in self.entries)

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """What is there, as a dict by name; `build` makes the Struct of it."""
        if not isinstance(found, dict):
            notes.append(Note(spot, shown(found), f"a table with {self.allowed}"))
            return UNFIT
        kinds = {entry.name: entry.kind for entry in self.entries}
        return _read_each(found, kinds, spot, notes)

    def whole(self, values: Mapping[str, Any], spot: Spot, notes: list[Note]) -> Any:
        """The Struct of a table in a list, or UNFIT if a needed key is not there or two clash."""
        missing = [e for e in self.entries if e.needed and e.name not in values]
        noted = {note.spot for note in notes}
        for entry in missing:
            if (*spot, entry.name) not in noted:
                notes.append(Note((*spot, entry.name), "nothing", entry.kind.allowed))
        if missing:
            return UNFIT
        built = self.build(values)
        clashes = list(getattr(built, "contradictions", tuple)())
        for name, allowed in clashes:
            found = next(e.kind.plain(values[name]) for e in self.entries if e.name == name)
            notes.append(Note((*spot, name), shown(found), allowed))
        return UNFIT if clashes else built

    def build(self, values: Mapping[str, Any]) -> Any:
        """The Struct, with defaults for what is not there."""
        made = {}
        for entry in self.entries:
            if isinstance(entry.kind, Table):
                made[entry.attribute] = entry.kind.build(values.get(entry.name, {}))
            elif entry.name in values:
                made[entry.attribute] = values[entry.name]
        return self.struct(**made)

    def plain(self, value: Any) -> dict[str, Any]:
        """A dict of what differs from the defaults."""
        found = {}
        for entry in self.entries:
            item = getattr(value, entry.attribute)
            if entry.needed or item != entry.default:
                found[entry.name] = entry.kind.plain(item)
        return found

    def schema(self) -> dict[str, Any]:
        """An object; unknown keys are allowed, since they only bring a warning."""
        schema: dict[str, Any] = {
            "type": "object",
            "description": self.sentence,
            "properties": {},
        }
        for entry in self.entries:
            of_key = schema["properties"][entry.name] = entry.kind.schema()
            if entry.sentence:
                of_key["description"] = entry.sentence
            if entry.needed:
                schema.setdefault("required", []).append(entry.name)
            elif not isinstance(entry.kind, Table):
                of_key["default"] = entry.kind.plain(entry.default)
        return schema


_ENGLISH = "deskbreak speaks English only, for now: this line does nothing"
GONE: Mapping[Spot, str] = MappingProxyType({("ui", "language"): _ENGLISH})
"""Settings that there were once, and what to say to somebody who has one."""


def _read_each(
    found: Mapping[str, Any], kinds: Mapping[str, Kind], spot: Spot, notes: list[Note]
) -> dict[str, Any]:
    """The values of a table that fit; those of unknown names are left out with a warning."""
    values = {}
    for name, item in found.items():
        here = (*spot, name)
        if name in kinds:
            values[name] = kinds[name].read(item, here, notes)
            continue
        likely = nearest(str(name), tuple(kinds), notes)
        known = f'nearest known is "{likely}"' if likely else f"keys here are {', '.join(kinds)}"
        sentence = GONE.get(here, f"unknown key, left out; the {known}")
        notes.append(Note(here, sentence, severity="warning"))
    return {name: value for name, value in values.items() if value is not UNFIT}


def _toml_value(words: str) -> Any:
    """A value in TOML's own notation; the words themselves if it is none."""
    try:
        return tomllib.loads(f"value = {words}")["value"]
    except (ValueError, RecursionError):
        return words


@cache
def table_of(struct: type[Struct]) -> Table:
    """The kind of a Struct of the model."""
    hints = get_type_hints(struct)
    return Table(struct, tuple(_entry(*item, hints[item[0]]) for item in struct.fields_.items()))


def _entry(attribute: str, field: Field, hint: Any) -> Entry:
    kind = kind_of(hint, field.limits if isinstance(field, Setting) else {})
    if not isinstance(field, Setting):  # a table in this table
        return Entry(attribute, attribute, kind, getattr(kind, "sentence", ""), field.make())
    name = field.name or attribute
    return Entry(name, attribute, kind, field.sentence, field.make(), field.needed)


_SCALARS: Mapping[object, Callable[..., Kind]] = MappingProxyType({
    bool: YesNo, int: Number, float: partial(Number, fractions=True), str: Words,
    Duration: Span, Dates: Days, time: TimeOfDay, Day: partial(Weekday, EVERY_DAY),
})  # fmt: skip


def kind_of(hint: Any, limits: Mapping[str, Any]) -> Kind:
    """The kind of a type hint of the model, with its limits; TypeError if there is none for it."""
    origin, inside = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return _SCALARS[hint](**limits)
    if origin is Literal:
        return Choice(inside)
    own = {name: limit for name, limit in limits.items() if name != "each"}
    if origin is tuple:
        return Listed(kind_of(inside[0], limits.get("each", {})), **own)
    if origin is dict:
        return Map(kind_of(inside[1], limits["each"]), **own)
    if issubclass(hint, Struct):
        return table_of(hint)
    raise TypeError(f"no kind of setting for {hint}")
