"""The alarm clock that wakes the engine: APScheduler with one job, and the loop it runs on.

The job has no due time of its own that could be missed: whoever asked asks again after every
event, so an alarm that rings late, early or once too often does no harm.
"""

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from logging import WARNING, getLogger
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Handle

_JOB = "wake"
_LONGEST_S = 7 * 86400.0
"""An alarm further away rings after this long all the same."""


def new_loop() -> "AbstractEventLoop":
    """A new event loop for the daemon, its machinery imported without TLS.

    That saves memory only where nobody has imported asyncio before, so this comes first.
    """
    with lean_imports():
        import asyncio
    return asyncio.SelectorEventLoop()


class AlarmWaker:
    """Calls back on the loop after so many awake seconds, whatever the wall clock does."""

    __slots__ = ("_callback", "_closed", "_loop", "_ring", "_ring_at", "_scheduler", "_trigger")

    def __init__(self, loop: "AbstractEventLoop", callback: Callable[[], None]) -> None:
        self._loop = loop
        self._callback = callback
        self._closed = False
        self._ring_at: float | None = None
        self._ring: Handle | None = None
        self._scheduler, self._trigger = _one_job_scheduler(loop, self._seconds_left)

    def wake_in(self, seconds: float | None) -> None:
        """Call back once after that many awake seconds, never before this returns; None disarms.

        The latest call counts. Zero and less mean as soon as possible; anything beyond a week
        rings after a week. After `close` nothing happens. Raises ValueError for NaN.
        """
        if seconds is not None and math.isnan(seconds):
            raise ValueError("an alarm needs a number of seconds")
        if self._closed:
            return
        self._silence()
        if seconds is None:
            self._disarm()
        else:
            self._ring_at = self._loop.time() + min(max(seconds, 0.0), _LONGEST_S)
            self._scheduler.add_job(self._due, self._trigger, id=_JOB, replace_existing=True)

    def close(self) -> None:
        """Disarm for good."""
        if self._closed:
            return
        self._closed = True
        self._silence()
        self._ring_at = None
        self._scheduler.shutdown(wait=False)

    def _seconds_left(self) -> float:
        return 0.0 if self._ring_at is None else max(0.0, self._ring_at - self._loop.time())

    def _due(self) -> None:
        # Inside the job it is too early to call back: APScheduler removes the job after it has
        # run, and would remove the one that the callback puts in its place.
        self._ring_at = None
        self._ring = self._loop.call_soon(self._callback)

    def _silence(self) -> None:
        if self._ring is not None:
            self._ring.cancel()
            self._ring = None

    def _disarm(self) -> None:
        if self._ring_at is not None:
            self._ring_at = None
            self._scheduler.remove_job(_JOB)
            self._scheduler.wakeup()  # which finds nothing to do, and takes the timer away


def _one_job_scheduler(
    loop: "AbstractEventLoop", seconds_left: Callable[[], float]
) -> tuple[Any, Any]:
    """A started scheduler on the loop, and the trigger for its job."""
    with lean_imports():
        from apscheduler.executors.debug import DebugExecutor
        from apscheduler.schedulers.base import BaseScheduler
        from apscheduler.triggers.base import BaseTrigger

    class InSecondsLeft(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
        """Once, when the awake seconds are over, on the wall clock as it stands when asked."""

        def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
            return None if previous else now + timedelta(seconds=seconds_left())

    class LoopScheduler(BaseScheduler):  # type: ignore[misc]  # APScheduler ships no types
        """Runs on the loop it is given, one timer at a time, never inside the call that arms it.

        APScheduler's AsyncIOScheduler would write to a socket for every change, and trust the
        wall clock when its timer ends: set back by an hour, that makes each job an hour late.
        """

        _timer: "Handle | None" = None

        def wakeup(self) -> None:
            self._stop_timer()
            self._timer = loop.call_soon(self._turn)

        def shutdown(self, wait: bool = True) -> None:
            super().shutdown(wait)
            self._stop_timer()

        def _turn(self) -> None:
            # The wall clock may have been set since the job got its time by it: not that counts.
            seconds = seconds_left()
            if seconds > 0 or self._process_jobs() is not None:
                self._timer = loop.call_later(seconds, self._ended)
            else:
                self._timer = None

        def _ended(self) -> None:
            self._timer = None
            self.reschedule_job(_JOB, trigger=trigger)

        def _stop_timer(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    trigger = InSecondsLeft()
    getLogger("apscheduler").setLevel(WARNING)  # it tells of every job that is put in or run
    scheduler = LoopScheduler(
        timezone=UTC,
        executors={"default": DebugExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
    )
    scheduler.start()
    return scheduler, trigger


@contextmanager
def lean_imports() -> Iterator[None]:
    """While this lasts, imports do without TLS and without the search for plugins.

    `ssl` costs 4 MB: asyncio imports it if it is there, and supports a Python that was built
    without it. This program opens no network connection. `importlib.metadata` brings email, zip
    and CSV along, 3 MB: APScheduler looks up its plugins with it, none of which is used here.
    What was imported before stays as it is, and whoever imports them later gets them in full.
    """
    instead = {"ssl": None, "importlib.metadata": _NoPlugins("importlib.metadata")}
    placed = {name: module for name, module in instead.items() if name not in sys.modules}
    modules: dict[str, Any] = sys.modules  # None in it is allowed, and means "cannot be imported"
    modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if modules.get(name, module) is module:
                modules.pop(name, None)


class _NoPlugins(ModuleType):
    """Answers for importlib.metadata that nothing is installed; passes on all other questions."""

    PackageNotFoundError = ModuleNotFoundError

    @staticmethod
    def version(distribution_name: str) -> str:
        raise ModuleNotFoundError(distribution_name)

    @staticmethod
    def entry_points(**_params: str) -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system looks for
            raise AttributeError(name)
        stand_in = sys.modules.pop(self.__name__, None)
        try:
            import importlib.metadata as real

            return getattr(real, name)
        finally:
            if stand_in is self:
                sys.modules[self.__name__] = self
