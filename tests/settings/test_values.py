from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.settings.files import shipped
from deskbreak.settings.load import check_text
from deskbreak.settings.values import Dates, Duration


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (90, "1m30s"), (4500, "1h15m"), (86_400, "1d"), (0.4, "0s"), (59.6, "1m")],
)
def test_it_is_written_the_short_way(seconds: float, text: str) -> None:
    assert Duration(seconds).text == text


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_back(seconds: int) -> None:
    assert Duration.parse(Duration(seconds).text) == seconds


def test_in_code_it_is_a_plain_number_of_seconds() -> None:
    assert Duration.parse("1m") + 0.5 == 60.5
    assert f"{Duration.parse('1m')}" == "60.0"


PRESETS = shipped("config") / "presets"


@pytest.mark.parametrize("text", ["2026-12-25", "2026-12-24/2027-01-01"])
def test_what_is_read_is_written(text: str) -> None:
    assert Dates.parse(text).text == text


def test_both_ends_are_included() -> None:
    days = Dates.parse("2026-12-24/2027-01-01")
    assert [date(2026, 12, 24) in days, date(2027, 1, 1) in days, date(2027, 1, 2) in days] == [
        True, True, False,
    ]  # fmt: skip
    assert Dates.parse("2026-12-25/2026-12-25") == Dates.parse("2026-12-25")


def test_texts_and_dates_of_toml_are_taken() -> None:
    loaded = check_text(
        '[schedule]\nholidays = ["2026-12-24/2027-01-01", 2026-05-01]\n', "c", PRESETS
    )
    assert loaded.problems == ()
    assert loaded.settings.schedule.holidays == (
        Dates.parse("2026-12-24/2027-01-01"),
        Dates.parse("2026-05-01"),
    )


@pytest.mark.parametrize(
    "found", ["2026-02-30", "2026-05-02/2026-05-01", "25.12.2026", "2026-12-24/", "20261224"]
)
def test_others_are_refused_with_what_is_allowed(found: str) -> None:
    loaded = check_text(f'[schedule]\nholidays = ["{found}"]\n', "c", PRESETS)
    assert [str(problem) for problem in loaded.problems] == [
        f'c:2: schedule.holidays[1]: found "{found}", allowed: a date such as "2026-12-25", '
        'or from one to another: "2026-12-24/2027-01-01"'
    ]
