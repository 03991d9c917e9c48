"""The other end of the control socket, for commands: blocking, small, quick to import.

No asyncio and nothing of the daemon's: `deskbreak status` is run by status bars all day.
"""

import json
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_CHUNK = 64 * 1024
_PATIENCE_S = 5.0


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


def ask(path: Path, request: Mapping[str, Any], timeout: float = _PATIENCE_S) -> dict[str, Any]:
    """Send one request and return the reply; each step waits for `timeout` seconds at most.

    Raises NotRunning, Refused or NotAnswering.
    """
    with _call(path, timeout) as connection:
        return _ask(connection, request, _lines(connection))


def follow(path: Path, timeout: float = _PATIENCE_S) -> Iterator[dict[str, Any]]:
    """The reply to `subscribe` and then every event, for as long as the daemon runs.

    Only the reply is waited for with `timeout` seconds. Ends when the daemon hangs up. Raises
    NotRunning, Refused or NotAnswering.
    """
    with _call(path, timeout) as connection:
        lines = _lines(connection)
        yield _ask(connection, {"do": "subscribe"}, lines)
        connection.settimeout(None)
        yield from lines


def _call(path: Path, timeout: float) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout)
        connection.connect(str(path))
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        connection.close()
        raise NotRunning("deskbreak is not running. Start it with: deskbreak run") from None
    except OSError as reason:
        connection.close()
        raise NotAnswering(f"deskbreak cannot be reached at {path}: {reason}") from None
    return connection


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


def _lines(connection: socket.socket) -> Iterator[dict[str, Any]]:
    heard = b""
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


def _object(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NotAnswering("deskbreak said something that is not an answer")
    return said
