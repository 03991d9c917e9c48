"""How often a day a break can be put off (B17, B18), and the one that was missed (B23)."""

import pytest

from deskbreak.core.enums import BreakKind
from tests.desk import Desk, PlainAdviser

STRETCHES = "breaks.walk_share=0"
NO_SNOOZES = "Today's snoozes are used up. A minute on your feet counts for a lot, too."
NO_SKIPS = "Today's skips are used up. A short walk or stretch will do."
NOTHING_MISSED = "No break of today waits to be made up for; any other is welcome."


class TestBudgetOfTheDay:
    def test_b17_as_many_as_you_like_unless_said_otherwise(self) -> None:
        desk = Desk()
        for _ in range(9):
            desk.works("30m").answers("skip").leaves("5m")
        assert desk.status.today.skips_left is None
        assert desk.status.today.snoozes_left is None

    def test_b17_a_snooze_that_is_used_up_is_not_offered(self) -> None:
        desk = Desk("breaks.snoozes_a_day=2").works("30m").answers("snooze").works("5m")
        assert desk.status.today.snoozes_left == 1
        assert desk.status.can_snooze
        desk.answers("snooze").leaves("5m").forgets().works("30m")
        desk.finds("1h10m prompt actions=walk,stretch,skip")
        assert not desk.status.can_snooze
        assert desk.answers("snooze").refusal == NO_SNOOZES
        assert desk.status.prompt is not None
        desk.finds()

    def test_b17_the_limit_of_a_bout_still_counts(self) -> None:
        desk = Desk("breaks.snoozes_a_day=9", "breaks.snooze_limit=1").works("30m")
        desk.answers("snooze").works("5m")
        assert not desk.status.can_snooze
        assert desk.status.today.snoozes_left == 8

    def test_b18_a_skip_that_is_used_up_is_not_offered(self) -> None:
        desk = Desk("breaks.skips_a_day=1").works("30m")
        assert (desk.status.can_skip, desk.status.today.skips_left) == (True, 1)
        desk.answers("skip").forgets().works("15m")
        desk.finds("45m prompt actions=walk,stretch,snooze")
        assert (desk.status.can_skip, desk.status.today.skips_left) == (False, 0)
        assert desk.answers("skip").refusal == NO_SKIPS
        assert desk.status.prompt is not None
        desk.answers("dismiss").finds("45m dismissed")  # nobody is held fast

    def test_b18_a_break_can_be_ended_however_many_skips_there_were(self) -> None:
        desk = Desk("breaks.skips_a_day=1").works("30m").answers("skip").asks("walk").forgets()
        desk.answers("skip").finds("30m break_ended outcome=skipped")

    def test_b18_what_there_is_nothing_of_is_said_first(self) -> None:
        desk = Desk("breaks.skips_a_day=1").works("30m").answers("skip").leaves("5m").works("1m")
        assert desk.answers("skip").refusal == "There is no break to skip right now."

    def test_b18_a_new_day_has_new_ones(self) -> None:
        desk = Desk("breaks.skips_a_day=1", "breaks.snoozes_a_day=1", at="2026-03-02 03:00")
        desk.works("30m").answers("snooze").works("5m").answers("skip")
        assert (desk.status.today.skips_left, desk.status.today.snoozes_left) == (0, 0)
        desk.works("30m")
        assert (desk.status.today.skips_left, desk.status.today.snoozes_left) == (1, 1)

    def test_b18_a_restart_gives_none_back(self) -> None:
        desk = Desk("breaks.skips_a_day=1").works("30m").answers("skip").restarts().works("15m")
        assert desk.answers("skip").refusal == NO_SKIPS

    def test_b18_other_settings_count_at_once(self) -> None:
        desk = Desk("breaks.skips_a_day=1").works("30m").answers("skip").works("15m")
        desk.sets("breaks.skips_a_day=2").forgets().answers("skip").finds("45m skipped")


class TestTheBreakIMissed:
    @pytest.mark.parametrize("answer", ["skip", "dismiss", "expire"])
    def test_b23_what_the_last_prompt_suggested_can_be_had_after_all(self, answer: str) -> None:
        desk = Desk(STRETCHES).works("30m").answers(answer).works("2m")
        missed = desk.status.missed
        assert missed is not None
        assert (missed.kind, missed.routine) == (BreakKind.STRETCH, "reach")
        desk.forgets().makes_up().finds("32m break_started kind=stretch routine=reach")
        desk.waits("2m").plays()
        assert desk.status.missed is None

    def test_b23_a_prompt_that_was_ignored_is_missed_until_the_next_is_there(self) -> None:
        desk = Desk(STRETCHES, "breaks.typing_gap=2s").works("30m").rests("3s").works("5m")
        assert desk.status.prompt is None  # the first is gone, the second waits for a gap
        assert desk.status.missed is not None
        desk.rests("3s")
        assert desk.status.prompt is not None
        assert desk.status.missed is None

    def test_b23_the_very_same_walk(self) -> None:
        desk = Desk('schedule.meals=["12:00"]', at="2026-03-02 12:20").works("30m").answers("skip")
        desk.works("1m").makes_up()
        taken = desk.status.break_
        assert taken is not None
        assert (taken.kind, taken.length_s) == (BreakKind.WALK, 600.0)

    def test_b23_any_break_that_was_taken_makes_up_for_it(self) -> None:
        desk = Desk().works("30m").answers("skip").asks("walk").leaves("5m").works("1m")
        assert desk.status.missed is None
        assert desk.makes_up().refusal == NOTHING_MISSED

    def test_b23_one_that_was_begun_and_left_does_not(self) -> None:
        desk = Desk(STRETCHES).works("30m").answers("skip").makes_up().waits("5s").plays(0.1)
        assert desk.status.missed is not None

    @pytest.mark.parametrize("answer", ["snooze", "walk"])
    def test_b23_what_was_put_off_or_taken_is_not_missed(self, answer: str) -> None:
        assert Desk().works("30m").answers(answer).status.missed is None

    def test_b23_nor_what_was_never_asked(self) -> None:
        assert Desk().works("10m").makes_up().refusal == NOTHING_MISSED

    def test_b23_it_outlives_a_restart_but_not_the_day(self) -> None:
        desk = Desk(STRETCHES, at="2026-03-02 03:20").works("30m").answers("skip").restarts("1m")
        missed = desk.status.missed
        assert missed is not None
        assert (missed.routine_name, missed.length_s) == ("Reach up", 120.0)
        desk.rests("10m")
        assert desk.status.missed is None

    def test_b23_a_routine_that_is_no_longer_there(self) -> None:
        adviser = PlainAdviser()
        desk = Desk(STRETCHES, adviser=adviser).works("30m").answers("skip")
        adviser.knows = False
        assert desk.makes_up().refusal == NOTHING_MISSED
