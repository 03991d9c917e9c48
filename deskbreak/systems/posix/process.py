"""What a process has to do with its system, on Linux and macOS."""

import fcntl
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


def lock(descriptor: int) -> None:
    """Lock an open file at once; the kernel lets go of it with the last process that has it open.

    Raises BlockingIOError where another process has it, or another OSError.
    """
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def stop_on_signals(loop: "asyncio.AbstractEventLoop", stop: Callable[[], Any]) -> None:
    """Call `stop` on the loop for Ctrl-C, the end of the terminal and whoever asks us to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
