"""A connection that the loop reads and writes: what all protocols over a socket share.

Nothing here waits: whoever does not answer, hangs up or sends what nobody can read is reported by
one call of `lost`.
"""

import asyncio
import logging
import select
import socket
import struct
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from deskbreak.adapters.jsonlines import Lines, encode, read_object
from deskbreak.adapters.timer import Timer

log = logging.getLogger(__name__)

_CHUNK = 64 * 1024
_MOST_WAITING = 256 * 1024
_DEAF = "takes nothing in"

UNREADABLE = (ValueError, IndexError, KeyError, struct.error)
"""What reading a broken message raises."""


class Stream:
    """A connection, from `open` on.

    `take(buffer)` removes complete messages from the front of what has come in, as far as there
    are any, and is called a last time when the other side will say no more; may raise one of
    UNREADABLE. `lost(why)` is called once, from the loop, at the end that the other side makes;
    `why` completes "… " after the server's name. `most_waiting` is how many bytes may wait for a
    reader that does not read.
    """

    __slots__ = (
        "_buffer", "_deadline", "_hearing", "_loop", "_lost", "_most_waiting", "_out", "_rest",
        "_socket", "_take",
    )  # fmt: skip

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        take: Callable[[bytearray], None],
        lost: Callable[[str], None],
        most_waiting: int = _MOST_WAITING,
    ) -> None:
        self._loop = loop
        self._take = take
        self._lost = lost
        self._most_waiting = most_waiting
        self._hearing = True
        self._socket: socket.socket | None = None
        self._buffer = bytearray()
        self._out = bytearray()
        self._deadline = Timer(loop)
        self._rest: asyncio.TimerHandle | None = None

    def open(self, connection: socket.socket) -> None:
        """Take over a connection that never waits, made or being made."""
        self._socket = connection
        self._hearing = True
        self._loop.add_reader(connection, self._readable)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said and heard."""
        return self._socket is not None and len(self._out) <= self._most_waiting

    def expect_within(self, seconds: float | None) -> None:
        """Take the connection for lost unless this is called again in time; None: no hurry."""
        self._deadline.cancel()
        if seconds is not None:
            self._deadline.set(seconds, self._end, "does not answer")

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
        if not self.is_open:
            return
        idle = not self._out
        self._out += data
        if idle:
            self._write()
        if not self.is_open:
            self._loop.call_soon(self._end, _DEAF)

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
            data = self._read(self._socket)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._end(f"broke off ({error.strerror})")
            return
        self._buffer += data
        try:
            self._take(self._buffer)
        except UNREADABLE as error:
            self._end(f"sent something unreadable ({error!r})")
        if not data:
            self._hung_up()

    def _read(self, connection: socket.socket) -> bytes:
        return connection.recv(_CHUNK)

    def _hung_up(self) -> None:
        """The other side says no more; it may still want to read what it asked for."""
        self._hearing = False
        if self._socket is not None and self._out:
            self._loop.remove_reader(self._socket)
        else:
            self._end("has hung up")

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
            if not self._hearing:
                self._end("has hung up")


class Listener(Protocol):
    """Who is told what comes over a line."""

    def heard(self, line: "Line", said: dict[str, Any]) -> None:
        """One object has come in."""

    def junk(self, line: "Line", why: str) -> None:
        """Something came in that is no JSON object on one line; `why` is a sentence for people."""

    def ended(self, line: "Line") -> None:
        """The line is closed, by the other side or because it did not read; said once."""


class Line:
    """A connection on which both sides say JSON objects; it takes over the socket.

    A line that cannot be read is told as junk, and the next one is read as if nothing had been.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, connection: socket.socket, listener: Listener
    ) -> None:
        self._loop = loop
        self._listener = listener
        self._lines = Lines()
        self._stream = Stream(loop, self._take, self._lost)
        connection.setblocking(False)
        self._stream.open(connection)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said."""
        return self._stream.is_open

    def say(self, words: Mapping[str, Any]) -> None:
        """Send one object; a line on which too much is waiting already is closed instead."""
        self._stream.send(encode(words))

    def close(self) -> None:
        """Hang up without telling the listener; what could not be sent by now is lost."""
        self._stream.close()

    def _take(self, buffer: bytearray) -> None:
        received = bytes(buffer)
        buffer.clear()
        for line in self._lines.feed(received) if received else self._lines.end():
            if self.is_open:
                self._hear(line)

    def _hear(self, line: bytes | None) -> None:
        try:
            said = read_object(line)
        except ValueError as problem:
            self._listener.junk(self, str(problem))
            return
        try:
            self._listener.heard(self, said)
        except Exception as error:  # noqa: BLE001 - the rim: the next line is read all the same
            context = {"message": "a line broke its listener", "exception": error}
            self._loop.call_exception_handler(context)

    def _lost(self, why: str) -> None:
        if why == _DEAF:
            log.warning("hung up on a reader that does not read")
        self._listener.ended(self)


class Door(Protocol):
    """Where processes of this user call, at `address`; who else does is turned away."""

    @property
    def address(self) -> str:
        """What they are told to call."""

    def open(
        self,
        came: Callable[[socket.socket, int], None],
        *,
        refusal: bytes = b"",
        crowded: Callable[[], None] = ...,
    ) -> None:
        """Begin to listen. `came` takes over each connection, with the process that has called.

        `refusal` is said to a stranger; `crowded` is called where no more can be taken in, to make
        room. Raises OSError: somebody listens there already, or nobody can.
        """

    def renew(self) -> None:
        """Listen anew if somebody has taken the place away. Raises as `open`."""

    def close(self) -> None:
        """Listen no more."""
