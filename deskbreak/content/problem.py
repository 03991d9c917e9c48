"""What is the matter with a file of exercises or routines, said so that it can be put right."""

from collections.abc import Iterable
from pathlib import Path

from deskbreak.struct import Struct


class Problem(Struct):
    """One mistake: where it stands, what was found there and what is allowed.

    `line` counts from 1; None where the file as a whole is meant. `key` is a path such as
    "routine stand-hips: steps[2].seconds".
    """

    file: Path
    line: int | None
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else f"{self.file}"
        what = f"{where}: {self.key}: " if self.key else f"{where}: "
        return f"{what}found {self.found}, allowed: {self.allowed}"


def shown(value: object) -> str:
    """A value from a file as it may appear in a sentence: short, and with nothing unprintable."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def nearest(word: str, words: Iterable[str]) -> str:
    """What may have been meant, for a problem: the likeliest known word, or all of them."""
    from difflib import get_close_matches

    known = sorted(words) or ["none is known here"]
    likely = get_close_matches(word, known, n=1, cutoff=0.5)
    if not likely:
        return ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
    return f"perhaps {likely[0]}"
