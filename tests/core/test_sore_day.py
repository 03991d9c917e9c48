"""Sore today: easy routines until midnight (B26)."""

from tests.core.weeks import ADVISER, Weeks
from tests.desk import BERLIN, UTC, Desk


def test_b26_lasts_until_midnight_and_over_a_restart() -> None:
    desk = Desk(at="2026-03-02 22:00", zone=BERLIN).is_sore("hips", "neck").works("1h")
    assert desk.status.sore == ("hips", "neck")
    desk.restarts("1m").works("58m")
    assert desk.status.sore == ("hips", "neck")
    assert desk.works("2m").status.sore is None


def test_b26_no_area_need_be_named_and_it_can_be_taken_back() -> None:
    desk = Desk().is_sore()
    assert desk.status.sore == ()
    assert desk.is_sore("hips").status.sore == ("hips",)
    assert desk.is_sore(on=False).status.sore is None


def test_b26_a_zone_further_east_may_end_it() -> None:
    desk = Desk(at="2026-03-02 23:30", zone=UTC).is_sore()
    desk.world.move_to(BERLIN)
    assert desk.works("1s").status.sore is None


def test_b26_the_choice_is_asked_with_it() -> None:
    desk = Desk("breaks.walk_share=0").is_sore("hips").works("30m")
    assert desk.adviser.asked[-1].sore == ("hips",)
    desk = Desk("breaks.walk_share=0").works("30m")
    assert desk.adviser.asked[-1].sore is None


def test_b26_only_level_one_and_nothing_that_loads_what_is_sore() -> None:
    weeks = Weeks("routines.level=3", at="2026-03-02 08:00").is_sore("low_back")
    for number in range(8):
        weeks.plays_one()
        routine = ADVISER.catalogue.routines[weeks.last]
        assert routine.level == 1
        if number == 0:
            assert routine.sore_day
