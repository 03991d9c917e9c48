"""Replaces a file as a whole: after any accident there is the old content or the new (B34)."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from deskbreak.private import make_folder


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
