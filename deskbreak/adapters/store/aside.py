"""Sets a file aside that cannot be read: kept for whoever wants to look, never deleted."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

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
