"""JSON objects, one a line, over a unix socket: what the control socket and the player share.

Whatever comes in can be junk: a line that cannot be read is told as junk and the next one is
read as if nothing had been. Whoever does not read what we send is hung up on.
"""

import asyncio
import json
import logging
import socket
import struct
from collections.abc import Mapping
from typing import Any, Protocol

log = logging.getLogger(__name__)

LONGEST_LINE = 64 * 1024
"""Bytes of a line, its end not counted."""

_BACKLOG = 256 * 1024
_CHUNK = 64 * 1024
_CREDENTIALS = struct.Struct("iII")


class Listener(Protocol):
    """Who is told what comes over a line."""

    def heard(self, line: "Line", said: dict[str, Any]) -> None:
        """One object has come in."""

    def junk(self, line: "Line", why: str) -> None:
        """Something came in that is no JSON object on one line; `why` is a sentence for people."""

    def ended(self, line: "Line") -> None:
        """The line is closed, by the other side or because it did not read; said once."""


def peer_credentials(connection: socket.socket) -> tuple[int, int]:
    """The process and the user at the other end, as the kernel knows them. Raises OSError."""
    size = _CREDENTIALS.size
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    pid, uid, _ = _CREDENTIALS.unpack(raw)
    return pid, uid


class Line:
    """One connection, read and written by the loop; nothing here blocks or raises.

    It takes over the socket. `backlog` is how many bytes may wait for a reader that does not read.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        connection: socket.socket,
        listener: Listener,
        backlog: int = _BACKLOG,
    ) -> None:
        self._loop = loop
        self._socket = connection
        self._listener = listener
        self._backlog = backlog
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self._skipping = False
        self._hearing = True
        self._open = True
        connection.setblocking(False)
        loop.add_reader(connection, self._read)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said."""
        return self._open

    def say(self, words: Mapping[str, Any]) -> None:
        """Send one object; a line on which too much is waiting already is closed instead."""
        if not self._open:
            return
        idle = not self._outgoing
        self._outgoing += json.dumps(words, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        if idle:
            self._write()
        if len(self._outgoing) > self._backlog:
            log.warning("hung up on a reader that does not read")
            self._end()

    def close(self) -> None:
        """Hang up without telling the listener; what could not be sent by now is lost."""
        if self._open:
            self._open = False
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._socket.close()

    def _end(self) -> None:
        if self._open:
            self.close()
            self._listener.ended(self)

    def _read(self) -> None:
        try:
            more = self._socket.recv(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self._end()
            return
        if more:
            self._take_in(more)
        else:
            self._take_leave()

    def _take_in(self, more: bytes) -> None:
        *lines, rest = more.split(b"\n")
        for part in lines:
            self._incoming += part
            self._finish_line()
            if not self._open:
                return
        self._incoming += rest
        if len(self._incoming) > LONGEST_LINE:
            self._incoming.clear()
            if not self._skipping:
                self._skipping = True
                self._listener.junk(self, _too_long())

    def _finish_line(self) -> None:
        line, self._incoming = bytes(self._incoming), bytearray()
        if self._skipping:
            self._skipping = False
        elif len(line) > LONGEST_LINE:
            self._listener.junk(self, _too_long())
        else:
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            said = json.loads(line.decode())
        except (ValueError, RecursionError) as problem:
            self._listener.junk(self, f"this is not JSON on one line: {problem}")
            return
        if isinstance(said, dict):
            self._tell(said)
        else:
            self._listener.junk(self, "this is JSON, but not an object in braces")

    def _tell(self, said: dict[str, Any]) -> None:
        try:
            self._listener.heard(self, said)
        except Exception as error:  # noqa: BLE001 - the rim: the next line is read all the same
            told = {"message": "a line broke its listener", "exception": error}
            self._loop.call_exception_handler(told)

    def _take_leave(self) -> None:
        """The other side says no more; it may still want to read what it asked for."""
        self._loop.remove_reader(self._socket)
        if self._incoming:
            self._finish_line()
        self._hearing = False
        if not self._outgoing:
            self._end()

    def _write(self) -> None:
        try:
            sent = self._socket.send(self._outgoing)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self._loop.call_soon(self._end)
            self._loop.remove_writer(self._socket)
            return
        del self._outgoing[:sent]
        if self._outgoing:
            self._loop.add_writer(self._socket, self._write)
        else:
            self._loop.remove_writer(self._socket)
            if not self._hearing:
                self._end()


def _too_long() -> str:
    return f"a line may have {LONGEST_LINE} bytes at most"
