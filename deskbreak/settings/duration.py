"""A length of time as people write it: `90s`, `30m`, `1h15m`, `1d`, `0s`."""

import re
from typing import Self

UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
PATTERN = r"^(?=[0-9])([0-9]{1,5}d)?([0-9]{1,6}h)?([0-9]{1,7}m)?([0-9]{1,9}s)?$"
_SHAPE = re.compile(PATTERN.replace("$", r"\Z"))


class Duration(float):
    """Seconds: a float everywhere in code, whole seconds when it comes from a file."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1h15m` and the like: units d, h, m, s, each at most once and in that order.

        Raises ValueError for anything else; a plain number has no unit and is refused as well.
        """
        found = _SHAPE.match(text)
        if found is None:
            raise ValueError(f'"{text}" is not a duration such as "90s", "30m" or "1h15m"')
        seconds = 0
        for part, (_, length) in zip(found.groups(), UNITS, strict=True):
            if part is not None:
                seconds += int(part[:-1]) * length
        return cls(seconds)

    @property
    def text(self) -> str:
        """The shortest way to write it, to the nearest whole second: `1h15m`, `90s` is `1m30s`."""
        left = round(self)
        parts = []
        for unit, length in UNITS:
            count, left = divmod(left, length)
            if count:
                parts.append(f"{count}{unit}")
        return "".join(parts) or "0s"
