"""Kinds that are made of other kinds: lists, maps and tables."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Final, Literal, get_args, get_origin, get_type_hints

from deskbreak.settings.problems import Note, Spot, nearest, shown
from deskbreak.settings.types import (
    UNFIT,
    Choice,
    Days,
    Kind,
    Number,
    Span,
    TimeOfDay,
    Words,
    YesNo,
)
from deskbreak.settings.values import Dates, Duration, Mark
from deskbreak.struct import Struct


class Listed(Kind):
    """A list of one kind. `unique` allows each item once, or each `unique` of its tables."""

    item: Kind
    fewest: int = 0
    unique: bool | str = False
    word: ClassVar = "list"

    @property
    def allowed(self) -> str:
        """What its items may be."""
        if isinstance(self.item, Table):
            return f"tables with {self.item.allowed}"
        least = f" of {self.fewest} or more" if self.fewest else ""
        return f"a list{least}, each {self.item.allowed}"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A list whose every item fits."""
        if not isinstance(found, list) or len(found) < self.fewest:
            return self.refuse(found, spot, notes)
        values = [self._item(item, (*spot, at), notes) for at, item in enumerate(found)]
        if UNFIT in values or (self.unique and self._repeats(values, spot, notes)):
            return UNFIT
        return tuple(values)

    def _item(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        value = self.item.read(found, spot, notes)
        if value is UNFIT or not isinstance(self.item, Table):
            return value
        return self.item.whole(value, spot, notes)

    def _repeats(self, values: list[Any], spot: Spot, notes: list[Note]) -> bool:
        seen: set[Any] = set()
        repeated = False
        for at, value in enumerate(values):
            by = getattr(value, self.unique) if isinstance(self.unique, str) else value
            if by in seen:
                place = (*spot, at, self.unique) if isinstance(self.unique, str) else (*spot, at)
                notes.append(Note(place, f"{shown(by)} a second time", "each one once"))
                repeated = True
            seen.add(by)
        return repeated

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
        return schema


class Map(Kind):
    """A table that gives some of a closed set of names a value each."""

    names: tuple[str, ...]
    item: Kind
    word: ClassVar = "table"

    @property
    def allowed(self) -> str:
        """The names and what each may be."""
        return f"for each of {', '.join(self.names)}: {self.item.allowed}"

    def read(self, found: object, spot: Spot, notes: list[Note]) -> Any:
        """A table; a name that is not in the set is left out with a warning."""
        if not isinstance(found, dict):
            return self.refuse(found, spot, notes)
        values = {}
        for name, item in found.items():
            if name not in self.names:
                note_unknown((*spot, name), self.names, notes)
                continue
            value = self.item.read(item, (*spot, name), notes)
            if value is not UNFIT:
                values[name] = value
        return values

    def plain(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """A dict of plain items."""
        return {name: self.item.plain(item) for name, item in value.items()}

    def from_words(self, words: str) -> Any:
        """A TOML inline table."""
        return _toml_value(words)

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


class Table(Kind):
    """A table with keys of its own: a Struct of the model."""

    struct: type[Struct]
    entries: tuple[Entry, ...]
    word: ClassVar = "table"

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
        known = {entry.name: entry for entry in self.entries}
        values = {}
        for name, item in found.items():
            if name not in known:
                note_unknown((*spot, name), tuple(known), notes)
                continue
            value = known[name].kind.read(item, (*spot, name), notes)
            if value is not UNFIT:
                values[name] = value
        return values

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

    def from_words(self, words: str) -> Any:
        """A TOML inline table."""
        return _toml_value(words)

    def schema(self) -> dict[str, Any]:
        """An object; unknown keys are allowed, since they only bring a warning."""
        schema: dict[str, Any] = {
            "type": "object",
            "description": self.sentence,
            "properties": {entry.name: entry_schema(entry) for entry in self.entries},
        }
        needed = [entry.name for entry in self.entries if entry.needed]
        if needed:
            schema["required"] = needed
        return schema


GONE: Mapping[Spot, str] = MappingProxyType(
    {("ui", "language"): "deskbreak speaks English only, for now: this line does nothing"}
)
"""Settings that there were once, and what to say to somebody who has one."""


def entry_schema(entry: Entry) -> dict[str, Any]:
    """The JSON Schema of a key, with its sentence and default."""
    schema = entry.kind.schema()
    if entry.sentence:
        schema["description"] = entry.sentence
    if not entry.needed and not isinstance(entry.kind, Table):
        schema["default"] = entry.kind.plain(entry.default)
    return schema


def note_unknown(spot: Spot, names: tuple[str, ...], notes: list[Note]) -> None:
    """Warn about a key that is not known, with the nearest that is."""
    if spot in GONE:
        notes.append(Note(spot, GONE[spot], severity="warning"))
        return
    likely = nearest(str(spot[-1]), names, notes)
    sentence = f"unknown key, left out; the keys here are {', '.join(names)}"
    if likely is not None:
        sentence = f'unknown key, left out; the nearest known is "{likely}"'
    notes.append(Note(spot, sentence, severity="warning"))


def _toml_value(words: str) -> Any:
    """A value in TOML's own notation; the words themselves if it is none."""
    try:
        return tomllib.loads(f"value = {words}")["value"]
    except (ValueError, RecursionError):
        return words


def table_of(struct: type[Struct]) -> Table:
    """The kind of a Struct of the model."""
    return Table(struct, tuple(_entries(struct)))


def _entries(struct: type[Struct]) -> Iterator[Entry]:
    hints = get_type_hints(struct, include_extras=True)
    for attribute, field in struct.fields_.items():
        _, mark = _split(hints[attribute])
        kind = kind_of(hints[attribute])
        yield Entry(
            name=mark.limits.get("name", attribute),
            attribute=attribute,
            kind=kind,
            sentence=kind.sentence if isinstance(kind, Table) else mark.sentence,
            default=field.make(),
            needed=field.needed,
        )


_UNMARKED: Final = Mark("")


def _split(hint: Any) -> tuple[Any, Mark]:
    """The type itself, and what is said of it."""
    return get_args(hint) if get_origin(hint) is Annotated else (hint, _UNMARKED)


def kind_of(hint: Any) -> Kind:
    """The kind of a type hint of the model; TypeError if there is none for it."""
    bare, mark = _split(hint)
    origin, inside, limits = get_origin(bare), get_args(bare), mark.limits
    if origin is Literal:
        return Choice(inside)
    if origin is tuple:
        return Listed(kind_of(inside[0]), limits.get("fewest", 0), limits.get("unique", False))
    if origin is dict:
        return Map(tuple(limits["names"]), kind_of(inside[1]))
    if bare is Dates:
        return Days()
    if issubclass(bare, Struct):
        return table_of(bare)
    return _scalar(bare, limits)


def _scalar(bare: type, limits: Mapping[str, Any]) -> Kind:
    if bare is bool:
        return YesNo()
    if bare is Duration:
        return Span(**limits)
    if bare is time:
        return TimeOfDay(limits.get("until_24", False))
    if bare in (int, float) and limits:
        return Number(**limits, fractions=bare is float)
    if bare is str and limits:
        return Words(**limits)
    raise TypeError(f"no kind of setting for {bare}")
