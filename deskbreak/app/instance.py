"""One instance for each person: a lock that the kernel lets go of when its holder is gone.

A crash leaves the file but no lock. The file is never deleted: whoever deletes a locked file
lets two processes hold "the" lock.
"""

import contextlib
import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self


class AlreadyRunning(Exception):  # noqa: N818 - the name is what is the case
    """Another instance holds the lock: which process, and since when, where that is known.

    Its text goes on a sentence of ours: "it is running already as process 7 since …".
    """

    def __init__(self, pid: int | None, since: datetime | None) -> None:
        self.pid = pid
        self.since = since
        super().__init__(f"it is running already{_as_process(pid)}{_since(since)}")


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


def claim(path: Path) -> Claim:
    """Become the one instance. Raises AlreadyRunning, or OSError where no file can be there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, b"%d\n" % os.getpid())  # and with it the file's time is the start's
    except BlockingIOError:
        holder = _holder(descriptor)
        os.close(descriptor)
        raise holder from None
    except OSError:
        os.close(descriptor)
        raise
    return Claim(descriptor)


def _holder(descriptor: int) -> AlreadyRunning:
    try:
        pid = int(os.read(descriptor, 32))
    except (OSError, ValueError):  # it has the lock, but has not said yet who it is
        return AlreadyRunning(None, None)
    since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    return AlreadyRunning(pid, since)


def _as_process(pid: int | None) -> str:
    return f" as process {pid}" if pid is not None else ""


def _since(since: datetime | None) -> str:
    return f" since {since.astimezone():%Y-%m-%d %H:%M}" if since is not None else ""
