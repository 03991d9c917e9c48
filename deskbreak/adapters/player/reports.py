"""What may be believed of a player's reports (`windows.report` has their words)."""

from typing import TypeGuard

_MOST_STEPS = 1000


def is_share(value: object) -> TypeGuard[float]:
    """Whether this is a part of a whole."""
    return type(value) in (int, float) and 0.0 <= value <= 1.0  # type: ignore[operator]


def are_counts(step: object, of: object) -> bool:
    """Whether these are a step and a number of steps."""
    if type(step) is not int or type(of) is not int:  # True is an int as well
        return False
    return 0 <= step <= of <= _MOST_STEPS
