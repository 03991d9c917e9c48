"""The other end of the control socket, for commands: blocking, small, quick to import.

No asyncio and nothing of the daemon's: `deskbreak status` is run by status bars all day.
"""

import json
import os
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

_CHUNK = 64 * 1024
_PATIENCE_S = 30.0
"""A busy machine, or one that has just woken up, answers late; only one that hangs never does."""

_SOON_S = 2.0
_CREDENTIALS = struct.Struct("iII")
_TIME = struct.Struct("ll")


class ControlError(Exception):
    """No answer that helps; the text says what to do, `exit_code` what a command ends with."""

    exit_code = 1


class NotRunning(ControlError):  # noqa: N818 - the name is what happened
    """Nobody listens: the daemon is not running."""

    exit_code = 3


class Refused(ControlError):  # noqa: N818 - the name is what happened
    """The daemon has heard it and says no; the text is its reason."""


class NotAnswering(ControlError, OSError):  # noqa: N818 - the name is what happened
    """Somebody listens but says nothing, or nothing that can be read."""


def ask(
    path: Path,
    request: Mapping[str, Any],
    timeout: float = _PATIENCE_S,
    slow: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Send one request and return the reply; each step waits for `timeout` seconds at most.

    `slow` is called once where the reply does not come soon. Raises NotRunning, Refused or
    NotAnswering.
    """
    with _call(path, timeout) as connection:
        return _ask(connection, request, _lines(connection, timeout, slow))


def follow(path: Path, timeout: float = _PATIENCE_S) -> Iterator[dict[str, Any]]:
    """The reply to `subscribe` and then every event, for as long as the daemon runs.

    Only the reply is waited for with `timeout` seconds. Ends when the daemon hangs up. Raises
    NotRunning, Refused or NotAnswering.
    """
    with _call(path, timeout) as connection:
        yield _ask(connection, {"do": "subscribe"}, lines := _lines(connection, timeout))
        connection.settimeout(None)
        yield from lines


def _call(path: Path, timeout: float) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        _connect(connection, path, timeout)
        _, user = _peer(connection)  # anybody can answer like a deskbreak
        if user != os.getuid():
            raise PermissionError(f"it belongs to another user ({user})")
        connection.settimeout(timeout)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        connection.close()
        raise NotRunning("deskbreak is not running. Start it with: deskbreak run") from None
    except BlockingIOError:
        connection.close()
        raise NotAnswering("deskbreak does not answer; too many are calling") from None
    except OSError as reason:
        connection.close()
        raise NotAnswering(f"deskbreak cannot be reached at {path}: {reason}") from None
    return connection


def _connect(connection: socket.socket, path: Path, timeout: float) -> None:
    """Connect, and wait while the queue is full; anew where the wait was cut short.

    A stop, or a machine put to sleep, ends the wait of a unix socket with nothing begun, and
    Python takes that for a connection. Raises OSError.
    """
    # Not `settimeout`: of a socket that never waits a full queue would be an error at once.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _time(timeout))
    while not _is_connected(connection):
        connection.connect(str(path))


def _is_connected(connection: socket.socket) -> bool:
    try:
        connection.getpeername()
    except OSError:
        return False
    return True


def listener(path: Path) -> int | None:
    """The process of ours that listens there; None if nobody does. Never waits."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.setblocking(False)
        try:
            caller.connect(str(path))
            pid, user = _peer(caller)
        except OSError:
            return None
    return pid if user == os.getuid() else None


def _time(seconds: float) -> bytes:
    return _TIME.pack(int(seconds), int(seconds % 1 * 1_000_000))


def _peer(connection: socket.socket) -> tuple[int, int]:
    """The process and the user who listen there, as the kernel knows them."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, user, _ = _CREDENTIALS.unpack(raw)
    return pid, user


def _ask(
    connection: socket.socket, request: Mapping[str, Any], lines: Iterator[dict[str, Any]]
) -> dict[str, Any]:
    try:
        connection.sendall(json.dumps(request).encode() + b"\n")
    except OSError as reason:
        # It may have told us why it hangs up; that is the better answer.
        return _judge(next(lines, None) or _unheard(reason))
    return _judge(next(lines, None))


def _judge(reply: dict[str, Any] | None) -> dict[str, Any]:
    if reply is None:
        raise NotAnswering("deskbreak hung up without an answer")
    if reply.get("ok") is not True:
        raise Refused(str(reply.get("error", "deskbreak says no and gives no reason")))
    return reply


def _unheard(reason: OSError) -> dict[str, Any]:
    raise NotAnswering(f"deskbreak hung up: {reason}") from None


def _lines(
    connection: socket.socket, timeout: float, slow: Callable[[], None] = lambda: None
) -> Iterator[dict[str, Any]]:
    heard = _first(connection, timeout, slow)
    while True:
        while b"\n" not in heard:
            try:
                more = connection.recv(_CHUNK)
            except TimeoutError:
                raise NotAnswering("deskbreak does not answer") from None
            except ConnectionError:
                more = b""
            if not more:
                return
            heard += more
        line, _, heard = heard.partition(b"\n")
        yield _object(line)


def _first(connection: socket.socket, timeout: float, slow: Callable[[], None]) -> bytes:
    """What comes first, if it comes soon; nothing otherwise, and whoever waits is told."""
    connection.settimeout(min(_SOON_S, timeout))
    heard = b""
    try:
        heard = connection.recv(_CHUNK)
    except TimeoutError:
        slow()
    except ConnectionError:
        pass  # the next look meets it as well
    connection.settimeout(timeout)
    return heard


def _object(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NotAnswering("deskbreak said something that is not an answer")
    return said
