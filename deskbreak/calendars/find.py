"""Finds the calendar files that are meant: a file by its name, a folder with all below it."""

import os
from collections.abc import Iterable
from pathlib import Path

from deskbreak.calendars.problem import Problems
from deskbreak.struct import Struct, field

MOST_FOLDERS = 500
"""Far more than anybody's calendars have, and soon reached by a folder that was not meant."""

LARGEST = 64 * 2**20
"""Bytes of a file that is still read: a hundred thousand entries."""


class Found(Struct, frozen=False):
    """Files to read, and the folders they were looked for in."""

    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


def find(names: Iterable[str], problems: Problems) -> Found:
    """The files of these names, each once; folders are searched for *.ics. Never raises.

    `problems` hears what was not found.
    """
    found = Found()
    for name in names:
        path = Path(name)
        if "://" in name:
            problems.add(name, "is an address; only files are read, no network")
        elif path.is_dir():
            _search(path, found, problems)
        elif path.is_file():
            found.files.append(path)
        else:
            problems.add(name, "there is no such file or folder")
    found.files = list(dict.fromkeys(found.files))
    return found


def _search(top: Path, found: Found, problems: Problems) -> None:
    """Take in what is below a folder, in order; what is hidden is not meant."""

    def note(error: OSError) -> None:
        problems.add(str(error.filename), error.strerror or str(error))

    for folder, inner, files in os.walk(top, onerror=note):
        if len(found.folders) >= MOST_FOLDERS:
            what = f"holds more than {MOST_FOLDERS} folders; name one further down"
            problems.add(str(top), what)
            return
        found.folders.append(Path(folder))
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        paths = (Path(folder, name) for name in sorted(files) if _is_calendar(name))
        found.files += [path for path in paths if path.is_file()]


def _is_calendar(name: str) -> bool:
    return name.lower().endswith(".ics") and not name.startswith(".")


def load(path: Path) -> bytes:
    """What a file holds. Raises OSError whose strerror is a clause for people."""
    if path.stat().st_size > LARGEST:
        raise OSError(0, f"is larger than {LARGEST // 2**20} MB")
    return path.read_bytes()
