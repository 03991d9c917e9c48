"""Reads the text of a settings file; what stands in the way becomes a problem with a sentence."""

import codecs
import stat
from collections.abc import Callable
from pathlib import Path

from deskbreak.files import rewrite_file
from deskbreak.settings.problems import Problem

LARGEST = 128 * 1024  # bytes; the file with every key and every comment is a tenth of it


class UnreadableError(Exception):
    """A settings file that is there but cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_text(path: Path) -> str | None:
    """The text of a file, None if there is none. Raises UnreadableError.

    Anything but a regular file is refused before it is opened: a pipe would never end.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable(path, None, "not a regular file", "a text file")
        if about.st_size > LARGEST:
            found, allowed = f"{about.st_size // 1024} KiB", f"up to {LARGEST // 1024} KiB"
            raise _unreadable(path, None, found, allowed)
        with path.open("rb") as file:
            raw = file.read(LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, None, f"cannot be read: {error.strerror}") from error
    return decode(raw, path)


def decode(raw: bytes, path: Path) -> str:
    """UTF-8, with or without the byte order mark of some editors. Raises UnreadableError."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _unreadable(path, 1, "UTF-16 text", "UTF-8 text")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, line, f"the byte {raw[error.start]:#04x}", "UTF-8 text") from None


def _unreadable(path: Path, line: int | None, found: str, allowed: str = "") -> UnreadableError:
    return UnreadableError(Problem(str(path), line, "", found, allowed))


def change_file(path: Path, change: Callable[[str], str]) -> str:
    """Read a settings file (an empty text if there is none), change and write it; the new text.

    Nothing is written if nothing changed. Raises UnreadableError, OSError, and what `change` does.
    """
    old = read_text(path)
    new = change(old or "")
    if new != old:
        rewrite_file(path, new)
    return new


def shipped(name: str) -> Path:
    """The folder of that name: inside the installed package, or beside it in a checkout.

    Raises FileNotFoundError if it is in neither place.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name} is not part of this installation; install deskbreak anew")
