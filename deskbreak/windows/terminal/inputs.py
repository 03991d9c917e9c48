"""Everything a player waits for at once: keys, orders of the daemon, signals.

Signals come through a pipe like everything else, so that nothing interrupts a half-painted screen.
"""

import os
import select
import signal
import socket
from collections.abc import Callable, Iterator
from enum import StrEnum
from types import FrameType, TracebackType

from deskbreak.systems.posix.keyboard import has_gone
from deskbreak.windows.report import HUSH, STOP, Orders

ESCAPE_WAIT_S = 0.05


class Event(StrEnum):
    """What came in beside ordinary keys; a key comes as its own name or letter."""

    STOP = "<stop>"
    HUSH = "<hush>"
    INTERRUPT = "<interrupt>"
    RESIZE = "<resize>"
    SUSPEND = "<suspend>"
    HANG_UP = "<hang up>"


_SIGNALS = {
    "SIGINT": Event.INTERRUPT,
    "SIGTERM": Event.STOP,
    "SIGHUP": Event.HANG_UP,
    "SIGWINCH": Event.RESIZE,
    "SIGTSTP": Event.SUSPEND,
}
_ORDERS = {STOP: Event.STOP, HUSH: Event.HUSH}
_SEQUENCES = {
    "\x1b[D": "left", "\x1bOD": "left", "\x1b[C": "right", "\x1bOC": "right",
    "\x1b[A": "up", "\x1bOA": "up", "\x1b[B": "down", "\x1bOB": "down",
}  # fmt: skip
_NAMED = {"\x1b": "esc", "\r": "enter", "\n": "enter", " ": "space", "\x03": Event.INTERRUPT}


class Inputs:
    """Waits for keys (`keys` is a terminal's descriptor) and orders (`orders` a pipe's).

    `clock` counts seconds, is never set, and stands still while the machine sleeps.

    Within `with` it also takes in the signals that would otherwise end the program.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        keys: int | None = None,
        orders: int | None = None,
    ) -> None:
        self._clock = clock
        self._keys = keys
        self._orders = orders
        self._read_orders = Orders()
        self._before: dict[int, object] = {}
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        self._wakeup_before = -1

    def __enter__(self) -> "Inputs":
        self._wakeup_before = signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, _noted)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._wakeup_before)
        self._wake.close()
        self._woken.close()

    @property
    def has_keys(self) -> bool:
        """Whether a person can press anything."""
        return self._keys is not None

    def now(self) -> float:
        """Seconds on the clock."""
        return self._clock()

    def obey(self, orders: int | None) -> None:
        """Take orders from this descriptor from now on."""
        if orders is not None and orders != self._orders:
            self._orders, self._read_orders = orders, Orders()

    def wait(self, timeout_s: float | None) -> list[str]:
        """What has come in after `timeout_s` seconds at the latest; None waits without an end."""
        watched = [
            self._woken.fileno(),
            *(fd for fd in (self._keys, self._orders) if fd is not None),
        ]
        ready, _, _ = select.select(watched, [], [], timeout_s)
        events: list[str] = []
        if self._woken.fileno() in ready:
            events += self._signals()
        if self._orders in ready:
            events += self._take_orders()
        if self._keys in ready:
            events += self._take_keys()
        return events

    def _signals(self) -> Iterator[str]:
        names = {
            getattr(signal, name): event
            for name, event in _SIGNALS.items()
            if hasattr(signal, name)
        }
        for number in self._woken.recv(256):
            if number in names:
                yield names[number]

    def _take_orders(self) -> Iterator[str]:
        assert self._orders is not None
        received = _read(self._orders)
        if not received:
            self._orders = None  # the daemon has gone; the person may still finish
        yield from (_ORDERS[order] for order in self._read_orders.feed(received))

    def _take_keys(self) -> Iterator[str]:
        assert self._keys is not None
        received = _read(self._keys)
        if received == b"\x1b" and select.select([self._keys], [], [], ESCAPE_WAIT_S)[0]:
            received += _read(self._keys)
        if not received and has_gone(self._keys):
            self._keys = None
            yield Event.HANG_UP
        yield from keys_in(received.decode(errors="ignore"))


def keys_in(text: str) -> Iterator[str]:
    """The names of the keys that a terminal sent: "left", "esc", "space", or the letter itself."""
    at = 0
    while at < len(text):
        sequence = text[at : at + 3]
        if sequence in _SEQUENCES:
            yield _SEQUENCES[sequence]
            at += 3
        elif sequence.startswith(("\x1b[", "\x1bO")):
            at += 2  # a key we do not know: pass over it to its last byte
            while at < len(text) and not "@" <= text[at] <= "~":
                at += 1
            at += 1
        else:
            yield _NAMED.get(text[at], text[at].lower())
            at += 1


def _read(fd: int) -> bytes:
    try:
        return os.read(fd, 4096)
    except OSError:  # the terminal or the daemon has gone
        return b""


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: the signal has been written to the pipe."""
