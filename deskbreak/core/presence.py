"""At desk, away or unknown, from what an idle source and the session say (B2-B7).

Times are readings of the elapsed clock in seconds. The tracker changes only when it is told
something; each method says whether the person left or came back by it, and since when (B3 dates
an absence back to the last input, B5 a return to the start of the burst that proved it).
"""

from dataclasses import dataclass, field
from enum import Enum

from deskbreak.core.words import Presence

RETURN_THRESHOLD = 2.0
"""Seconds without input that end a burst while a return is being judged."""

_JITTER = 0.25
"""Two readings of the same last input may differ by so many seconds."""

SHORTEST_BURST = 1.0
"""What a burst of input counts at least: three single key presses are three seconds."""


class Turn(Enum):
    """Which way the person went."""

    LEFT = "left"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Change:
    """The person left or returned, at `since` (at or before now); then after `away_s` of absence."""

    turn: Turn
    since: float
    away_s: float = 0.0


@dataclass(slots=True)
class PresenceTracker:
    """What is known of the person's presence.

    `quiet_since` is the last input while input is missing, None while it goes on.
    `away_since` is the beginning of the absence, None at the desk.
    `back_since` is the beginning of a burst of input inside an absence, not yet proven a return.
    """

    source: str | None = None
    why: str = "no idle source has answered yet"
    locked: bool = False
    asleep: bool = False
    seated: bool = False
    quiet_since: float | None = None
    last_input: float = 0.0
    away_since: float | None = None
    back_since: float | None = None
    bump_s: float = field(default=0.0)

    @property
    def state(self) -> Presence:
        """At desk, away or unknown."""
        if self.away_since is not None:
            return Presence.AWAY
        return Presence.AT_DESK if self.source or self.seated else Presence.UNKNOWN

    @property
    def shut(self) -> bool:
        """Locked or asleep: away, whatever else holds (B2)."""
        return self.locked or self.asleep

    def idle_s(self, t: float) -> float | None:
        """Seconds since the last input, as far as a source has told; None if none can tell."""
        if self.source is None:
            return None
        return t - self.quiet_since if self.quiet_since is not None else 0.0

    # what a source says

    def sampled(
        self, t: float, idle_s: float, threshold: float, bump_filter: float
    ) -> Change | None:
        """The last input was `idle_s` ago; below the threshold input counts as going on."""
        last = t - idle_s
        going_on = idle_s < threshold
        anything_new = going_on or last > (self.quiet_since or self.last_input) + _JITTER
        self.last_input = max(self.last_input, last)
        self.quiet_since = None if going_on else last
        if self.away_since is None or self.shut:
            return None
        if self.back_since is None:
            if not anything_new:
                return None
            self.back_since = max(last, self.away_since)
        if self._burst_s(going_on) >= bump_filter:
            return self._return(self.back_since)
        if not going_on:
            self.bump_s = self._burst_s(going_on=False)
            self.back_since = None
        return None

    def ticked(self, t: float, threshold: float, bump_filter: float) -> Change | None:
        """Time passed and a source that tells by itself has said nothing: input still goes on."""
        if self.back_since is None or self.quiet_since is not None or self.shut:
            return None
        self.last_input = max(self.last_input, t - threshold)
        if self._burst_s(going_on=True) >= bump_filter:
            return self._return(self.back_since)
        return None

    def _burst_s(self, going_on: bool) -> float:
        assert self.back_since is not None
        length = self.last_input - self.back_since
        return self.bump_s + (length if going_on else max(length, SHORTEST_BURST))

    def proof_at(self, t: float, bump_filter: float) -> float | None:
        """When the burst that is going on would prove a return; None without one."""
        if self.back_since is None or self.shut:
            return None
        missing = bump_filter - self._burst_s(going_on=True)
        return t + max(missing, 0.1)

    def found(self, source: str, t: float) -> None:
        """A source answers from now on; until it says otherwise input goes on."""
        self.source, self.why = source, ""
        self.quiet_since, self.last_input = None, t

    def lost(self, why: str, t: float) -> Change | None:
        """No source can tell any more: the absence it saw, if any, ends as unknown (B6)."""
        self.source, self.why, self.quiet_since = None, why, None
        return self._return(t) if self.away_since is not None and not self.shut else None

    # what time and the session say

    def leaves_at(self, away_after: float) -> float | None:
        """When missing input will have become an absence; None if nothing points to one."""
        if self.away_since is not None or self.seated or self.quiet_since is None:
            return None
        return self.quiet_since + away_after

    def leave_by_idle(self) -> Change:
        """Input has been missing for long enough: away since the last input (B3)."""
        assert self.quiet_since is not None
        return self._leave(self.quiet_since)

    def lock(self, t: float) -> Change | None:
        """Locked: away from now on."""
        self.locked = True
        return self._shut(t)

    def unlock(self, t: float) -> Change | None:
        """Unlocked: back with the next input, at once where no source could see it."""
        self.locked = False
        return self._opened(t)

    def sleep(self, t: float) -> Change | None:
        """Asleep: away from now on."""
        self.asleep = True
        return self._shut(t)

    def wake(self, t: float) -> Change | None:
        """Awake: back with the next input, at once where no source could see it."""
        self.asleep = False
        return self._opened(t)

    def sit_anyway(self, on: bool, t: float) -> Change | None:
        """A reason to be seated without input has come (reading, a call, a film) or is gone."""
        if on == self.seated:
            return None
        self.seated = on
        if on:
            return self._return(t) if self.away_since is not None and not self.shut else None
        if self.quiet_since is not None:
            self.quiet_since = t  # until now the reason vouched for the person
        return None

    def _shut(self, t: float) -> Change | None:
        self.back_since, self.bump_s = None, 0.0
        return self._leave(t) if self.away_since is None else None

    def _opened(self, t: float) -> Change | None:
        if self.shut or self.away_since is None:
            return None
        self.quiet_since = None if self.source is None else self.quiet_since
        return self._return(t) if self.source is None or self.seated else None

    def _leave(self, since: float) -> Change:
        self.away_since, self.back_since, self.bump_s = since, None, 0.0
        return Change(Turn.LEFT, since)

    def _return(self, since: float) -> Change:
        away_s = since - self.away_since if self.away_since is not None else 0.0
        self.away_since, self.back_since, self.bump_s = None, None, 0.0
        return Change(Turn.RETURNED, since, away_s)
