"""The words of the trade as closed sets: what code, files and texts call things."""

from enum import StrEnum


class Posture(StrEnum):
    """How the person is at the desk, as they (or a desk sensor) last told us (B27)."""

    SITTING = "sitting"
    STANDING = "standing"


class Presence(StrEnum):
    """Whether the person is there; unknown is a state of its own (B6)."""

    AT_DESK = "at_desk"
    AWAY = "away"
    UNKNOWN = "unknown"


class State(StrEnum):
    """The one word for what is going on, as `status` says it."""

    SITTING = "sitting"
    STANDING = "standing"
    AWAY = "away"
    ASLEEP = "asleep"
    BREAK = "break"
    PAUSED = "paused"
    OFF = "off"
    UNKNOWN = "unknown"


class BreakKind(StrEnum):
    """What a break is made of."""

    WALK = "walk"
    STRETCH = "stretch"


class PromptKind(StrEnum):
    """What a prompt asks for: move, stand up, or leave standing."""

    BREAK = "break"
    STAND = "stand"
    SIT = "sit"


class Answer(StrEnum):
    """What became of a prompt on the person's or the notification server's side (B16)."""

    WALK = "walk"
    STRETCH = "stretch"
    SHORTER = "shorter"
    SNOOZE = "snooze"
    SKIP = "skip"
    STANDING = "standing"
    SITTING = "sitting"
    LATER = "later"
    DISMISS = "dismiss"
    EXPIRE = "expire"


class Outcome(StrEnum):
    """What became of a break or a prompt in the end."""

    DONE = "done"
    PARTIAL = "partial"
    NATURAL = "natural"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"
    DISMISSED = "dismissed"
    IGNORED = "ignored"
    WITHDRAWN = "withdrawn"


class HoldReason(StrEnum):
    """Why a due prompt waits (B14); `inhibitor` only keeps the person seated (B2)."""

    CALL = "call"
    CAMERA = "camera"
    SCREEN_SHARE = "screen_share"
    FULLSCREEN = "fullscreen"
    DO_NOT_DISTURB = "do_not_disturb"
    CALENDAR = "calendar"
    APP = "app"
    INHIBITOR = "inhibitor"


WITH_OTHERS = frozenset({HoldReason.CALL, HoldReason.CAMERA, HoldReason.SCREEN_SHARE})
"""While one of these is on, others would hear what a routine lets be heard."""


class PauseKind(StrEnum):
    """How a pause ends: after a length, at a time, with the day, or only by hand (B20)."""

    FOR = "for"
    UNTIL = "until"
    TODAY = "today"
    OPEN = "open"


class QuietReason(StrEnum):
    """Why nothing prompts for now (B20)."""

    PAUSE = "pause"
    REGULAR_PAUSE = "regular_pause"
    OFF_HOURS = "off_hours"
    HOLIDAY = "holiday"


class Feedback(StrEnum):
    """The one-click answer after a routine (B26)."""

    GOOD = "good"
    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    IT_HURT = "it_hurt"


class Activity(StrEnum):
    """The parts of the ledger: what a second of the day was spent on (B10)."""

    SITTING = "sitting"
    STANDING = "standing"
    BREAK = "break"
    AWAY = "away"
    ASLEEP = "asleep"
    PAUSED = "paused"
    OFF_HOURS = "off_hours"
    UNKNOWN = "unknown"
    NOT_RUNNING = "not_running"
