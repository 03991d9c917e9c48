"""One step up or down from a value, in strides that suit its size. Pure."""

from datetime import time
from math import ceil, floor
from typing import Any

from deskbreak.settings.duration import Duration
from deskbreak.settings.kinds import UNFIT, Kind, Number, Span, TimeOfDay

_STRIDES = ((10, 1), (60, 5), (600, 60), (7200, 300), (86_400, 1800))
"""Seconds: below each length its stride. Beyond the last a day."""

_DAY = 86_400
_QUARTER = 15 * 60


def stepped(kind: Kind, plain: Any, by: int) -> Any:
    """The next value above (`by` 1) or below (-1), both in TOML's form; never past the ends.

    From a value that does not fit, or None, the first step leads to the least.
    """
    value: Any = UNFIT if plain is None else kind.read(plain, (), [])
    match kind:
        case Span():
            if value is UNFIT:
                return kind.least.text
            seconds = min(kind.most, max(kind.least, _next(float(value), _stride(value, by), by)))
            return Duration(seconds).text
        case Number():
            return _number(kind, value, by)
        case TimeOfDay():
            return _time(kind, value, by)
        case _:
            raise TypeError(f"there are no steps for {type(kind).__name__}")


def _stride(seconds: float, by: int) -> float:
    for below, stride in _STRIDES:
        if seconds < below or (by < 0 and seconds == below):
            return stride
    return _DAY


def _next(value: float, stride: float, by: int) -> float:
    """The next whole multiple of the stride in that direction."""
    count = value / stride
    return (floor(count + 1e-9) + 1 if by > 0 else ceil(count - 1e-9) - 1) * stride


def _number(kind: Number, value: Any, by: int) -> float | int:
    if value is UNFIT:
        return kind.least if kind.fractions else int(kind.least)
    stride = 0.1 if kind.fractions else 1
    moved = min(kind.most, max(kind.least, _next(value, stride, by)))
    return round(moved, 6) if kind.fractions else int(moved)


def _time(kind: TimeOfDay, value: Any, by: int) -> str:
    """A quarter of an hour on; the clock goes round."""
    now = time(0) if value is UNFIT else value
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    moved = int(_next(seconds, _QUARTER, by)) % _DAY
    return str(kind.plain(time(moved // 3600, moved // 60 % 60)))
