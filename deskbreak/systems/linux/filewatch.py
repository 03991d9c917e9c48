"""Tells when a file may have changed: by inotify, and by looking where that has no more to give.

Editors replace files rather than write into them, and dotfiles make links of files and of folders
on the way to them, so what is watched is every place at which the way to the file can change.
"""

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from deskbreak.adapters.filewatch import FileWatch, PolledFiles

log = logging.getLogger(__name__)

_SETTLE_S = 0.2
"""An editor makes several changes at once; one look after the last of them is enough."""

_MOST_LINKS = 40
"""As the system itself allows on one way."""


def watch_files(
    loop: asyncio.AbstractEventLoop,
    paths: Sequence[Path],
    changed: Callable[[], None],
    folders: Sequence[Path] = (),
) -> FileWatch:
    """Watch files that may not exist yet, and whatever is in these folders (not below them).

    Never raises: what cannot be watched is looked at.
    """
    try:
        return _Inotify(loop, paths, changed, folders)
    except OSError as error:  # out of watches
        log.info("Files are looked at every two seconds: %s", error)
    return PolledFiles(loop, paths, changed, folders)


class _Inotify:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        paths: Sequence[Path],
        changed: Callable[[], None],
        whole: Sequence[Path],
    ) -> None:
        from inotify_simple import INotify, flags

        self._loop, self._paths, self._changed, self._whole = loop, paths, changed, whole
        self._names: dict[int, set[str]] = {}
        self._inside: set[int] = set()
        gone = flags.DELETE_SELF | flags.MOVE_SELF
        self._gone = int(gone)
        self._any = int(
            flags.CLOSE_WRITE | flags.MOVED_TO | flags.MOVED_FROM | flags.CREATE | flags.DELETE
            | flags.ATTRIB | gone
        )  # fmt: skip
        self._inotify = INotify(nonblocking=True)
        self._soon: asyncio.TimerHandle | None = None
        try:
            self._look_again()
        except OSError:
            self._inotify.close()
            raise
        loop.add_reader(self._inotify.fileno(), self._readable)

    def _look_again(self) -> None:
        """Watch the ways to the files as they are now."""
        before, self._names, self._inside = self._names.keys() | self._inside, {}, set()
        wanted: dict[Path, set[str]] = {}
        for path in self._paths:
            for folder, names in way_to(path).items():
                wanted.setdefault(folder, set()).update(names)
        for folder, names in wanted.items():
            with _may_be_gone(needed=bool(names)):
                watch = self._inotify.add_watch(str(folder), self._any if names else self._gone)
                self._names.setdefault(watch, set()).update(names)
        for folder in self._whole:
            with _may_be_gone(needed=True):
                self._inside.add(self._inotify.add_watch(str(folder), self._any))
        for watch in before - self._names.keys() - self._inside:
            with contextlib.suppress(OSError):  # it went with its folder
                self._inotify.rm_watch(watch)

    def _readable(self) -> None:
        if any(map(self._matters, self._inotify.read(timeout=0))) and self._soon is None:
            self._soon = self._loop.call_later(_SETTLE_S, self._settled)

    def _matters(self, event: Any) -> bool:
        if event.wd in self._inside and not event.name.startswith("."):
            return True
        names = self._names.get(event.wd)
        if names is None:
            return bool(event.wd == -1)  # some events were lost
        return not event.name or event.name in names

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


def way_to(path: Path) -> dict[Path, set[str]]:
    """The folders on the way to a file, each with the names in it that decide where the way leads.

    Those are links, what is not there yet, and the file. Folders without such a name matter only
    as far as they may go away themselves.
    """
    found: dict[Path, set[str]] = {}
    here, left, links = Path("/"), list(reversed(path.absolute().parts[1:])), 0
    while left:
        name = left.pop()
        if name == "..":
            here = here.parent
            continue
        names = found.setdefault(here, set())
        place = here / name
        try:
            target = Path(os.readlink(place))  # noqa: PTH115 - one step, not all
        except OSError:
            if not left or not place.is_dir():
                names.add(name)
                if left:  # nothing below it is there
                    break
            here = place
            continue
        names.add(name)
        links += 1
        if links > _MOST_LINKS:
            break
        if target.is_absolute():
            here = Path("/")
        left += [part for part in reversed(target.parts) if part != "/"]
    return found


@contextlib.contextmanager
def _may_be_gone(*, needed: bool) -> Iterator[None]:
    """A folder may go just now, and of one that only others may look into nothing is heard."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        pass
    except PermissionError:
        if needed:
            raise
