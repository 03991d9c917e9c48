"""Everything a player waits for at once: keys, orders of the daemon, signals.

Signals come through a pipe like everything else, so that nothing interrupts a half-painted screen.
"""

import contextlib
import os
import select
import signal
from collections.abc import Callable, Iterator
from enum import StrEnum

from deskbreak.systems.posix.keyboard import has_gone
from deskbreak.windows.report import HUSH, STOP, Orders
from deskbreak.windows.start import on_a_socket

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


class Inputs(contextlib.ExitStack):
    """Waits for keys (`keys` is a terminal's descriptor) and orders (`orders` a pipe's).

    `clock` counts seconds, is never set, and stands still while the machine sleeps. Until it is
    closed it also takes in the signals that would otherwise end the program.
    """

    def __init__(
        self, clock: Callable[[], float], keys: int | None = None, orders: int | None = None
    ) -> None:
        super().__init__()
        self._clock = clock
        self._keys = keys
        self._orders = orders
        self._read_orders = Orders()
        self._woken = self.enter_context(on_a_socket(_SIGNALS))

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
        for number in self._woken.recv(256):
            yield _SIGNALS[signal.Signals(number).name]

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
