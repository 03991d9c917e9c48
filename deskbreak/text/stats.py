"""Numbers as people say them."""

from deskbreak.core.enums import Activity

MINUTE, HOUR = 60, 3600

NAMES = {
    Activity.SITTING: "Sitting",
    Activity.STANDING: "Standing",
    Activity.BREAK: "Moving",
    Activity.AWAY: "Away",
    Activity.ASLEEP: "Asleep",
    Activity.PAUSED: "Paused",
    Activity.OFF_HOURS: "Off hours",
    Activity.UNKNOWN: "Not known",
    Activity.NOT_RUNNING: "Not running",
}

BECAME_NAMES = {
    "taken": "taken",
    "snoozed": "snoozed",
    "skipped": "skipped",
    "dismissed": "closed",
    "ignored": "no answer",
    "withdrawn": "taken back: you had moved",
    "posture_changed": "posture changed",
    "replaced": "asked anew",
    "open": "still open",
}


def length(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h 05 min`: as exact as it is worth."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    minutes = round(whole / MINUTE)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def clock(seconds: float) -> str:
    """`3:05` hours and minutes, for bars."""
    minutes = round(seconds / MINUTE)
    return f"{minutes // 60}:{minutes % 60:02}"


def share(part: float) -> str:
    """A share from 0 to 1 in per cent."""
    return f"{round(100 * part)} %"


def times(number: int, one: str, many: str = "") -> str:
    """`1 walk`, `3 walks`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def word(name: str) -> str:
    """An id as a word: `low_back` is `low back`."""
    return name.replace("_", " ")
