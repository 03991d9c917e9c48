"""A connection to a local server, read and written by the loop: what several protocols share.

Nothing here waits: whoever does not answer, hangs up or sends what nobody can read is reported by
one call of `lost`.
"""

import asyncio
import contextlib
import os
import select
import socket
import struct
from collections.abc import Callable
from pathlib import Path

_CHUNK = 64 * 1024
_MOST_WAITING = 256 * 1024
_SO_CALLED = {2: "there is no such socket", 111: "nobody listens there"}

UNREADABLE = (ValueError, IndexError, KeyError, struct.error)
"""What reading a broken message raises."""


class Stream:
    """A connection to the unix socket at a path.

    `take(buffer)` removes complete messages from the front of what has come in, as far as there
    are any; may raise one of UNREADABLE. `lost(why)` is called once, from the loop, at the end
    that the other side makes; `why` completes "… " after the server's name.
    """

    __slots__ = ("_buffer", "_deadline", "_loop", "_lost", "_out", "_rest", "_socket", "_take")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        take: Callable[[bytearray], None],
        lost: Callable[[str], None],
    ) -> None:
        self._loop = loop
        self._take = take
        self._lost = lost
        self._socket: socket.socket | None = None
        self._buffer = bytearray()
        self._out = bytearray()
        self._deadline: asyncio.TimerHandle | None = None
        self._rest: asyncio.TimerHandle | None = None

    def open(self, where: str | Path | tuple[str, int]) -> None:
        """Connect, to a host and port too. Raises OSError whose strerror is a clause for people."""
        remote = isinstance(where, tuple)
        connection = socket.socket(socket.AF_INET if remote else socket.AF_UNIX)
        connection.setblocking(False)
        try:
            connection.connect(str(where) if isinstance(where, Path) else where)
        except BlockingIOError:
            if not remote:  # so many wait at that socket that there is no room for another
                connection.close()
                raise
        except OSError as error:
            connection.close()
            said = _SO_CALLED.get(error.errno or 0, error.strerror or str(error))
            raise OSError(error.errno or 0, said) from error
        self._socket = connection
        self._loop.add_reader(connection, self._readable)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said and heard."""
        return self._socket is not None

    def expect_within(self, seconds: float | None) -> None:
        """Take the connection for lost unless this is called again in time; None: no hurry."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None
        if seconds is not None:
            self._deadline = self._loop.call_later(seconds, self._end, "does not answer")

    def rest(self, seconds: float) -> None:
        """Hear nothing for so long: what comes often is read in one go."""
        if self._socket is not None and self._rest is None:
            self._loop.remove_reader(self._socket)
            self._rest = self._loop.call_later(seconds, self._rested)

    def hear_within(self, seconds: float) -> None:
        """Stand still until something comes in, a few hundredths of a second at most."""
        if self._socket is not None and self._rest is None:
            waiting = select.poll()
            waiting.register(self._socket, select.POLLIN)
            if waiting.poll(seconds * 1000):
                self._readable()

    def send(self, data: bytes) -> None:
        """Say this, as soon as the other side takes it."""
        if self._socket is None:
            return
        idle = not self._out
        self._out += data
        if idle:
            self._write()
        if len(self._out) > _MOST_WAITING:
            self._loop.call_soon(self._end, "takes nothing in")

    def send_with_credentials(self, data: bytes) -> None:
        """Say this first thing, with who we are beside it as the kernel vouches for it."""
        assert self._socket is not None
        who = struct.pack("iII", os.getpid(), os.getuid(), os.getgid())
        ancillary = [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, who)]
        with contextlib.suppress(OSError):  # whoever is not there any more is noticed by reading
            sent = self._socket.sendmsg([data], ancillary)
            self.send(data[sent:])

    def close(self) -> None:
        """Hang up without a word to `lost`."""
        self.expect_within(None)
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        if self._socket is not None:
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._socket.close()
            self._socket = None
        self._buffer.clear()
        self._out.clear()

    def _end(self, why: str) -> None:
        if self._socket is not None:
            self.close()
            self._lost(why)

    def _rested(self) -> None:
        self._rest = None
        if self._socket is not None:
            self._loop.add_reader(self._socket, self._readable)

    def _readable(self) -> None:
        assert self._socket is not None
        try:
            data = self._socket.recv(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._end(f"broke off ({error.strerror})")
            return
        if not data:
            self._end("has hung up")
            return
        self._buffer += data
        try:
            self._take(self._buffer)
        except UNREADABLE as error:
            self._end(f"sent something unreadable ({error!r})")

    def _write(self) -> None:
        if self._socket is None:
            return
        try:
            sent = self._socket.send(self._out)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError as error:
            # Not at once: whoever calls `send` does not expect to be told of the loss inside.
            self._loop.call_soon(self._end, f"broke off ({error.strerror})")
            return
        del self._out[:sent]
        if self._out:
            self._loop.add_writer(self._socket, self._write)
        else:
            self._loop.remove_writer(self._socket)
