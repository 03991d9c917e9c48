"""What is the matter with a file or an entry of it."""

from deskbreak.struct import Struct, field

MOST_PROBLEMS = 20
"""So many are said; how many more there are is only counted."""

_LONGEST = 200


class Problem(Struct):
    """`what` is the rest of a sentence after the name of the file; `line` counts from 1."""

    file: str
    what: str
    line: int | None = None


class Problems(Struct, frozen=False):
    """The first of them, and how many `more` there are."""

    first: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, file: str, what: str, line: int | None = None) -> None:
        """One more, on one line of bearable length."""
        if len(self.first) == MOST_PROBLEMS:
            self.more += 1
            return
        what = " ".join(what.split())
        cut = what if len(what) <= _LONGEST else f"{what[: _LONGEST - 1]}…"
        self.first.append(Problem(file, cut, line))
