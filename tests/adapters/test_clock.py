"""The system's clock: which counters it reads, and how it finds the zone and notices a change."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.clock import CLibraryZone, SystemZone, read_zone
from deskbreak.core.moment import EARLIEST, LATEST
from deskbreak.systems import here
from tests.fakes.clock import ManualClock

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="no tzset here")

BERLIN = "Europe/Berlin"
POSIX_BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"


@pytest.fixture(autouse=True)
def zone_as_it_was() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    set_tz(before)


def set_tz(value: str | None) -> None:
    if value is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = value
    time.tzset()


@pytest.fixture(scope="module")
def posix_zone() -> Iterator[CLibraryZone]:
    set_tz(POSIX_BERLIN)
    zone = read_zone()
    assert isinstance(zone, CLibraryZone)
    yield zone
    set_tz(None)


def test_awake_stands_still_in_sleep_and_elapsed_does_not() -> None:
    now = here().clock().now()
    assert now.awake == pytest.approx(time.clock_gettime(time.CLOCK_MONOTONIC), abs=0.5)
    assert now.elapsed == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=0.5)
    assert now.wall == pytest.approx(time.time(), abs=0.5)


@pytest.mark.parametrize("value", [BERLIN, f":{BERLIN}", f"/usr/share/zoneinfo/{BERLIN}"])
def test_a_zone_with_a_name_is_found_by_it(value: str) -> None:
    if value.startswith("/") and not Path(value).exists():
        pytest.skip("no zone files here")
    set_tz(value)
    zone = read_zone()
    assert isinstance(zone, ZoneInfo)
    assert zone.key == BERLIN


def test_a_zone_given_as_rules_is_left_to_the_c_library() -> None:
    set_tz(POSIX_BERLIN)
    zone = read_zone()
    assert isinstance(zone, CLibraryZone)
    summer = datetime(2026, 7, 1, 12, tzinfo=zone)
    assert (summer.utcoffset(), summer.dst(), summer.tzname()) == (
        timedelta(hours=2), timedelta(hours=1), "CEST",
    )  # fmt: skip
    winter = datetime(2026, 1, 1, 12, tzinfo=zone)
    assert (winter.utcoffset(), winter.dst(), winter.tzname()) == (
        timedelta(hours=1), timedelta(0), "CET",
    )  # fmt: skip


@pytest.mark.parametrize("value", ["", "Nowhere/AtAll", "../etc/passwd", "Europe", "\x01"])
def test_whatever_stands_in_tz_the_clock_agrees_with_the_c_library(value: str) -> None:
    set_tz(value)
    now = here().clock().now()
    offset = now.local.utcoffset()
    assert offset is not None
    assert offset.total_seconds() == time.localtime(now.wall).tm_gmtoff


@given(st.integers(1735689600, 1893456000), st.integers(0, 999_999))
def test_the_c_library_zone_reads_like_the_named_one(
    posix_zone: CLibraryZone, stamp: int, microsecond: int
) -> None:
    set_tz(POSIX_BERLIN)
    there = datetime.fromtimestamp(stamp, UTC) + timedelta(microseconds=microsecond)
    ours, named = there.astimezone(posix_zone), there.astimezone(ZoneInfo(BERLIN))
    assert ours.replace(tzinfo=None) == named.replace(tzinfo=None)
    assert (ours.fold, ours.utcoffset()) == (named.fold, named.utcoffset())
    assert ours.timestamp() == there.timestamp()


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25)])
def test_readings_that_occur_twice_or_never_have_the_offset_of_the_named_zone(
    day: tuple[int, int, int], fold: int
) -> None:
    set_tz(POSIX_BERLIN)
    for hour, minute in ((1, 59), (2, 0), (2, 30), (2, 59), (3, 0)):
        named = datetime(*day, hour, minute, fold=fold, tzinfo=ZoneInfo(BERLIN))
        assert named.replace(tzinfo=CLibraryZone()).utcoffset() == named.utcoffset()


def test_a_changed_zone_is_noticed_within_a_minute_and_not_looked_up_before() -> None:
    set_tz(BERLIN)
    time_passes, zone = ManualClock(), SystemZone()
    assert str(zone.at(time_passes.elapsed)) == BERLIN
    set_tz("Asia/Kathmandu")
    time_passes.advance(59)
    assert str(zone.at(time_passes.elapsed)) == BERLIN
    time_passes.advance(1)
    assert str(zone.at(time_passes.elapsed)) == "Asia/Kathmandu"


def test_a_changed_localtime_file_is_noticed(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    set_tz(BERLIN)
    zone = SystemZone(str(link))
    before = zone.at(0.0)
    assert zone.at(60.0) is before
    link.unlink()
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert zone.at(120.0) is not before


@pytest.mark.parametrize("wall", [-6.2e10, -3e9, 0.0, 1e10, 2.534e11, 1e15])
def test_a_clock_beyond_all_calendars_is_read_as_their_edge(
    monkeypatch: pytest.MonkeyPatch, wall: float
) -> None:
    monkeypatch.setattr(time, "time", lambda: wall)
    now = here().clock().now()
    assert EARLIEST <= now.wall <= LATEST
    assert 1899 <= now.local.year <= 9576
