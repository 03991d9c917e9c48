"""Puts a file in the place of another, each as a whole: written beside it, on the disk, renamed."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from deskbreak.private import make_folder

# Windows has no such links, but would change line ends.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


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
    """Give a file of ours this content, for us alone (0600).

    Makes the folder (0700) where there is none; follows a symbolic link to the file it means.
    Raises OSError, and the old file stands as it was.
    """
    # The folder is not synced: that takes as long again, and without it a power cut may only bring
    # back the old file, which is one of the two that may be there.
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    with _in_place_of(target, files) as descriptor:
        files.write(descriptor, data)


def rewrite_file(path: Path, text: str) -> None:
    """The same for a file of the person, whose rights stay; a power cut does not undo it.

    A new one is theirs alone (0600). Raises OSError, and the old file stands as it was.
    """
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    with _in_place_of(target, _DISK) as descriptor:
        if hasattr(os, "fchmod") and target.exists():
            os.fchmod(descriptor, stat.S_IMODE(target.stat().st_mode))
        _DISK.write(descriptor, text.encode())
    _sync_folder(target.parent)


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
    with (
        _in_place_of(target, _DISK) as descriptor,
        open(descriptor, "w", encoding="utf-8", closefd=False) as out,
    ):
        yield out


def sweep(path: Path) -> None:
    """Take away what a writer that was killed left beside the file. Raises nothing."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f".{path.name}.*.new"):
            left.unlink()


@contextlib.contextmanager
def _in_place_of(target: Path, files: Files) -> Iterator[int]:
    """A descriptor to write to; nothing stays of it unless all went well."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _FLAGS, 0o600)
        try:
            yield descriptor
            files.sync(descriptor)
        finally:
            os.close(descriptor)
        files.rename(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name last; not every platform can, and then there is nothing more to do."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
