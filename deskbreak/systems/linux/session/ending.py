"""Notices that the session is over, so that the process can end with it."""

import asyncio
from collections.abc import Callable

from deskbreak.systems.linux.session.tie import Tie

GRACE_S = 30.0
"""A display that is gone for so long does not come back; X servers are started again at times."""

_LOOK_EVERY_S = 20.0


class SessionEnd:
    """Calls `over` once when the tie is cut: at once where that is certain, else after a while.

    `certain` is asked whether more than the display is gone. Nothing happens but by `look`.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tie: Tie,
        certain: Callable[[], bool],
        over: Callable[[], None],
    ) -> None:
        self._loop, self._tie, self._certain, self._over = loop, tie, certain, over
        self._looked = float("-inf")
        self._grace: asyncio.TimerHandle | None = None

    def glance(self) -> None:
        """Look, unless that was not long ago."""
        if self._loop.time() - self._looked >= _LOOK_EVERY_S:
            self.look()

    def look(self) -> None:
        """See whether it is cut."""
        self._looked = self._loop.time()
        if not self._tie.is_cut():
            self.close()
        elif self._tie.is_over() or self._certain():
            self._end()
        elif self._grace is None:
            self._grace = self._loop.call_later(GRACE_S, self._still)

    def close(self) -> None:
        """Wait for nothing any more."""
        if self._grace is not None:
            self._grace.cancel()
            self._grace = None

    def _still(self) -> None:
        self._grace = None
        if self._tie.is_cut():
            self._end()

    def _end(self) -> None:
        self.close()
        self._over()
