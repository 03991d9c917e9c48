"""At the desk, away or unknown: what the tracker makes of what it is told (B2-B7)."""

import pytest

from deskbreak.core.enums import Presence
from deskbreak.core.presence import Change, PresenceTracker

AWAY_AFTER, FILTER = 60.0, 3.0


def tracker(**state: object) -> PresenceTracker:
    return PresenceTracker(last_input=0.0, last_sign=0.0, source="test", why="", **state)  # type: ignore[arg-type]


def away(since: float = 100.0) -> PresenceTracker:
    """Away since then, with hands off the keys."""
    presence = tracker()
    presence.sampled(since + AWAY_AFTER, AWAY_AFTER, AWAY_AFTER, FILTER)
    presence.leave_by_idle()
    return presence


class TestWhatASourceSays:
    def test_below_the_threshold_input_goes_on(self) -> None:
        presence = tracker()
        assert presence.sampled(100.0, 59.9, AWAY_AFTER, FILTER) is None
        assert (presence.typing, presence.leaves_at(AWAY_AFTER)) == (True, None)

    def test_at_the_threshold_it_is_missing(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 60.0, AWAY_AFTER, FILTER)
        assert (presence.typing, presence.leaves_at(AWAY_AFTER)) == (False, 100.0)

    def test_the_moment_it_is_asked_it_knows_exactly(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 12.0, AWAY_AFTER, FILTER)
        assert (presence.idle_s(100.0), presence.idle_s(105.0)) == (12.0, 0.0)

    def test_and_goes_on_knowing_while_input_is_missing(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 3.0, 3.0, FILTER)
        assert presence.idle_s(110.0) == 13.0

    def test_none_can_tell(self) -> None:
        presence = PresenceTracker(last_input=0.0, last_sign=0.0)
        assert (presence.state, presence.idle_s(5.0)) == (Presence.UNKNOWN, None)
        assert (presence.typing, presence.why) == (False, "no idle source has answered yet")

    def test_no_input_is_older_than_one_that_is_known(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 0.0, AWAY_AFTER, FILTER)
        presence.sampled(200.0, 500.0, AWAY_AFTER, FILTER)
        assert presence.leaves_at(AWAY_AFTER) == 160.0

    def test_an_input_just_heard_of_keeps_from_leaving(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 3.0, 3.0, FILTER)
        presence.hear(150.0)
        assert presence.leaves_at(AWAY_AFTER) == 210.0
        presence.hear(120.0)
        assert presence.leaves_at(AWAY_AFTER) == 210.0

    def test_what_is_heard_while_typing_or_away_is_judged_elsewhere(self) -> None:
        presence = tracker()
        presence.hear(150.0)
        assert presence.quiet_since is None
        absent = away()
        absent.hear(300.0)
        assert absent.quiet_since == 100.0


class TestLeaving:
    def test_is_dated_back(self) -> None:
        presence = tracker()
        presence.sampled(160.0, 60.0, AWAY_AFTER, FILTER)
        assert presence.leave_by_idle() == Change(100.0)
        assert presence.state is Presence.AWAY

    def test_not_while_there_is_a_reason_to_be_seated(self) -> None:
        presence = tracker()
        presence.sit_anyway(True, 10.0, 7200.0)
        presence.sampled(160.0, 60.0, AWAY_AFTER, FILTER)
        assert presence.leaves_at(AWAY_AFTER) is None

    def test_once_is_enough(self) -> None:
        assert away().leaves_at(AWAY_AFTER) is None

    def test_a_lock_within_a_second_of_the_last_input_is_that_moment(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 0.0, AWAY_AFTER, FILTER)
        assert presence.lock(101.0) == Change(101.0)
        presence.sampled(103.0, 3.0, 2.0, FILTER)
        assert presence.leaves_at(AWAY_AFTER) is None

    def test_a_lock_later_is_dated_back_when_the_time_has_come(self) -> None:
        presence = tracker()
        presence.sampled(100.0, 0.0, AWAY_AFTER, FILTER)
        presence.lock(130.0)
        presence.sampled(132.0, 32.0, 2.0, FILTER)
        assert presence.leaves_at(AWAY_AFTER) == 160.0
        assert presence.leave_by_idle() == Change(100.0)

    def test_a_second_lock_says_nothing(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        assert presence.sleep(110.0) is None
        assert presence.shut


class TestReturning:
    def test_a_burst_of_the_length_of_the_filter(self) -> None:
        presence = away()
        assert presence.sampled(200.0, 0.0, 2.0, FILTER) is None
        assert presence.proof_at(200.0, FILTER) == 203.0
        assert presence.sampled(203.0, 0.0, 2.0, FILTER) == Change(200.0, 100.0)

    def test_a_shorter_one_is_a_bump(self) -> None:
        presence = away()
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        assert presence.sampled(204.0, 2.0, 2.0, FILTER) is None
        assert (presence.back_since, presence.bump_s, presence.bumped_at) == (None, 2.0, 200.0)
        assert presence.proof_at(204.0, FILTER) is None

    def test_a_single_key_counts_as_a_second(self) -> None:
        presence = away()
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        presence.sampled(202.0, 2.0, 2.0, FILTER)
        assert presence.bump_s == 1.0

    def test_bumps_add_up(self) -> None:
        presence = away()
        for at in (200.0, 300.0):
            presence.sampled(at, 0.0, 2.0, FILTER)
            presence.sampled(at + 3.0, 2.0, 2.0, FILTER)
        assert presence.sampled(400.0, 0.0, 2.0, FILTER) is None
        assert presence.sampled(401.0, 0.0, 2.0, FILTER) == Change(400.0, 300.0)

    def test_in_another_absence_they_begin_anew(self) -> None:
        presence = away()
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        presence.sampled(204.0, 2.0, 2.0, FILTER)
        presence.sampled(300.0, 0.0, 2.0, FILTER)
        presence.sampled(303.0, 0.0, 2.0, FILTER)
        presence.sampled(400.0, 60.0, AWAY_AFTER, FILTER)
        presence.leave_by_idle()
        assert (presence.bump_s, presence.bumped_at) == (0.0, None)

    def test_the_same_last_input_told_twice_is_no_new_one(self) -> None:
        presence = away()
        assert presence.sampled(300.0, 200.1, 2.0, FILTER) is None
        assert presence.back_since is None

    def test_a_late_look_at_a_burst_that_is_over(self) -> None:
        presence = away()
        presence.sampled(300.0, 30.0, 2.0, FILTER)
        assert (presence.bump_s, presence.back_since) == (1.0, None)

    def test_looks_again_soon_where_a_burst_dawdles(self) -> None:
        presence = away()
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        presence.sampled(202.8, 0.0, 2.0, FILTER)
        assert presence.proof_at(202.8, FILTER) == pytest.approx(203.3)

    def test_a_silent_source_has_to_be_silent_for_its_threshold_too(self) -> None:
        presence = away()
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        assert presence.ticked(203.0, 2.0, FILTER) is None
        assert presence.ticked(205.0, 2.0, FILTER) == Change(200.0, 100.0)

    @pytest.mark.parametrize("reason", ["nobody comes", "no source", "quiet"])
    def test_time_alone_brings_nobody_back(self, reason: str) -> None:
        presence = away()
        if reason == "no source":
            presence.source = None
        if reason == "quiet":
            presence.back_since = 150.0
        else:
            presence.quiet_since = None
        assert presence.ticked(900.0, 2.0, FILTER) is None

    def test_at_the_desk_there_is_nothing_to_return_from(self) -> None:
        presence = tracker()
        assert presence.sampled(100.0, 0.0, AWAY_AFTER, FILTER) is None
        assert presence.proof_at(100.0, FILTER) is None


class TestUnlockingAndWaking:
    def test_input_that_goes_on_may_be_a_return(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        assert presence.unlock(200.0) is None
        assert presence.back_since == 200.0
        assert presence.sampled(203.0, 0.1, 2.0, FILTER) is None
        assert presence.sampled(203.1, 0.1, 2.0, FILTER) == Change(200.0, 100.0)

    def test_if_there_was_none_that_was_no_bump(self) -> None:
        presence = tracker()
        presence.sleep(100.0)
        presence.wake(200.0)
        presence.sampled(202.0, 103.0, 2.0, FILTER)
        assert (presence.back_since, presence.bump_s) == (None, 0.0)

    def test_the_password_proves_nothing_but_may_be_followed_by_more(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        presence.sampled(195.0, 0.0, 2.0, FILTER)
        presence.unlock(200.0)
        assert presence.sampled(200.0, 1.0, 2.0, FILTER) is None
        assert presence.back_since == 200.0
        assert presence.sampled(201.0, 2.0, 2.0, FILTER) is None
        assert (presence.back_since, presence.bump_s) == (None, 0.0)

    def test_a_source_that_is_asked_tells_of_the_password_afterwards(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        presence.sampled(150.0, 49.0, 2.0, FILTER)
        presence.unlock(200.0)
        presence.sampled(201.0, 1.5, 2.0, FILTER)
        assert presence.back_since == 200.0

    def test_behind_the_lock_nobody_returns(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        assert presence.sampled(150.0, 0.0, 2.0, FILTER) is None
        assert presence.back_since is None

    def test_awake_but_still_locked(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        presence.sleep(110.0)
        assert presence.wake(200.0) is None
        assert (presence.shut, presence.back_since) == (True, None)

    def test_unlocking_what_was_not_locked(self) -> None:
        assert tracker().unlock(100.0) is None

    def test_a_clock_that_stood_still_in_the_sleep(self) -> None:
        presence = tracker()
        presence.sampled(95.0, 0.0, AWAY_AFTER, FILTER)
        presence.sleep(100.0)
        presence.wake(700.0)
        presence.sampled(710.0, 13.0, 2.0, FILTER)  # three seconds before the sleep, ten after it
        assert (presence.last_input, presence.quiet_since) == (97.0, 97.0)

    def test_one_that_did_not(self) -> None:
        presence = tracker()
        presence.sampled(95.0, 0.0, AWAY_AFTER, FILTER)
        presence.sleep(100.0)
        presence.wake(700.0)
        presence.sampled(710.0, 615.0, 2.0, FILTER)
        assert presence.quiet_since == 95.0


class TestReasonsToBeSeated:
    def test_come_and_go_without_a_word_at_the_desk(self) -> None:
        presence = tracker()
        assert presence.sit_anyway(True, 10.0, 7200.0) is None
        assert presence.sit_anyway(True, 11.0, 7200.0) is None
        assert presence.sit_anyway(False, 12.0, 7200.0) is None

    def test_bring_back_who_is_away(self) -> None:
        presence = away(100.0)
        assert presence.sit_anyway(True, 300.0, 7200.0) == Change(300.0, 200.0)

    def test_but_not_from_behind_the_lock(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        assert presence.sit_anyway(True, 300.0, 7200.0) is None
        assert presence.sit_anyway(False, 310.0, 7200.0) is None
        assert presence.away_since == 100.0

    def test_gone_they_are_as_good_as_an_input_until_then(self) -> None:
        presence = tracker()
        presence.sit_anyway(True, 10.0, 7200.0)
        presence.sampled(200.0, 150.0, AWAY_AFTER, FILTER)
        presence.sit_anyway(False, 500.0, 7200.0)
        assert presence.leaves_at(AWAY_AFTER) == 560.0

    def test_while_typing_nothing_points_to_leaving(self) -> None:
        presence = tracker()
        presence.sit_anyway(True, 10.0, 7200.0)
        presence.sit_anyway(False, 500.0, 7200.0)
        assert presence.leaves_at(AWAY_AFTER) is None

    def test_a_lock_forgets_the_bumps_before_it(self) -> None:
        presence = away(100.0)
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        presence.sampled(204.0, 2.0, 2.0, FILTER)
        presence.lock(210.0)
        assert presence.bump_s == 0.0
        presence.unlock(220.0)
        assert not presence.locked
        assert presence.sampled(230.0, 0.0, 2.0, FILTER) is None
        assert presence.sampled(232.5, 0.0, 2.0, FILTER) is None


class TestSourcesComeAndGo:
    def test_a_source_that_is_lost_ends_what_it_saw(self) -> None:
        presence = away()
        assert presence.lost("gone", 300.0) == Change(300.0, 200.0)
        assert (presence.state, presence.why) == (Presence.UNKNOWN, "gone")

    def test_but_not_a_lock(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        assert presence.lost("gone", 300.0) is None
        assert presence.state is Presence.AWAY

    def test_unlocking_is_a_return_where_nobody_can_see_one(self) -> None:
        presence = PresenceTracker(last_input=0.0, last_sign=0.0)
        presence.lock(100.0)
        assert presence.unlock(200.0) == Change(200.0, 100.0)

    def test_found_input_goes_on_until_it_says_otherwise(self) -> None:
        presence = away()
        presence.found("other", 300.0)
        assert (presence.source, presence.why, presence.back_since) == ("other", "", 300.0)
        presence.found("third", 301.0)
        assert presence.back_since == 300.0

    def test_found_behind_the_lock(self) -> None:
        presence = tracker()
        presence.lock(100.0)
        presence.found("other", 150.0)
        assert presence.back_since is None

    def test_nothing_is_dated_back_before_what_is_certain(self) -> None:
        presence = away(100.0)
        assert presence.certain_until == 100.0
        presence.sampled(200.0, 0.0, 2.0, FILTER)
        presence.sampled(201.0, 0.0, 2.0, FILTER)
        assert (presence.last_input, presence.certain_until) == (201.0, 100.0)
