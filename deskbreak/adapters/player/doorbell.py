"""Where a player calls: a socket at a path, for the first call of a process of ours."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

from deskbreak.adapters.lines import peer_credentials
from deskbreak.private import make_folder

log = logging.getLogger(__name__)

Called = Callable[[socket.socket, int], None]
"""Takes over the connection; the number is the process that has called."""


class Doorbell:
    """Listens at `path`, in the place of whatever was there, until somebody calls or `close`.

    The constructor raises OSError, all undone.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, path: Path, called: Called) -> None:
        self._loop = loop
        self._path = path
        self._called = called
        make_folder(path.parent)
        path.unlink(missing_ok=True)
        self._socket: socket.socket | None = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.setblocking(False)
            self._socket.bind(str(path))
            path.chmod(0o600)
            self._socket.listen(1)
            loop.add_reader(self._socket, self._rang)
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Listen no more, and take the socket away."""
        if self._socket is not None:
            self._loop.remove_reader(self._socket)
            self._socket.close()
            self._socket = None
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _rang(self) -> None:
        assert self._socket is not None
        try:
            connection, _ = self._socket.accept()
        except OSError:
            return
        try:
            pid, user = peer_credentials(connection)
        except OSError:
            connection.close()
            return
        if user != os.getuid():
            log.warning("turned away process %d of user %d", pid, user)
            connection.close()
            return
        self.close()
        self._called(connection, pid)
