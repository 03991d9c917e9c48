"""What the sources share that are told of quiet and of input rather than asked.

Such a source says "no input for so long" at a length it was given, and "input" once after that.
The port wants more: a length that changes while the person is away, and the truth about it.
"""

import asyncio
from collections.abc import Callable

from deskbreak.adapters.timer import Timer
from deskbreak.core.events import Sampled
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
        self._timer = Timer(loop)
        self.threshold_s: float | None = None

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds; soon, where it has already."""
        if threshold_s == self.threshold_s:
            return
        self.threshold_s = threshold_s
        if self._since is None:
            self._arm(threshold_s)
        else:  # not at once: whoever wants another length is not waiting for an answer
            self._timer.set(0.0, self._look)

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
        self._timer.cancel()

    def _look(self) -> None:
        """Post, if the threshold is reached; otherwise look again when it is, input aside."""
        if self._since is None or self.threshold_s is None:
            return
        idle_s = self._loop.time() - self._since
        if idle_s < self.threshold_s - 0.001:
            self._timer.set(self.threshold_s - idle_s, self._look)
            return
        self._told_s, self._known = self.threshold_s, True
        self._send(Sampled(max(idle_s, self.threshold_s)))


class ToldSource:
    """What the idle sources share that are told of quiet and of input, and cannot be asked."""

    name = ""
    remark = ""
    hopeless = False

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._loop = loop
        self._send = send
        self._told = Told(loop, send, self._arm)

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds; soon, where it has already."""
        self._told.watch(threshold_s)

    def idle_s(self) -> float | None:
        """Nothing: an answer would come too late to be of use here."""
        return None

    def _arm(self, seconds: float) -> None:
        """Have the source tell when there has been no input for so long."""


_SHORTEST_S = 0.25
_LONGEST_AWAY_S = 15.0
_JITTER_S = 0.1


class Asking:
    """Calls `ask` when it is time, is told the answer by `answered`, and posts `Sampled`.

    An input during an absence is found at most 15 seconds late, and says how long ago it was.
    `jitter_s` is by how much two answers about the same last input may differ.
    """

    __slots__ = (
        "_ask", "_loop", "_send", "_threshold_s", "_timer", "_told_input", "_told_s", "jitter_s",
    )  # fmt: skip

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, ask: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._send = send
        self._ask = ask
        self.jitter_s = _JITTER_S
        self._threshold_s: float | None = None
        self._told_input: float | None = None  # on the loop's clock; None while input goes on
        self._told_s: float | None = None  # the threshold that it was posted for
        self._timer = Timer(loop)

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds."""
        if threshold_s != self._threshold_s:
            self._threshold_s = threshold_s
            self.begin()

    def begin(self) -> None:
        """There is somebody to ask now."""
        if self._threshold_s is not None:
            self._timer.set(0.0, self._ask)

    def forget(self) -> None:
        """There is nobody to ask, and nothing is known any more."""
        self._told_input = None
        self._timer.cancel()

    def answered(self, idle_s: float) -> None:
        """The last input was so long ago."""
        threshold_s = self._threshold_s
        if threshold_s is None:
            return
        self._timer.cancel()
        self._compare(idle_s, threshold_s)
        if not self._timer.is_set:  # otherwise what was just told has led to a new threshold
            self._timer.set(self._pause_s(idle_s, threshold_s), self._ask)

    def _compare(self, idle_s: float, threshold_s: float) -> None:
        last_input, told = self._loop.time() - idle_s, self._told_input
        came = told is not None and last_input > told + self.jitter_s
        news = told is None or came or self._told_s != threshold_s
        if came or (news and idle_s >= threshold_s):
            self._told_input = last_input if idle_s >= threshold_s else None
            self._told_s = threshold_s
            self._send(Sampled(idle_s))

    def _pause_s(self, idle_s: float, threshold_s: float) -> float:
        """How long nothing worth knowing can happen, or may go unnoticed during an absence."""
        until_crossed = threshold_s - idle_s if idle_s < threshold_s else _LONGEST_AWAY_S
        if self._told_input is None:
            return max(_SHORTEST_S, until_crossed)
        return max(_SHORTEST_S, min(until_crossed, idle_s / 4, _LONGEST_AWAY_S))
