"""What is counted: B1 to B10."""

from datetime import UTC as REAL_UTC

import pytest

from deskbreak.core.effects import FindRoutine, NoticeKind, SaveState, ShowNotice
from deskbreak.core.engine import Engine
from deskbreak.core.enums import Feedback
from deskbreak.core.events import FeedbackGiven, ReadingSet, Sampled, Sleeping, Ticked, Woke
from deskbreak.core.holds import sound_alone
from tests.desk import BERLIN, Desk, seconds


class TestB1SittingBout:
    def test_b1_grows_while_sitting_at_the_desk(self) -> None:
        assert Desk().works("12m").bout == 720

    def test_b1_is_not_typing_time(self) -> None:
        desk = Desk()
        for _ in range(10):
            desk.works("20s").rests("40s")
        assert desk.bout == 600

    def test_b1_does_not_grow_while_locked(self) -> None:
        assert Desk().works("10m").locks("1m").works("5m").bout == 900

    def test_b1_does_not_grow_while_asleep(self) -> None:
        assert Desk().works("10m").sleeps("1m").works("5m").bout == 900

    def test_b1_counts_sitting_and_standing_apart(self) -> None:
        desk = Desk().works("10m").says("standing").works("4m")
        assert (desk.bout, desk.status.posture.value) == (240, "standing")


class TestB2AtDesk:
    def test_b2_without_input_for_less_than_away_after(self) -> None:
        desk = Desk().works("10m").rests("59s")
        assert (desk.state, desk.bout) == ("sitting", 659)

    def test_b2_away_from_away_after_on(self) -> None:
        assert Desk().works("10m").rests("60s").state == "away"

    @pytest.mark.parametrize("reason", ["call", "camera", "inhibitor"])
    def test_b2_seated_without_input(self, reason: str) -> None:
        desk = Desk("breaks.sit_limit=2h").works("10m").holds(reason).rests("40m")
        assert (desk.state, desk.bout) == ("sitting", 3000)

    @pytest.mark.parametrize("reason", ["fullscreen", "do_not_disturb", "screen_share", "calendar"])
    def test_b2_other_holds_are_no_reason_to_be_seated(self, reason: str) -> None:
        assert Desk().works("10m").holds(reason).rests("90s").state == "away"

    def test_b2_inhibitors_count_only_if_wanted(self) -> None:
        desk = Desk("presence.count_inhibitors=false").holds("inhibitor").rests("90s")
        assert desk.state == "away"

    def test_b2_reading(self) -> None:
        desk = Desk("breaks.sit_limit=2h").works("10m").reads().rests("30m")
        assert (desk.state, desk.bout, desk.status.presence.reading) == ("sitting", 2400, True)

    def test_b2_the_reason_vouches_until_it_is_gone(self) -> None:
        desk = Desk("breaks.sit_limit=2h").works("10m").reads().rests("30m").reads(False)
        desk.waits("59s")
        assert desk.state == "sitting"
        desk.waits("1s")
        assert (desk.state, desk.bout) == ("away", 2400)

    def test_b2_what_the_source_says_later_does_not_take_that_back(self) -> None:
        desk = Desk("breaks.sit_limit=2h").works("10m").reads().rests("30m").reads(False)
        desk.world.tell(Sampled(desk.world.idle_s))
        desk.waits("30s")
        assert (desk.state, desk.bout) == ("sitting", 2430)

    @pytest.mark.parametrize("reason", ["call", "inhibitor"])
    def test_b2_locked_is_away_whatever_else_holds(self, reason: str) -> None:
        desk = Desk().works("10m").holds(reason)
        desk.world.lock()
        assert desk.waits("1m").state == "away"
        desk.world.unlock()
        assert (desk.state, desk.bout) == ("sitting", 600)

    def test_b2_reading_and_locked(self) -> None:
        desk = Desk().works("10m").reads().rests("5m").locks("1m")
        assert (desk.state, desk.bout) == ("sitting", 900)

    def test_b2_a_call_that_ends_behind_the_lock_vouches_up_to_the_lock(self) -> None:
        desk = Desk().works("5m").holds().rests("5m")
        desk.world.lock()
        desk.waits("10s").releases().waits("80s")
        assert desk.bout == 600

    def test_b2_asleep_is_away_whatever_else_holds(self) -> None:
        desk = Desk().works("10m").reads().sleeps("1m")
        assert (desk.ledger["asleep"], desk.bout) == (60, 600)

    def test_b2_a_reason_that_comes_up_while_away_brings_back(self) -> None:
        desk = Desk().works("10m").rests("90s").holds()
        assert (desk.state, desk.bout) == ("sitting", 600)

    def test_b2_the_same_reason_twice_is_one(self) -> None:
        desk = Desk().works("10m").reads().reads().rests("90s")
        assert desk.state == "sitting"

    def test_b2_ending_a_reason_while_typing_changes_nothing(self) -> None:
        assert Desk().reads().works("10m").reads(False).works("1m").bout == 660


class TestB3AwayIsDatedBack:
    def test_b3_to_the_last_input(self) -> None:
        desk = Desk().works("10m").rests("61s")
        assert (desk.bout, desk.ledger["away"]) == (600, 61)

    def test_b3_also_of_one_who_locked_the_screen_in_between(self) -> None:
        desk = Desk().works("10m").rests("40s")
        desk.world.lock()
        assert desk.bout == 640
        assert desk.waits("20s").bout == 600

    def test_b3_also_of_one_whose_machine_fell_asleep_in_between(self) -> None:
        desk = Desk().works("10m").rests("40s").sleeps("30s")
        assert desk.bout == 600

    def test_b3_reminders_give_that_time_back_as_well(self) -> None:
        desk = Desk('reminder=[{name="eyes", every="11m"}]').works("10m").leaves("90s")
        assert desk.works("59s").events("reminder") == []
        assert desk.works("1s").events("reminder") == ["12m30s reminder"]

    def test_b3_across_the_end_of_the_day(self) -> None:
        desk = Desk(at="2026-03-02 03:50")
        desk.works("9m30s").rests("2m")
        assert desk.bout == 0
        desk.finds(
            "10m day_closed", "11m30s natural_break away_s=120", "11m30s bout_ended length_s=570"
        )

    def test_b3_across_the_begin_of_off_hours(self) -> None:
        desk = Desk('schedule.hours=[{from="09:00", to="09:10"}]').works("9m30s").rests("1m")
        assert (desk.bout, desk.ledger["away"], desk.ledger["off_hours"]) == (570, 30, 30)


class TestB4NaturalBreak:
    def test_b4_ends_the_bout_the_moment_it_is_earned(self) -> None:
        desk = Desk().works("25m").rests("10m")
        desk.finds("27m natural_break away_s=120", "27m bout_ended posture=sitting length_s=1500")
        assert (desk.bout, desk.status.today.natural) == (0, 1)

    def test_b4_a_second_less_leaves_the_bout_as_it_was(self) -> None:
        desk = Desk().works("25m").leaves("119s")
        desk.finds()
        assert desk.bout == 1500
        assert desk.works("10s").bout == 1510

    def test_b4_exactly_that_long_is_enough(self) -> None:
        desk = Desk().works("25m").leaves("2m")
        desk.finds("27m natural_break", "27m bout_ended")

    def test_b4_once_for_an_absence(self) -> None:
        assert len(Desk().works("25m").rests("8h").events("natural_break")) == 1

    def test_b4_each_one_counts(self) -> None:
        desk = Desk().works("5m").leaves("3m").works("5m").leaves("3m")
        assert desk.status.today.natural == 2

    def test_b4_a_second_is_a_bout(self) -> None:
        desk = Desk().works("1s").locks("2m")
        desk.finds("2m1s natural_break", "2m1s bout_ended length_s=1")

    def test_b4_locking_the_screen_earns_it_too(self) -> None:
        desk = Desk().works("25m")
        desk.world.lock()
        desk.waits("3m").finds("27m natural_break away_s=120", "27m bout_ended length_s=1500")

    def test_b4_nothing_is_said_of_a_bout_that_has_not_begun(self) -> None:
        desk = Desk()
        desk.world.lock()
        desk.waits("10m").finds()

    def test_b4_short_absences_do_not_add_up(self) -> None:
        desk = Desk().works("10m").leaves("90s").works("1m").leaves("90s").works("1m")
        assert desk.bout == 720

    def test_b4_longer_away_after_than_the_break_itself(self) -> None:
        desk = Desk("breaks.natural_break=30s").works("10m").rests("59s")
        assert desk.bout == 659
        desk.waits("1s").finds("11m natural_break away_s=60", "11m bout_ended length_s=600")

    def test_b4_a_shorter_natural_break_set_meanwhile_counts_at_once(self) -> None:
        desk = Desk("breaks.natural_break=10m").works("10m").rests("5m")
        desk.sets("breaks.natural_break=2m").finds(
            "15m natural_break away_s=300", "15m bout_ended length_s=600"
        )


class TestB5Bumps:
    def test_b5_a_nudge_does_not_end_an_absence(self) -> None:
        desk = Desk().works("10m").rests("70s").nudges("2s").waits("48s")
        desk.finds("12m natural_break away_s=120", "12m bout_ended length_s=600")

    def test_b5_nudges_add_up(self) -> None:
        desk = Desk("breaks.natural_break=10m").works("10m").rests("70s")
        for _ in range(3):
            desk.nudges("1s").waits("9s")
        assert desk.state == "sitting"
        assert desk.ledger["away"] == 90

    def test_b5_input_for_that_long_is_a_return_dated_back(self) -> None:
        desk = Desk().works("10m").leaves("90s")
        assert desk.works("2s").state == "away"
        assert desk.works("1s").state == "sitting"
        assert (desk.bout, desk.ledger["away"]) == (603, 90)

    def test_b5_a_return_just_before_the_natural_break_is_in_time(self) -> None:
        desk = Desk().works("10m").leaves("119s").works("1m")
        desk.finds()
        assert desk.bout == 660

    def test_b5_a_bump_across_that_moment_does_not_move_it(self) -> None:
        desk = Desk().works("10m").rests("119s").nudges("2s").waits("5s")
        desk.finds("12m natural_break away_s=120", "12m bout_ended length_s=600")

    def test_b5_an_old_bump_does_not_date_a_later_break(self) -> None:
        desk = Desk("breaks.natural_break=30s").works("10m").rests("70s").nudges("1s").waits("1m")
        desk.works("10m").forgets().rests("70s")
        desk.finds("23m11s natural_break away_s=60", "23m11s bout_ended")

    def test_b5_off(self) -> None:
        desk = Desk("presence.bump_filter=0s").works("10m").leaves("90s")
        assert desk.state == "sitting"

    @pytest.mark.parametrize("absence", ["lock", "sleep"])
    def test_b5_also_after_a_lock_or_a_sleep(self, absence: str) -> None:
        desk = Desk().works("10m")
        (desk.locks if absence == "lock" else desk.sleeps)("70s")
        assert desk.state == "away"
        assert desk.waits("2s").state == "away"
        assert desk.waits("1s").state == "sitting"
        assert desk.bout == 603

    def test_b5_unlocking_alone_is_no_return(self) -> None:
        desk = Desk().works("10m")
        desk.world.lock()
        desk.rests("70s").world.unlock()
        desk.waits("1m").finds("12m natural_break away_s=120", "12m bout_ended length_s=600")

    def test_b5_the_password_belongs_to_the_lock(self) -> None:
        desk = Desk().works("10m")
        desk.world.lock()
        desk.rests("60s").works("5s").rests("1s").world.unlock()
        desk.waits("54s").finds("12m natural_break away_s=120", "12m bout_ended length_s=600")

    def test_b5_a_source_that_only_tells_is_believed_while_it_is_silent(self) -> None:
        desk = Desk().works("10m").rests("90s")
        world = desk.world
        world.tell(Sampled(0.0))  # and now nothing more: input goes on
        for after in (3.0, 4.9):
            world.engine.handle(Ticked(), world.now.before(-after))
            assert desk.state == "away"
        world.engine.handle(Ticked(), world.now.before(-5.0))
        assert (desk.state, desk.bout) == ("sitting", 605)


class TestB6Unknown:
    def test_b6_is_a_state_of_its_own(self) -> None:
        desk = Desk()
        desk.world.lose_source("nobody knows")
        desk.rests("10m")
        presence = desk.status.presence
        assert (desk.state, presence.state.value, presence.why) == (
            "unknown",
            "unknown",
            "nobody knows",
        )
        assert (presence.idle_s, desk.bout, desk.ledger["unknown"]) == (None, 600, 600)

    def test_b6_prompts_come_without_politeness(self) -> None:
        desk = Desk("breaks.typing_gap=3s")
        desk.world.lose_source()
        desk.rests("31m").finds("30m prompt bout_s=1800")

    def test_b6_only_a_lock_earns_a_natural_break(self) -> None:
        desk = Desk("breaks.sit_limit=2h").works("10m")
        desk.world.lose_source()
        desk.rests("1h").finds()
        desk.locks("2m").finds("1h12m natural_break away_s=120", "1h12m bout_ended length_s=4200")
        assert desk.state == "unknown"

    def test_b6_or_a_sleep(self) -> None:
        desk = Desk("breaks.sit_limit=2h").works("10m")
        desk.world.lose_source()
        desk.rests("1h").sleeps("5m")
        desk.finds("1h12m natural_break", "1h12m bout_ended length_s=4200")

    def test_b6_an_absence_ends_when_nobody_can_see_it_any_more(self) -> None:
        desk = Desk().works("10m").rests("90s")
        desk.world.lose_source()
        assert (desk.state, desk.bout) == ("unknown", 600)
        assert desk.waits("1m").bout == 660

    def test_b6_not_behind_a_lock(self) -> None:
        desk = Desk().works("10m")
        desk.world.lock()
        desk.world.lose_source()
        assert desk.waits("1m").state == "away"

    def test_b6_found_again(self) -> None:
        desk = Desk().works("10m")
        desk.world.lose_source()
        desk.waits("5m").world.find_source()
        assert (desk.waits("5m").state, desk.bout) == ("sitting", 1200)

    def test_b6_found_again_while_the_person_is_away(self) -> None:
        desk = Desk().works("10m")
        desk.world.lose_source()
        desk.rests("1m").world.find_source()
        assert desk.waits("10s").state == "away"

    def test_b6_found_behind_a_lock(self) -> None:
        desk = Desk().works("10m")
        desk.world.lose_source()
        desk.world.lock()
        desk.waits("30s").world.find_source()
        assert desk.waits("30s").state == "away"
        desk.world.unlock()
        assert desk.waits("3s").state == "sitting"

    def test_b6_reading_is_known(self) -> None:
        desk = Desk()
        desk.world.lose_source()
        assert desk.reads().rests("10m").state == "sitting"


class TestB7Sleep:
    @pytest.mark.parametrize("announced", [True, False])
    def test_b7_long_enough_is_a_natural_break(self, announced: bool) -> None:
        desk = Desk().works("25m").sleeps("8h", announced=announced).waits("1m")
        desk.finds("27m natural_break away_s=120", "27m bout_ended length_s=1500")
        assert (desk.bout, desk.ledger["asleep"]) == (60, 8 * 3600)

    @pytest.mark.parametrize("announced", [True, False])
    @pytest.mark.parametrize("clock", [True, False], ids=["stops", "counts"])
    def test_b7_shorter_leaves_the_bout_as_it_was(self, announced: bool, clock: bool) -> None:
        desk = Desk(source_stops_in_sleep=clock)
        desk.works("25m").sleeps("119s", announced=announced).waits("10s").finds()
        assert desk.bout == 1510

    @pytest.mark.parametrize("clock", [True, False], ids=["stops", "counts"])
    def test_b7_nobody_at_the_keys_after_waking(self, clock: bool) -> None:
        desk = Desk(source_stops_in_sleep=clock).works("25m").rests("10s").sleeps("1m")
        desk.waits("1m")
        assert (desk.state, desk.bout) == ("away", 0)
        desk.finds("27m natural_break away_s=120", "27m bout_ended length_s=1500")

    def test_b7_no_prompt_within_settle_of_waking(self) -> None:
        desk = Desk().works("29m50s").sleeps("1m").waits("5m")
        desk.finds("31m20s prompt bout_s=1820")

    def test_b7_of_unlocking(self) -> None:
        desk = Desk().works("29m50s").locks("1m").waits("5m")
        desk.finds("31m20s prompt bout_s=1820")

    def test_b7_of_coming_back(self) -> None:
        desk = Desk().works("29m55s").leaves("90s").waits("3m")
        desk.finds(
            "30m prompt bout_s=1800",
            "30m55s prompt_withdrawn why=you_left_the_desk",
            "31m55s prompt bout_s=1825",
        )

    def test_b7_one_prompt_after_waking(self) -> None:
        desk = Desk().works("31m").forgets().sleeps("1m").waits("4m")
        desk.finds("31m prompt_withdrawn why=you_left_the_desk", "32m30s prompt bout_s=1890")

    def test_b7_falling_asleep_again_at_once(self) -> None:
        desk = Desk().works("25m").sleeps("1m").sleeps("1m")
        desk.finds("27m natural_break", "27m bout_ended length_s=1500")

    def test_b7_the_absence_before_counts_along(self) -> None:
        desk = Desk().works("25m").rests("90s").sleeps("30s")
        desk.finds("27m natural_break away_s=120", "27m bout_ended length_s=1500")

    def test_b7_state_is_saved_before(self) -> None:
        desk = Desk().works("5m")
        desk.world.sleep(10)
        assert len(desk.effects(SaveState)) == 1

    def test_b7_asleep_to_onlookers(self) -> None:
        desk = Desk().works("25m")
        desk.world.sleep(3600)
        desk.waits("10m")
        assert (desk.state, desk.world.asleep) == ("asleep", True)
        desk.finds("27m natural_break", "27m bout_ended")

    def test_b7_in_a_routine_the_player_sleeps_too(self) -> None:
        desk = Desk().works("25m").asks("stretch").waits("20s").forgets().sleeps("2m").waits("5m")
        desk.finds(
            "27m20s natural_break",
            "27m20s break_ended outcome=natural length_s=20",
            "27m20s bout_ended length_s=1500",
        )
        assert desk.status.today.breaks == 0

    def test_b7_a_short_nap_does_not_disturb_a_routine(self) -> None:
        desk = Desk().works("25m").asks("stretch").waits("20s").forgets().sleeps("119s")
        desk.waits("100s").plays().finds(
            "28m59s break_ended outcome=done length_s=120", "28m59s bout_ended length_s=1500"
        )

    def test_b7_a_sleep_that_was_called_off(self) -> None:
        desk = Desk().works("25m")
        desk.world.tell(Sleeping())
        assert desk.state == "asleep"
        desk.world.tell(Woke())
        assert desk.works("10s").bout == 1510

    def test_b7_a_second_announcement_changes_nothing(self) -> None:
        desk = Desk().works("25m")
        desk.world.tell(Sleeping())
        desk.sleeps("1m").waits("3s")
        assert (desk.state, desk.bout) == ("sitting", 1503)


class TestB8Clocks:
    """The whole matrix is in test_clocks.py."""

    @pytest.mark.parametrize("step", [-86400, -3600, -1, 1, 3600, 86400])
    def test_b8_a_step_of_the_wall_clock_moves_no_bout(self, step: float) -> None:
        desk = Desk().works("20m")
        desk.world.step_wall(step)
        assert desk.works("10m").events("prompt") == ["30m prompt"]

    def test_b8_a_facts_time_never_runs_backwards(self) -> None:
        desk = Desk().works("20m")
        desk.world.engine.handle(Ticked(), desk.world.now.before(5))
        assert desk.bout == 1200
        assert desk.works("10m").bout == 1800


class TestB9Restart:
    def test_b9_a_short_gap_is_not_added(self) -> None:
        desk = Desk().works("20m").restarts("119s").works("5m")
        assert (desk.bout, desk.ledger["not_running"] % 3600) == (1500, 119)
        desk.finds()

    def test_b9_a_long_one_is_a_natural_break(self) -> None:
        desk = Desk().works("20m").restarts("2m").works("5m")
        assert desk.bout == 300
        desk.finds("22m natural_break away_s=120", "22m bout_ended length_s=1200")

    @pytest.mark.parametrize("down", ["0s", "60s"])
    def test_b9_a_prompt_comes_back_without_being_counted_twice(self, down: str) -> None:
        desk = Desk().works("31m").forgets().restarts(down)
        assert desk.status.prompt is not None
        assert (desk.prompt.id, desk.status.today.prompts) == (2, 1)
        desk.finds()
        desk.answers("skip", prompt=2).waits("1s").finds(f"{31 * 60 + seconds(down):.0f}s skipped")

    def test_b9_a_timed_pause_ends_when_it_was_promised(self) -> None:
        desk = Desk().works("5m").pauses("30m").waits("10m").forgets().restarts("5m").waits("20m")
        desk.finds("17m natural_break", "17m bout_ended length_s=300", "35m resumed")

    def test_b9_a_pause_that_ended_meanwhile(self) -> None:
        desk = Desk().works("5m").pauses("30m").forgets().restarts("2h")
        assert not desk.status.paused
        desk.finds("7m natural_break", "7m bout_ended", "35m resumed")

    def test_b9_a_pause_until_a_time(self) -> None:
        desk = Desk(zone=BERLIN).pauses("17:00").restarts("1h")
        until = desk.status.paused_until
        assert until is not None
        assert until.astimezone(REAL_UTC).hour == 16

    def test_b9_a_snooze_ends_when_it_was_promised(self) -> None:
        desk = Desk().works("30m").answers("snooze", "10m").forgets().restarts("1m").waits("9m")
        desk.finds("40m prompt bout_s=2340")

    def test_b9_a_walk_goes_on(self) -> None:
        desk = Desk().works("30m").answers("walk").rests("2m").forgets().restarts("2m").rests("1m")
        desk.works("1m").finds(
            "35m break_ended outcome=done length_s=300", "35m bout_ended length_s=1800"
        )

    def test_b9_a_routine_goes_on_with_its_guide(self) -> None:
        desk = Desk().works("30m").answers("stretch").waits("20s").forgets().restarts("10s")
        assert desk.effects(FindRoutine) == [FindRoutine(1, "reach")]
        assert desk.status.break_ is not None
        assert desk.break_.passed_s == 20
        desk.waits("90s").plays()
        desk.finds("32m break_ended outcome=done length_s=110", "32m bout_ended length_s=1800")

    def test_b9_and_is_given_up_kindly_without_it(self) -> None:
        desk = Desk().works("30m").answers("stretch").waits("20s").forgets().restarts()
        desk.waits("40s").player_dies()
        desk.finds("31m break_ended outcome=withdrawn length_s=60")
        assert desk.works("5m").events("prompt")[-1] == "36m prompt"

    def test_b9_the_question_after_a_routine_is_answered_after_it(self) -> None:
        desk = Desk().works("30m").answers("stretch").waits("2m").plays().restarts("10s")
        assert desk.effects(FindRoutine) == [FindRoutine(1, "reach")]
        desk.world.tell(FeedbackGiven("reach", Feedback.GOOD, None))
        desk.restarts("10s")
        assert len(desk.effects(FindRoutine)) == 1

    def test_b9_but_not_after_half_an_hour(self) -> None:
        desk = Desk().works("30m").answers("stretch").waits("2m").plays().works("29m")
        desk.restarts("10s")
        assert desk.effects(FindRoutine) == []

    def test_b9_a_routine_and_a_long_gap(self) -> None:
        desk = Desk().works("30m").answers("stretch").waits("20s").forgets().restarts("1h")
        desk.finds(
            "32m20s natural_break",
            "32m20s break_ended outcome=natural",
            "32m20s bout_ended length_s=1800",
        )

    def test_b9_a_guide_that_went_on_through_a_long_gap_ends_as_it_says(self) -> None:
        desk = Desk().works("30m").answers("stretch").waits("20s").forgets().restarts("10m")
        desk.finds()
        assert desk.effects(FindRoutine) == [FindRoutine(1, "reach")]
        desk.plays().waits("10m")
        desk.finds("40m20s break_ended outcome=done", "40m20s bout_ended length_s=1800")

    @pytest.mark.parametrize("restarts", [1, 2])
    def test_b9_one_that_went_as_well_leaves_a_natural_break(self, restarts: int) -> None:
        desk = Desk().works("30m").answers("stretch").waits("20s").forgets().restarts("10m")
        for _ in range(restarts - 1):
            desk.restarts()
        desk.works("30s").player_dies().works("5m")
        assert NoticeKind.PLAYER_FAILED not in [n.notice.kind for n in desk.effects(ShowNotice)]
        desk.finds(
            "40m50s natural_break away_s=600",
            "40m50s break_ended outcome=natural",
            "40m50s bout_ended length_s=1800",
        )

    def test_b9_after_the_machine_was_started_anew(self) -> None:
        desk = Desk().works("20m").restarts("1m", same_clock=False).works("5m")
        assert desk.bout == 1500

    def test_b9_a_clock_that_was_wrong_at_start_does_not_undo_the_bout(self) -> None:
        desk = Desk().works("20m")
        desk.world.step_wall(-40_000_000, announced=False)
        assert desk.restarts(same_clock=False).works("5m").bout == 1500

    def test_b9_down_for_years_is_taken_for_a_month(self) -> None:
        desk = Desk().works("20m")
        desk.world.step_wall(1_700_000_000, announced=False)
        desk.restarts(same_clock=False)
        assert len(desk.events("day_closed")) < 33

    def test_b9_who_was_away_is_away_still(self) -> None:
        desk = Desk().works("20m").rests("90s").restarts("20s").waits("10s")
        desk.finds("22m natural_break away_s=120", "22m bout_ended length_s=1200")

    def test_b9_who_left_while_it_was_down_is_dated_back(self) -> None:
        desk = Desk().works("20m").rests("50s").restarts("30s")
        assert (desk.state, desk.bout) == ("away", 1200)

    def test_b9_typing_on_after_an_absence(self) -> None:
        desk = Desk().works("20m").leaves("90s").works("1s").restarts().works("2s")
        assert (desk.state, desk.bout) == ("sitting", 1203)

    def test_b9_without_a_source(self) -> None:
        desk = Desk().works("20m")
        desk.world.lose_source()
        desk.restarts("1m")
        assert (desk.state, desk.bout) == ("unknown", 1200)
        assert desk.restarts("10m").waits("1m").bout == 60

    def test_b9_behind_a_lock(self) -> None:
        desk = Desk().works("20m")
        desk.world.lock()
        desk.waits("30s").restarts("30s")
        assert (desk.state, desk.status.presence.locked) == ("away", True)
        desk.waits("1m").finds("22m natural_break", "22m bout_ended length_s=1200")

    def test_b9_reading_on(self) -> None:
        desk = Desk().works("5m").reads().rests("5m").restarts().waits("5m")
        assert (desk.state, desk.bout) == ("sitting", 900)

    def test_b9_holds_stand_until_their_source_has_spoken(self) -> None:
        desk = Desk().works("25m").holds().works("10m").forgets()
        desk.world._holds.clear()  # the call ended while nobody listened
        desk.restarts("5s").waits("1m30s")
        desk.finds("35m35s hold_over reason=call", "36m5s prompt")

    def test_b9_holds_that_are_told_again_go_on_in_silence(self) -> None:
        desk = Desk().works("25m").holds().works("10m").forgets().restarts().waits("10m").finds()
        assert [hold.reason.value for hold in desk.status.holds] == ["call"]


class TestB10Ledger:
    """More in test_ledger.py and test_properties.py."""

    def test_b10_the_parts_add_up_to_the_day(self) -> None:
        desk = Desk('schedule.hours=[{from="08:00", to="17:00"}]', zone=BERLIN)
        desk.works("50m").answers("walk").leaves("6m").says("standing").works("20m")
        desk.pauses("30m").works("40m").sleeps("2h").leaves("5m").world.lose_source()
        desk.rests("10m").restarts("3m").rests("24h")
        (closed,) = [s for s in desk.log() if s.happening.event == "day_closed"]
        ledger = closed.happening.as_dict()["ledger"]
        assert sum(ledger.values()) == 86400
        assert {part for part, spent in ledger.items() if spent} == set(ledger)

    @pytest.mark.parametrize(
        ("day", "hours"),
        [("2026-03-28", 23), ("2026-10-24", 25), ("2026-06-01", 24)],
        ids=["spring", "autumn", "summer"],
    )
    def test_b10_to_its_true_length(self, day: str, hours: int) -> None:
        desk = Desk(at=f"{day} 09:00", zone=BERLIN).rests("24h")
        (closed,) = [s for s in desk.log() if s.happening.event == "day_closed"]
        assert sum(closed.happening.as_dict()["ledger"].values()) == hours * 3600
        assert closed.happening.as_dict()["day"] == day

    def test_b10_the_day_begins_when_the_person_says(self) -> None:
        desk = Desk("schedule.day_starts=10:00").works("2h")
        assert desk.events("day_closed") == ["1h day_closed"]
        assert desk.ledger == {"sitting": 3600}

    @pytest.mark.parametrize("unsaved", ["0s", "7s", "1m"])
    def test_b10_what_a_kill_left_unsaved_was_not_running_and_no_more(self, unsaved: str) -> None:
        desk = Desk().works("10m")
        kept = desk.world.engine.memory()
        desk.works(unsaved).waits("1s")
        again = Engine(desk.world.settings, desk.adviser, desk.world.now)
        again.restore(kept, desk.world.now, same_clock=True)
        today = again.status().today.ledger
        assert today["sitting"] == 600
        assert today["not_running"] == 5 * 3600 + seconds(unsaved) + 1

    def test_b10_what_came_before_the_start_was_not_running(self) -> None:
        assert Desk().ledger == {"not_running": 5 * 3600}


class TestB35AnotherSessionInFront:
    def test_b35_is_away_whatever_plays_behind_it(self) -> None:
        desk = Desk().works("10m").holds("inhibitor")
        desk.world.goes_behind()
        assert (desk.waits("30m").state, desk.bout) == ("away", 0)
        desk.world.comes_in_front()
        assert desk.works("1m").bout == 60

    def test_b35_a_lock_that_is_still_on_outlasts_it(self) -> None:
        desk = Desk().works("10m")
        desk.world.lock()
        desk.world.goes_behind()
        desk.waits("30m").world.comes_in_front()
        assert desk.works("1m").state == "away"
        desk.world.unlock()
        assert desk.works("1m").bout == 60

    def test_b35_a_restart_behind_it_finds_it_there(self) -> None:
        desk = Desk().works("10m").holds("inhibitor")
        desk.world.goes_behind()
        assert desk.restarts("1m").waits("10m").state == "away"


REASONS = ["reading", "call", "camera", "inhibitor"]


def seated_by(reason: str, *settings: str) -> Desk:
    """Who types for ten minutes, has that reason to be seated, and takes the hands off."""
    desk = Desk("breaks.sit_limit=12h", *settings).works("10m")
    return desk.reads() if reason == "reading" else desk.holds(reason)


class TestB36ReasonsToBeSeatedWearOut:
    @pytest.mark.parametrize("reason", REASONS)
    def test_b36_after_two_hours_without_a_sign_dated_back_to_it(self, reason: str) -> None:
        desk = seated_by(reason).rests("1h59m59s")
        assert (desk.state, desk.bout) == ("sitting", 9 * 60 + 2 * 3600 + 59)
        desk.waits("1s")
        assert (desk.state, desk.bout) == ("away", 0)
        assert (desk.ledger["sitting"], desk.ledger["away"]) == (600, 7200)
        assert desk.events("natural_break", "bout_ended") == [
            "12m natural_break", "12m bout_ended",
        ]  # fmt: skip

    @pytest.mark.parametrize("reason", REASONS)
    def test_b36_nobody_sits_at_the_desk_over_night(self, reason: str) -> None:
        desk = Desk(at="2026-03-02 17:30").works("10m")
        desk = desk.reads() if reason == "reading" else desk.holds(reason)
        desk.rests("15h").works("10m")
        assert (desk.bout, len(desk.events("prompt")) <= 3) == (600, True)
        assert desk.events("natural_break") == ["12m natural_break"]

    @pytest.mark.parametrize("reason", ["reading", "inhibitor"])
    def test_b36_or_after_three_prompts_without_an_answer(self, reason: str) -> None:
        desk = seated_by(reason, "breaks.sit_limit=30m", "presence.seated_longest=24h")
        desk.rests("40m")
        desk.finds(
            "12m natural_break", "12m bout_ended length_s=600",
            "30m prompt", "35m ignored", "35m prompt", "40m ignored", "40m prompt", "45m ignored",
        )  # fmt: skip
        assert (desk.state, desk.ledger["sitting"]) == ("away", 600)

    def test_b36_also_where_the_server_takes_them_off_the_screen(self) -> None:
        desk = seated_by("inhibitor", "breaks.sit_limit=30m").rests("20m")
        for _ in range(3):
            assert desk.state == "sitting"
            desk.answers("expire").waits("5m")
        assert (desk.state, desk.events("prompt")[-1]) == ("away", "40m prompt")

    @pytest.mark.parametrize("answer", ["snooze", "skip", "later"])
    def test_b36_an_answer_is_a_sign(self, answer: str) -> None:
        desk = seated_by("inhibitor", "breaks.sit_limit=30m", "breaks.snooze_limit=50")
        desk.rests("21m")
        for _ in range(10):
            desk.answers(answer).waits("16m")
        assert desk.state == "sitting"

    def test_b36_prompts_that_met_input_do_not_count(self) -> None:
        desk = seated_by("inhibitor", "breaks.sit_limit=30m").rests("23m")
        for _ in range(8):
            desk.nudges().waits("4m59s")
        assert desk.state == "sitting"

    def test_b36_a_new_input_makes_it_believable_again(self) -> None:
        desk = seated_by("inhibitor").rests("5h")
        assert desk.works("1m").rests("1h").state == "sitting"

    def test_b36_a_nudge_in_the_absence_does_not(self) -> None:
        desk = seated_by("inhibitor").rests("5h").nudges().waits("1h")
        assert desk.holds("inhibitor").waits("1m").state == "away"

    def test_b36_coming_and_going_makes_it_no_more_believable(self) -> None:
        desk = seated_by("inhibitor").rests("1s")
        for _ in range(14):
            desk.waits("6m").releases("inhibitor").waits("4m").holds("inhibitor")
        assert (desk.state, desk.ledger["sitting"] <= 600 + 7200) == ("away", True)

    def test_b36_what_was_believed_before_it_went_and_came_is_not_any_more(self) -> None:
        desk = seated_by("inhibitor").rests("1h").releases("inhibitor").waits("5m")
        assert (desk.state, desk.ledger["sitting"]) == ("away", 600 + 3600)
        assert desk.holds("inhibitor").waits("55m").ledger["sitting"] == 600

    def test_b36_nor_does_another_reason(self) -> None:
        desk = seated_by("call").rests("1h30m").holds("inhibitor").releases("call")
        assert desk.waits("30m").state == "away"
        assert desk.holds("camera").waits("1m").state == "away"
        assert desk.ledger["sitting"] == 600

    def test_b36_a_reason_that_comes_up_hours_later_brings_nobody_back(self) -> None:
        desk = Desk().works("10m").rests("2h").holds("inhibitor")
        assert desk.waits("1m").state == "away"

    def test_b36_saying_so_is_a_sign_of_its_own(self) -> None:
        assert Desk().works("10m").rests("3h").reads().state == "sitting"

    @pytest.mark.parametrize("reason", REASONS)
    def test_b36_reading_that_wore_out_is_over(self, reason: str) -> None:
        desk = seated_by(reason).rests("3h").works("1m")
        assert desk.status.presence.reading is False

    @pytest.mark.parametrize("reason", REASONS)
    @pytest.mark.parametrize("same_clock", [True, False])
    def test_b36_a_restart_gives_no_new_belief(self, reason: str, same_clock: bool) -> None:
        desk = seated_by(reason).rests("1h").restarts("10s", same_clock=same_clock)
        assert desk.waits("59m").state == "sitting"
        assert desk.waits("1m").state == "away"
        desk.restarts("10s", same_clock=same_clock)
        assert desk.waits("1m").state == "away"

    @pytest.mark.parametrize("reason", REASONS)
    def test_b36_nor_does_a_sleep(self, reason: str) -> None:
        desk = seated_by(reason).rests("1h").sleeps("90m").waits("1m")
        assert desk.state == "away"

    @pytest.mark.parametrize("reason", ["call", "inhibitor"])
    def test_b36_unlocking_is_a_sign(self, reason: str) -> None:
        desk = seated_by(reason).rests("5h")
        assert desk.locks("10m").state == "sitting"
        assert desk.waits("2h").state == "away"

    def test_b36_where_nothing_tells_of_input_it_becomes_unknown(self) -> None:
        desk = seated_by("inhibitor")
        desk.world.lose_source()
        assert desk.waits("1h").state == "sitting"
        assert desk.waits("1h").state == "unknown"

    def test_b36_whoever_types_without_a_pause_is_there(self) -> None:
        desk = seated_by("call").works("5h")
        assert (desk.state, desk.bout) == ("sitting", 5 * 3600 + 600)

    def test_b36_the_length_is_a_setting_and_works_at_once(self) -> None:
        desk = seated_by("reading").rests("30m").sets("presence.seated_longest=20m")
        assert (desk.state, desk.ledger["sitting"]) == ("away", 600)

    @pytest.mark.parametrize("reason", ["reading", "inhibitor"])
    def test_b36_what_plays_on_in_an_empty_room_undoes_no_walk(self, reason: str) -> None:
        desk = seated_by(reason).answers("walk").works("20s").leaves("5m").works("10s")
        assert desk.events("break_ended") == ["15m20s break_ended"]
        assert (desk.state, desk.bout) == ("sitting", 10)

    def test_b36_nor_does_it_bring_back_who_walks_on(self) -> None:
        desk = seated_by("inhibitor").answers("walk").rests("1h")
        assert (desk.state, desk.events("prompt")) == ("away", [])
        assert desk.works("1m").rests("10m").state == "sitting"

    def test_b36_the_same_where_idle_time_is_polled(self) -> None:
        desk = Desk("breaks.sit_limit=12h", poll_s=5.0).works("10m").holds("inhibitor")
        assert desk.rests("2h").ledger["sitting"] == 600


def unseen(*settings: str, at: str = "2026-03-02 17:30") -> Desk:
    """A desk at which nothing can tell of input, after ten minutes."""
    desk = Desk(*settings, at=at).works("10m")
    desk.world.lose_source()
    return desk.rests("0s")


class TestB41NobodyAnswers:
    def test_b41_prompts_become_rarer_and_then_rest(self) -> None:
        desk = unseen().waits("15h")
        assert desk.events("prompt") == [
            "30m prompt", "35m prompt", "40m prompt", "50m prompt", "1h10m prompt", "1h50m prompt",
        ]  # fmt: skip
        assert (desk.state, desk.status.prompt) == ("unknown", None)
        assert "rest" in desk.status.presence.why

    def test_b41_also_where_the_server_takes_them_off_the_screen(self) -> None:
        desk = unseen().waits("20m")
        for _ in range(200):
            desk.answers("expire").waits("5m")
        assert len(desk.events("prompt")) == 6

    def test_b41_nothing_wakes_the_machine_for_them(self) -> None:
        desk = unseen().waits("3h")
        assert desk.world.engine.next_moment() > 3600

    def test_b41_reminders_rest_as_well(self) -> None:
        desk = unseen('reminder=[{name="water", every="40m"}]').waits("15h")
        assert desk.events("reminder") == ["45m reminder", "1h25m reminder"]

    @pytest.mark.parametrize("sign", ["pauses", "asks", "says", "reads", "is_sore", "locks"])
    def test_b41_a_sign_brings_them_back(self, sign: str) -> None:
        desk = unseen("standing.enabled=true", "standing.sit_for=25m").waits("15h")
        before = len(desk.events("prompt", "stand_prompt"))
        match sign:
            case "pauses":
                desk.pauses("1h").waits("1h")
            case "asks":
                desk.asks("stretch").waits("2m").plays()
            case "says":
                desk.says("sitting")
            case "reads":
                desk.reads().reads(False)
            case "is_sore":
                desk.is_sore()
            case "locks":
                desk.locks("10m")
        assert len(desk.waits("90m").events("prompt", "stand_prompt")) >= before + 3

    def test_b41_an_answer_is_a_sign(self) -> None:
        desk = unseen("breaks.snooze_limit=50", "breaks.snoozes_a_day=0").waits("20m")
        for _ in range(20):
            desk.answers("snooze").waits("5m")
        assert len(desk.events("prompt")) == 21

    def test_b41_waking_from_sleep_is_a_new_try(self) -> None:
        desk = unseen().waits("5h").sleeps("8h").waits("35m")
        assert desk.events("prompt")[6:] == ["13h40m prompt", "13h45m prompt"]

    def test_b41_so_is_the_end_of_off_hours(self) -> None:
        desk = unseen('schedule.hours=[{from="08:00", to="23:00"}]').waits("24h")
        assert len(desk.events("prompt")) == 12

    @pytest.mark.parametrize("same_clock", [True, False])
    def test_b41_a_restart_is_none(self, same_clock: bool) -> None:
        desk = unseen().waits("5h").restarts("10s", same_clock=same_clock).waits("5h")
        assert len(desk.events("prompt")) == 6

    def test_b41_where_input_is_seen_again_they_come(self) -> None:
        desk = unseen().waits("5h")
        desk.world.find_source()
        assert len(desk.works("1m").events("prompt")) == 7


class TestB37ReadingForAWhile:
    def test_b37_ends_by_itself(self) -> None:
        desk = Desk().works("10m").reads(length="15m").rests("15m")
        assert (desk.status.presence.reading, desk.state) == (False, "sitting")
        assert desk.waits("1m").state == "away"
        assert desk.ledger["sitting"] == 1500

    def test_b37_the_status_says_until_when(self) -> None:
        desk = Desk().works("10m").reads(length="45m")
        assert f"{desk.status.presence.reading_until:%H:%M}" == "09:55"
        assert desk.reads(False).status.presence.reading_until is None
        assert desk.reads().status.presence.reading_until is None

    @pytest.mark.parametrize("same_clock", [True, False])
    def test_b37_a_restart_keeps_it(self, same_clock: bool) -> None:
        desk = Desk().works("10m").reads(length="45m").rests("10m")
        desk.restarts("30s", same_clock=same_clock)
        assert f"{desk.status.presence.reading_until:%H:%M}" == "09:55"
        assert desk.waits("35m").status.presence.reading is False

    def test_b37_it_ends_asleep_and_while_the_program_is_not_running(self) -> None:
        assert not Desk().reads(length="45m").sleeps("1h").status.presence.reading
        assert not Desk().reads(length="45m").restarts("1h").status.presence.reading

    @pytest.mark.parametrize("length", [0.0, -1.0, float("inf"), float("nan")])
    def test_b37_no_length_is_refused(self, length: float) -> None:
        desk = Desk()
        desk.world.tell(ReadingSet(True, length))
        assert desk.refusal == "Reading needs a length above zero."
        assert not desk.status.presence.reading


class TestB39InputIsProofOfBeingAwake:
    @pytest.mark.parametrize("poll_s", [None, 5.0])
    def test_b39_a_sleep_that_never_came_costs_half_a_minute(self, poll_s: float | None) -> None:
        desk = Desk(poll_s=poll_s).works("10m")
        desk.world.tell(Sleeping())
        assert desk.works("1m").state == "sitting"
        assert desk.works("9m").bout >= 19 * 60
        assert desk.ledger["asleep"] <= 30

    def test_b39_input_hours_later_wakes_as_well(self) -> None:
        desk = Desk().works("10m")
        desk.world.tell(Sleeping())
        assert desk.rests("2h").state == "asleep"
        assert desk.works("10m").state == "sitting"
        assert desk.bout >= 590

    def test_b39_the_last_keys_before_it_falls_asleep_are_no_proof(self) -> None:
        desk = Desk().works("10m")
        desk.world.tell(Sleeping())
        assert desk.works("14s").rests("10s").state == "asleep"

    def test_b39_nobody_is_asked_more_than_once(self) -> None:
        desk = Desk("breaks.natural_break=10m").works("10m").rests("1s")
        desk.world.tell(Sleeping())
        wakes = desk.world.wakes
        assert desk.waits("9m").world.wakes - wakes <= 2


class TestB40WhatIsNoReason:
    @pytest.mark.parametrize(
        ("said", "alone"),
        [
            (("Firefox", "audio-playing"), True),
            (("Spotify", "Playing audio"), True),
            (("org.gnome.Music", ""), True),
            (("firefox", "video-playing"), False),
            (("Chromium", "Playing audio and video"), False),
            (("Zoom", "Audio call"), False),
            (("vlc", "Playing some media."), False),
            (("mpv", ""), False),
        ],
    )
    def test_b40_sound_alone_is_no_reason(self, said: tuple[str, str], alone: bool) -> None:
        assert sound_alone(*said) is alone
