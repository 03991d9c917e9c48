"""Writes the TOML files that the program owns, each as a whole. The home of tomli_w."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from deskbreak.adapters.store.atomic import Files, replace_file


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
