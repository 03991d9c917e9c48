"""What every Clock keeps to: the system's and the one that tests move."""

from itertools import pairwise

import pytest

from deskbreak.ports import Clock
from deskbreak.systems import here
from tests.fakes.clock import ManualClock


@pytest.fixture(params=[here().clock, ManualClock], ids=["system", "manual"])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: Clock = request.param()
    return made


def test_no_clock_but_the_wall_clock_ever_goes_back(clock: Clock) -> None:
    readings = [clock.now() for _ in range(200)]
    for earlier, later in pairwise(readings):
        assert later.awake >= earlier.awake
        assert later.elapsed >= earlier.elapsed


def test_time_awake_is_never_more_than_time_elapsed(clock: Clock) -> None:
    first, last = clock.now(), clock.now()
    assert last.awake - first.awake <= last.elapsed - first.elapsed + 0.01


def test_the_zone_can_tell_local_time(clock: Clock) -> None:
    now = clock.now()
    assert now.local.timestamp() == pytest.approx(now.wall, abs=1e-3)
    assert now.local.utcoffset() is not None


def test_readings_of_one_moment_agree_with_each_other(clock: Clock) -> None:
    first, last = clock.now(), clock.now()
    assert last.wall - first.wall == pytest.approx(last.elapsed - first.elapsed, abs=0.05)
