"""What the history still knows of earlier routines, where the running state was lost (B25, B26)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deskbreak.core.past import Past
from deskbreak.core.words import Feedback, Outcome

if TYPE_CHECKING:
    from deskbreak.adapters.store.rows import Entry

ROUTINES = ("break_started", "break_ended", "feedback")
LEVELS = ("level_offered", "level_set")
LATEST = 600
"""Rows that are looked at: what `core.past` keeps, started, ended and judged."""

_SHARES = {Outcome.DONE: 1.0, Outcome.PARTIAL: 0.6}
"""How much was done at least, by what a break became; of any other too little to count."""


def past_of(entries: Iterable["Entry"]) -> Past:
    """The past that these rows tell, which are in order; walks say nothing about it."""
    past = Past()
    for entry in entries:
        said = entry.data
        routine = str(said.get("routine") or "")
        match entry.event:
            case "break_started" if routine:
                past.start(routine, entry.wall)
            case "break_ended" if routine:
                past.end(routine, _SHARES.get(said.get("outcome", ""), 0.0))
            case "feedback" if routine and said.get("feedback") in set(Feedback):
                judged = Feedback(said["feedback"])
                past.judge(routine, judged, said.get("exercise"), entry.wall)
            case "level_offered":
                past.level_offered = entry.wall
            case "level_set":
                past.level_set = entry.wall
    return past
