"""One instance for each person and state, and which state: several machines may share one home.

A lock that the kernel lets go of with its holder lies beside the state that it protects. A crash
leaves the file but no lock. The file is never deleted: whoever deletes a locked file lets two
processes hold "the" lock.

The first machine has the state folder itself, every other one a folder below it. The file `host` in
each says whose it is: the machine's id, and the runtime folder of the session that runs there.
"""

import contextlib
import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from deskbreak.private import make_folder
from deskbreak.struct import Struct
from deskbreak.systems import here

if TYPE_CHECKING:
    from deskbreak.systems.system import SessionKey

_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""What file systems say that know no locks, as some network disks do."""

NAME = "deskbreak"
"""What a running daemon is called in the list of processes."""

LOCK = "instance.lock"
_MARK = "host"


class Holder(Struct):
    """Who runs, as it has written it into the lock file, and in which session."""

    pid: int | None = None
    since: datetime | None = None
    boot: str = ""
    socket: Path | None = None
    session: "SessionKey" = ()

    @property
    def lives(self) -> bool:
        """Whether that process is there still, and a deskbreak."""
        if self.pid is None or self.boot not in ("", here().boot()):
            return False
        return here().runs(self.pid, NAME)


class AlreadyRunning(Exception):  # noqa: N818 - the name is what is the case
    """Another instance holds the lock: which process, and since when, where that is known.

    Its text goes on a sentence of ours: "it is running already as process 7 since …".
    """

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        process = f" as process {holder.pid}" if holder.pid is not None else ""
        since = f" since {holder.since.astimezone():%Y-%m-%d %H:%M}" if holder.since else ""
        super().__init__(f"it is running already{process}{since}")


class Claim:
    """The lock, held until `close` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """Let another instance run."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def claim(path: Path, socket: Path | None = None, session: "SessionKey" = ()) -> Claim:
    """Become the one instance, and write down how to find it.

    Raises AlreadyRunning, or OSError where no file can be there.
    """
    make_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _lock(descriptor)
        words = (os.getpid(), here().boot(), socket or "", *session)
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
        here().lock(descriptor)
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
        words = os.fsdecode(os.pread(descriptor, 4096, 0)).removesuffix("\n").split("\n")
        pid = int(words[0])
        since = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
    except (OSError, ValueError):
        return Holder()
    boot, socket = (*words[1:3], "", "")[:2]
    return Holder(pid, since, boot, Path(socket) if socket else None, tuple(words[3:]))


def folder_here(state: Path, runtime: str) -> Path:
    """The folder below `state` for this machine and runtime folder ("" where there is none).

    One person has one runtime folder on a machine, whatever its name at this login; only two that
    are there at once, and both at work, are two machines after all (containers).
    """
    machine = here().machine()
    marked = [(folder, _mark(folder)) for folder in (state, *sorted(state.glob("hosts/*")))]
    ours = [(folder, mark[1]) for folder, mark in marked if mark is not None and mark[0] == machine]
    ours.sort(key=lambda one: holder(one[0] / LOCK) is None)  # where somebody runs comes first
    for folder, theirs in ours:
        if runtime and theirs == runtime:
            return folder
    for folder, theirs in ours:
        apart = runtime and theirs and Path(theirs).is_dir()
        if not (apart and holder(folder / LOCK) is not None):
            return folder
    if marked[0][1] is None:
        return state
    from hashlib import sha256  # 3 MiB of a library, for a second machine only

    return state / "hosts" / sha256(f"{machine} {runtime}".encode()).hexdigest()[:12]


def take_folder(folder: Path, runtime: str) -> None:
    """Write down that this folder is ours. Raises OSError."""
    make_folder(folder)
    machine = here().machine()
    if _mark(folder) != (machine, runtime):
        text = f"{machine}\n{runtime}\n"
        (folder / _MARK).write_text(text, encoding="utf-8", errors="surrogateescape")


def is_taken(folder: Path) -> bool:
    """Whether somebody has written down that this folder is theirs."""
    return _mark(folder) is not None


def _mark(folder: Path) -> tuple[str, str] | None:
    try:
        text = (folder / _MARK).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    name, _, runtime = text.partition("\n")
    return (name, runtime.strip("\n")) if name else None
