"""The kernel's word that the wall clock was set."""

import asyncio
import errno
import time

import pytest

from deskbreak.systems.linux.session import clockset
from deskbreak.systems.linux.session.clockset import ClockSet
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop


def set_the_clock_to_what_it_shows() -> None:
    """Only the superuser may; the clock loses less than a thousandth of a second."""
    try:
        now = time.clock_gettime_ns(time.CLOCK_REALTIME)
        time.clock_settime_ns(time.CLOCK_REALTIME, now)
    except PermissionError:
        pytest.skip("only the superuser may set the clock")


def test_each_setting_is_told(loop: Loop) -> None:
    told: list[None] = []
    clock = ClockSet(loop, lambda: told.append(None))
    clock.start()
    for _ in range(2):
        before = len(told)  # it may be set by somebody else as well
        set_the_clock_to_what_it_shows()
        spin(loop, lambda n=before: len(told) > n)
    clock.close()
    clock.close()
    before = len(told)
    set_the_clock_to_what_it_shows()
    spin_for(loop, 0.01)
    assert len(told) == before


def test_closed_by_whoever_is_told(loop: Loop) -> None:
    told: list[None] = []

    def happened() -> None:
        told.append(None)
        clock.close()

    clock = ClockSet(loop, happened)
    clock.start()
    set_the_clock_to_what_it_shows()
    spin(loop, lambda: told)
    spin_for(loop, 0.01)
    assert len(told) == 1


def test_nothing_happens_by_itself(loop: Loop) -> None:
    told: list[None] = []
    clock = ClockSet(loop, lambda: told.append(None))
    clock.start()
    spin_for(loop, 0.05)
    clock.close()
    assert told == []


def test_set_again_while_it_is_armed(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel has armed the timer then, and says that it was cancelled (timerfd_create(2))."""
    told: list[None] = []
    arm = clockset._arm

    def cancelled(timer: int) -> None:
        arm(timer)
        if len(told) < 2:
            raise OSError(errno.ECANCELED, "Operation canceled")

    clock = ClockSet(loop, lambda: told.append(None))
    clock.start()
    monkeypatch.setattr(clockset, "_arm", cancelled)
    set_the_clock_to_what_it_shows()
    spin(loop, lambda: len(told) >= 2)
    before = len(told)
    set_the_clock_to_what_it_shows()
    spin(loop, lambda: len(told) > before)
    clock.close()
