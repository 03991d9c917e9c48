"""One instance for each person and state: a lock that the kernel lets go of with its holder.

It lies beside the state that it protects. A crash leaves the file but no lock. The file is never
deleted: whoever deletes a locked file lets two processes hold "the" lock.
"""

import contextlib
import errno
import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from deskbreak.app.desktop import boot_id
from deskbreak.private import make_folder
from deskbreak.struct import Struct, field
from deskbreak.systems.linux.session.tie import Tie

_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""What file systems say that know no locks, as some network disks do."""

NAME = "deskbreak"
"""What a running daemon is called in the list of processes."""


class Holder(Struct):
    """Who runs, as it has written it into the lock file."""

    pid: int | None = None
    since: datetime | None = None
    boot: str = ""
    socket: Path | None = None
    tie: Tie = field(default_factory=Tie)

    @property
    def lives(self) -> bool:
        """Whether that process is there still, and a deskbreak."""
        if self.pid is None or self.boot not in ("", boot_id()):
            return False
        try:
            return Path(f"/proc/{self.pid}/comm").read_text(encoding="utf-8").strip() == NAME
        except (OSError, ValueError):
            return False


class AlreadyRunning(Exception):  # noqa: N818 - the name is what is the case
    """Another instance holds the lock: which process, and since when, where that is known.

    Its text goes on a sentence of ours: "it is running already as process 7 since …".
    """

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        super().__init__(f"it is running already{_as_process(holder.pid)}{_since(holder.since)}")


class Claim:
    """The lock, held until `release`, the end of a `with` block or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let another instance run."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def claim(path: Path, socket: Path | None = None, tie: Tie | None = None) -> Claim:
    """Become the one instance, and write down how to find it.

    Raises AlreadyRunning, or OSError where no file can be there.
    """
    make_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _lock(descriptor)
        tie = tie or Tie()
        words = (os.getpid(), boot_id(), socket or "", tie.display, tie.session, tie.server)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, os.fsencode("".join(f"{word}\n" for word in words)))
    except BaseException:
        os.close(descriptor)
        raise
    return Claim(descriptor)  # the file's time is that of the start


def holder(path: Path) -> Holder | None:
    """Who runs, by the lock file; None if nobody does."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        found = _read(descriptor)
    finally:
        os.close(descriptor)
    return found if found.lives else None


def _lock(descriptor: int) -> None:
    """Raises AlreadyRunning, or OSError for any other trouble."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunning(_read(descriptor)) from None
    except OSError as refused:
        if refused.errno not in _NO_LOCKS:
            raise
        if (other := _read(descriptor)).lives:
            raise AlreadyRunning(other) from None


def _read(descriptor: int) -> Holder:
    """What the file says; whoever has the lock may not have said yet who it is."""
    try:
        words = os.fsdecode(os.pread(descriptor, 4096, 0)).split("\n")
        pid, server = int(words[0]), int(words[5] or 0) if len(words) > 5 else 0
        since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    except (OSError, ValueError):
        return Holder()
    boot, socket, display, session = (*words[1:5], "", "", "", "")[:4]
    return Holder(pid, since, boot, Path(socket) if socket else None, Tie(display, session, server))


def _as_process(pid: int | None) -> str:
    return f" as process {pid}" if pid is not None else ""


def _since(since: datetime | None) -> str:
    return f" since {since.astimezone():%Y-%m-%d %H:%M}" if since is not None else ""
