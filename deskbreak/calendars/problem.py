"""What is the matter with a file or an entry of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`what` is the rest of a sentence after the name of the file; `line` counts from 1."""

    file: str
    what: str
    line: int | None = None
