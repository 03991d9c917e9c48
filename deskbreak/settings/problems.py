"""What is the matter with settings, said so that it can be put right."""

from collections.abc import Sequence
from typing import Literal

from deskbreak.struct import Struct

Spot = tuple[str | int, ...]
"""A way through tables (names) and lists (places, from 0): `("reminder", 0, "every")`."""

Severity = Literal["error", "warning"]

LONGEST_SHOWN = 60
MANY = 50


class Note(Struct):
    """A problem before it is known in which file and line it stands.

    `found` is what was found; where `allowed` is empty it is the whole sentence.
    """

    spot: Spot
    found: str
    allowed: str = ""
    severity: Severity = "error"

    @property
    def sentence(self) -> str:
        """What was found and what is allowed."""
        return f"found {self.found}, allowed: {self.allowed}" if self.allowed else self.found


class Problem(Struct):
    """One mistake (error) or oddity (warning) and its place.

    `file` is the file's path, or "command line"; `line` counts from 1 and is None where the file
    as a whole is meant; `key` is empty there. For `found` and `allowed` see `Note`.
    """

    file: str
    line: int | None
    key: str
    found: str
    allowed: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        key = f"{self.key}: " if self.key else ""
        return f"{where}: {key}{Note((), self.found, self.allowed).sentence}"


def dotted(spot: Spot) -> str:
    """A way to a key as people read it; places in lists count from 1: `reminder[1].every`."""
    text = ""
    for part in spot:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{printable(part)}"
    return text.removeprefix(".")


def printable(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A text from a file, short and with nothing that a terminal would act on."""
    cut = text if len(text) <= longest else f"{text[: longest - 3]}..."
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


def shown(value: object) -> str:
    """A value from a file as it may appear in a sentence."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{printable(value)}"'
        case int() if abs(value) >= 10**18:
            return "a number with very many digits"
        case dict():
            return "a table"
        case list():
            return "a list" if value else "an empty list"
        case _:
            return printable(str(value))


def nearest(name: str, names: Sequence[str], notes: Sequence[Note] = ()) -> str | None:
    """The known name that was probably meant; of a file with very many problems nobody asks."""
    if len(notes) >= MANY:
        return None
    from difflib import get_close_matches

    likely = get_close_matches(name[:LONGEST_SHOWN], names, n=1, cutoff=0.6)
    return likely[0] if likely else None
