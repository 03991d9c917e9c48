"""What a sensor program prints, read a line at a time and never more than a little of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from deskbreak.core.words import Posture

LONGEST_LINE = 1000
"""Bytes; what is longer is no word of a sensor."""

_UNKNOWN = "unknown"
_DETAIL = 80


@dataclass(frozen=True, slots=True)
class Said:
    """One line: the posture (None: it cannot tell right now), and what else it says for people."""

    posture: Posture | None
    detail: str = ""


class UnknownWordError(ValueError):
    """A line that begins with no word of a sensor; the text says what was found."""


class TooLongError(ValueError):
    """A line without an end."""


def read_line(line: bytes) -> Said:
    """What one line says: `standing`, or `standing 109 cm`. Raises UnknownWordError."""
    text = "".join(c if c.isprintable() else " " for c in line.decode("utf-8", "replace"))
    word, _, detail = text.strip().partition(" ")
    detail = detail.strip()[:_DETAIL]
    if word.lower() == _UNKNOWN:
        return Said(None, detail)
    try:
        return Said(Posture(word.lower()), detail)
    except ValueError:
        found = repr(word[:40])
        raise UnknownWordError(
            f"it printed {found}; allowed: sitting, standing or unknown, a word a line"
        ) from None


class Lines:
    """Cuts what comes in at its line ends. Empty lines are left out."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def take(self, more: bytes) -> Iterator[bytes]:
        """The lines that are complete now. Raises TooLongError after them."""
        *lines, self._rest = (self._rest + more).split(b"\n")
        for line in lines:
            if line.strip():
                yield line
        if len(self._rest) > LONGEST_LINE:
            raise TooLongError("it prints a line without an end")

    def finish(self) -> bytes:
        """What came in after the last line end."""
        rest, self._rest = self._rest, b""
        return rest.strip()
