"""What drawings are made of: periods, the blocks of a day, the map of a year."""

from datetime import date

import pytest

from deskbreak.stats.day import count
from deskbreak.stats.period import Period, Span, cells, months, years
from deskbreak.stats.timeline import Part, timeline
from deskbreak.text.stats import share
from tests.stats.rows import DAY, bout, routine, row, walk


def drawn(*rows: object) -> list[str]:
    found = timeline(list(rows))  # type: ignore[arg-type]
    return [
        f"{found.local(b.begin):%H:%M}-{found.local(b.end):%H:%M} {b.part}" for b in found.blocks
    ]


def test_a_break_lies_after_the_bout_that_it_ended() -> None:
    assert drawn(walk("09:35"), bout("09:35", 30), routine("10:05", "hips"), bout("10:05", 20)) == [
        "09:00-09:30 sitting", "09:30-09:35 walk", "09:43-10:03 sitting", "10:03-10:05 stretch",
    ]  # fmt: skip


def test_a_bout_that_an_absence_ended_lies_before_the_absence() -> None:
    rows = [row("10:02", "natural_break", away_s=120), bout("10:02", 30)]
    assert drawn(*rows) == ["09:30-10:00 sitting"]


def test_pauses_and_holds_are_drawn_from_begin_to_end() -> None:
    rows = [
        row("09:00", "paused"), row("09:20", "hold", reason="call"),
        row("09:30", "resumed"), row("09:50", "hold_over", reason="call"),
        row("10:00", "paused"),
    ]  # fmt: skip
    assert drawn(*rows) == ["09:00-09:30 paused", "09:20-09:50 held"]


def test_the_clock_is_that_of_the_place() -> None:
    found = timeline([row("09:30", "bout_ended", zone_s=19800, length_s=600, posture="standing")])
    assert f"{found.local(found.blocks[0].end):%H:%M}" == "09:30"
    assert [f"{found.local(edge):%H:%M}" for edge in found.hours] == ["09:00", "10:00"]


def test_a_day_without_anything_has_no_hours() -> None:
    assert timeline([]).hours == (0.0, 0.0)


def test_the_bout_that_runs_is_drawn_up_to_now() -> None:
    found = timeline([])
    found.goes_on(Part.SITTING, 600, row("09:10", "x").wall, 0)
    assert f"{found.local(found.blocks[0].begin):%H:%M}" == "09:00"


@pytest.mark.parametrize(
    ("span", "first", "last", "label"),
    [
        (Span.DAY, "2026-03-02", "2026-03-02", "Monday, 2 March 2026"),
        (Span.WEEK, "2026-03-02", "2026-03-08", "Week 10: 2 Mar 2026 \N{EN DASH} 8 Mar 2026"),
        (Span.MONTH, "2026-03-01", "2026-03-31", "March 2026"),
        (Span.YEAR, "2026-01-01", "2026-12-31", "2026"),
    ],
)
def test_a_period_around_a_day(span: Span, first: str, last: str, label: str) -> None:
    found = Period.around(span, DAY)
    assert (found.first.isoformat(), found.last.isoformat(), found.label) == (first, last, label)
    assert found.earlier().later() == found
    assert found.later().earlier() == found


def test_a_free_range_moves_by_its_own_length() -> None:
    found = Period.between(date(2026, 3, 2), date(2026, 3, 11))
    assert found.earlier() == Period.between(date(2026, 2, 20), date(2026, 3, 1))
    assert found.length == 10
    with pytest.raises(ValueError, match="is before"):
        Period.between(date(2026, 3, 2), date(2026, 3, 1))
    assert Period.between(DAY, DAY).span is Span.DAY


def test_the_year_after_december_is_found() -> None:
    assert Period.around(Span.MONTH, date(2026, 12, 5)).later().label == "January 2027"


def test_the_map_of_a_year_puts_days_into_weeks() -> None:
    day = count(DAY, [walk("09:00"), walk("10:00")])
    few = count(date(2026, 3, 3), [bout("09:00", 20)])
    found = {c.day: c for c in cells(date(2026, 1, 1), date(2026, 12, 31), [day, few])}
    assert len(found) == 365
    assert (found[DAY].row, found[DAY].strength, found[DAY].breaks) == (0, 4, 2)
    assert found[date(2026, 3, 3)].strength == 1
    assert found[date(2026, 3, 4)].strength == 0
    assert (found[date(2026, 1, 1)].column, found[date(2026, 12, 31)].column) == (0, 52)
    assert months(list(found.values()))[:2] == [(0, "Jan"), (4, "Feb")]


def test_a_long_range_is_cut_at_the_turn_of_the_years() -> None:
    assert years(date(2025, 6, 1), date(2026, 2, 1)) == [
        (date(2025, 6, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 2, 1)),
    ]


def test_a_share_is_said_in_per_cent() -> None:
    assert share(0.256) == "26 %"
