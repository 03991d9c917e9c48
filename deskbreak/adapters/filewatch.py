"""Tells when a file may have changed: by inotify on Linux, by looking every two seconds elsewhere.

Editors replace files rather than write into them, and a dotfiles folder makes them links, so the
folders of the path and of what it points to are watched, not the file itself.
"""

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

log = logging.getLogger(__name__)

_SETTLE_S = 0.2
"""An editor makes several changes at once; one look after the last of them is enough."""

_POLL_S = 2.0


class FileWatch(Protocol):
    """Calls back on the loop when one of its files may have changed, until closed."""

    def close(self) -> None:
        """Stop watching."""


def watch_files(
    loop: asyncio.AbstractEventLoop,
    paths: list[Path],
    changed: Callable[[], None],
    folders: list[Path] | None = None,
) -> FileWatch:
    """Watch files that may not exist yet, and whatever is in these folders (not below them).

    Never raises: what cannot be watched is looked at.
    """
    if sys.platform == "linux":
        try:
            return _Inotify(loop, paths, changed, folders or [])
        except OSError as error:  # out of watches
            log.info("Files are looked at every two seconds: %s", error)
    return _Poll(loop, paths, changed, folders or [])


class _Inotify:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        paths: list[Path],
        changed: Callable[[], None],
        whole: list[Path],
    ) -> None:
        from inotify_simple import INotify, flags

        self._loop, self._paths, self._changed, self._whole = loop, paths, changed, whole
        self._inside: set[int] = set()
        self._flags = (
            flags.CLOSE_WRITE | flags.MOVED_TO | flags.MOVED_FROM | flags.CREATE | flags.DELETE
            | flags.ATTRIB
        )  # fmt: skip
        self._inotify = INotify(nonblocking=True)
        self._soon: asyncio.TimerHandle | None = None
        self._look_again()
        loop.add_reader(self._inotify.fileno(), self._readable)

    def _look_again(self) -> None:
        """Watch the folders as they are now: one that was missing may have been made."""
        for folder in {folder for path in self._paths for folder in _folders(path)}:
            self._inotify.add_watch(str(folder), self._flags)
        for folder in self._whole:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # gone again
                self._inside.add(self._inotify.add_watch(str(folder), self._flags))

    def _readable(self) -> None:
        names = {name for path in self._paths for name in _names(path)}
        events = self._inotify.read(timeout=0)
        matters = any(
            not event.name
            or event.name in names
            or (event.wd in self._inside and not event.name.startswith("."))
            for event in events
        )
        if matters and self._soon is None:
            self._soon = self._loop.call_later(_SETTLE_S, self._settled)

    def _settled(self) -> None:
        self._soon = None
        try:
            self._look_again()
        except OSError as error:
            log.warning("A folder cannot be watched: %s", error)
        self._changed()

    def close(self) -> None:
        """Stop watching."""
        if self._soon is not None:
            self._soon.cancel()
        self._loop.remove_reader(self._inotify.fileno())
        self._inotify.close()


class UseWatch:
    """Calls back on the loop, a moment later, when somebody opens or closes a device, or plugs one.

    The devices are the files of a folder whose names begin with `prefix`. Raises OSError where the
    system cannot tell.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        folder: Path,
        prefix: str,
        used: Callable[[], None],
    ) -> None:
        from inotify_simple import INotify, flags

        self._loop, self._folder, self._prefix, self._used = loop, folder, prefix, used
        self._use = flags.OPEN | flags.CLOSE_WRITE | flags.CLOSE_NOWRITE
        self._soon: asyncio.TimerHandle | None = None
        self._inotify = INotify(nonblocking=True)
        try:
            self._come_and_go = self._inotify.add_watch(
                str(folder), flags.CREATE | flags.DELETE | flags.ATTRIB
            )
            self._watch_devices()
        except OSError:
            self._inotify.close()
            raise
        loop.add_reader(self._inotify.fileno(), self._readable)

    def close(self) -> None:
        """Stop watching."""
        if self._soon is not None:
            self._soon.cancel()
        self._loop.remove_reader(self._inotify.fileno())
        self._inotify.close()

    def _watch_devices(self) -> None:
        for device in self._folder.glob(f"{self._prefix}*"):
            with contextlib.suppress(OSError):  # gone again
                self._inotify.add_watch(str(device), self._use)

    def _readable(self) -> None:
        events = self._inotify.read(timeout=0)
        if any(event.wd != self._come_and_go for event in events):
            self._tell_soon()
        if any(event.name.startswith(self._prefix) for event in events):
            self._watch_devices()
            self._tell_soon()

    def _tell_soon(self) -> None:
        if self._soon is None:
            self._soon = self._loop.call_later(_SETTLE_S, self._tell)

    def _tell(self) -> None:
        self._soon = None
        self._used()


def _folders(path: Path) -> set[Path]:
    """The nearest existing folders of the path and of what it points to."""
    found = set()
    for place in (path, path.resolve()):
        folder = place.parent
        while not folder.is_dir():
            folder = folder.parent
        found.add(folder)
    return found


def _names(path: Path) -> set[str]:
    """What an event must be about: the file, what it points to, or a folder on the way to it."""
    names = {path.name, path.resolve().name}
    folder = path.parent
    while not folder.is_dir():
        names.add(folder.name)
        folder = folder.parent
    return names | {path.parent.name}


class _Poll:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        paths: list[Path],
        changed: Callable[[], None],
        whole: list[Path],
    ) -> None:
        self._loop, self._paths, self._changed, self._whole = loop, paths, changed, whole
        self._seen = self._signs()
        self._next = loop.call_later(_POLL_S, self._look)

    def _signs(self) -> list[tuple[int, int] | None]:
        inside = (path for folder in self._whole for path in _inside(folder))
        return [_sign(path) for path in (*self._paths, *inside)]

    def _look(self) -> None:
        seen = self._signs()
        if seen != self._seen:
            self._seen = seen
            self._changed()
        self._next = self._loop.call_later(_POLL_S, self._look)

    def close(self) -> None:
        """Stop watching."""
        self._next.cancel()


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _sign(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size
