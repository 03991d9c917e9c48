"""Tries again what did not work: when its socket appears, or else at growing intervals."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from deskbreak.adapters.filewatch import FileWatch
from deskbreak.backoff import Backoff
from deskbreak.systems.linux.filewatch import watch_files

FIRST_S, LAST_S = 2.0, 300.0


class Again:
    """Calls `attempt` some time after each `fail`, later each time until `worked`.

    Where `path` is not there, nothing is tried until it is.
    """

    __slots__ = ("_attempt", "_loop", "_path", "_timer", "_watch", "pauses")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        attempt: Callable[[], None],
        path: Path | None = None,
    ) -> None:
        self._loop = loop
        self._attempt = attempt
        self._path = path
        self._timer: asyncio.TimerHandle | None = None
        self._watch: FileWatch | None = None
        self.pauses = Backoff(FIRST_S, LAST_S)

    def worked(self) -> None:
        """It works: the next failure is a first one."""
        self.close()
        self.pauses.reset()

    def fail(self) -> None:
        """It does not work: try later."""
        self.close()
        if self._path is not None and not self._path.exists():
            self._watch = watch_files(self._loop, [self._path], self._appeared)
            return
        self._timer = self._loop.call_later(self.pauses.pause_s(), self._now)

    def close(self) -> None:
        """Do not try any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _appeared(self) -> None:
        if self._path is not None and self._path.exists():
            self._now()

    def _now(self) -> None:
        self.close()
        self._attempt()
