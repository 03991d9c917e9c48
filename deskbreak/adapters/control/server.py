"""The daemon's end of the control socket: it parses, asks for an answer, and says it.

One request and one reply per line. Nothing that comes in disturbs the daemon: a line that cannot
be read gets an error reply, a stranger is turned away, a reader that does not read is hung up on.
"""

import asyncio
import contextlib
import logging
import os
import socket
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deskbreak.adapters.control.protocol import (
    Query,
    Request,
    RequestError,
    accepted,
    id_of,
    parse,
    refused,
)
from deskbreak.adapters.lines import Line, peer_credentials
from deskbreak.private import private_folder
from deskbreak.struct import Struct

log = logging.getLogger(__name__)

_MOST_LINES = 64
"""Callers at a time, and followers beside them."""

_WAITING = 128
_BREATH_S = 1.0


class Peer(Struct):
    """The process at the other end, as the kernel knows it."""

    pid: int
    uid: int


Answer = Callable[[Request, Peer], Mapping[str, Any]]
"""Answers a request with the other keys of its reply; `ok` is true unless it says otherwise."""


class ControlServer:
    """Listens on a unix socket that only its owner can reach.

    `user` is the user whose requests are answered (default: the one we run as).
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        path: Path,
        answer: Answer,
        user: int | None = None,
    ) -> None:
        self._loop = loop
        self._path = path
        self._answer = answer
        self._user = os.getuid() if user is None else user
        self._socket: socket.socket | None = None
        self._inode: tuple[int, int] | None = None
        self._peers: dict[Line, Peer] = {}
        self._subscribers: list[Line] = []

    def start(self) -> None:
        """Begin to listen, in the place of a socket that a killed daemon left behind.

        Raises OSError: somebody answers there already, or no socket can be there.
        """
        private_folder(self._path.parent)
        _clear(self._path)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listening.setblocking(False)
            listening.bind(str(self._path))
            self._path.chmod(0o600)
            listening.listen(_WAITING)
        except OSError:
            listening.close()
            raise
        self._inode = _inode_of(self._path)
        self._socket = listening
        self._listen()

    def renew(self) -> None:
        """Listen anew if somebody has taken our socket away, or its folder. Raises as `start`."""
        if self._inode is not None and self._inode == _inode_of(self._path):
            return
        self._stop_listening()
        self.start()

    @property
    def has_subscribers(self) -> bool:
        """Whether anybody would hear what is published."""
        return bool(self._subscribers)

    def publish(self, event: Mapping[str, Any]) -> None:
        """Tell every subscriber; costs nothing where there is none."""
        for line in tuple(self._subscribers):
            line.say(event)

    def close(self) -> None:
        """Hang up on everybody and take the socket away, if it is still ours."""
        self._stop_listening()
        for line in tuple(self._peers):
            line.close()
        self._peers.clear()
        self._subscribers.clear()

    # ------------------------------------------------------------------------ what a Line tells

    def heard(self, line: Line, said: dict[str, Any]) -> None:
        """A request has come in."""
        self._peers[line] = self._peers.pop(line)  # the first of them is the longest silent
        try:
            request = parse(said)
        except RequestError as problem:
            line.say(refused(id_of(said), str(problem)))
            return
        if request.asks is Query.SUBSCRIBE and not self._has_room_for(line):
            line.say(refused(request.id, f"{_MOST_LINES} are following already"))
            return
        line.say(self._reply(request, self._peers[line]))
        if request.asks is Query.SUBSCRIBE and line.is_open and line not in self._subscribers:
            self._subscribers.append(line)

    def junk(self, line: Line, why: str) -> None:
        """Something came in that is no request."""
        line.say(refused(None, why))

    def ended(self, line: Line) -> None:
        """Somebody has left."""
        self._peers.pop(line, None)
        if line in self._subscribers:
            self._subscribers.remove(line)

    # ------------------------------------------------------------------------------------------

    def _reply(self, request: Request, peer: Peer) -> dict[str, Any]:
        try:
            return accepted(request.id, self._answer(request, peer))
        except Exception:  # the rim: whatever one request runs into, the others are served
            log.exception("no answer to %s", request.do)
            return refused(request.id, "this could not be answered; the log says more")

    def _has_room_for(self, follower: Line) -> bool:
        return follower in self._subscribers or len(self._subscribers) < _MOST_LINES

    def _stop_listening(self) -> None:
        if self._socket is None:
            return
        self._loop.remove_reader(self._socket)
        self._socket.close()
        self._socket = None
        if self._inode == _inode_of(self._path):
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._inode = None

    def _listen(self) -> None:
        if self._socket is not None:
            self._loop.add_reader(self._socket, self._accept)

    def _accept(self) -> None:
        assert self._socket is not None
        try:
            connection, _ = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionError):
            return
        except OSError as reason:  # no descriptors left: the queue would wake us without end
            log.warning("cannot take a call: %s", reason)
            self._hang_up_on_the_silent(0)
            self._loop.remove_reader(self._socket)
            self._loop.call_later(_BREATH_S, self._listen)
            return
        try:
            peer = Peer(*peer_credentials(connection))
        except OSError:
            connection.close()
            return
        self._greet(connection, peer)

    def _greet(self, connection: socket.socket, peer: Peer) -> None:
        line = Line(self._loop, connection, self)
        if peer.uid != self._user:
            log.warning("turned away process %d of user %d", peer.pid, peer.uid)
            line.say(refused(None, "this belongs to another user"))
            line.close()
        else:
            self._hang_up_on_the_silent(_MOST_LINES - 1)
            self._peers[line] = peer

    def _hang_up_on_the_silent(self, most: int) -> None:
        """Make room by leaving the caller that has said nothing for longest; nobody who follows."""
        callers = [line for line in self._peers if line not in self._subscribers]
        if len(callers) > most:
            callers[0].say(refused(None, "others are waiting; call again"))
            callers[0].close()
            self.ended(callers[0])


def _clear(path: Path) -> None:
    """Take away a socket on which nobody listens. Raises OSError for anything else there."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise FileExistsError(17, "there is a file that is not a socket", str(path))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.setblocking(False)
        try:
            caller.connect(str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
        except BlockingIOError:
            pass  # its queue is full: somebody is there, and busy
    raise OSError(98, "another deskbreak answers there", str(path))


def _inode_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
