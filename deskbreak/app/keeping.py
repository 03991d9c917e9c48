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
_AROUND_DAYS, _SETTLED_DAYS = 60, 7


class Keeping:
    """A listener of what happened (`Performer.listeners`).

    `keep` is `history.keep` in seconds (0: forever), `forget_before` lets go of older days, `mend`
    looks after a file that cannot be read.
    """

    def __init__(
        self,
        history: Path,
        keep: Callable[[], float],
        forget_before: Callable[[date], None],
        mend: Callable[[], None],
    ) -> None:
        self._mend = mend
        self._history = history
        self._keep = keep
        self._forget_before = forget_before

    def heard(self, happening: Happening, at: Moment) -> None:  # noqa: ARG002 - a listener
        """When a day has been closed, count it once for all views, and forget the oldest."""
        if not isinstance(happening, DayClosed):
            return
        day = date.fromisoformat(happening.day)
        if (keep := self._keep()) > 0 and self._is_settled(day):
            days = min(ceil(keep / _DAY_S), _LONGEST_DAYS)
            self._forget_before(day - timedelta(days=days - 1))
        self._count(day)

    def _is_settled(self, day: date) -> bool:
        """Whether days have been recorded around here, or nothing before (B38).

        A clock that is years ahead must not cost the history.
        """
        from deskbreak.adapters.store.queries import Reader, UnreadableError  # once a day

        since = day - timedelta(days=_AROUND_DAYS)
        try:
            with Reader(self._history) as reader:
                edges = reader.first_and_last()
                return (
                    edges is None
                    or edges[0] >= since
                    or len(reader.days(since, day)) >= _SETTLED_DAYS
                )
        except UnreadableError:
            return False

    def _count(self, day: date) -> None:
        from deskbreak.adapters.store.queries import Reader, UnreadableError  # once a day

        try:
            with Reader(self._history) as reader:
                reader.days(day, day)
        except UnreadableError as trouble:
            log.warning("the day could not be counted: %s", trouble)
            self._mend()
