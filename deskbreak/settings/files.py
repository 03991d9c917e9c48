"""Reads the text of a settings file; what stands in the way becomes a problem with a sentence."""

import codecs
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deskbreak.private import make_folder
from deskbreak.settings.problems import Problem

LARGEST = 128 * 1024
"""Bytes; the file with every key and every comment is a tenth of it."""


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
            raise _unreadable(
                path, None, f"{about.st_size // 1024} KiB", f"up to {LARGEST // 1024} KiB"
            )
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


NEW_FILE_MODE = 0o600


def change_file(path: Path, change: Callable[[str], str]) -> str:
    """Read a settings file (an empty text if there is none), change and write it; the new text.

    Nothing is written if nothing changed. Raises UnreadableError, OSError, and what `change` does.
    """
    old = read_text(path)
    new = change(old or "")
    if new != old:
        write_settings(path, new)
    return new


def write_settings(path: Path, text: str) -> None:
    """Replace a file's content at once; folders are made, the mode stays, links stay links.

    Raises OSError; the file is then as it was.
    """
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
            file.write(text.encode("utf-8"))
            file.flush()
            if os.name == "posix":
                os.fchmod(file.fileno(), _mode(target))
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - beside mkstemp
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return NEW_FILE_MODE


def _sync_folder(folder: Path) -> None:
    """Make the new name last; not every platform can, and then there is nothing more to do."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def shipped(name: str) -> Path:
    """The folder of that name: inside the installed package, or beside it in a checkout.

    Raises FileNotFoundError if it is in neither place.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name} is not part of this installation; install deskbreak anew")
