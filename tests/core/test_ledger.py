"""The day's time, split so that its parts add up to the day (B10)."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.enums import Activity
from deskbreak.core.ledger import IN_A_BOUT, Ledger, Span, day_of, round_parts, start_of
from tests.desk import BERLIN, moment
from tests.thorough import examples

FOUR = time(4)
SITTING, STANDING, AWAY, BREAK = (
    Activity.SITTING, Activity.STANDING, Activity.AWAY, Activity.BREAK,
)  # fmt: skip


def ledger(*spans: tuple[float, float, Activity]) -> Ledger:
    """A day that begins at 0 on every clock."""
    day = Ledger(date(2026, 3, 2), 0.0)
    for begin, end, activity in spans:
        day.credit(activity, begin, end)
    return day


class TestDays:
    @pytest.mark.parametrize(
        ("at", "day"),
        [("2026-03-02 04:00", 2), ("2026-03-02 03:59:59", 1), ("2026-03-02 23:59", 2),
         ("2026-03-03 00:30", 2)],
    )  # fmt: skip
    def test_begin_when_the_person_says(self, at: str, day: int) -> None:
        assert day_of(moment(at, BERLIN), FOUR) == date(2026, 3, day)

    def test_begin_at_midnight_too(self) -> None:
        assert day_of(moment("2026-03-02 00:00", BERLIN), time(0)) == date(2026, 3, 2)

    def test_do_not_depend_on_the_last_digit(self) -> None:
        midnight = moment("2026-03-02 00:00", BERLIN)
        assert day_of(midnight.before(4e-7), time(0)) == date(2026, 3, 2)
        assert day_of(midnight.before(0.1), time(0)) == date(2026, 3, 1)

    @pytest.mark.parametrize(("day", "hours"), [(28, 23), (29, 24), (27, 24)])
    def test_have_the_length_that_they_have(self, day: int, hours: int) -> None:
        now = moment("2026-03-28 12:00", BERLIN)
        length = start_of(date(2026, 3, day + 1), now, FOUR) - start_of(
            date(2026, 3, day), now, FOUR
        )
        assert length == hours * 3600

    def test_before_the_start_nothing_ran(self) -> None:
        day = Ledger.opened(moment("2026-03-02 09:00", BERLIN), FOUR)
        assert (day.day, day.of(Activity.NOT_RUNNING)) == (date(2026, 3, 2), 5 * 3600)


class TestSpans:
    def test_the_same_again_is_the_same_span(self) -> None:
        day = ledger((0, 10, SITTING), (10, 30, SITTING), (30, 40, AWAY), (45, 50, AWAY))
        assert day.spans == [Span(0, 30, SITTING), Span(30, 40, AWAY), Span(45, 50, AWAY)]

    def test_no_time_is_no_span(self) -> None:
        assert ledger((5, 5, SITTING)).spans == []

    def test_what_is_certain_is_summed_up(self) -> None:
        day = ledger((0, 10, SITTING), (10, 30, AWAY))
        day.confirm(20)
        assert (day.sums, day.spans) == ({SITTING: 10.0, AWAY: 10.0}, [Span(20, 30, AWAY)])
        assert (day.of(SITTING), day.of(AWAY)) == (10, 20)

    def test_exactly_to_the_end_of_one(self) -> None:
        day = ledger((0, 10, SITTING), (10, 30, AWAY))
        day.confirm(10)
        assert day.spans == [Span(10, 30, AWAY)]
        day.confirm(10)
        day.confirm(30)
        assert day.spans == []

    def test_moving_cuts(self) -> None:
        day = ledger((0, 30, SITTING))
        assert day.move(20, IN_A_BOUT, AWAY) == 10
        assert day.spans == [Span(0, 20, SITTING), Span(20, 30, AWAY)]

    def test_moving_what_ends_there_leaves_it_whole(self) -> None:
        day = ledger((0, 30, SITTING))
        assert day.move(30, IN_A_BOUT, AWAY) == 0
        assert day.spans == [Span(0, 30, SITTING)]

    def test_moving_takes_only_what_is_meant(self) -> None:
        day = ledger((0, 10, SITTING), (10, 20, BREAK), (20, 30, STANDING))
        assert day.move(5, IN_A_BOUT, AWAY) == 15
        assert [span.activity for span in day.spans] == [SITTING, AWAY, BREAK, AWAY]

    def test_what_is_summed_up_stays(self) -> None:
        day = ledger((0, 30, SITTING))
        day.confirm(25)
        assert day.move(0, IN_A_BOUT, AWAY) == 5

    def test_the_eve_is_looked_at_and_not_counted(self) -> None:
        now = moment("2026-03-02 04:00", BERLIN)
        day = Ledger.opened(now, FOUR, [Span(0, 50, SITTING), Span(50, 60, AWAY)])
        day.credit(SITTING, 60, 70)
        assert day.move(40, IN_A_BOUT, AWAY) == 20
        assert (day.of(SITTING), day.of(AWAY)) == (0, 10)
        day.confirm(55)
        assert day.eve == [Span(50, 60, AWAY)]


class TestTheWallClock:
    def test_set_forward_nothing_ran(self) -> None:
        day = ledger((0, 100, SITTING))
        day.stepped += 50
        parts = day.whole_seconds()
        assert (parts["sitting"], parts["not_running"]) == (100, 50)

    def test_set_back_comes_off_what_was_least_sure(self) -> None:
        day = ledger((0, 100, SITTING), (100, 130, AWAY))
        day.sums[Activity.NOT_RUNNING] = 20
        day.stepped += -60
        parts = day.whole_seconds()
        assert (parts["sitting"], parts["away"], parts["not_running"]) == (90, 0, 0)

    def test_set_back_further_than_there_was(self) -> None:
        day = ledger((0, 100, SITTING))
        day.stepped += -500
        assert set(day.whole_seconds().values()) == {0}

    def test_steps_add_up(self) -> None:
        day = ledger((0, 100, SITTING))
        day.stepped += 3600
        day.stepped += -600
        assert day.whole_seconds()["not_running"] == 3000

    def test_a_fraction_is_owed_once(self) -> None:
        day = ledger((0, 100, AWAY))
        day.sums[Activity.NOT_RUNNING] = 20.6
        day.stepped += -20
        parts = {part: spent for part, spent in day.whole_seconds().items() if spent}
        assert parts == {"away": 100, "not_running": 1}

    def test_a_closed_day_has_its_length(self) -> None:
        day = ledger((0, 100, SITTING))
        assert sum(day.close(86400).values()) == 86400


class TestWholeSeconds:
    def test_together_they_make_the_rounded_sum(self) -> None:
        thirds = {SITTING: 100 / 3, STANDING: 100 / 3, AWAY: 100 / 3}
        assert sorted(round_parts(thirds).values()) == [33, 33, 34]

    def test_the_largest_remainder_is_rounded_up(self) -> None:
        assert round_parts({SITTING: 1.2, AWAY: 2.8}) == {"sitting": 1, "away": 3}
        assert round_parts({SITTING: 2.8, AWAY: 1.2}) == {"sitting": 3, "away": 1}

    def test_of_equal_ones_always_the_same(self) -> None:
        halves = {SITTING: 0.5, AWAY: 0.5}
        assert round_parts(halves) == round_parts(dict(reversed(halves.items())))

    def test_what_is_whole_but_for_a_trifle_stays_whole(self) -> None:
        assert round_parts({SITTING: 2.9999999, AWAY: 1.0000001}) == {"sitting": 3, "away": 1}

    @settings(max_examples=examples(100), deadline=None, derandomize=True)
    @given(st.dictionaries(st.sampled_from(Activity), st.floats(0, 90000), min_size=1))
    def test_for_any_parts(self, parts: dict[Activity, float]) -> None:
        whole = round_parts(parts)
        assert sum(whole.values()) == pytest.approx(round(sum(parts.values())), abs=0)
        assert all(abs(whole[part.value] - exact) < 1.001 for part, exact in parts.items())
