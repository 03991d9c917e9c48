"""Signals that come through a socket like everything else, so that they interrupt nothing."""

import contextlib
import signal
import socket
from collections.abc import Iterable, Iterator
from types import FrameType


@contextlib.contextmanager
def on_a_socket(names: Iterable[str]) -> Iterator[socket.socket]:
    """Within it the signals of these names only write their number to the socket."""
    wake, woken = socket.socketpair()
    with wake, woken:
        wake.setblocking(False)
        woken.setblocking(False)
        wakeup_before = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, _noted) for number in numbers}
        try:
            yield woken
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(wakeup_before)


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: the signal has been written to the socket."""
