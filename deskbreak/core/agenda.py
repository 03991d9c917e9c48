"""What the calendar says: when the person is busy, and how long they are free in between.

Times are seconds on the wall clock: entries are made for a time of day (B8).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from deskbreak.core.moment import Moment


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An entry during which the person is busy; `title` may be empty."""

    begins: float
    ends: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whether an entry is on and which, and the wall time of the next change (None: none known)."""

    is_on: bool = False
    title: str = ""
    changes_at: float | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time between two entries."""

    begins: float
    ends: float

    @property
    def length(self) -> float:
        """From the end of one entry to the begin of the next."""
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class Agenda:
    """The busy entries around now, in any order; they may overlap and follow each other at once."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Agenda":
        """An agenda of those entries that have a length."""
        return cls(tuple(entry for entry in entries if entry.begins < entry.ends))

    def at(self, now: Moment) -> Meeting:
        """What is on now; of several entries that which began last, since it is the news."""
        on = [entry for entry in self.entries if _is_on(entry, now)]
        edges = (edge for entry in self.entries for edge in (entry.begins, entry.ends))
        changes_at = min((edge for edge in edges if not now.has_reached(edge)), default=None)
        return Meeting(bool(on), max(on).title if on else "", changes_at)

    def next_begins(self, now: Moment) -> float | None:
        """When the next entry begins; None if none is known."""
        ahead = (entry.begins for entry in self.entries if not now.has_reached(entry.begins))
        return min(ahead, default=None)

    def gap(self, now: Moment) -> Gap | None:
        """The free time that now is in; None if an entry is on, or there is none on one side."""
        if any(_is_on(entry, now) for entry in self.entries):
            return None
        over = [entry.ends for entry in self.entries if now.has_reached(entry.ends)]
        ends = self.next_begins(now)
        return Gap(max(over), ends) if over and ends is not None else None


def _is_on(entry: Entry, now: Moment) -> bool:
    return now.has_reached(entry.begins) and not now.has_reached(entry.ends)
