"""Says the weekly note once, on the first working morning of a week (`ui.weekly_note`)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from deskbreak.core.status import Status
from deskbreak.core.words import State
from deskbreak.settings.model import Settings

log = logging.getLogger(__name__)

_AT_DESK = frozenset({State.SITTING, State.STANDING})
_SETTLED_S = 120.0
"""So long the person is back before they are told anything."""


class WeeklyNote:
    """An onlooker of the daemon (`Daemon.watch`).

    `noted` is the week of the last note as `remember` was given it ("2026-W10"), "" for none.
    """

    def __init__(
        self,
        history: Path,
        settings: Callable[[], Settings],
        say: Callable[[str], None],
        noted: str,
        remember: Callable[[str], None],
    ) -> None:
        self._history = history
        self._settings = settings
        self._say = say
        self._noted = noted
        self._remember = remember

    def look(self, status: Status) -> None:
        """Say the note if this is the morning for it. Costs nothing on every other occasion."""
        settings = self._settings()
        if not settings.ui.weekly_note or not _is_settled(status):
            return
        begins = settings.schedule.day_starts
        local = status.at - timedelta(hours=begins.hour, minutes=begins.minute)
        week = f"{local:%G-W%V}"
        if week == self._noted:
            return
        self._noted = week
        self._remember(week)
        note = self._note(local, settings)
        if note is not None:
            self._say(note)

    def _note(self, local: datetime, settings: Settings) -> str | None:
        # Needed once a week, by those who want the note.
        from deskbreak.adapters.store.queries import Reader, UnreadableError
        from deskbreak.stats.goals import reached
        from deskbreak.stats.period import Period, Span
        from deskbreak.stats.summary import summarise
        from deskbreak.stats.weekly import weekly_note

        week = Period.around(Span.WEEK, local.date()).earlier()
        before = week.four_weeks_before()
        limit = settings.breaks.sit_limit
        try:
            with Reader(self._history) as reader:
                days = [day for day in reader.days(week.first, week.last) if day.used]
                last = summarise(days, {}, limit)
                earlier = summarise(reader.days(before.first, before.last), {}, limit)
        except UnreadableError as trouble:
            log.warning("there is no weekly note: %s", trouble)
            return None
        met = reached(settings.goals, days)
        return weekly_note(last, earlier, standing=settings.standing.enabled, goals=met)


def _is_settled(status: Status) -> bool:
    quiet = status.prompt is None and not status.holds
    return quiet and status.state in _AT_DESK and status.bout.length_s >= _SETTLED_S
