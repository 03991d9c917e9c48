"""The other end of the control socket, for commands: blocking, small, quick to import.

No asyncio and nothing of the daemon's: `deskbreak status` is run by status bars all day.
"""

import math
import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from deskbreak.adapters.jsonlines import Lines, encode, read_object
from deskbreak.systems import here

_CHUNK = 64 * 1024
_PATIENCE_S = 30.0
"""A busy machine, or one that has just woken up, answers late; only one that hangs never does."""

_SOON_S = 2.0


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
    with _reach(path, timeout) as connection:
        return _ask(connection, request, _objects(connection, timeout, slow))


def follow(path: Path, timeout: float = _PATIENCE_S) -> Iterator[dict[str, Any]]:
    """The reply to `subscribe` and then every event, for as long as the daemon runs.

    Only the reply is waited for with `timeout` seconds. Ends when the daemon hangs up. Raises
    NotRunning, Refused or NotAnswering.
    """
    with _reach(path, timeout) as connection:
        objects = _objects(connection, timeout, lambda: None)
        yield _ask(connection, {"do": "subscribe"}, objects)
        connection.settimeout(None)
        yield from objects


def _reach(path: Path, timeout: float) -> socket.socket:
    try:
        connection = here().call(path, timeout)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        raise NotRunning("deskbreak is not running. Start it with: deskbreak run") from None
    except BlockingIOError:
        raise NotAnswering("deskbreak does not answer; too many are calling") from None
    except OSError as reason:
        raise NotAnswering(f"deskbreak cannot be reached at {path}: {reason}") from None
    connection.settimeout(timeout)
    return connection


def _ask(
    connection: socket.socket, request: Mapping[str, Any], objects: Iterator[dict[str, Any]]
) -> dict[str, Any]:
    trouble = "deskbreak hung up without an answer"
    try:
        connection.sendall(encode(request))
    except OSError as reason:  # it may have told us why it hangs up; that is the better answer
        trouble = f"deskbreak hung up: {reason}"
    reply = next(objects, None)
    if reply is None:
        raise NotAnswering(trouble)
    if reply.get("ok") is not True:
        raise Refused(str(reply.get("error", "deskbreak says no and gives no reason")))
    return reply


def _objects(
    connection: socket.socket, timeout: float, slow: Callable[[], None]
) -> Iterator[dict[str, Any]]:
    """What comes in; `slow` is called where the first of it does not come soon."""
    lines = Lines(math.inf)
    connection.settimeout(min(_SOON_S, timeout))
    try:
        connection.recv(1, socket.MSG_PEEK)
    except TimeoutError:
        slow()
    except ConnectionError:
        pass  # the next look meets it as well
    connection.settimeout(timeout)
    while True:
        try:
            more = connection.recv(_CHUNK)
        except TimeoutError:
            raise NotAnswering("deskbreak does not answer") from None
        except ConnectionError:
            more = b""
        if not more:
            return
        for line in lines.feed(more):
            try:
                yield read_object(line)
            except ValueError:
                trouble = "deskbreak said something that is not an answer"
                raise NotAnswering(trouble) from None
