"""Folders and files that are nobody else's, whatever the umask says."""

import contextlib
import os
import stat
from pathlib import Path

_OTHERS = 0o077
_WRITE_BY_GROUP, _WRITE_BY_ALL = 0o020, 0o002


def make_folder(folder: Path) -> None:
    """Make a folder, and those missing above it, for their owner alone (0700). Raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def private_folder(folder: Path) -> None:
    """The same, and shut one of ours that others can enter. Raises OSError."""
    make_folder(folder)
    shut(folder)


def shut_away(folder: Path) -> None:
    """Make a folder of ours for us alone, and shut every file in it. Raises OSError."""
    private_folder(folder)
    for path in folder.iterdir():
        if path.is_file() and not path.is_symlink():
            shut(path)


def shut(path: Path) -> None:
    """Take from others whatever they may do with a file or folder of ours; raises nothing."""
    with contextlib.suppress(OSError):
        about = path.stat()
        if about.st_uid == os.geteuid() and about.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(about.st_mode) & ~_OTHERS)


def is_ours_alone(folder: Path) -> bool:
    """Whether nobody but root and us can change what lies there, or put another in its place.

    `folder` is a resolved path: whoever could change a link on the way could choose another.
    """
    try:
        about = folder.lstat()
        above = [parent.lstat() for parent in folder.parents]
    except OSError:
        return False
    shut_off = stat.S_ISDIR(about.st_mode) and not about.st_mode & _OTHERS
    return shut_off and about.st_uid == os.geteuid() and all(map(_stays, above))


def _stays(above: os.stat_result) -> bool:
    """Whether others cannot rename what lies in this folder."""
    if above.st_uid not in (0, os.geteuid()):
        return False
    own_group = above.st_gid == above.st_uid  # many systems give each person a group of their own
    forbidden = _WRITE_BY_ALL if own_group else _WRITE_BY_ALL | _WRITE_BY_GROUP
    return bool(above.st_mode & stat.S_ISVTX) or not above.st_mode & forbidden


def inode_of(path: Path) -> tuple[int, int] | None:
    """Which file stands under that name, so that another in its place is noticed; None without."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
