"""Replaces a file as a whole: after any accident there is the old content or the new (B34)."""

import contextlib
import os
from pathlib import Path

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
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        _write(beside, data, files)
        files.rename(beside, target)
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
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    try:
        files.write(descriptor, data)
        files.sync(descriptor)
    finally:
        os.close(descriptor)
