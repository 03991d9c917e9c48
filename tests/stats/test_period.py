"""Periods at the edges of the calendar."""

from datetime import date

import pytest

from deskbreak.stats.period import Period, Span


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("day", [date.min, date(2300, 2, 28), date(9999, 12, 31)])
def test_a_clock_at_the_end_of_all_days_has_periods_too(span: Span, day: date) -> None:
    period = Period.around(span, day)
    assert period.first <= day <= period.last
    for other in (period.earlier(), period.later(), period.four_weeks_before()):
        assert other.first <= other.last
        assert other.label


def test_a_month_ends_with_its_last_day() -> None:
    assert Period.around(Span.MONTH, date(2028, 2, 3)).last == date(2028, 2, 29)
    assert Period.around(Span.MONTH, date(2026, 12, 3)).last == date(2026, 12, 31)
