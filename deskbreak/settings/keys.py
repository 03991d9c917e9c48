"""Every key by its name: what it is, what it may be, and its value in words and out of words."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, nearest, printable
from deskbreak.settings.tables import Map, Table, table_of
from deskbreak.settings.types import UNFIT, Kind
from deskbreak.struct import Struct


def toml_text(plain: Any) -> str:
    """Booleans, numbers, texts, lists and tables (inline) as they would stand in a file."""
    match plain:
        case bool():
            return "true" if plain else "false"
        case int() | float():
            return repr(plain)
        case str():
            return f'"{"".join(_escaped(c) for c in plain)}"'
        case list():
            return f"[{', '.join(toml_text(item) for item in plain)}]"
        case dict():
            inside = ", ".join(f"{name} = {toml_text(item)}" for name, item in plain.items())
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            raise TypeError(f"no setting holds {type(plain).__name__}")


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    return f"\\U{ord(character):08x}"


class UnknownKeyError(ValueError):
    """There is no key of that name; `nearest` is the one that was probably meant, if any."""

    def __init__(self, path: str, likely: str | None) -> None:
        meant = f'; perhaps "{likely}"' if likely else ""
        super().__init__(f'there is no setting "{printable(path)}"{meant}')
        self.nearest = likely


class UnfitValueError(ValueError):
    """The value does not fit the key; the message says what is allowed."""

    def __init__(self, path: str, notes: list[Note]) -> None:
        super().__init__("; ".join(f"{path}: {note.sentence}" for note in notes))


class Key(Struct):
    """One setting. `path` is its dotted name; `default` is None for a key of a map."""

    path: str
    kind: Kind
    sentence: str
    default: Any = None

    def of(self, settings: Settings) -> Any:
        """Its value; None for a key of a map that is not set."""
        value: Any = settings
        for part in self.path.split("."):
            value = value.get(part) if isinstance(value, dict) else getattr(value, part)
        return value

    def text(self, value: Any) -> str:
        """A value of it as it would stand in config.toml."""
        return toml_text(self.kind.plain(value))


@lru_cache(maxsize=1)
def all_keys() -> tuple[Key, ...]:
    """Every key in the order of the definition; a map or a list of tables is one key."""
    return tuple(_keys(table_of(Settings), ""))


def _keys(table: Table, above: str) -> Iterator[Key]:
    for entry in table.entries:
        path = f"{above}{entry.name}"
        if isinstance(entry.kind, Table):
            yield from _keys(entry.kind, f"{path}.")
        else:
            yield Key(path, entry.kind, entry.sentence, entry.default)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of config.toml, for editors."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "deskbreak settings",
        **table_of(Settings).schema(),
    }


def known_keys() -> dict[str, Key]:
    """Every key by its name, those of maps (`hooks.prompt`) after the others."""
    known = {key.path: key for key in all_keys()}
    for key in all_keys():
        if isinstance(key.kind, Map):
            members = (Key(f"{key.path}.{n}", key.kind.item, key.sentence) for n in key.kind.names)
            known |= {member.path: member for member in members}
    return known


def find_key(path: str) -> Key:
    """The key named `breaks.sit_limit`, or `hooks.prompt` of a map. Raises UnknownKeyError."""
    known = known_keys()
    if path not in known:
        raise UnknownKeyError(path, nearest(path, list(known)))
    return known[path]


def parse_value(path: str, words: str) -> Any:
    """What these words mean as a value of that key: `30m`, `yes`, `5m, 10m`, or TOML's notation.

    Raises UnknownKeyError or UnfitValueError, both ValueErrors with a sentence for people.
    """
    key = find_key(path)
    notes: list[Note] = []
    value = key.kind.read(key.kind.from_words(words), (), notes)
    errors = [note for note in notes if note.severity == "error"]
    if value is UNFIT or errors:
        raise UnfitValueError(path, errors)
    return value
