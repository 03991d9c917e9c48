"""Writes a settings file in one piece: after a power cut it is the old one or the new one (B34)."""

import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deskbreak.private import make_folder
from deskbreak.settings.files import read_text

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
