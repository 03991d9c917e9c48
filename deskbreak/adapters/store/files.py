"""Writes the TOML files that the program owns, each as a whole. The home of tomli_w."""

import contextlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import tomli_w

from deskbreak.private import make_folder

log = logging.getLogger(__name__)


class Files:
    """The three steps at which a disk can say no; tests put a disk in their place that does."""

    def write(self, descriptor: int, data: bytes) -> None:
        """Write all of it. Raises OSError."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def sync(self, descriptor: int) -> None:
        """Return when it is on the disk. Raises OSError."""
        os.fsync(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Put one file in the place of another, in one step. Raises OSError."""
        old.replace(new)


_DISK = Files()


def replace_file(path: Path, data: bytes, files: Files = _DISK) -> None:
    """Give a file this content and nobody but its owner (0600) the right to read it.

    Makes the folder (0700) where there is none; follows a symbolic link to the file it means.
    Raises OSError, and the old file stands as it was.
    """
    # The folder is not synced: that takes as long again, and without it a power cut may only bring
    # back the old file, which is one of the two that may be there.
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    beside = _beside(target)
    try:
        _write(beside, data, files)
        files.rename(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


@contextlib.contextmanager
def text_in_place_of(path: Path) -> Iterator[TextIO]:
    """A file to write UTF-8 text into that takes the place of this one once all is written.

    What is no ordinary file (a pipe, a terminal) is written to as it is. Raises OSError, and the
    old file stands as it was.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8") as out:
            yield out
        return
    beside = _beside(target)
    try:
        with open(_create(beside), "w", encoding="utf-8") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def sweep(path: Path) -> None:
    """Take away what a writer that was killed left beside the file. Raises nothing."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f".{path.name}.*.new"):
            left.unlink()


def _write(path: Path, data: bytes, files: Files) -> None:
    descriptor = _create(path)
    try:
        files.write(descriptor, data)
        files.sync(descriptor)
    finally:
        os.close(descriptor)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.new")


def _create(path: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    return os.open(path, flags, 0o600)


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
