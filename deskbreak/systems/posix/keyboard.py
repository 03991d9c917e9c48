"""A terminal that gives single keys, and never lets a read wait. For systems with termios."""

import asyncio
import os
import select
import termios
import tty
from collections.abc import Callable
from contextlib import suppress
from typing import Self, TextIO


def single_keys(fd: int) -> Callable[[], None]:
    """Switch to single keys without echo; returns what gives the terminal back as it was.

    Ctrl-C throws away what was typed just before it, so a terminal that was ready a moment ago may
    have nothing to read any more. A read then returns nothing at once; see `has_gone`.
    Raises OSError.
    """
    try:
        before = termios.tcgetattr(fd)
        tty.setcbreak(fd, termios.TCSANOW)
        mode = termios.tcgetattr(fd)
        mode[6][termios.VMIN] = mode[6][termios.VTIME] = 0
        termios.tcsetattr(fd, termios.TCSANOW, mode)
    except termios.error as error:
        raise OSError(*error.args) from error

    def give_back() -> None:
        with suppress(OSError, termios.error):  # the terminal may have gone
            termios.tcsetattr(fd, termios.TCSADRAIN, before)

    return give_back


def has_gone(fd: int) -> bool:
    """Whether nothing will ever come from there again, where a read has returned nothing."""
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return any(event & ~select.POLLIN for _fd, event in poll.poll(0))


class Keyboard:
    """Hands over single keys as they are pressed, until `close` gives the terminal back."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        fd: int,
        give_back: Callable[[], None],
        pressed: Callable[[str], None],
    ) -> None:
        self._loop, self._fd, self._give_back, self._pressed = loop, fd, give_back, pressed
        self._open = True
        loop.add_reader(fd, self._readable)

    @classmethod
    def of(
        cls, loop: asyncio.AbstractEventLoop, keys: TextIO, pressed: Callable[[str], None]
    ) -> Self | None:
        """Listen to that terminal; None where there is none, or it is another job's now."""
        if keys.closed or not keys.isatty():
            return None
        fd = keys.fileno()
        try:
            if os.tcgetpgrp(fd) != os.getpgrp():
                return None
            give_back = single_keys(fd)
        except OSError:
            return None
        return cls(loop, fd, give_back, pressed)

    def close(self) -> None:
        """Put the terminal back as it was."""
        if self._open:
            self._open = False
            self._loop.remove_reader(self._fd)
            self._give_back()

    def _readable(self) -> None:
        try:
            keys = os.read(self._fd, 64)
        except BlockingIOError:
            return
        except OSError:
            keys = b""
        if not keys and has_gone(self._fd):
            self.close()
            return
        for key in keys.decode("ascii", "ignore").lower():
            self._pressed(key)
