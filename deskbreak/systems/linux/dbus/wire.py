"""One connection to a bus: from a socket path to messages in and out, without ever blocking.

jeepney does the grammar (its parser and its authentication), this file the reading and writing.
A wire is used once: what breaks is dropped and a new one is made.
"""

import array
import asyncio
import socket
from collections import deque
from collections.abc import Callable

from jeepney import FileDescriptor, Message, Parser
from jeepney.auth import BEGIN, AuthenticationError, Authenticator

from deskbreak.systems.posix.sockets import connect

_CHUNK = 65536
_LONGEST_MESSAGE = 1 << 27  # what the specification allows
_LONGEST_QUEUE = 1 << 23
_FD_ROOM = socket.CMSG_SPACE(253 * array.array("i").itemsize)  # as many as one message can carry


class Wire:
    """An authenticated stream of messages; tells exactly once when it is lost.

    `on_ready` is called when messages may be sent, `on_message` for each that comes in (together
    with its descriptors, which then belong to the receiver), `on_lost` with a sentence.
    """

    __slots__ = (
        "_auth", "_deadline", "_loop", "_on_lost", "_on_message", "_on_ready", "_out", "_out_size",
        "_parser", "_patience_s", "_sock", "_with_fds",
    )  # fmt: skip

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        on_ready: Callable[[], None],
        on_message: Callable[[Message], None],
        on_lost: Callable[[str], None],
        *,
        with_fds: bool = False,
        patience_s: float = 25.0,
    ) -> None:
        self._loop = loop
        self._on_ready = on_ready
        self._on_message = on_message
        self._on_lost = on_lost
        self._with_fds = with_fds
        self._patience_s = patience_s
        self._auth: Authenticator | None = Authenticator(enable_fds=with_fds)
        self._parser = Parser()
        self._out: deque[bytes] = deque()
        self._out_size = 0
        self._sock: socket.socket | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def open(self, path: str) -> None:
        """Begin to connect and to authenticate. Raises OSError if nobody listens there."""
        self._sock = connect(path)
        self._loop.add_reader(self._sock, self._readable)
        self._deadline = self._loop.call_later(
            self._patience_s, self._lose, "the bus accepts connections but does not answer"
        )
        self._say_who_we_are()

    def send(self, data: bytes) -> None:
        """Send it now, or as soon as the socket takes it; without a connection it is dropped."""
        if self._sock is None:
            return
        self._out.append(data)
        self._out_size += len(data)
        if self._out_size > _LONGEST_QUEUE:
            self._loop.call_soon(self._lose, "the bus no longer takes our messages")
        elif len(self._out) == 1:
            self._writable()

    def close(self) -> None:
        """Let go without telling anybody; what could not be sent is lost."""
        if self._deadline is not None:
            self._deadline.cancel()
        if self._sock is not None:
            self._loop.remove_reader(self._sock)
            self._loop.remove_writer(self._sock)
            self._sock.close()
            self._sock = None
        self._out.clear()
        for fd in self._parser.fds:
            fd.close()
        self._parser = Parser()

    # -------------------------------------------------------------------------- coming up

    def _say_who_we_are(self) -> None:
        assert self._auth is not None
        if line := self._auth.data_to_send():
            self.send(line)
        if self._auth.authenticated:
            self._auth = None
            self.send(BEGIN)
            if self._deadline is not None:
                self._deadline.cancel()
            self._on_ready()

    def _hear_who_they_are(self, data: bytes) -> None:
        assert self._auth is not None
        try:
            self._auth.feed(data)
        except AuthenticationError as error:
            self._lose(f"the bus does not let us in ({error})")
            return
        self._say_who_we_are()

    # -------------------------------------------------------------------------- in

    def _readable(self) -> None:
        assert self._sock is not None
        try:
            data, fds = self._receive(self._sock)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._lose(f"the connection to the bus broke ({error.strerror})")
            return
        if not data:
            self._lose("the bus closed the connection")
        elif self._auth is not None:
            self._hear_who_they_are(data)
        else:
            self._take_in(data, fds)

    def _receive(self, sock: socket.socket) -> tuple[bytes, list[FileDescriptor]]:
        if not self._with_fds:
            return sock.recv(_CHUNK), []
        data, ancillary, _, _ = sock.recvmsg(_CHUNK, _FD_ROOM, socket.MSG_CMSG_CLOEXEC)
        return data, FileDescriptor.from_ancdata(ancillary)

    def _take_in(self, data: bytes, fds: list[FileDescriptor]) -> None:
        self._parser.add_data(data, fds)
        while self._sock is not None:
            try:
                message = self._parser.get_next_message()
                too_long = message is None and self._parser.bytes_desired() > _LONGEST_MESSAGE
            except Exception as error:  # noqa: BLE001 - a broken message can trip a parser anywhere
                self._lose(f"the bus sent something unreadable ({error!r})")
                return
            if too_long:
                self._lose("the bus announced a message beyond all bounds")
            if message is None:
                return
            self._on_message(message)

    # -------------------------------------------------------------------------- out

    def _writable(self) -> None:
        sock = self._sock
        while sock is not None and self._out:
            data = self._out[0]
            try:
                sent = sock.send(data)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError as error:
                # Not at once: the caller of `send` does not expect to be told of the loss inside.
                self._loop.remove_writer(sock)
                self._loop.call_soon(self._lose, f"the connection broke ({error.strerror})")
                return
            self._out_size -= sent
            if sent < len(data):
                self._out[0] = data[sent:]
                self._loop.add_writer(sock, self._writable)
                return
            self._out.popleft()
        if sock is not None:
            self._loop.remove_writer(sock)

    def _lose(self, why: str) -> None:
        if self._sock is not None:
            self.close()
            self._on_lost(why)
