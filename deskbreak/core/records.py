"""What came to pass, in the words that history, hooks, subscribers and `simulate --json` use.

Seconds are whole. The class attribute `event` is the public name; the fields are the public keys.
"""

from typing import Any, ClassVar

from deskbreak.core.enums import BreakKind, HoldReason, Outcome, Posture
from deskbreak.struct import Struct, fields


class Happening(Struct):
    """Anything that came to pass; only its subclasses occur."""

    event: ClassVar[str] = ""

    def as_dict(self) -> dict[str, Any]:
        """The public keys and values, ready for JSON; what is not there is left out."""
        values = {key: getattr(self, key) for key in fields(self)}
        return {key: value for key, value in values.items() if value is not None}


class HeadsUp(Happening):
    """A prompt will come in `due_in_s` seconds."""

    event: ClassVar[str] = "heads_up"
    due_in_s: int


class Prompted(Happening):
    """A break prompt came up; `suggests` is None where it only says what to do."""

    event: ClassVar[str] = "prompt"
    bout_s: int
    overdue_s: int
    suggests: BreakKind | None
    actions: tuple[str, ...]


class StandPrompted(Happening):
    """The question "stand up?" came up (B28)."""

    event: ClassVar[str] = "stand_prompt"
    bout_s: int
    actions: tuple[str, ...]


class SitPrompted(Happening):
    """The question "sit down or move?" came up (B28)."""

    event: ClassVar[str] = "sit_prompt"
    bout_s: int
    actions: tuple[str, ...]


class PromptWithdrawn(Happening):
    """A prompt was taken back because it was no longer true."""

    event: ClassVar[str] = "prompt_withdrawn"
    why: str


class HoldStarted(Happening):
    """Prompts wait from now on."""

    event: ClassVar[str] = "hold"
    reason: HoldReason


class HoldOver(Happening):
    """This reason to wait is gone."""

    event: ClassVar[str] = "hold_over"
    reason: HoldReason


class Snoozed(Happening):
    """The prompt was put off; it is due again at `until_s` seconds from now."""

    event: ClassVar[str] = "snoozed"
    until_s: int


class Skipped(Happening):
    """This prompt was declined."""

    event: ClassVar[str] = "skipped"


class Dismissed(Happening):
    """The prompt was closed without an answer; it is still due."""

    event: ClassVar[str] = "dismissed"


class Ignored(Happening):
    """The prompt (or a chosen walk) met no reaction; it is still due."""

    event: ClassVar[str] = "ignored"


class BreakStarted(Happening):
    """A walk or a routine began."""

    event: ClassVar[str] = "break_started"
    kind: BreakKind
    routine: str | None = None


class BreakEnded(Happening):
    """A walk or a routine ended; for a routine with the step it reached."""

    event: ClassVar[str] = "break_ended"
    outcome: Outcome
    length_s: int
    kind: BreakKind | None = None
    routine: str | None = None
    at_step: int | None = None
    of: int | None = None


class NaturalBreak(Happening):
    """An absence became long enough to count as a break; said at the moment it was earned."""

    event: ClassVar[str] = "natural_break"
    away_s: int


class BoutEnded(Happening):
    """A sitting or standing bout is over."""

    event: ClassVar[str] = "bout_ended"
    posture: Posture
    length_s: int


class PostureChanged(Happening):
    """The posture is another one now."""

    event: ClassVar[str] = "posture"
    to: Posture


class Reminded(Happening):
    """A reminder beside the main one came up (B32)."""

    event: ClassVar[str] = "reminder"
    name: str


class Paused(Happening):
    """Nothing prompts until resumed, or for `for_s` seconds."""

    event: ClassVar[str] = "paused"
    for_s: int | None = None


class Resumed(Happening):
    """The pause is over."""

    event: ClassVar[str] = "resumed"


class DayClosed(Happening):
    """A day is over; its ledger adds up to its length (B10)."""

    event: ClassVar[str] = "day_closed"
    day: str
    ledger: dict[str, int]


class FeedbackTaken(Happening):
    """The person said how a routine was."""

    event: ClassVar[str] = "feedback"
    routine: str
    feedback: str
    exercise: str | None = None


class LevelOffered(Happening):
    """The next level was offered (B26)."""

    event: ClassVar[str] = "level_offered"
    level: int


class LevelSet(Happening):
    """The person has changed their level."""

    event: ClassVar[str] = "level_set"
    level: int
