"""Notices that the session is over, so that the process can end with it."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from deskbreak.core.status import Status
from deskbreak.systems.linux.filewatch import watch_files
from deskbreak.systems.linux.session.tie import Tie

log = logging.getLogger(__name__)

GRACE_S = 30.0
"""A display that is gone for so long does not come back; X servers are started again at times."""

_LOOK_EVERY_S = 20.0


class SessionEnd:
    """Calls `over` once when the tie is cut: at once where the folder `runtime` is gone as well.

    Else after a while, for a display may come back.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tie: Tie,
        runtime: Path,
        over: Callable[[], None],
    ) -> None:
        self._loop, self._tie, self._runtime, self._over = loop, tie, runtime, over
        self._looked = float("-inf")
        self._grace: asyncio.TimerHandle | None = None
        self._watch = watch_files(loop, [runtime, *tie.paths()], self.look)

    def glance(self, _status: Status) -> None:
        """Look, unless that was not long ago."""
        if self._loop.time() - self._looked >= _LOOK_EVERY_S:
            self.look()

    def look(self) -> None:
        """See whether it is cut."""
        self._looked = self._loop.time()
        if not self._tie.is_cut():
            self._wait_no_more()
        elif self._tie.is_over() or not self._runtime.is_dir():
            self._end()
        elif self._grace is None:
            self._grace = self._loop.call_later(GRACE_S, self._still)

    def close(self) -> None:
        """Look no more."""
        self._watch.close()
        self._wait_no_more()

    def _wait_no_more(self) -> None:
        if self._grace is not None:
            self._grace.cancel()
            self._grace = None

    def _still(self) -> None:
        self._grace = None
        if self._tie.is_cut():
            self._end()

    def _end(self) -> None:
        self._wait_no_more()
        log.info("The session is over, and deskbreak ends with it.")
        self._over()
