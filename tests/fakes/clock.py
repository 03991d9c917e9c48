"""A clock that a test moves: awake, asleep, stepped, in any zone."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import count

from deskbreak.core.moment import Moment

MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class Alarm:
    """Something to do at a reading of the awake clock; `cancel` takes it back."""

    call: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        """Do nothing when the time comes."""
        self.cancelled = True


@dataclass(slots=True)
class ManualClock:
    """Three clocks that stand still until told; alarms go by the awake one."""

    wall: float = MONDAY_MORNING.timestamp()
    awake: float = 1000.0
    elapsed: float = 5000.0
    zone: tzinfo = UTC
    _alarms: list[tuple[float, int, Alarm]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def now(self) -> Moment:
        """This instant on all three clocks."""
        return Moment(self.wall, self.awake, self.elapsed, self.zone)

    def advance(self, seconds: float) -> None:
        """Let time pass with the machine awake, ringing the alarms on the way, each at its time."""
        end = self.awake + seconds
        while self._alarms and self._alarms[0][0] <= end:
            at, _, alarm = heapq.heappop(self._alarms)
            self._pass(max(0.0, at - self.awake))
            if not alarm.cancelled:
                alarm.call()
        self._pass(max(0.0, end - self.awake))

    def sleep(self, seconds: float) -> None:
        """Let time pass with the machine asleep: the awake clock and the alarms stand still."""
        self.wall += seconds
        self.elapsed += seconds

    def step_wall(self, by: float) -> None:
        """Set the wall clock; nothing else moves."""
        self.wall += by

    def call_at(self, awake: float, call: Callable[[], None]) -> Alarm:
        """Call when the awake clock reaches that reading, at the earliest with the next advance."""
        alarm = Alarm(call)
        heapq.heappush(self._alarms, (awake, next(self._order), alarm))
        return alarm

    def _pass(self, seconds: float) -> None:
        self.wall += seconds
        self.awake += seconds
        self.elapsed += seconds
