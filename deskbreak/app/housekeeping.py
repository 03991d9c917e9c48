"""Looks after what is kept: the weekly note, the age of the history, notes in the saved state."""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskbreak.core.enums import State
from deskbreak.core.moment import Moment
from deskbreak.core.records import DayClosed, Happening
from deskbreak.core.status import Status
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct

if TYPE_CHECKING:
    from deskbreak.adapters.store.queries import Reader

log = logging.getLogger(__name__)

_AT_DESK = frozenset({State.SITTING, State.STANDING})
_SETTLED_S = 120.0
"""So long the person is back before they are told anything."""


class WeeklyNote(Struct, frozen=False):
    """Says the note on the first working morning of a week (`ui.weekly_note`); an onlooker.

    `noted` is the week of the last note as `remember` was given it ("2026-W10"), "" for none.
    """

    history: Path
    settings: Callable[[], Settings]
    say: Callable[[str], None]
    noted: str
    remember: Callable[[str], None]

    def look(self, status: Status) -> None:
        """Say the note if this is the morning for it. Costs nothing on every other occasion."""
        settings = self.settings()
        if not settings.ui.weekly_note or not _is_back(status):
            return
        begins = settings.schedule.day_starts
        local = status.at - timedelta(hours=begins.hour, minutes=begins.minute)
        week = f"{local:%G-W%V}"
        if week == self.noted:
            return
        self.noted = week
        self.remember(week)
        if (note := self._note(local, settings)) is not None:
            self.say(note)

    def _note(self, local: datetime, settings: Settings) -> str | None:
        # Needed once a week, by those who want the note.
        from deskbreak.adapters.store.queries import Reader, UnreadableError
        from deskbreak.stats.period import Period, Span
        from deskbreak.stats.summary import reached, summarise
        from deskbreak.stats.weekly import weekly_note

        week = Period.around(Span.WEEK, local.date()).earlier()
        before = week.four_weeks_before()
        limit = settings.breaks.sit_limit
        try:
            with Reader(self.history) as reader:
                days = [day for day in reader.days(week.first, week.last) if day.used]
                last = summarise(days, {}, limit)
                earlier = summarise(reader.days(before.first, before.last), {}, limit)
        except UnreadableError as trouble:
            log.warning("there is no weekly note: %s", trouble)
            return None
        met = reached(settings.goals, days)
        return weekly_note(last, earlier, standing=settings.standing.enabled, goals=met)


def _is_back(status: Status) -> bool:
    quiet = status.prompt is None and not status.holds
    return quiet and status.state in _AT_DESK and status.bout.length_s >= _SETTLED_S


_DAY_S = 86_400
_LONGEST_DAYS = 36_500
_AROUND_DAYS, _SETTLED_DAYS = 60, 7


class Keeping(Struct):
    """A listener of what happened (`daemon.Ports.listeners`).

    `keep` is `history.keep` in seconds (0: forever), `forget_before` lets go of older days, `mend`
    looks after a file that cannot be read.
    """

    history: Path
    keep: Callable[[], float]
    forget_before: Callable[[date], None]
    mend: Callable[[], None]

    def heard(self, happening: Happening, at: Moment) -> None:  # noqa: ARG002 - a listener
        """When a day has been closed, count it once for all views, and forget the oldest."""
        if not isinstance(happening, DayClosed):
            return
        from deskbreak.adapters.store.queries import Reader, UnreadableError  # once a day

        day, keep = date.fromisoformat(happening.day), self.keep()
        try:
            with Reader(self.history) as reader:
                settled = keep > 0 and _is_settled(reader, day)
                reader.days(day, day)
        except UnreadableError as trouble:
            log.warning("the day could not be counted: %s", trouble)
            self.mend()
            return
        if settled:
            days = min(ceil(keep / _DAY_S), _LONGEST_DAYS)
            self.forget_before(day - timedelta(days=days - 1))


def _is_settled(reader: "Reader", day: date) -> bool:
    """Whether days have been recorded around here, or nothing before (B38).

    A clock that is years ahead must not cost the history.
    """
    since = day - timedelta(days=_AROUND_DAYS)
    edges = reader.first_and_last()
    return edges is None or edges[0] >= since or len(reader.days(since, day)) >= _SETTLED_DAYS


def what_is_lost(rows: int, *, saved: bool) -> str:
    """What a stop would lose now, in a sentence; empty where everything is kept."""
    lost = []
    if rows:
        what = "1 entry" if rows == 1 else f"{rows} entries"
        lost.append(f"{what} of the history could not be saved.")
    if not saved:
        lost.append("The running state could not be saved.")
    return " ".join(lost)


_NOTES = frozenset({"banner", "shown", "weekly", "acknowledged"})
_LONGEST = 200


def _fits(name: str, value: Any) -> bool:
    """Whether a note looks as it should; one of another name is another version's to read."""
    match name, value:
        case "banner", [str(), int(number)]:
            return not isinstance(number, bool)
        case "shown", dict():
            return all(isinstance(text, str) for text in value.values())
        case ("weekly", str()) | ("acknowledged", bool()):
            return True
    return name not in _NOTES


def with_sound_notes(
    saved: Mapping[str, Any] | None, problem: Callable[[str], None]
) -> Mapping[str, Any] | None:
    """The saved state without the notes that are not what they should be.

    The log keeps those, and `problem` is told; everything else of the state counts.
    """
    if saved is None:
        return None
    notes = saved.get("notes", {})
    if not isinstance(notes, Mapping):
        odd, sound = {"notes": notes}, {}
    else:
        odd = {name: notes[name] for name in notes if not _fits(name, notes[name])}
        sound = {name: notes[name] for name in notes if name not in odd}
    if odd:
        log.warning("left out of the saved state: %s", repr(odd)[:_LONGEST])
        names = " and ".join(sorted(odd))
        problem(f"A part of the saved state made no sense and was left out ({names}).")
    return {**saved, "notes": sound}
