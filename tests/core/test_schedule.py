"""Office hours and pauses (B20)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.enums import PauseKind
from deskbreak.core.moment import local_datetime
from deskbreak.core.schedule import Pause, Timetable, office_hours, pause_of, timetable
from deskbreak.settings.model import Hours, Schedule
from deskbreak.settings.values import EVERY_DAY, Dates
from deskbreak.struct import replace
from tests.desk import BERLIN, moment, settings_of
from tests.thorough import examples

NIGHT = 'schedule.hours=[{days=["mon"], from="22:00", to="06:00"}]'
OFFICE = """schedule.hours=[
  {days=["mon","tue","wed","thu","fri"], from="09:00", to="12:30"},
  {days=["mon","tue","wed","thu","fri"], from="13:15", to="17:00"}]"""


def at(words: str, when: str) -> Timetable:
    return office_hours(settings_of(words).schedule, moment(when, BERLIN))


def changes(hours: Timetable) -> str:
    from datetime import datetime

    assert hours.changes_at is not None
    return f"{datetime.fromtimestamp(hours.changes_at, BERLIN):%a %H:%M}"


def test_none_at_all_means_always() -> None:
    assert office_hours(Schedule(), moment()) == Timetable(True, None)


@pytest.mark.parametrize(
    ("when", "is_open", "next_change"),
    [
        ("2026-03-02 08:59:59", False, "Mon 09:00"),
        ("2026-03-02 09:00", True, "Mon 12:30"),
        ("2026-03-02 12:30", False, "Mon 13:15"),
        ("2026-03-02 16:59", True, "Mon 17:00"),
        ("2026-03-06 17:00", False, "Mon 09:00"),
    ],
)
def test_windows_of_the_week(when: str, is_open: bool, next_change: str) -> None:
    hours = at(OFFICE, when)
    assert (hours.inside, changes(hours)) == (is_open, next_change)


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-03-02 21:59", False),
        ("2026-03-02 23:59", True),
        ("2026-03-03 00:01", True),
        ("2026-03-03 05:59", True),
        ("2026-03-03 06:00", False),
        ("2026-03-03 23:00", False),
        ("2026-03-02 01:00", False),
    ],
)
def test_a_window_over_midnight_belongs_to_the_day_it_begins_on(when: str, is_open: bool) -> None:
    assert at(NIGHT, when).inside is is_open


def test_the_whole_day_every_day_never_changes() -> None:
    assert at('schedule.hours=[{from="00:00", to="24:00"}]', "2026-03-02 12:00") == Timetable(
        True, None
    )


def test_the_whole_of_one_day() -> None:
    hours = at('schedule.hours=[{days=["sun"], from="00:00", to="24:00"}]', "2026-03-01 12:00")
    assert (hours.inside, changes(hours)) == (True, "Mon 00:00")


def test_windows_that_touch_are_one() -> None:
    two = 'schedule.hours=[{from="09:00", to="12:00"}, {from="12:00", to="17:00"}]'
    assert changes(at(two, "2026-03-02 10:00")) == "Mon 17:00"


def test_windows_that_overlap_are_one() -> None:
    two = 'schedule.hours=[{from="09:00", to="13:00"}, {from="12:00", to="17:00"}]'
    assert changes(at(two, "2026-03-02 12:30")) == "Mon 17:00"


def test_a_window_that_opens_in_the_hour_that_spring_skips() -> None:
    hours = at('schedule.hours=[{from="02:30", to="05:00"}]', "2026-03-29 01:59")
    assert (hours.inside, changes(hours)) == (False, "Sun 03:00")


def test_a_window_of_which_all_is_skipped_does_not_open() -> None:
    hours = at('schedule.hours=[{from="02:10", to="02:50"}]', "2026-03-29 01:59")
    assert (hours.inside, changes(hours)) == (False, "Mon 02:10")


def test_the_model_allows_days_to_be_left_out() -> None:
    assert Hours(begins=time(9), ends=time(17)).days[0] == "mon"


class TestPauses:
    NOW = moment("2026-03-02 15:00", BERLIN)

    def of(self, kind: PauseKind, for_s: float | None = None, until: time | None = None) -> Pause:
        return pause_of(kind, for_s, until, self.NOW, Schedule())

    def test_for_a_length(self) -> None:
        pause = self.of(PauseKind.FOR, 600)
        assert pause.ends_at(self.NOW) == self.NOW.elapsed + 600

    def test_for_a_second(self) -> None:
        assert self.of(PauseKind.FOR, 1).ends_at(self.NOW) == self.NOW.elapsed + 1

    def test_until_a_time(self) -> None:
        pause = self.of(PauseKind.UNTIL, until=time(17))
        assert pause.ends_at(self.NOW) == self.NOW.elapsed + 2 * 3600

    def test_until_a_time_tomorrow(self) -> None:
        pause = self.of(PauseKind.UNTIL, until=time(14))
        assert pause.until is not None
        assert pause.until.date() == date(2026, 3, 3)

    def test_for_the_rest_of_the_day(self) -> None:
        pause = self.of(PauseKind.TODAY)
        assert pause.ends_at(self.NOW) == self.NOW.elapsed + 13 * 3600

    def test_open(self) -> None:
        assert self.of(PauseKind.OPEN).ends_at(self.NOW) is None

    @pytest.mark.parametrize("for_s", [None, 0, -1, float("inf"), float("nan")])
    def test_a_length_above_zero(self, for_s: float | None) -> None:
        with pytest.raises(ValueError, match="length above zero"):
            self.of(PauseKind.FOR, for_s)

    def test_a_time(self) -> None:
        with pytest.raises(ValueError, match="needs that time"):
            self.of(PauseKind.UNTIL)

    @pytest.mark.parametrize(
        ("words", "when", "reads"),
        [
            (OFFICE, "2026-03-02 15:00", "Tue 09:00"),
            (OFFICE, "2026-03-06 11:00", "Mon 09:00"),  # a weekend between
            (OFFICE, "2026-03-06 03:30", "Fri 09:00"),  # the night belongs to the day before
            (NIGHT, "2026-03-02 23:00", "Mon 22:00"),  # this shift is today's, to its end
            ('schedule.hours=[{from="02:30", to="09:00"}]', "2026-03-28 10:00", "Sun 03:00"),
        ],
    )
    def test_today_ends_when_the_hours_of_another_day_begin(
        self, words: str, when: str, reads: str
    ) -> None:
        now = moment(when, BERLIN)
        ends = pause_of(PauseKind.TODAY, None, None, now, settings_of(words).schedule).ends_at(now)
        assert ends is not None
        assert f"{now.local_at(ends):%a %H:%M}" == reads
        assert ends > now.elapsed

    def test_today_before_holidays_ends_after_them(self) -> None:
        now = moment("2026-12-23 15:00", BERLIN)
        schedule = settings_of(OFFICE, "schedule.holidays=2026-12-24/2027-01-03").schedule
        ends = pause_of(PauseKind.TODAY, None, None, now, schedule).ends_at(now)
        assert ends is not None
        assert f"{now.local_at(ends):%Y-%m-%d %H:%M}" == "2027-01-04 09:00"


XMAS = "schedule.holidays=2026-12-25,2026-12-28/2027-01-01"


class TestHolidays:
    def at(self, when: str, *words: str) -> tuple[bool, str]:
        found = office_hours(settings_of(XMAS, *words).schedule, moment(when, BERLIN))
        assert found.changes_at is not None
        changes_at = datetime.fromtimestamp(found.changes_at, BERLIN)
        return found.inside, f"{changes_at:%m-%d %H:%M}"

    def test_a_day_off_and_a_week_off(self) -> None:
        assert self.at("2026-12-24 10:00", OFFICE) == (True, "12-24 12:30")
        assert self.at("2026-12-24 18:00", OFFICE) == (False, "01-04 09:00")
        assert self.at("2026-12-30 10:00", OFFICE) == (False, "01-04 09:00")

    def test_a_window_over_midnight_belongs_to_the_day_it_begins_on(self) -> None:
        nights = 'schedule.hours=[{from="22:00", to="06:00"}]'
        assert self.at("2026-12-25 01:00", nights) == (True, "12-25 06:00")
        assert self.at("2026-12-25 23:00", nights) == (False, "12-26 22:00")
        assert self.at("2026-12-26 01:00", nights) == (False, "12-26 22:00")

    def test_without_hours_a_day_off_goes_from_day_start_to_day_start(self) -> None:
        assert self.at("2026-12-25 03:00") == (True, "12-25 04:00")
        assert self.at("2026-12-26 03:59") == (False, "12-26 04:00")
        assert self.at("2026-12-26 04:00") == (True, "12-28 04:00")

    def test_an_end_that_is_a_year_away_is_found(self) -> None:
        schedule = settings_of("schedule.holidays=2026-03-01/2027-02-28").schedule
        found = office_hours(schedule, moment("2026-03-02 12:00", BERLIN))
        assert found.changes_at == moment("2027-03-01 04:00", BERLIN).wall


WINDOWS = st.builds(
    Hours,
    days=st.lists(st.sampled_from(EVERY_DAY), min_size=1, unique=True).map(tuple),
    begins=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    ends=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
OFF = st.builds(
    lambda first, more: Dates(first, first + timedelta(days=more)),
    st.dates(date(2026, 3, 20), date(2026, 4, 5)),
    st.integers(0, 4),
)


def is_inside(windows: list[Hours], off: list[Dates], wall: float) -> bool:
    """What the timetable says, found out the plain way: every window of two days is looked at."""
    today = datetime.fromtimestamp(wall, BERLIN).date()
    for day in (today - timedelta(days=1), today):
        for window in windows:
            if EVERY_DAY[day.weekday()] not in window.days or any(day in dates for dates in off):
                continue
            until = day if window.ends > window.begins else day + timedelta(days=1)
            begin, end = (
                local_datetime(datetime.combine(on, at), BERLIN).timestamp()
                for on, at in ((day, window.begins), (until, window.ends))
            )
            if begin <= wall < end:
                return True
    return False


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(
    st.lists(WINDOWS, min_size=1, max_size=3), st.lists(OFF, max_size=2),
    st.integers(0, 14 * 24 * 60),
)  # fmt: skip
def test_the_next_change_is_the_next_change(
    windows: list[Hours], off: list[Dates], minutes: int
) -> None:
    now = moment("2026-03-22 00:00", BERLIN)  # the clocks change a week on
    now = replace(now, wall=now.wall + minutes * 60)
    found = timetable(windows, now, off)
    assert found.inside is is_inside(windows, off, now.wall)
    until = found.changes_at if found.changes_at is not None else now.wall + 8 * 86400
    step = max(60.0, (until - now.wall) / 40)
    at = now.wall
    while at < until - 1:
        assert is_inside(windows, off, at) is found.inside
        at += step
    if found.changes_at is not None:
        assert is_inside(windows, off, until - 0.5) is found.inside
        assert is_inside(windows, off, until) is not found.inside
