"""Learns at once that somebody set the wall clock, or that the machine came back from sleep.

The kernel cancels a timer on the wall clock that was armed for that, on both occasions. So one
timer for a far day is armed and never runs out.
"""

import asyncio
import errno
import os
import sys
from collections.abc import Callable

_FAR_DAY_S = 1 << 33  # in the year 2242; much later is past what Python can say
_CLOEXEC = 0o2000000
_NONBLOCK = 0o4000
_ABSOLUTE = 1
_CANCEL_ON_SET = 2
_CLOCK_REALTIME = 0


class ClockSet:
    """Calls back for each such occasion."""

    def __init__(self, loop: asyncio.AbstractEventLoop, happened: Callable[[], None]) -> None:
        self._loop = loop
        self._happened = happened
        self._timer: int | None = None

    def start(self) -> None:
        """Begin to listen. Raises OSError where the system has no such timer."""
        timer = _create()
        try:
            _arm(timer)
        except OSError:
            os.close(timer)
            raise
        self._timer = timer
        self._loop.add_reader(timer, self._readable)

    def close(self) -> None:
        """Listen no more."""
        if self._timer is not None:
            self._loop.remove_reader(self._timer)
            os.close(self._timer)
            self._timer = None

    def _readable(self) -> None:
        assert self._timer is not None
        try:
            os.read(self._timer, 8)
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno != errno.ECANCELED:
                self.close()
                return
            self._happened()
        if self._timer is not None:  # it may have been closed by who was told
            self._arm_again(self._timer)

    def _arm_again(self, timer: int) -> None:
        """Arm it for the next occasion, which may have come already: then it is armed all the same.

        The kernel says ECANCELED where the clock was set again meanwhile (timerfd_create(2)).
        """
        try:
            _arm(timer)
        except OSError as error:
            if error.errno == errno.ECANCELED:
                self._loop.call_soon(self._happened)
            else:
                self.close()


if sys.version_info >= (3, 13):

    def _create() -> int:
        return os.timerfd_create(_CLOCK_REALTIME, flags=os.TFD_NONBLOCK | os.TFD_CLOEXEC)

    def _arm(timer: int) -> None:
        flags = os.TFD_TIMER_ABSTIME | os.TFD_TIMER_CANCEL_ON_SET
        os.timerfd_settime(timer, flags=flags, initial=_FAR_DAY_S)

else:
    # The same through the C library, which every Linux Python can reach.
    import ctypes

    class _Spec(ctypes.Structure):
        """A timer: interval, then first expiry, in seconds and nanoseconds."""

        _fields_ = [(name, ctypes.c_long) for name in ("every_s", "every_ns", "at_s", "at_ns")]

    def _libc() -> ctypes.CDLL:
        library = ctypes.CDLL(None, use_errno=True)
        if not hasattr(library, "timerfd_create"):
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        return library

    def _create() -> int:
        timer = _libc().timerfd_create(_CLOCK_REALTIME, _CLOEXEC | _NONBLOCK)
        return int(_checked(timer))

    def _arm(timer: int) -> None:
        spec = _Spec(at_s=_FAR_DAY_S)
        flags = _ABSOLUTE | _CANCEL_ON_SET
        _checked(_libc().timerfd_settime(timer, flags, ctypes.byref(spec), None))

    def _checked(result: int) -> int:
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return result
