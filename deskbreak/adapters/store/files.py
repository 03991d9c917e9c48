"""TOML files that the program owns, and what becomes of a broken one. The home of tomli_w."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomli_w

from deskbreak.files import Files, replace_file

log = logging.getLogger(__name__)


def write_toml(path: Path, mapping: Mapping[str, Any], files: Files | None = None) -> None:
    """Replace a TOML file atomically, readable by its owner alone.

    A key whose value is None is left out, since TOML has no word for it; a None inside a list
    raises ValueError, since leaving it out would move its neighbours. Raises TypeError for a
    value that TOML does not know, OSError where the disk says no; either way the old file stands.
    """
    data = tomli_w.dumps(_table(mapping)).encode()
    replace_file(path, data, files or Files())


def _table(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in mapping.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, list | tuple):
        if any(item is None for item in value):
            raise ValueError("a list in a TOML file has no place for None")
        return [_value(item) for item in value]
    return value


Problem = Callable[[str], None]
"""Takes a sentence for people about something they may want to know."""


def set_aside(path: Path, companions: tuple[str, ...] = ()) -> Path:
    """Rename a file to `<name>.broken-<the day it was last written>` and return that name.

    Companions are suffixes of files that belong to it; they go along and keep their suffix.
    Raises OSError.
    """
    written = datetime.fromtimestamp(path.lstat().st_mtime, UTC).date()
    kept = _free_name(path, f"{path.name}.broken-{written.isoformat()}")
    path.rename(kept)
    for suffix in companions:
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(kept.with_name(kept.name + suffix))
    log.warning("%s was set aside as %s", path.name, kept.name)
    return kept


def _free_name(path: Path, name: str) -> Path:
    found, number = path.with_name(name), 1
    while found.exists() or found.is_symlink():
        number += 1
        found = path.with_name(f"{name}-{number}")
    return found
