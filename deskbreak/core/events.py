"""What the world tells the core. A fact carries no time: `Engine.handle(fact, now)` brings it.

Presence sources say only how long ago the last input was, never what it was (B33).
"""

from datetime import time

from deskbreak.core.enums import Answer, BreakKind, Feedback, HoldReason, PauseKind, Posture
from deskbreak.core.schedule import Entry
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct


class Ticked(Struct):
    """Nothing but time has passed: the waker fired."""


class Sampled(Struct):
    """The idle source says how many seconds ago the last input was.

    A source that is told rather than asked posts this when its idle threshold
    (`Engine.idle_threshold`) is crossed, and again with 0 at the next input; between the two
    nothing changes.
    """

    idle_s: float


class IdleSourceFound(Struct):
    """A working idle source answers from now on."""

    source: str


class IdleSourceLost(Struct):
    """No source can tell any more; `why` is a sentence for people (B6)."""

    why: str


class Locked(Struct):
    """The session was locked, or another one is in front of it: nobody can sit at it."""


class Unlocked(Struct):
    """The session is the one in front, and not locked any more."""


class Sleeping(Struct):
    """The machine is about to sleep; state is worth saving now."""


class Woke(Struct):
    """The machine has woken up, or somebody set the wall clock."""


class HoldBegan(Struct):
    """A reason not to prompt has come up; `detail` names it for people ("Zoom")."""

    reason: HoldReason
    detail: str = ""


class HoldEnded(Struct):
    """A reason not to prompt is gone."""

    reason: HoldReason


class AgendaRead(Struct):
    """The calendar was read: all busy entries of these hours, in place of those known before."""

    entries: tuple[Entry, ...]


class PromptAnswered(Struct):
    """An answer to a prompt; without `prompt_id` to whichever is live. `snooze_s` is for snooze."""

    answer: Answer
    prompt_id: int | None = None
    snooze_s: float | None = None


class BreakAsked(Struct):
    """The person wants a break now (B23); what they leave open is suggested.

    `missed` asks for the one that the day's last prompt suggested and that was not taken.
    """

    kind: BreakKind | None = None
    routine: str | None = None
    missed: bool = False


class DoneSaid(Struct):
    """The person says that the break is over, or asks to end it."""


class PostureSet(Struct):
    """The person tells the posture."""

    posture: Posture


class PostureSensed(Struct):
    """A desk sensor reads that the desk is at this posture's height; it may repeat itself."""

    posture: Posture


class SensorLost(Struct):
    """The desk sensor cannot tell any more, or there is none any more."""


class ReadingSet(Struct):
    """The person sits here without typing ("I'm reading"), perhaps for so long; or no longer."""

    on: bool
    for_s: float | None = None


class PauseAsked(Struct):
    """No prompts until then (B20); `for_s` goes with FOR, `until` with UNTIL."""

    kind: PauseKind
    for_s: float | None = None
    until: time | None = None


class ResumeAsked(Struct):
    """The pause is over."""


class PlayerPainted(Struct):
    """The player of that run has shown its first frame."""

    run: int


class PlayerEnded(Struct):
    """The player of that run has ended by itself or by the person.

    `share` is how much of the routine's seconds was done (0 to 1); `at_step` counts from 1.
    """

    run: int
    share: float
    at_step: int
    of: int


class PlayerDied(Struct):
    """The player of that run is gone without a word, or could not be started."""

    run: int
    why: str
    share: float = 0.0
    at_step: int = 0
    of: int = 0


class FeedbackGiven(Struct):
    """How the last routine was (B26); `exercise` is what hurt, where that is known."""

    routine: str
    feedback: Feedback
    exercise: str | None = None


class LevelOfferAnswered(Struct):
    """The next level was offered, and is taken or declined (B26)."""

    level: int
    yes: bool


class LevelChosen(Struct):
    """The person chooses a level, 1 to 3; the texts that go with it have been shown."""

    level: int


class SoreDaySet(Struct):
    """The person is sore today, in these areas if they said which; or no longer."""

    on: bool
    areas: tuple[str, ...] = ()


class SettingsChanged(Struct):
    """New settings are in force."""

    settings: Settings


Request = (
    BreakAsked | DoneSaid | PostureSet | ReadingSet | PauseAsked | ResumeAsked | FeedbackGiven
    | LevelOfferAnswered | LevelChosen | SoreDaySet
)  # fmt: skip
"""What nobody but a person asks for."""

Fact = (
    Ticked | Sampled | IdleSourceFound | IdleSourceLost | Locked | Unlocked | Sleeping | Woke
    | HoldBegan | HoldEnded | AgendaRead | PromptAnswered | PostureSensed | SensorLost
    | PlayerPainted | PlayerEnded | PlayerDied | SettingsChanged | Request
)  # fmt: skip
