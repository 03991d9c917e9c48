"""A door that is a unix socket: it hears who calls, and knows whether they are of this user."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

from deskbreak.private import inode_of
from deskbreak.systems.posix.sockets import listen, peer

log = logging.getLogger(__name__)

_BREATH_S = 1.0


class SocketDoor:
    """The Door at a path that only its owner can reach; the processes of `user` (ours) may call."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, path: Path, user: int | None = None
    ) -> None:
        self._loop = loop
        self._path = path
        self._user = os.getuid() if user is None else user
        self._socket: socket.socket | None = None
        self._inode: tuple[int, int] | None = None

    @property
    def address(self) -> str:
        """What a process of ours is told to call."""
        return str(self._path)

    def open(
        self,
        came: Callable[[socket.socket, int], None],
        *,
        refusal: bytes = b"",
        crowded: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin to listen, in the place of a socket that a killed process left behind."""
        self._came, self._refusal, self._crowded = came, refusal, crowded
        self._socket = listen(self._path)
        self._inode = inode_of(self._path)
        self._listen()

    def renew(self) -> None:
        """Listen anew if somebody has taken the socket away, or its folder."""
        if self._inode is None or self._inode != inode_of(self._path):
            self.close()
            self.open(self._came, refusal=self._refusal, crowded=self._crowded)

    def close(self) -> None:
        """Listen no more, and take the socket away if it is still ours."""
        if self._socket is None:
            return
        self._loop.remove_reader(self._socket)
        self._socket.close()
        self._socket = None
        if self._inode == inode_of(self._path):
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
            self._crowded()
            self._loop.remove_reader(self._socket)
            self._loop.call_later(_BREATH_S, self._listen)
            return
        try:
            pid, user = peer(connection)
        except OSError:
            connection.close()
            return
        if user == self._user:
            self._came(connection, pid)
            return
        log.warning("turned away process %d of user %d", pid, user)
        with connection, contextlib.suppress(OSError):
            connection.setblocking(False)
            connection.send(self._refusal)
