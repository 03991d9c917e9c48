"""Ends work that takes too much of the processor, however busy the machine is with other things."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN_S = 0.1
"""Where the first ring is lost (within a destructor, say), the next one is not."""


class TooLongError(BaseException):
    """The time is over. No `Exception`, so that no library takes it for one of its own."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLongError in what takes more seconds of the processor; not where nobody can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
