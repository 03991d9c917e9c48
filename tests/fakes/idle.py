"""An idle source on a clock that tests move: the test is the person at the keyboard."""

from deskbreak.core.events import IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.ports import Send
from tests.fakes.clock import Alarm, ManualClock


class FakeIdle:
    """Knows when the last input was, since the test gives it: `key`, and `lose` and `find`."""

    name = "fake"
    remark = "a fake remark"
    hopeless = False

    def __init__(self, clock: ManualClock, send: Send) -> None:
        self._clock = clock
        self._send = send
        self._last_input = clock.awake
        self._threshold_s: float | None = None
        self._alarm: Alarm | None = None
        self._quiet = False
        self._there = False

    def start(self) -> None:
        """Begin to listen."""
        self._there = True
        self._send(IdleSourceFound(self.name))
        self._arm()

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds; soon, where it has already."""
        if threshold_s != self._threshold_s:
            self._threshold_s = threshold_s
            self._arm()

    def idle_s(self) -> float | None:
        """Seconds since the last input; None while the source is lost."""
        return self._clock.awake - self._last_input if self._there else None

    def close(self) -> None:
        """Stop listening."""
        self._there = False
        self._arm()

    def key(self) -> None:
        """The person presses a key."""
        self._last_input = self._clock.awake
        if self._there and self._quiet:
            self._quiet = False
            self._send(Sampled(0.0))
        self._arm()

    def lose(self, why: str = "the fake is gone") -> None:
        """The source cannot tell any more."""
        self.close()
        self._send(IdleSourceLost(why))

    def find(self) -> None:
        """The source is back."""
        self._quiet = False
        self.start()

    def _arm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._there and self._threshold_s is not None:
            at = self._last_input + self._threshold_s
            self._alarm = self._clock.call_at(max(at, self._clock.awake), self._crossed)

    def _crossed(self) -> None:
        assert self._threshold_s is not None
        self._quiet = True
        # no less than the threshold, whatever the floating point has made of the subtraction
        self._send(Sampled(max(self._threshold_s, self._clock.awake - self._last_input)))
