"""The text of a scenario file."""

import stat
from pathlib import Path

from deskbreak.settings.files import UnreadableError, decode
from deskbreak.settings.problems import Problem, printable

LARGEST = 16 * 1024 * 1024
"""Bytes; a year of events, each written out, is a tenth of it."""


def read_text(path: Path) -> str:
    """The text of a file. Raises UnreadableError where there is none that can be read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe would never end
            raise _unreadable(path, "not a regular file", "a text file")
        if about.st_size > LARGEST:
            size = f"{about.st_size // 1024} KiB"
            raise _unreadable(path, size, f"up to {LARGEST // 1024} KiB")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(path, "no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        reason = getattr(error, "strerror", None) or error
        raise _unreadable(path, f"cannot be read: {reason}") from error
    return decode(raw, path)


def _unreadable(path: Path, found: str, allowed: str = "") -> UnreadableError:
    return UnreadableError(Problem(printable(str(path), 4096), None, "", found, allowed))


def comment_at_top(text: str) -> str:
    """The first line of a text if it is a comment, without its mark; else nothing."""
    first = text.split("\n", maxsplit=1)[0].strip()
    return printable(first.lstrip("#").strip(), 200) if first.startswith("#") else ""
