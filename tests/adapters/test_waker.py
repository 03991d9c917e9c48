"""The alarm clock on APScheduler: its traps, what it costs while it waits, and what it imports."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

import apscheduler.schedulers.base as apscheduler_base
import pytest

from deskbreak.adapters.waker import AlarmWaker, lean_imports, new_loop
from tests.virtual_time import VirtualTimeLoop
from tests.waiting import spin, spin_for


class Rings(list[float]):
    """When it rang, on the loop's clock."""


@pytest.fixture
def rings() -> Rings:
    return Rings()


@pytest.fixture
def waker(loop: asyncio.AbstractEventLoop, rings: Rings) -> Iterator[AlarmWaker]:
    made = AlarmWaker(loop, lambda: rings.append(loop.time()))
    yield made
    made.close()


class WallClock:
    """The wall clock as APScheduler reads it, which can be set; it has no other seam for that."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.step = timedelta(0)
        clock = self

        class SteppedDatetime(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "datetime":  # type: ignore[override]
                return datetime.now(tz) + clock.step

        monkeypatch.setattr(apscheduler_base, "datetime", SteppedDatetime)


@pytest.mark.parametrize("hours", [-1, 1, -24 * 400, 24 * 400])
def test_an_alarm_rings_on_time_although_the_wall_clock_was_set(
    loop: asyncio.AbstractEventLoop,
    waker: AlarmWaker,
    rings: Rings,
    monkeypatch: pytest.MonkeyPatch,
    hours: int,
) -> None:
    wall = WallClock(monkeypatch)
    start = loop.time()
    waker.wake_in(0.1)
    spin_for(loop, 0.03)
    wall.step = timedelta(hours=hours)
    spin(loop, lambda: rings, 2.0)
    assert 0.099 <= rings[0] - start < 0.5
    spin_for(loop, 0.05)
    assert len(rings) == 1


@pytest.mark.parametrize("hours", [-1, 1, -24 * 400, 24 * 400])
@pytest.mark.parametrize("seconds", [0, 30])
def test_a_wall_clock_that_is_set_while_the_alarm_is_being_armed_changes_nothing(
    loop: asyncio.AbstractEventLoop,
    waker: AlarmWaker,
    rings: Rings,
    monkeypatch: pytest.MonkeyPatch,
    hours: int,
    seconds: float,
) -> None:
    wall = WallClock(monkeypatch)
    start = loop.time()
    waker.wake_in(seconds)
    wall.step = timedelta(hours=hours)
    spin(loop, lambda: rings)
    assert seconds <= rings[0] - start < seconds + 1
    spin_for(loop, 60)
    assert len(rings) == 1


def test_an_error_in_the_callback_reaches_the_loop_and_the_next_alarm_still_rings() -> None:
    loop = new_loop()
    told: list[str] = []
    loop.set_exception_handler(lambda _loop, context: told.append(str(context["exception"])))
    calls: list[int] = []

    def call() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the first time")

    waker = AlarmWaker(loop, call)
    waker.wake_in(0)
    spin(loop, lambda: told)
    waker.wake_in(0)
    spin(loop, lambda: len(calls) == 2)
    waker.close()
    loop.close()
    assert told == ["the first time"]


def test_an_alarm_far_away_costs_not_one_wake_up(loop: VirtualTimeLoop) -> None:
    waker = AlarmWaker(loop, loop.stop)
    waker.wake_in(3600)
    waker.wake_in(0.05)
    waker.wake_in(None)
    waker.wake_in(7200)
    loop.call_later(0.15, loop.stop)
    loop.run_forever()
    waker.close()
    assert loop.waits == 1


def test_re_arming_a_thousand_times_leaves_one_job_and_one_timer(
    loop: asyncio.AbstractEventLoop, waker: AlarmWaker, rings: Rings
) -> None:
    for n in range(1000):
        waker.wake_in(1000 + n)
    spin_for(loop, 0.0)
    assert len(waker._scheduler.get_jobs()) == 1
    waker.wake_in(0)
    spin(loop, lambda: rings)
    assert waker._scheduler.get_jobs() == []


LEAN = """
import sys
from deskbreak.adapters.waker import AlarmWaker, new_loop
loop = new_loop()
waker = AlarmWaker(loop, loop.stop)
waker.wake_in(0)
loop.run_forever()
waker.close()
loop.close()
loaded = {"ssl", "importlib.metadata", "email", "zipfile"} & set(sys.modules)
assert not loaded, loaded
import ssl, importlib.metadata
assert ssl.create_default_context()
assert importlib.metadata.version("apscheduler")
assert sys.modules["ssl"] is ssl and sys.modules["importlib.metadata"] is importlib.metadata
print("rang")
"""


def test_the_daemon_does_without_tls_and_plugins_and_whoever_needs_them_gets_them_later() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAN], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("rang\n", "")


def test_importing_the_waker_imports_neither_apscheduler_nor_asyncio() -> None:
    code = """
import sys
import deskbreak.adapters.waker
print({"apscheduler", "asyncio"} & set(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "set()\n"


def test_modules_that_are_there_already_are_left_alone() -> None:
    import importlib.metadata
    import ssl

    with lean_imports():
        assert sys.modules["ssl"] is ssl
        assert sys.modules["importlib.metadata"] is importlib.metadata
    assert sys.modules["ssl"] is ssl


def test_the_stand_in_passes_on_what_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib
    import importlib.metadata as real

    monkeypatch.delitem(sys.modules, "importlib.metadata")
    monkeypatch.setattr(importlib, "metadata", real)  # another one would stay there
    with lean_imports():
        stand_in = sys.modules["importlib.metadata"]
        assert stand_in.entry_points(group="apscheduler.triggers") == ()
        with pytest.raises(stand_in.PackageNotFoundError):
            stand_in.version("apscheduler")
        assert stand_in.Distribution.__name__ == real.Distribution.__name__
        assert sys.modules["importlib.metadata"] is stand_in
    assert sys.modules.get("importlib.metadata") is not stand_in
