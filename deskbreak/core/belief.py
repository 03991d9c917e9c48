"""How long somebody is taken to be there of whom nothing is seen (B36, B41).

Times are readings of the elapsed clock in seconds.
"""

from deskbreak.struct import Struct

JITTER = 0.25
"""Two readings of the same last input may differ by so many seconds."""

_UNHEARD = 3
"""Prompts in a row that met neither an answer nor input: nobody is there to read them (B36)."""

_LAST_TRIES = 3
"""So many more come, ever rarer, where nothing could have told of input (B41)."""


class Belief(Struct, frozen=False):
    """What speaks for a person being there, beside the input that is seen.

    `last_sign` is the last input, unlocking or answer: what no reason to be seated can give (B36).
    `seated` is whether there is such a reason, `worn` whether it has been there for too long
    without a sign. `unheard` is how many prompts came up after the sign and met no answer.
    """

    last_sign: float
    seated: bool = False
    worn: bool = False
    unheard: int = 0

    @property
    def vouched(self) -> bool:
        """Whether there is a reason to be seated without input that is still believed."""
        return self.seated and not self.worn

    @property
    def is_unheard(self) -> bool:
        """Whether so many prompts met nobody that a reason to be seated is not believed."""
        return self.unheard >= _UNHEARD

    @property
    def nobody_answers(self) -> bool:
        """Whether the last tries were in vain as well (B41)."""
        return self.unheard >= _UNHEARD + _LAST_TRIES

    @property
    def patience(self) -> int:
        """By how much later than usual a prompt comes again; twice as late each time (B41)."""
        return 2 ** (self.unheard - _UNHEARD + 1) if self.is_unheard else 1

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
        if not self.vouched:
            return None
        return self.last_sign if self.is_unheard else self.last_sign + longest
