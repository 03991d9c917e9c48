"""What a program of ours writes to its error output: hooks and desk sensors share it."""

import asyncio
import os

_KEPT = 500
_CHUNK = 64 * 1024
_REST_S = 0.1


class Complaints:
    """A pipe for the errors of one program; `first` and `last` are a little of what came.

    A flood is read in large pieces and now and then only: the program has to wait, and we do not
    burn for it. Give the program `theirs`, then call `listen`.
    """

    __slots__ = ("_loop", "_ours", "_rest", "first", "last", "theirs")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.first = self.last = b""
        self._loop = loop
        self._rest: asyncio.TimerHandle | None = None
        self._ours, self.theirs = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        os.set_blocking(self.theirs, True)

    def listen(self) -> None:
        """The program has its end now."""
        os.close(self.theirs)
        self._hear_from_now_on()

    def close(self) -> None:
        """Take in what is there, and listen no more."""
        self._read()
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        self._loop.remove_reader(self._ours)
        os.close(self._ours)

    def _hear_from_now_on(self) -> None:
        self._rest = None
        self._loop.add_reader(self._ours, self._heard)

    def _heard(self) -> None:
        self._loop.remove_reader(self._ours)
        if self._read():
            self._rest = self._loop.call_later(_REST_S, self._hear_from_now_on)

    def _read(self) -> bool:
        """Take in a piece; whether there may be more."""
        try:
            piece = os.read(self._ours, _CHUNK)
        except BlockingIOError:
            return True
        self.first = (self.first + piece)[:_KEPT]
        self.last = (self.last + piece)[-_KEPT:]
        return bool(piece)
