"""Numbers as people say them."""

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


def share(part: float) -> str:
    """A share from 0 to 1 in per cent."""
    return f"{round(100 * part)} %"


def times(number: int, one: str, many: str = "") -> str:
    """`1 walk`, `3 walks`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def word(name: str) -> str:
    """An id as a word: `low_back` is `low back`."""
    return name.replace("_", " ")
