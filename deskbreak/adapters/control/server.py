"""The daemon's end of the control socket: it parses, asks for an answer, and says it.

One request and one reply per line. Nothing that comes in disturbs the daemon: a line that cannot
be read gets an error reply, a stranger is turned away, a reader that does not read is hung up on.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping
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
from deskbreak.adapters.jsonlines import encode
from deskbreak.adapters.stream import Door, Line

log = logging.getLogger(__name__)

_MOST_LINES = 64
"""Callers at a time, and followers beside them."""

Answer = Callable[[Request], Mapping[str, Any]]
"""Answers a request with the other keys of its reply; `ok` is true unless it says otherwise."""


class ControlServer:
    """Listens at a door: many callers, some of whom stay for what is published."""

    def __init__(self, loop: asyncio.AbstractEventLoop, door: Door, answer: Answer) -> None:
        self._loop = loop
        self._door = door
        self._answer = answer
        self._callers: list[Line] = []  # the first of them is the longest silent
        self._subscribers: list[Line] = []

    def start(self) -> None:
        """Begin to listen. Raises OSError: somebody answers there already, or nobody can."""
        stranger = encode(refused(None, "this belongs to another user"))
        self._door.open(
            self._came, refusal=stranger, crowded=lambda: self._hang_up_on_the_silent(0)
        )

    def renew(self) -> None:
        """Listen anew if somebody has taken our place away. Raises as `start`."""
        self._door.renew()

    @property
    def has_subscribers(self) -> bool:
        """Whether anybody would hear what is published."""
        return bool(self._subscribers)

    def publish(self, event: Mapping[str, Any]) -> None:
        """Tell every subscriber; costs nothing where there is none."""
        for line in tuple(self._subscribers):
            line.say(event)

    def close(self) -> None:
        """Hang up on everybody and listen no more."""
        self._door.close()
        for line in (*self._callers, *self._subscribers):
            line.close()
        self._callers.clear()
        self._subscribers.clear()

    def heard(self, line: Line, said: dict[str, Any]) -> None:
        """A request has come in."""
        if line in self._callers:
            self._callers.remove(line)
            self._callers.append(line)
        try:
            request = parse(said)
        except RequestError as problem:
            line.say(refused(id_of(said), str(problem)))
            return
        follows = request.asks is Query.SUBSCRIBE
        if follows and line in self._callers and len(self._subscribers) >= _MOST_LINES:
            line.say(refused(request.id, f"{_MOST_LINES} are following already"))
            return
        line.say(self._reply(request))
        if follows and line.is_open and line in self._callers:
            self._callers.remove(line)
            self._subscribers.append(line)

    def junk(self, line: Line, why: str) -> None:
        """Something came in that is no request."""
        line.say(refused(None, why))

    def ended(self, line: Line) -> None:
        """Somebody has left."""
        for lines in (self._callers, self._subscribers):
            if line in lines:
                lines.remove(line)

    def _reply(self, request: Request) -> dict[str, Any]:
        try:
            return accepted(request.id, self._answer(request))
        except Exception:  # the rim: whatever one request runs into, the others are served
            log.exception("no answer to %s", request.do)
            return refused(request.id, "this could not be answered; the log says more")

    def _came(self, connection: socket.socket, _pid: int) -> None:
        self._hang_up_on_the_silent(_MOST_LINES - 1)
        self._callers.append(Line(self._loop, connection, self))

    def _hang_up_on_the_silent(self, most: int) -> None:
        """Make room by leaving the caller that has said nothing for longest; nobody who follows."""
        if len(self._callers) > most:
            silent = self._callers.pop(0)
            silent.say(refused(None, "others are waiting; call again"))
            silent.close()
