"""One frozen picture of what is going on, for every onlooker: tray, command line, socket."""

from datetime import datetime

from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.enums import (
    BreakKind,
    HoldReason,
    Posture,
    Presence,
    PromptKind,
    QuietReason,
    State,
)
from deskbreak.struct import Struct, field


class BoutStatus(Struct):
    """The bout that is running: of the posture the person is in. Seconds.

    `due_in_s` is None while nothing will become due (away, paused, off hours, on a break).
    `next_prompt` is what is asked then: to move, to stand up, to leave standing.
    """

    posture: Posture
    length_s: float
    limit_s: float
    due_in_s: float | None
    due: bool
    next_prompt: PromptKind = PromptKind.BREAK


class BreakStatus(Struct):
    """The break that is being taken. `remaining_s` is 0 once the asked length is reached.

    `opening` is true while its guide takes its time to appear.
    """

    kind: BreakKind
    routine: str | None
    routine_name: str | None
    length_s: float
    passed_s: float
    remaining_s: float
    opening: bool = False


class HoldStatus(Struct):
    """One reason why prompts wait."""

    reason: HoldReason
    detail: str
    since: datetime


class PresenceStatus(Struct):
    """Whether the person is there, which source says so, and why it cannot where it cannot."""

    state: Presence
    source: str | None
    idle_s: float | None
    why: str = ""
    locked: bool = False
    reading: bool = False
    reading_until: datetime | None = None


class StandingStatus(Struct):
    """Standing-desk mode and the day's balance. Seconds.

    `stand_for_s` is how long to stand at a time, which may grow over weeks. `sensed` is whether a
    desk sensor tells the posture.
    """

    enabled: bool
    today_s: float
    target_s: float
    stand_for_s: float = 0.0
    sensed: bool = False


class TodayStatus(Struct):
    """The day so far: the ledger by part (seconds, they add up) and what became of the prompts.

    `snoozes_left` and `skips_left` are None where the settings set no number for a day.
    """

    ledger: dict[str, int] = field(default_factory=dict)
    prompts: int = 0
    breaks: int = 0
    walks: int = 0
    natural: int = 0
    snoozes_left: int | None = None
    skips_left: int | None = None


class QuietStatus(Struct):
    """Why nothing prompts, and until when; None where only the person ends it, or nobody knows."""

    why: QuietReason
    until: datetime | None


class Status(Struct):
    """Everything an onlooker may know, at one moment.

    `missed` is what today's last prompt suggested, where nothing came of it and no break since.
    `level_offered` is the level that waits for an answer; `sore` is None on a day that is no sore
    day.
    """

    at: datetime
    state: State
    posture: Posture
    bout: BoutStatus
    prompt: Prompt | None
    break_: BreakStatus | None
    holds: tuple[HoldStatus, ...]
    paused: bool
    paused_until: datetime | None
    snoozed_until: datetime | None
    can_snooze: bool
    presence: PresenceStatus
    standing: StandingStatus
    today: TodayStatus
    can_skip: bool = True
    missed: Suggestion | None = None
    quiet: QuietStatus | None = None
    level: int = 1
    level_offered: int | None = None
    sore: tuple[str, ...] | None = None
