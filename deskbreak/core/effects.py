"""What the core wants done: intentions. `app.daemon` makes each a call of a port."""

from enum import StrEnum

from deskbreak.core.enums import Answer, BreakKind, PromptKind
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.struct import Struct


class Suggestion(Struct):
    """The break that a prompt puts first; `routine` and its name go with a stretch.

    `text` is said beside it, where that is needed.
    """

    kind: BreakKind
    length_s: float
    routine: str | None = None
    routine_name: str | None = None
    text: str = ""


class Prompt(Struct):
    """The question "time to move", complete enough for any channel to put it into words.

    `actions` is in the order of usefulness (B16): some servers show only the first few.
    `urgent` asks for a notification that stays; `overlay` for the full-screen window (B19).
    `repeat` counts the earlier prompts of this bout that were not answered.
    `stand_for_s` goes with STAND: how long to stand. `stood_long` goes with SIT: past
    `standing.warn_after` (B29).
    """

    id: int
    kind: PromptKind
    bout_s: float
    overdue_s: float
    actions: tuple[Answer, ...]
    suggestion: Suggestion | None = None
    snooze_s: tuple[float, ...] = ()
    repeat: int = 0
    urgent: bool = False
    overlay: bool = False
    stand_for_s: float = 0.0
    stood_long: bool = False


class NoticeKind(StrEnum):
    """What a quiet notification is about."""

    HEADS_UP = "heads_up"
    STILL_HERE = "still_here"
    REST_LEFT = "rest_left"
    REMINDER = "reminder"
    OPENING = "opening"
    PLAYER_FAILED = "player_failed"
    LEVEL_UP = "level_up"
    IT_HURT = "it_hurt"
    SAFETY = "safety"
    SET_UP = "set_up"
    DOCTOR = "doctor"
    CALL = "call"
    ABOUT = "about"
    STATUS = "status"
    STANDING_NOTE = "standing_note"
    TROUBLE = "trouble"
    WEEKLY = "weekly"
    WINDOWS = "windows"


class Notice(Struct):
    """A quiet notification. `seconds`, `text`, `level` and `name` as the kind needs.

    Only LEVEL_UP asks something: whether the person would like that level.
    """

    kind: NoticeKind
    seconds: float = 0.0
    text: str = ""
    level: int = 0
    name: str = ""


class ShowPrompt(Struct):
    """Show this prompt in place of any other."""

    prompt: Prompt


class WithdrawPrompt(Struct):
    """Take that prompt off the screen."""

    prompt_id: int


class ShowNotice(Struct):
    """Show a quiet notification."""

    notice: Notice


class WithdrawNotice(Struct):
    """Take a notification of that kind off the screen if it is still there."""

    kind: NoticeKind


class StartRoutine(Struct):
    """Open the player with a routine; it reports back under the number of its run."""

    run: int
    routine: str


ALONE_S = 900.0  # beyond its length a player without a daemon goes on for so long, then goes


class FindRoutine(Struct):
    """Listen for the player of that run, which an earlier daemon has opened."""

    run: int
    routine: str


class StopRoutine(Struct):
    """Close the player of that run if it is still open."""

    run: int


class SetLevel(Struct):
    """Write this level into the person's settings."""

    level: int


class SaveState(Struct):
    """The running state is worth writing now, before anything else happens."""


class Refused(Struct):
    """The request just handled changed nothing; `why` is a sentence for people."""

    why: str


class Happened(Struct):
    """Something came to pass, at that moment: for history, hooks, subscribers and the simulator."""

    happening: Happening
    at: Moment


Effect = (
    ShowPrompt | WithdrawPrompt | ShowNotice | WithdrawNotice | StartRoutine | FindRoutine
    | StopRoutine | SetLevel | SaveState | Refused | Happened
)  # fmt: skip
