"""The running state in a TOML file, replaced as a whole (B9, B34)."""

import logging
import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomli_w

from deskbreak.files import Files, replace_file, sweep

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


_VERSION = 1
_END = {"whole": True}
"""The last table of the file: a file that was cut off can be TOML all the same, but lacks this."""

_LARGEST = 1024 * 1024
"""Bytes; a state is a few kilobytes, so whatever is larger than this is something else."""


class TomlStateStore:
    """Keeps one mapping of TOML values in one file; a key whose value is None is not kept."""

    def __init__(self, path: Path, problem: Problem, files: Files | None = None) -> None:
        self._path = path
        self._problem = problem
        self._files = files

    def load(self) -> Mapping[str, Any] | None:
        """The last saved state, or None.

        A file that is not a state of ours is set aside and said to `problem`.
        """
        sweep(self._path)
        try:
            return _read(self._path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as reason:
            self.reject(reason)
            return None

    def save(self, state: Mapping[str, Any]) -> None:
        """Replace it. Raises OSError, and the old one stands."""
        write_toml(self._path, {"version": _VERSION, "state": state, "end": _END}, self._files)

    def reject(self, reason: Exception) -> None:
        """What was loaded makes no sense to whoever loaded it: keep it out of the way."""
        try:
            kept = set_aside(self._path)
        except OSError as second:
            self._problem(f"The saved state {self._path} cannot be read: {reason}; {second}.")
        else:
            self._problem(
                f"The saved state could not be read ({reason}). It is kept as {kept}; "
                "counting starts afresh."
            )


def _read(path: Path) -> Mapping[str, Any]:
    import tomllib

    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError("it is far too large")
    try:
        content = tomllib.loads(data.decode())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    match content:
        case {"version": 1, "state": dict(state), "end": end} if end == _END:
            return state
        case {"version": int(version)} if version != _VERSION:
            raise ValueError(f"its version {version} is not known here")
    raise ValueError("it is not a whole state of deskbreak")


def is_acknowledged(path: Path) -> bool:
    """Whether the notice was accepted, as this file says; not where it cannot be read.

    It is a file of its own: a routine can be played where no daemon runs.
    """
    try:
        return tomllib.loads(path.read_text("utf-8")).get("notice") is True
    except (OSError, ValueError, RecursionError):
        return False


def acknowledge(path: Path) -> None:
    """Remember that it was; on a disk that takes nothing the notice comes again."""
    try:
        write_toml(path, {"version": 1, "notice": True})
    except OSError as error:
        log.warning("That the notice was read could not be kept: %s", error)
