"""A socket that lets clients in like a bus and then misbehaves as the test wants."""

import asyncio
import contextlib
import socket
from pathlib import Path

from jeepney import HeaderFields, Message, MessageType, Parser, new_error, new_method_return


class HostileBus:
    """Welcomes a client and answers Hello; what else comes is kept in `messages`.

    `deaf` accepts connections and says nothing at all; `turns_away` rejects the authentication,
    `refuses_hello` the first call.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.address = f"unix:path={folder}/hostile"
        self.deaf = False
        self.turns_away = False
        self.refuses_hello = False
        self.clients = 0
        self.messages: list[Message] = []
        self._loop = loop
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(f"{folder}/hostile")
        self._server.listen()
        self._server.setblocking(False)
        self._client: socket.socket | None = None
        self._parser: Parser | None = None
        loop.add_reader(self._server, self._accept)

    def send(self, data: bytes) -> None:
        """Say these bytes to the client, if it is still there."""
        assert self._client is not None
        with contextlib.suppress(BrokenPipeError):
            self._client.sendall(data)

    def hang_up(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._loop.remove_reader(self._client)
            self._client.close()
            self._client = None

    def close(self) -> None:
        """Be gone altogether."""
        self.hang_up()
        self._loop.remove_reader(self._server)
        self._server.close()

    def stop_reading(self) -> None:
        """Take nothing more from the client, so that its socket fills up."""
        assert self._client is not None
        self._loop.remove_reader(self._client)

    def read_on(self) -> None:
        """Take what the client sends again."""
        assert self._client is not None
        self._loop.add_reader(self._client, self._readable)

    def _accept(self) -> None:
        self.hang_up()
        self._client, _ = self._server.accept()
        self._client.setblocking(True)
        self.clients += 1
        self._parser = None
        self._loop.add_reader(self._client, self._readable)

    def _readable(self) -> None:
        assert self._client is not None
        data = self._client.recv(65536)
        if not data:
            self.hang_up()
        elif self._parser is None:
            self._authenticate(data)
        else:
            self._take_in(self._parser, data)

    def _take_in(self, parser: Parser, data: bytes) -> None:
        parser.add_data(data)
        while (message := parser.get_next_message()) is not None:
            self._message(message)

    def _authenticate(self, data: bytes) -> None:
        if self.deaf:
            return
        if self.turns_away:
            self.send(b"REJECTED EXTERNAL\r\n")
            return
        if b"AUTH" in data:
            self.send(b"OK 0123456789abcdef0123456789abcdef\r\n")
        if b"BEGIN" in data:
            self._parser = Parser()
            self._take_in(self._parser, data.partition(b"BEGIN\r\n")[2])

    def _message(self, message: Message) -> None:
        assert message.header.message_type is MessageType.method_call
        hello = message.header.fields[HeaderFields.member] == "Hello"
        if hello and self.refuses_hello:
            self.send(new_error(message, "org.example.Full").serialise(serial=1))
        elif hello:
            self.send(new_method_return(message, "s", (":1.1",)).serialise(serial=1))
        else:
            self.messages.append(message)
