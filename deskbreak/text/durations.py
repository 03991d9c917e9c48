"""Lengths of time in words: spelled out in a sentence, brief where there is little room."""

import math

_Parts = tuple[int, int, int]  # hours, minutes, seconds


def spelled(seconds: float) -> str:
    """To the minute: "45 seconds", "30 minutes", "1 hour 5 minutes"."""
    return _spelled(_nearest(seconds))


def exactly(seconds: float) -> str:
    """A length that somebody chose: "90 seconds", "2 minutes 30 seconds"."""
    return _spelled(_chosen(seconds))


def brief(seconds: float) -> str:
    """To the minute: "45 s", "30 min", "1 h 5 min"."""
    return _brief(_nearest(seconds))


def brief_exactly(seconds: float) -> str:
    """A length that somebody chose: "90 s", "2 min 30 s"."""
    return _brief(_chosen(seconds))


def gone(seconds: float) -> str:
    """How long something has been, in whole minutes: "12 min", "1 h 5 min"."""
    return _in_minutes(int((seconds + 0.5) // 60))


def left(seconds: float) -> str:
    """How long something will be; `gone` and this one add up to whole minutes."""
    return _in_minutes(0 if seconds < 59.5 else math.ceil((seconds - 0.5) / 60))


def digits(count: int) -> str:
    """Minutes as hours and minutes, or seconds as minutes and seconds: "3:05"."""
    return f"{count // 60}:{count % 60:02}"


def _nearest(seconds: float) -> _Parts:
    whole = round(seconds)
    return (0, 0, whole) if whole < 60 else (*divmod(round(whole / 60), 60), 0)


def _chosen(seconds: float) -> _Parts:
    minutes, rest = divmod(round(seconds), 60)
    if not rest or minutes >= 10:
        return _nearest(seconds)
    return (0, minutes, rest) if minutes >= 2 else (0, 0, 60 * minutes + rest)


def _spelled(parts: _Parts) -> str:
    units = zip(parts, ("hour", "minute", "second"), strict=True)
    said = [
        f"{count} {unit}" if count == 1 else f"{count} {unit}s" for count, unit in units if count
    ]
    return " ".join(said) or "0 seconds"


def _brief(parts: _Parts) -> str:
    units = zip(parts, ("h", "min", "s"), strict=True)
    return " ".join(f"{count} {unit}" for count, unit in units if count) or "0 s"


def _in_minutes(minutes: int) -> str:
    return _brief((*divmod(minutes, 60), 0)) if minutes >= 1 else "under 1 min"
