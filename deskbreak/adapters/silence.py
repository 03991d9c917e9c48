"""Notices that a process of ours has fallen silent: it hangs, whatever its process id says."""

import asyncio
from collections.abc import Callable

LOOK_EVERY_S = 30.0  # the daemon is woken by each look, and by each sign of life
_LOOKS = 2

LIMIT_S = LOOK_EVERY_S * (_LOOKS - 1)
"""So long it has been silent at least, and one look longer at most, when it is given up."""


class Silence:
    """Calls `fell_silent` once, when nothing was `heard` for so many looks in a row.

    One look alone would blame the process when the whole machine, and this loop with it, had stood
    still; that costs a single look here, however long it was.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, fell_silent: Callable[[], None]) -> None:
        self._loop = loop
        self._fell_silent = fell_silent
        self._missed = 0
        self._timer = loop.call_later(LOOK_EVERY_S, self._look)

    def heard(self) -> None:
        """There was a sign of life."""
        self._missed = 0

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()

    def _look(self) -> None:
        self._missed += 1
        if self._missed < _LOOKS:
            self._timer = self._loop.call_later(LOOK_EVERY_S, self._look)
        else:
            self._fell_silent()
