"""What the sources share that are told of quiet and of input rather than asked.

Such a source says "no input for so long" at a length it was given, and "input" once after that.
The port wants more: a length that changes while the person is away, and the truth about it.
"""

import asyncio
from collections.abc import Callable

from deskbreak.core.facts import Sampled
from deskbreak.ports import Send

_SAME_S = 0.25
"""Two reports of the same last input may differ by so many seconds."""


class Told:
    """Turns "quiet since" and "input" into the `Sampled` that the port promises.

    `arm(seconds)` asks the source to tell when there has been no input for so long; it is called
    only while input goes on, and may be called again with what stands already.
    """

    __slots__ = ("_arm", "_known", "_loop", "_send", "_since", "_timer", "_told_s", "threshold_s")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, arm: Callable[[float], None]
    ) -> None:
        self._loop = loop
        self._send = send
        self._arm = arm
        self._since: float | None = None  # the last input, once the source has missed it
        self._told_s: float | None = None  # for which threshold that was posted
        self._known = False  # whether it was posted at all since the last input
        self._timer: asyncio.TimerHandle | None = None
        self.threshold_s: float | None = None

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds; soon, where it has already."""
        if threshold_s == self.threshold_s:
            return
        self.threshold_s = threshold_s
        if self._since is None:
            self._arm(threshold_s)
        else:  # not at once: whoever wants another length is not waiting for an answer
            self._look_in(0.0)

    def quiet(self, idle_s: float) -> None:
        """The source says that there has been no input for so long."""
        since = self._loop.time() - idle_s
        if self._since is None or since < self._since - _SAME_S:
            self._since, self._told_s = since, None
        if self._told_s != self.threshold_s:
            self._look()

    def input(self) -> None:
        """The source says that there is input."""
        if self._since is None:
            return
        known = self._known
        self.forget()
        if known:
            self._send(Sampled(0.0))
        if self.threshold_s is not None:
            self._arm(self.threshold_s)

    def forget(self) -> None:
        """Nothing is known any more: a new connection, or the end."""
        self._since = self._told_s = None
        self._known = False
        self._cancel()

    def _look(self) -> None:
        """Post, if the threshold is reached; otherwise look again when it is, input aside."""
        self._cancel()
        if self._since is None or self.threshold_s is None:
            return
        idle_s = self._loop.time() - self._since
        if idle_s < self.threshold_s - 0.001:
            self._look_in(self.threshold_s - idle_s)
            return
        self._told_s, self._known = self.threshold_s, True
        self._send(Sampled(max(idle_s, self.threshold_s)))

    def _look_in(self, seconds: float) -> None:
        self._cancel()
        self._timer = self._loop.call_later(seconds, self._look)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
