"""Changes one key in the text of a settings file and leaves all else as the person wrote it.

Comments, order, unknown keys and line ends survive. Every change is read back before it is handed
out: a text that says anything but the old one with this key changed is refused, not returned.
"""

import tomllib
from collections.abc import MutableMapping
from math import isnan
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from deskbreak.settings import tables as shapes
from deskbreak.settings.keys import Key, find_key, toml_text
from deskbreak.settings.load import parse
from deskbreak.settings.problems import printable

_Tables = MutableMapping[str, Any]


class EditError(ValueError):
    """The text cannot be changed by a program; the message says what to do by hand."""


def set_key(text: str, path: str, value: Any) -> str:
    """The text with that key at that value, as `parse_value` gives it.

    Raises UnknownKeyError, EditError, and UnreadableError if the text is no TOML.
    """
    key = find_key(path)
    return _changed(text, key, key.kind.plain(value))


def reset_key(text: str, path: str) -> str:
    """The text without that key, so that what lies below counts again; the same errors."""
    return _changed(text, find_key(path), None)


def _changed(text: str, key: Key, plain: Any) -> str:
    parse(text, "the text")
    crlf = "\r\n" in text
    old = text.replace("\r\n", "\n")
    if old and not old.endswith("\n"):
        old += "\n"
    wanted = _comparable(old)
    try:
        document = tomlkit.parse(old)
        _apply(wanted, key, plain)
        _apply(document, key, plain)
        new = document.as_string()
        if _telling(_comparable(new)) == _telling(wanted):
            return new.replace("\n", "\r\n") if crlf else new
    except EditError:
        raise
    except (TOMLKitError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise EditError(_by_hand(key, plain)) from error
    raise EditError(_by_hand(key, plain))


def _comparable(text: str) -> dict[str, Any]:
    """What a text says, in values that are equal to themselves (NaN is not)."""
    return tomllib.loads(text, parse_float=_float)


def _float(word: str) -> float | str:
    return "nan" if isnan(float(word)) else float(word)


def _telling(table: dict[str, Any]) -> dict[str, Any]:
    """A table without the empty tables in it, which say nothing."""
    inside = {k: _telling(v) if isinstance(v, dict) else v for k, v in table.items()}
    return {k: v for k, v in inside.items() if v != {}}


def _by_hand(key: Key, plain: Any) -> str:
    what = f"remove {key.path}" if plain is None else f"set {key.path} = {toml_text(plain)}"
    return f"this file is laid out in a way that only you can change: please {what} by hand"


def _apply(tables: _Tables, key: Key, plain: Any) -> None:
    """The change itself; a tree of plain dicts and a document of tomlkit both take it."""
    *above, name = key.path.split(".")
    for part in above:
        if part not in tables:
            if plain is None:
                return
            tables[part] = {}
        below = tables[part]
        if not isinstance(below, MutableMapping):
            what = f"{printable(part)} is not a table in this file"
            raise EditError(f"{what}: please change it by hand")
        tables = below
    if plain is None:
        tables.pop(name, None)
    elif isinstance(key.kind, shapes.Listed) and isinstance(key.kind.item, shapes.Table):
        known = tuple(entry.name for entry in key.kind.item.entries)
        _put_tables(tables, name, plain, known, key.kind.unique)
    elif isinstance(key.kind, shapes.Map):
        if not isinstance(tables.get(name), MutableMapping):
            tables[name] = {}
        _sync(tables[name], plain, key.kind.names)
    else:
        _put(tables, name, plain)


def _put(tables: _Tables, name: str, plain: Any) -> None:
    is_new = name not in tables
    tables[name] = plain
    if is_new and isinstance(tables, Table):
        _move_up(tables)


def _move_up(table: Table) -> None:
    """Put the newest key right below the others.

    tomlkit puts it below the comments at the end of the table, which mostly belong to the next.
    """
    body = table.value.body
    plain = [at for at, (key, item) in enumerate(body) if key and not isinstance(item, Table | AoT)]
    if len(plain) > 1:
        body.insert(plain[-2] + 1, body.pop(plain[-1]))


def _sync(table: _Tables, plain: dict[str, Any], names: tuple[str, ...]) -> None:
    """Make the known keys of a table what they are to be; unknown ones stay."""
    for name in names:
        if name in plain and (name not in table or table[name] != plain[name]):
            _put(table, name, plain[name])
        elif name not in plain:
            table.pop(name, None)


def _put_tables(
    tables: _Tables, name: str, plain: list[Any], known: tuple[str, ...], by: bool | str
) -> None:
    """Change a list of tables one by one, so that what is written around them stays.

    A table whose `by` is not wanted any more goes; without `by` the surplus at the end does.
    """
    there = tables.get(name)
    kept = _kept(there, plain, by) if isinstance(there, list) else []
    if not isinstance(there, list) or not kept:
        tables.pop(name, None)
        tables[name] = plain
        return
    for at in range(len(there) - 1, -1, -1):
        if at not in kept:
            del there[at]
    for table, item in zip(there, plain, strict=False):
        _sync(table, item, known)
    for item in plain[len(there) :]:
        if isinstance(there, AoT) and not there[-1].as_string().endswith("\n\n"):
            there[-1].add(tomlkit.nl())
        there.append(item)


def _kept(there: list[Any], plain: list[Any], by: bool | str) -> list[int]:
    if not isinstance(by, str):
        return list(range(min(len(there), len(plain))))
    wanted = {item[by] for item in plain}
    return [at for at, table in enumerate(there) if table.get(by) in wanted][: len(plain)]
