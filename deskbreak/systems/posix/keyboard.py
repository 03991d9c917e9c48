"""A terminal that gives single keys, and never lets a read wait. For systems with termios."""

import select
from typing import Any


def single_keys(fd: int) -> list[Any]:
    """Switch to single keys without echo; returns what `termios.tcsetattr` puts back.

    Ctrl-C throws away what was typed just before it, so a terminal that was ready a moment ago may
    have nothing to read any more. A read then returns nothing at once; see `has_gone`.
    Raises OSError or termios.error.
    """
    import termios
    import tty

    before = termios.tcgetattr(fd)
    tty.setcbreak(fd, termios.TCSANOW)
    mode = termios.tcgetattr(fd)
    mode[6][termios.VMIN] = mode[6][termios.VTIME] = 0
    termios.tcsetattr(fd, termios.TCSANOW, mode)
    return before


def has_gone(fd: int) -> bool:
    """Whether nothing will ever come from there again, where a read has returned nothing."""
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return any(event & ~select.POLLIN for _fd, event in poll.poll(0))
