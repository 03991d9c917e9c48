"""Unix sockets: connecting, listening, and who is at the other end. No other file knows them."""

import os
import socket
import stat
import struct
from pathlib import Path

from deskbreak.private import private_folder

_CREDENTIALS = struct.Struct("iII")
_TIME = struct.Struct("ll")
_PLAINLY = {2: "there is no such socket", 111: "nobody listens there"}
_WAITING = 128


def connect(where: str | Path | tuple[str, int]) -> socket.socket:
    """A connection to a path, or to a host and port, that never waits.

    Raises OSError whose strerror is a clause for people, BlockingIOError where so many wait at the
    path that there is no room for another.
    """
    remote = isinstance(where, tuple)
    connection = socket.socket(socket.AF_INET if remote else socket.AF_UNIX)
    connection.setblocking(False)
    try:
        connection.connect(str(where) if isinstance(where, Path) else where)
    except BlockingIOError:
        if not remote:
            connection.close()
            raise
    except OSError as error:
        connection.close()
        plainly = _PLAINLY.get(error.errno or 0, error.strerror or str(error))
        raise OSError(error.errno or 0, plainly) from error
    return connection


def call(path: str | Path, patience_s: float = 30.0) -> socket.socket:
    """A connection to a process of ours for who waits for answers; it waits as long to send.

    While the queue is full it is waited in, anew where that was cut short: a stop, or a machine
    put to sleep, ends the wait of a unix socket with nothing begun, and Python takes that for a
    connection. Raises OSError.
    """
    connection = socket.socket(socket.AF_UNIX)
    try:
        # Not `settimeout`: of a socket that never waits a full queue would be an error at once.
        patience = _TIME.pack(int(patience_s), int(patience_s % 1 * 1_000_000))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        while not _is_connected(connection):
            connection.connect(str(path))
        _, user = peer(connection)  # anybody can answer like a deskbreak
        if user != os.getuid():
            raise PermissionError(f"it belongs to another user ({user})")  # noqa: TRY301 - undone below
    except BaseException:
        connection.close()
        raise
    return connection


def listener(path: Path) -> int | None:
    """The process of ours that listens there; None if nobody does. Never waits."""
    try:
        with connect(path) as caller:
            pid, user = peer(caller)
    except OSError:
        return None
    return pid if user == os.getuid() else None


def send_with_credentials(connection: socket.socket, data: bytes) -> int:
    """Say this with who we are beside it as the kernel vouches for it; how much was sent."""
    who = _CREDENTIALS.pack(os.getpid(), os.getuid(), os.getgid())
    try:
        return connection.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, who)])
    except OSError:  # whoever is not there any more is noticed by reading
        return len(data)


def _is_connected(connection: socket.socket) -> bool:
    try:
        connection.getpeername()
    except OSError:
        return False
    return True


def peer(connection: socket.socket) -> tuple[int, int]:
    """The process and the user at the other end, as the kernel knows them. Raises OSError."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, user, _ = _CREDENTIALS.unpack(raw)
    return pid, user


def listen(path: Path) -> socket.socket:
    """A socket that listens at a path that only its owner can reach.

    It takes the place of one that a killed process left behind. Raises OSError: somebody listens
    there already, or nobody can.
    """
    private_folder(path.parent)
    _clear(path)
    listening = socket.socket(socket.AF_UNIX)
    try:
        listening.setblocking(False)
        listening.bind(str(path))
        path.chmod(0o600)
        listening.listen(_WAITING)
    except OSError:
        listening.close()
        raise
    return listening


def _clear(path: Path) -> None:
    """Take away a socket on which nobody listens. Raises OSError for anything else there."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise FileExistsError(17, "there is a file that is not a socket", str(path))
    try:
        connect(path).close()
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)
        return
    except BlockingIOError:
        pass  # its queue is full: somebody is there, and busy
    raise OSError(98, "another deskbreak answers there", str(path))
