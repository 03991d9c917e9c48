"""Looks after the history when a day is over: forgets what is too old, counts what is new."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from math import ceil
from pathlib import Path

from deskbreak.core.happenings import DayClosed, Happening
from deskbreak.core.moment import Moment

log = logging.getLogger(__name__)

_DAY_S = 86_400
_LONGEST_DAYS = 36_500


class Keeping:
    """A listener of what happened (`Performer.listeners`).

    `keep` is `history.keep` in seconds (0: forever), `forget_before` lets go of older days.
    """

    def __init__(
        self, history: Path, keep: Callable[[], float], forget_before: Callable[[date], None]
    ) -> None:
        self._history = history
        self._keep = keep
        self._forget_before = forget_before

    def heard(self, happening: Happening, at: Moment) -> None:  # noqa: ARG002 - a listener
        """When a day has been closed, count it once for all views, and forget the oldest."""
        if not isinstance(happening, DayClosed):
            return
        day = date.fromisoformat(happening.day)
        if (keep := self._keep()) > 0:
            days = min(ceil(keep / _DAY_S), _LONGEST_DAYS)
            self._forget_before(day - timedelta(days=days - 1))
        self._count(day)

    def _count(self, day: date) -> None:
        from deskbreak.adapters.store.queries import Reader, UnreadableError  # once a day

        try:
            with Reader(self._history) as reader:
                reader.days(day, day)
        except UnreadableError as trouble:
            log.warning("the day could not be counted: %s", trouble)
