"""One instant on three clocks."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from deskbreak.core.moment import Moment, local_datetime
from tests.desk import BERLIN, moment


def test_reads_the_wall_clock_of_its_zone() -> None:
    assert f"{moment('2026-07-01 09:30', BERLIN).local:%H:%M %z}" == "09:30 +0200"


def test_knows_what_the_wall_clock_shows_at_another_time() -> None:
    now = moment("2026-03-29 01:30", BERLIN)
    assert f"{now.local_at(now.elapsed + 3600):%H:%M}" == "03:30"


def test_before_is_on_all_clocks() -> None:
    assert Moment(100.0, 50.0, 80.0).before(30.0) == Moment(70.0, 20.0, 50.0)


@pytest.mark.parametrize(("off", "reached"), [(-0.01, False), (-0.0005, True), (0.0, True)])
def test_a_wall_time_is_reached_within_a_millisecond(off: float, reached: bool) -> None:
    assert Moment(1.7e9 + off, 0.0, 0.0).has_reached(1.7e9) is reached


def test_where_the_elapsed_clock_will_be() -> None:
    assert Moment(1000.0, 0.0, 50.0).elapsed_at(1600.0) == 650.0


@pytest.mark.parametrize(
    ("at", "wanted", "found"),
    [
        ("2026-03-02 09:00", time(9, 30), "2026-03-02 09:30 +0100"),
        ("2026-03-02 09:30", time(9, 30), "2026-03-03 09:30 +0100"),
        ("2026-03-28 10:00", time(9, 30), "2026-03-29 09:30 +0200"),
        ("2026-03-29 01:00", time(2, 30), "2026-03-29 03:00 +0200"),
        ("2026-10-25 01:00", time(2, 30), "2026-10-25 02:30 +0200"),
    ],
)
def test_the_next_time_of_day(at: str, wanted: time, found: str) -> None:
    assert f"{moment(at, BERLIN).next_time_of_day(wanted):%Y-%m-%d %H:%M %z}" == found


def test_of_a_reading_that_comes_twice_the_second_is_still_to_come() -> None:
    second_pass = Moment(datetime(2026, 10, 25, 1, 10, tzinfo=UTC).timestamp(), 0, 0, BERLIN)
    assert f"{second_pass.local:%H:%M %z}" == "02:10 +0100"
    assert f"{second_pass.next_time_of_day(time(2, 30)):%d %H:%M %z}" == "25 02:30 +0100"


@pytest.mark.parametrize(
    ("zone", "reading", "found"),
    [
        ("Europe/Berlin", "2026-03-29 02:00", "03:00"),
        ("Europe/Berlin", "2026-03-29 02:59:59", "03:00"),
        ("Europe/Berlin", "2026-03-29 03:00", "03:00"),
        ("America/New_York", "2026-03-08 02:15", "03:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:10", "02:30"),
        ("Asia/Beirut", "2026-03-29 00:00", "01:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "00:00"),
    ],
)
def test_a_reading_that_spring_skips_is_the_end_of_the_gap(
    zone: str, reading: str, found: str
) -> None:
    local = local_datetime(datetime.fromisoformat(reading), ZoneInfo(zone))
    assert f"{local:%H:%M}" == found
    assert local.utcoffset() != datetime.fromtimestamp(
        local.timestamp() - 7200, ZoneInfo(zone)
    ).utcoffset() or reading.endswith("03:00")


def test_fold_says_which_of_two_is_meant() -> None:
    first, second = (
        local_datetime(datetime.fromisoformat("2026-10-25 02:30").replace(fold=fold), BERLIN)
        for fold in (0, 1)
    )
    assert second.timestamp() - first.timestamp() == 3600
