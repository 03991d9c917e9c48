"""An alarm clock that goes by a clock which a test moves."""

import math
from collections.abc import Callable

from tests.fakes.clock import Alarm, ManualClock


class ManualWaker:
    """Rings while `ManualClock.advance` passes the time that it was set to."""

    def __init__(self, clock: ManualClock, callback: Callable[[], None]) -> None:
        self._clock = clock
        self._callback = callback
        self._alarm: Alarm | None = None
        self._at: float | None = None
        self._closed = False

    @property
    def armed_s(self) -> float | None:
        """Awake seconds until it rings; None while disarmed."""
        return None if self._at is None else self._at - self._clock.awake

    def wake_in(self, seconds: float | None) -> None:
        """Call back once after that many awake seconds; None disarms. The latest call counts."""
        if seconds is not None and math.isnan(seconds):
            raise ValueError("an alarm needs a number of seconds")
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self._at = None
        if seconds is not None and not self._closed:
            self._at = self._clock.awake + max(seconds, 0.0)
            self._alarm = self._clock.call_at(self._at, self._ring)

    def close(self) -> None:
        """Disarm for good."""
        self.wake_in(None)
        self._closed = True

    def _ring(self) -> None:
        self._alarm = self._at = None
        self._callback()
