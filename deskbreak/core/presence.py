"""At desk, away or unknown, from what an idle source and the session say (B2-B7).

Times are readings of the elapsed clock in seconds. The tracker changes only when it is told
something; each method says whether the person left or came back by it, and since when (B3 dates
an absence back to the last input, B5 a return to the start of the burst that proved it).
"""

from deskbreak.core.enums import Presence
from deskbreak.core.moment import SAME
from deskbreak.struct import Struct

RETURN_THRESHOLD = 2.0  # seconds without input that end a burst while a return is being judged
SHORTEST_BURST = 1.0  # what a burst counts at least: three single key presses are three seconds
_LOOK_AGAIN = 0.5  # seconds until a burst that should have proved a return is looked at again
AWAKE_AFTER = 15.0  # seconds after which input says that an announced sleep did not come (B39)
JITTER = 0.25  # two readings of the same last input may differ by so many seconds
_UNHEARD = 3  # prompts in a row without answer or input: nobody is there to read them (B36)
_LAST_TRIES = 3  # so many more come, ever rarer, where nothing could have told of input (B41)
_NEVER = float("-inf")


class Change(Struct):
    """The person left at `since`, now or before, or returned then after `away_s` of absence."""

    since: float
    away_s: float | None = None


class PresenceTracker(Struct, frozen=False):
    """What is known of the person's presence.

    `quiet_since` is the last input once the source has missed input for its threshold, else None:
    input goes on, as far as the source has said.
    `last_input` is the latest input known for certain, or what was as good as one; `sampled_at` is
    when the source last spoke.
    `last_sign` is the last input, unlocking or answer: what no reason to be seated can give (B36).
    `seated` is whether there is such a reason, `worn` whether it has been there for too long
    without a sign. `unheard` is how many prompts came up after the sign and met no answer.
    `away_since` is the beginning of the absence, None at the desk.
    `back_since` is the beginning of a burst of input inside an absence, not yet proven a return;
    `bump_s` what earlier bursts of it add up to, `bumped_at` when the latest of them began.
    `opened_at` is when the session was last unlocked or woken: input before proves no return.
    """

    last_input: float
    last_sign: float
    source: str | None = None
    why: str = "no idle source has answered yet"
    seated: bool = False
    worn: bool = False
    unheard: int = 0
    locked: bool = False
    asleep: bool = False
    quiet_since: float | None = None
    sampled_at: float = _NEVER
    away_since: float | None = None
    back_since: float | None = None
    bump_s: float = 0.0
    bumped_at: float | None = None
    opened_at: float = _NEVER
    asleep_at: float = _NEVER
    woke_at: float = _NEVER

    @property
    def state(self) -> Presence:
        """At desk, away or unknown."""
        if self.away_since is not None:
            return Presence.AWAY
        return Presence.AT_DESK if self.source or self.vouched else Presence.UNKNOWN

    @property
    def shut(self) -> bool:
        """Locked or asleep: away, whatever else holds (B2)."""
        return self.locked or self.asleep

    @property
    def typing(self) -> bool:
        """Whether input goes on, as far as a source has said."""
        return self.source is not None and self.quiet_since is None

    def idle_s(self, t: float) -> float | None:
        """Seconds since the last input, as far as a source has told; None if none can tell."""
        if self.source is None:
            return None
        if self.quiet_since is not None or self.sampled_at == t:
            return t - self.last_input
        return 0.0

    @property
    def certain_until(self) -> float:
        """No change will be dated back to before this."""
        certain = min(self.last_input, self.last_sign)
        return certain if self.back_since is None else min(certain, self.back_since)

    # what a source says

    def hear(self, last: float) -> None:
        """The source will say that there was input at `last`: who had been quiet has not left.

        For a source that is asked: one that tells has said so at that input.
        """
        if self.quiet_since is not None and self.away_since is None:
            self.quiet_since = max(self.quiet_since, last)
            self.sign(last)

    def sampled(
        self, t: float, idle_s: float, threshold: float, bump_filter: float
    ) -> Change | None:
        """The last input was `idle_s` ago; below the threshold input counts as going on."""
        last = t - idle_s
        if self.asleep_at < last < self.woke_at:  # the source's clock stood still in the sleep
            last -= self.woke_at - self.asleep_at
        # A source that was asked twice tells of the same input twice: only newer input, or input
        # that goes on, begins a burst inside an absence.
        going_on = idle_s < threshold - SAME
        fresh = last > self.last_input + JITTER
        self.sampled_at = t
        if self.away_since is None:
            self.sign(last)
        self.last_input = max(self.last_input, last)
        self.quiet_since = None if going_on else self.last_input
        if self.away_since is None or self.shut:
            return None
        if self.back_since is None and (fresh or going_on):
            self.back_since = max(self.last_input, self.opened_at)
        return self._judge_burst(going_on, bump_filter)

    def ticked(self, t: float, threshold: float, bump_filter: float) -> Change | None:
        """Time passed, and a source that tells by itself has said nothing: input still goes on."""
        if self.source is None or self.quiet_since is not None or self.back_since is None:
            return None
        self.last_input = max(self.last_input, t - threshold)
        return self._judge_burst(True, bump_filter)

    def _judge_burst(self, going_on: bool, bump_filter: float) -> Change | None:
        """Return if the burst has been long enough; forget it if it is over and was not."""
        began = self.back_since
        if began is None:
            return None
        happened = self.last_input >= began - JITTER  # else there was only reason to expect one
        if happened and self._burst_s(began, going_on) >= bump_filter - SAME:
            self.sign(self.last_input)
            return self._return(began)
        if not going_on:
            self.back_since = None
            if happened:
                self.bump_s, self.bumped_at = self._burst_s(began, going_on), began
        return None

    def _burst_s(self, began: float, going_on: bool) -> float:
        length = max(0.0, self.last_input - began)
        return self.bump_s + (length if going_on else max(length, SHORTEST_BURST))

    def proof_at(self, t: float, bump_filter: float) -> float | None:
        """When the burst that is going on would prove a return; None without one."""
        if self.back_since is None:
            return None
        return t + max(bump_filter - self._burst_s(self.back_since, going_on=True), _LOOK_AGAIN)

    def found(self, source: str, t: float) -> None:
        """A source answers from now on; until it says otherwise input goes on."""
        # A source that tells by itself says nothing while input goes on, so its silence may be a
        # return: judged from now on, it becomes one or ends with the first missing input.
        self.source, self.why, self.quiet_since = source, "", None
        if self.away_since is not None and not self.shut and self.back_since is None:
            self.back_since = t

    def lost(self, why: str, t: float) -> Change | None:
        """No source can tell any more: the absence it saw, if any, ends as unknown (B6)."""
        self.source, self.why, self.quiet_since = None, why, None
        return self._return(t) if self.away_since is not None and not self.shut else None

    def is_awake(self, last: float) -> bool:
        """Whether input at `last` proves that the machine has not slept, whatever it has said."""
        proof = self.asleep and last >= self.asleep_at + AWAKE_AFTER
        if proof:
            self.asleep_at = _NEVER
        return proof

    def doubtful_at(self, t: float) -> float | None:
        """When to ask once whether a machine that said that it sleeps does; None if not again."""
        at = self.asleep_at + 2 * AWAKE_AFTER
        return at if self.asleep and at > t + SAME else None

    # a reason to be seated, and how long it is believed

    @property
    def vouched(self) -> bool:
        """Whether there is a reason to be seated without input that is still believed."""
        return self.seated and not self.worn

    def sign(self, at: float) -> None:
        """The person gave a sign of their own then: reasons to be seated are believed anew."""
        if at > self.last_sign + JITTER:
            self.worn, self.unheard = False, 0
        self.last_sign = max(self.last_sign, at)

    def not_heard(self, since: float) -> None:
        """A prompt that was up since then met no answer."""
        if since >= self.last_sign:
            self.unheard += 1

    def wears_at(self, longest: float) -> float | None:
        """When a reason to be seated will have gone without a sign for too long."""
        if self.typing or not self.vouched:
            return None
        return self.last_sign if self.unheard >= _UNHEARD else self.last_sign + longest

    def wear(self) -> Change | None:
        """It has: whoever had a reason has been away since their last sign (B36).

        Where no source could have seen one, they may be there: then presence is unknown (B6).
        """
        self.worn = True
        if self.source is None or self.away_since is not None:
            return None
        self.last_input = self.quiet_since = self.last_sign
        return self._leave(self.last_sign)

    @property
    def unreached(self) -> bool:
        """Whether so many prompts met neither an answer nor input that nobody is there."""
        if self.state is Presence.UNKNOWN:
            return self.unheard >= _UNHEARD + _LAST_TRIES
        return self.vouched and not self.typing and self.unheard >= _UNHEARD

    @property
    def patience(self) -> int:
        """By how much later than usual a prompt comes again; twice as late each time (B41)."""
        if self.state is not Presence.UNKNOWN or self.unheard < _UNHEARD:
            return 1
        return 2 << (self.unheard - _UNHEARD)

    def try_again(self) -> None:
        """Somebody may be there now, and nothing could tell of it (B41)."""
        if self.source is None:
            self.unheard = 0

    # what time and the session say

    def leaves_at(self, away_after: float) -> float | None:
        """When missing input will have become an absence; None if nothing points to one.

        Also of one who locked the screen some time after the last input: that is when it began.
        """
        if self.vouched or self.quiet_since is None:
            return None
        if self.away_since is not None and self.away_since <= self.quiet_since + SHORTEST_BURST:
            return None
        return self.quiet_since + away_after

    def leave_by_idle(self) -> Change:
        """Input has been missing for long enough: away since the last input (B3)."""
        assert self.quiet_since is not None
        return self._leave(self.quiet_since)

    def leave(self, t: float) -> Change | None:
        """Away from now on, whatever spoke for being there."""
        if self.vouched:
            self._vouch(t)
        self.back_since, self.bump_s = None, 0.0
        return self._leave(t) if self.away_since is None else None

    def lock(self, t: float) -> Change | None:
        """Locked: away from now on."""
        self.locked = True
        return self.leave(t)

    def unlock(self, t: float) -> Change | None:
        """Unlocked: back with the next input, at once where no source could see it."""
        self.locked = False
        self.sign(t)
        return self._opened(t)

    def sleep(self, t: float) -> Change | None:
        """Asleep: away from now on."""
        self.asleep, self.asleep_at = True, t
        return self.leave(t)

    def wake(self, t: float) -> Change | None:
        """Awake: back with the next input, at once where no source could see it."""
        self.asleep, self.woke_at = False, t
        self.try_again()
        return self._opened(t)

    def sit_anyway(self, on: bool, t: float, longest: float) -> Change | None:
        """A reason to be seated without input has come (reading, a call, a film) or is gone.

        It is believed for no longer than `longest` after the last sign of the person.
        """
        if self.vouched and not on:
            self._vouch(t)
        self.seated = on
        wears_at = self.wears_at(longest)
        if wears_at is not None and wears_at <= t + SAME:
            self.worn = True
        comes = self.vouched and self.away_since is not None and not self.shut
        return self._return(t) if comes else None

    def _vouch(self, t: float) -> None:
        """Until now there was a reason to be seated: that is as good as an input."""
        if self.away_since is None:
            self.last_input = t
            self.quiet_since = None if self.quiet_since is None else t

    def _opened(self, t: float) -> Change | None:
        if self.shut or self.away_since is None:
            return None
        self.opened_at = t
        if self.source is None or self.vouched:
            return self._return(t)
        if self.quiet_since is None:  # whoever typed the password may be typing on
            self.back_since = t
        return None

    def _leave(self, since: float) -> Change:
        self.away_since, self.back_since = since, None
        self.bump_s, self.bumped_at = 0.0, None
        return Change(since)

    def _return(self, since: float) -> Change:
        assert self.away_since is not None
        change = Change(since, since - self.away_since)
        self.away_since, self.back_since = None, None
        return change
