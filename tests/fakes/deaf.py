"""A server that lets anybody in and answers nothing, or nonsense."""

import socket
from pathlib import Path

from tests.waiting import until


class DeafServer:
    """Listens at `path`; what it says is up to the test."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._server.setblocking(False)
        self._client: socket.socket | None = None

    def accept(self) -> None:
        """Let the client in that has knocked."""

        def knocked() -> socket.socket | None:
            try:
                return self._server.accept()[0]
            except BlockingIOError:
                return None

        self._client = until(knocked, what="somebody connects")

    def say(self, data: bytes) -> None:
        """Send these bytes."""
        assert self._client is not None
        self._client.sendall(data)

    def close(self) -> None:
        """Be gone."""
        if self._client is not None:
            self._client.close()
        self._server.close()
