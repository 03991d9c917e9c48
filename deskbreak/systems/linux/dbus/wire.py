"""One connection to a bus: from a socket path to messages in and out, without ever blocking.

jeepney does the grammar (its parser and its authentication). A wire is used once: what breaks is
dropped and a new one is made.
"""

import array
import asyncio
import socket
from collections.abc import Callable

from jeepney import FileDescriptor, Message, Parser
from jeepney.auth import BEGIN, AuthenticationError, Authenticator

from deskbreak.adapters.stream import Stream
from deskbreak.systems.posix.sockets import connect

_CHUNK = 65536
_LONGEST_MESSAGE = 1 << 27  # what the specification allows
_LONGEST_QUEUE = 1 << 23
_FD_ROOM = socket.CMSG_SPACE(253 * array.array("i").itemsize)  # as many as one message can carry


class Wire(Stream):
    """An authenticated stream of messages; tells exactly once when it is lost.

    `on_ready` is called when messages may be sent, `on_message` for each that comes in (together
    with its descriptors, which then belong to the receiver), `on_lost` with a sentence.
    """

    __slots__ = (
        "_auth", "_fds", "_on_message", "_on_ready", "_parser", "_patience_s", "_with_fds",
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
        super().__init__(loop, self._take_in, lambda why: on_lost(f"the bus {why}"), _LONGEST_QUEUE)
        self._on_ready = on_ready
        self._on_message = on_message
        self._with_fds = with_fds
        self._patience_s = patience_s
        self._auth: Authenticator | None = Authenticator(enable_fds=with_fds)
        self._parser = Parser()
        self._fds: list[FileDescriptor] = []

    def begin(self, path: str) -> None:
        """Begin to connect and to authenticate. Raises OSError if nobody listens there."""
        self.open(connect(path))
        self.expect_within(self._patience_s)
        assert self._auth is not None
        self._say_who_we_are(self._auth)

    def close(self) -> None:
        """Let go without telling anybody; what could not be sent is lost."""
        super().close()
        for fd in (*self._fds, *self._parser.fds):
            fd.close()
        self._fds, self._parser = [], Parser()

    def _say_who_we_are(self, auth: Authenticator) -> None:
        self._auth = auth
        if line := auth.data_to_send():
            self.send(line)
        if auth.authenticated:
            self._auth = None
            self.send(BEGIN)
            self.expect_within(None)
            self._on_ready()

    def _read(self, connection: socket.socket) -> bytes:
        if not self._with_fds:
            return super()._read(connection)
        data, ancillary, _, _ = connection.recvmsg(_CHUNK, _FD_ROOM, socket.MSG_CMSG_CLOEXEC)
        self._fds += FileDescriptor.from_ancdata(ancillary)
        return data

    def _take_in(self, buffer: bytearray) -> None:
        data, fds = bytes(buffer), self._fds
        buffer.clear()
        self._fds = []
        if self._auth is None:
            self._parser.add_data(data, fds)
            self._pass_on()
        elif data:
            try:
                self._auth.feed(data)
            except AuthenticationError as error:
                self._end(f"does not let us in ({error})")
            else:
                self._say_who_we_are(self._auth)

    def _pass_on(self) -> None:
        """All messages that are whole."""
        while self.is_open:
            try:
                message = self._parser.get_next_message()
                too_long = message is None and self._parser.bytes_desired() > _LONGEST_MESSAGE
            except Exception as error:  # noqa: BLE001 - a broken message can trip a parser anywhere
                self._end(f"sent something unreadable ({error!r})")
                return
            if too_long:
                self._end("announced a message beyond all bounds")
            if message is None:
                return
            self._on_message(message)
