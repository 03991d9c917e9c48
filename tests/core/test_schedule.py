"""Office hours and pauses (B20)."""

from datetime import date, time

import pytest

from deskbreak.core.schedule import OfficeHours, Pause, office_hours, pause_of
from deskbreak.core.words import PauseKind
from deskbreak.settings.model import Hours
from tests.desk import BERLIN, moment, settings_of

NIGHT = 'schedule.hours=[{days=["mon"], from="22:00", to="06:00"}]'
OFFICE = """schedule.hours=[
  {days=["mon","tue","wed","thu","fri"], from="09:00", to="12:30"},
  {days=["mon","tue","wed","thu","fri"], from="13:15", to="17:00"}]"""


def at(words: str, when: str) -> OfficeHours:
    return office_hours(settings_of(words).schedule.hours, moment(when, BERLIN))


def changes(hours: OfficeHours) -> str:
    from datetime import datetime

    assert hours.changes_at is not None
    return f"{datetime.fromtimestamp(hours.changes_at, BERLIN):%a %H:%M}"


def test_none_at_all_means_always() -> None:
    assert office_hours((), moment()) == OfficeHours(True, None)


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
    assert (hours.is_open, changes(hours)) == (is_open, next_change)


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
    assert at(NIGHT, when).is_open is is_open


def test_the_whole_day_every_day_never_changes() -> None:
    assert at('schedule.hours=[{from="00:00", to="24:00"}]', "2026-03-02 12:00") == OfficeHours(
        True, None
    )


def test_the_whole_of_one_day() -> None:
    hours = at('schedule.hours=[{days=["sun"], from="00:00", to="24:00"}]', "2026-03-01 12:00")
    assert (hours.is_open, changes(hours)) == (True, "Mon 00:00")


def test_windows_that_touch_are_one() -> None:
    two = 'schedule.hours=[{from="09:00", to="12:00"}, {from="12:00", to="17:00"}]'
    assert changes(at(two, "2026-03-02 10:00")) == "Mon 17:00"


def test_windows_that_overlap_are_one() -> None:
    two = 'schedule.hours=[{from="09:00", to="13:00"}, {from="12:00", to="17:00"}]'
    assert changes(at(two, "2026-03-02 12:30")) == "Mon 17:00"


def test_a_window_that_opens_in_the_hour_that_spring_skips() -> None:
    hours = at('schedule.hours=[{from="02:30", to="05:00"}]', "2026-03-29 01:59")
    assert (hours.is_open, changes(hours)) == (False, "Sun 03:00")


def test_a_window_of_which_all_is_skipped_does_not_open() -> None:
    hours = at('schedule.hours=[{from="02:10", to="02:50"}]', "2026-03-29 01:59")
    assert (hours.is_open, changes(hours)) == (False, "Mon 02:10")


def test_the_model_allows_days_to_be_left_out() -> None:
    assert Hours(begins=time(9), ends=time(17)).days[0] == "mon"


class TestPauses:
    NOW = moment("2026-03-02 15:00", BERLIN)

    def of(self, kind: PauseKind, for_s: float | None = None, until: time | None = None) -> Pause:
        return pause_of(kind, for_s, until, self.NOW, time(4))

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
