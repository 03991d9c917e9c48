"""Ends deskbreak with its session, and keeps the way to it open meanwhile."""

import asyncio
import logging
from collections.abc import Callable

from deskbreak.app.environment import Places
from deskbreak.core.status import Status
from deskbreak.systems.linux.filewatch import watch_files
from deskbreak.systems.linux.session.ending import SessionEnd
from deskbreak.systems.linux.session.tie import Tie

log = logging.getLogger(__name__)


class SessionWatch:
    """Calls `stop` once the session is over, and `renew` when the control socket may be gone."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tie: Tie,
        places: Places,
        stop: Callable[[], None],
        renew: Callable[[], None],
    ) -> None:
        self._runtime = places.runtime.parent
        self._stop, self._renew = stop, renew
        self._end = SessionEnd(loop, tie, lambda: not self._runtime.is_dir(), self._over)
        self._watch = watch_files(loop, [places.socket, *tie.paths()], self._stirred)

    def glance(self, _status: Status) -> None:
        """Look, unless that was not long ago."""
        self._end.glance()

    def close(self) -> None:
        """Look no more."""
        self._watch.close()
        self._end.close()

    def _stirred(self) -> None:
        self._end.look()
        if self._runtime.is_dir():
            self._renew()

    def _over(self) -> None:
        log.info("The session is over, and deskbreak ends with it.")
        self._stop()
