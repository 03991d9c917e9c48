"""Notices an idle source that talks nonsense: pure, told of everything with the time.

Each verdict is a sentence for people about the source ("it ..."). Times are awake seconds.
"""

from deskbreak.struct import Struct

FROZEN_ANSWERS = 3
"""So often the very same idle time, though the clock moved on, is no coincidence."""

FROZEN_AT_ZERO = 30
"""The same for "this very moment", which a fast typist may be asked at now and then."""

APART_S = 1.0
"""Answers closer to each other than this say nothing."""

AFTER_UNLOCK_S = 60.0
"""Whoever unlocks a session touches something in the time after it, if not to unlock it."""

LOCKED_S = 600.0
"""Nobody types at a lock screen for so long, beside the threshold."""

LONG_LOCKS = 2
"""One lock with input all along may have been a cat."""


class Watchdog(Struct, frozen=False):
    """What has been seen of one source, and what of that speaks against it.

    `quiet` is what the source said last: no input for its threshold or longer.
    """

    quiet: bool = False
    threshold_s: float = 0.0
    _answer: float | None = None
    _answered_at: float = float("-inf")
    _repeats: int = 0
    _locked_at: float | None = None
    _quiet_while_locked: bool = False
    _long_locks: int = 0
    _input_due_at: float | None = None

    def answered(self, t: float, idle_s: float) -> str | None:
        """The source was asked, and said this."""
        if t - self._answered_at < APART_S:
            return None
        same = idle_s == self._answer
        self._answer, self._answered_at = idle_s, t
        self._repeats = self._repeats + 1 if same else 1
        if self._repeats >= (FROZEN_ANSWERS if idle_s > 0 else FROZEN_AT_ZERO):
            return f"it stands still at {idle_s:g} seconds"
        return None

    def told(self, idle_s: float) -> None:
        """The source posted a `Sampled`."""
        self.quiet = idle_s >= self.threshold_s
        if self.quiet:
            self._quiet_while_locked = True
        else:
            self._input_due_at = None

    def locked(self, t: float) -> None:
        """The session was locked."""
        self._locked_at = t
        self._quiet_while_locked = self.quiet
        self._input_due_at = None

    def unlocked(self, t: float) -> str | None:
        """The session was unlocked; `input_due_at` says when to look for an input."""
        locked_at, self._locked_at = self._locked_at, None
        if self.quiet:
            self._input_due_at = t + AFTER_UNLOCK_S
        if locked_at is None:
            return None
        if self._quiet_while_locked:
            self._long_locks = 0
        elif t - locked_at >= LOCKED_S + self.threshold_s:
            self._long_locks += 1
        if self._long_locks >= LONG_LOCKS:
            return "it saw input all the time while the screen was locked"
        return None

    @property
    def input_due_at(self) -> float | None:
        """By when a source that is not deaf has seen input; None if nothing is expected."""
        return self._input_due_at

    def looked(self, t: float) -> str | None:
        """Nothing but time has passed."""
        if self._input_due_at is not None and t >= self._input_due_at:
            return "it saw no input though the screen was unlocked"
        return None
