"""Tells when a file may have changed, by looking now and then: for systems that do not tell."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol


class FileWatch(Protocol):
    """Calls back on the loop when one of its files may have changed, until closed."""

    def close(self) -> None:
        """Stop watching."""


class WatchFiles(Protocol):
    """Watches files that may not exist yet, and whatever is in these folders (not below them)."""

    def __call__(
        self, paths: Sequence[Path], changed: Callable[[], None], folders: Sequence[Path] = ()
    ) -> FileWatch:
        """Begin to watch. Never raises."""


class PolledFiles:
    """Looks every `every_s` seconds at files that may not exist yet, and into `folders`."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        paths: Sequence[Path],
        changed: Callable[[], None],
        folders: Sequence[Path] = (),
        every_s: float = 2.0,
    ) -> None:
        self._loop, self._paths, self._changed, self._folders = loop, paths, changed, folders
        self._every_s = every_s
        self._seen = self._signs()
        self._next = loop.call_later(every_s, self._look)

    def _signs(self) -> list[tuple[int, ...] | None]:
        inside = (path for folder in self._folders for path in _inside(folder))
        return [_sign(path) for path in (*self._paths, *inside)]

    def _look(self) -> None:
        seen = self._signs()
        if seen != self._seen:
            self._seen = seen
            self._changed()
        self._next = self._loop.call_later(self._every_s, self._look)

    def close(self) -> None:
        """Stop watching."""
        self._next.cancel()


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _sign(path: Path) -> tuple[int, ...] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino, about.st_dev
