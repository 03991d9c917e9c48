"""The working day: holidays, pauses that come by themselves, "until tomorrow" (B20)."""

from datetime import date
from typing import Any

import pytest

from deskbreak.core.engine import Engine
from deskbreak.core.enums import QuietReason
from deskbreak.core.progress import Past, Play
from deskbreak.core.state import Practice
from tests.desk import BERLIN, Desk

OFFICE = 'schedule.hours=[{days=["mon","tue","wed","thu","fri"], from="09:00", to="17:00"}]'
LUNCH = 'schedule.pause=[{from="12:30", to="13:00"}]'
NIGHT_OFF = 'schedule.pause=[{days=["sat"], from="23:00", to="05:00"}]'


def quiet(desk: Desk) -> str:
    """Why nothing prompts, and until when."""
    found = desk.status.quiet
    if found is None:
        return ""
    return f"{found.why} {found.until:%m-%d %H:%M}" if found.until else f"{found.why}"


class TestHolidays:
    def test_b20_a_holiday_is_off_hours(self) -> None:
        desk = Desk(OFFICE, "schedule.holidays=2026-03-02").works("1h")
        assert (desk.state, desk.bout, desk.ledger["off_hours"]) == ("off", 0, 3600)
        assert quiet(desk) == "holiday 03-03 09:00"
        desk.finds()

    def test_b20_also_where_there_are_no_hours(self) -> None:
        desk = Desk("schedule.holidays=2026-03-03", at="2026-03-03 03:30").works("40m")
        assert (desk.state, quiet(desk)) == ("off", "holiday 03-04 04:00")
        assert desk.bout == 1800

    def test_b20_the_night_shift_before_it_goes_on(self) -> None:
        hours = 'schedule.hours=[{from="22:00", to="06:00"}]'
        desk = Desk(hours, "schedule.holidays=2026-03-03", at="2026-03-03 01:00").works("25m")
        assert (desk.state, desk.bout) == ("sitting", 1500)
        desk.rests("5h")
        assert (desk.state, quiet(desk)) == ("off", "holiday 03-04 22:00")

    def test_b20_off_hours_say_until_when(self) -> None:
        assert quiet(Desk(OFFICE, at="2026-03-06 18:00")) == "off_hours 03-09 09:00"

    def test_b20_a_holiday_put_in_today_counts_at_once(self) -> None:
        desk = Desk(OFFICE).works("31m").sets("schedule.holidays=2026-03-02")
        assert desk.state == "off"
        desk.finds("30m prompt", "31m prompt_withdrawn why=off_hours")


class TestPausesThatComeByThemselves:
    def test_b20_nothing_prompts_and_no_bout_grows(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:10").works("30m")
        assert (desk.state, desk.bout) == ("paused", 1200)
        assert (desk.status.paused, quiet(desk)) == (True, "regular_pause 03-02 13:00")
        desk.works("30m")
        desk.finds("1h prompt bout_s=1800")
        assert desk.ledger["paused"] == 1800

    def test_b20_a_live_prompt_goes_and_comes_back(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 11:58").works("1h2m")
        desk.finds(
            "30m prompt", "32m prompt_withdrawn why=paused", "1h2m prompt bout_s=1920",
        )  # fmt: skip

    def test_b20_being_away_over_lunch_is_a_natural_break(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:10").works("20m").rests("20m")
        assert desk.events("natural_break") == ["22m natural_break"]

    def test_b20_resume_ends_it_for_this_time(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:25").works("10m").resumes().works("10m")
        assert (desk.state, quiet(desk), desk.bout) == ("sitting", "", 900)
        assert desk.events("resumed") == ["10m resumed"]
        desk.rests("23h").works("55m")
        assert quiet(desk) == "regular_pause 03-03 13:00"

    def test_b20_resumed_stays_resumed_over_a_restart(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:25").works("10m").resumes().restarts("10s").works("1m")
        assert desk.state == "sitting"

    def test_b20_one_resume_ends_both(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:25").works("10m").pauses("1h")
        assert quiet(desk) == "pause 03-02 13:35"
        desk.resumes()
        assert (desk.state, desk.status.paused) == ("sitting", False)

    def test_b20_the_later_of_two_pauses_is_said(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:25").works("10m").pauses("5m")
        assert quiet(desk) == "pause 03-02 13:00"
        desk.works("6m")
        assert quiet(desk) == "regular_pause 03-02 13:00"
        desk.pauses()
        assert quiet(desk) == "pause"

    def test_b20_over_midnight_it_belongs_to_the_day_it_begins_on(self) -> None:
        desk = Desk(NIGHT_OFF, at="2026-03-07 22:00")
        states = [desk.works("2h").state for _ in range(4)]
        assert states == ["paused", "paused", "paused", "sitting"]

    @pytest.mark.parametrize(
        ("saturday", "hours"), [("2026-03-28", 5), ("2026-10-24", 7), ("2026-03-21", 6)]
    )
    def test_b20_it_follows_the_clock_on_the_wall(self, saturday: str, hours: int) -> None:
        desk = Desk(NIGHT_OFF, at=f"{saturday} 22:00", zone=BERLIN).works("10h")
        assert (desk.events("day_closed"), desk.state) == (desk.events("day_closed"), "sitting")
        closed = [s.happening for s in desk.world.log if s.happening.event == "day_closed"]
        paused = closed[0].as_dict()["ledger"]["paused"] + desk.ledger["paused"]
        assert paused == hours * 3600

    def test_b20_outside_the_hours_it_is_off(self) -> None:
        pause = 'schedule.pause=[{from="16:30", to="18:00"}]'
        desk = Desk(OFFICE, pause, at="2026-03-02 16:20").works("20m")
        assert quiet(desk) == "regular_pause 03-02 18:00"
        desk.works("30m")
        assert (desk.state, quiet(desk)) == ("off", "off_hours 03-03 09:00")

    def test_b20_without_one_nothing_is_resumed(self) -> None:
        desk = Desk(LUNCH, at="2026-03-02 12:25").resumes()
        assert desk.refusal == "deskbreak is not paused."
        assert desk.status.quiet is None


class TestUntilTomorrow:
    def test_b20_the_rest_of_the_day_ends_with_the_next_hours(self) -> None:
        desk = Desk(OFFICE, at="2026-03-06 15:00").works("10m").pauses("today")
        assert desk.status.quiet is not None
        assert desk.status.quiet.why is QuietReason.PAUSE
        assert f"{desk.status.paused_until:%a %H:%M}" == "Mon 09:00"
        desk.rests("3h")
        assert desk.state == "off"
        desk.waits("62h50m").works("10m")
        assert desk.events("resumed") == ["2d18h resumed"]

    def test_b20_over_a_restart_and_a_change_of_clocks(self) -> None:
        desk = Desk(OFFICE, at="2026-03-27 15:00", zone=BERLIN).pauses("today").restarts("1h")
        assert f"{desk.status.paused_until:%m-%d %H:%M}" == "03-30 09:00"
        desk.rests("63h59m").waits("2m")
        assert desk.events("resumed") == ["2d17h resumed"]


YEARS = -1900 * 86400.0


def ahead(*settings: str, **world: Any) -> Desk:
    """Whose clock is years ahead."""
    return Desk(*settings, at="2031-06-01 09:00", zone=BERLIN, **world).works("10m")


class TestB38AClockThatIsYearsOut:
    @pytest.mark.parametrize("down", [None, "10s"])
    def test_b38_a_pause_until_a_time_ends_at_that_time_of_the_clock_that_is_right(
        self, down: str | None
    ) -> None:
        desk = ahead().pauses("10:00").works("20m")
        desk.world.step_wall(YEARS)
        if down is not None:
            desk.restarts(down)
        assert f"{desk.status.paused_until:%Y-%m-%d %H:%M}" == "2026-03-19 10:00"
        assert desk.works("2h").events("resumed") == ["2h resumed"]

    @pytest.mark.parametrize("until", ["10:00", "today"])
    @pytest.mark.parametrize("days", [-1900, -400, -2, -1, 1, 2, 400, 1900])
    @pytest.mark.parametrize("same_clock", [True, False])
    def test_b38_it_is_over_within_a_day(self, until: str, days: int, same_clock: bool) -> None:
        desk = ahead().pauses(until).works("20m")
        desk.world.step_wall(days * 86400, announced=False)
        desk.restarts("10s", same_clock=same_clock).waits("23h39m50s")
        assert not desk.status.paused

    @pytest.mark.parametrize("days", [-1900, 1900])
    def test_b38_also_when_the_clock_is_set_while_it_is_not_running(self, days: int) -> None:
        desk = ahead().pauses("10:00")
        memory = desk.world.engine.memory()
        desk.world.step_wall(days * 86400, announced=False)
        desk.world.engine = Engine(desk.world.settings, desk.adviser, desk.world.now)
        desk.world.engine.restore(memory, desk.world.now, same_clock=False)
        assert not desk.works("24h").status.paused

    def test_b38_a_weekend_that_begins_today_stays_one(self) -> None:
        desk = Desk(OFFICE, at="2026-03-06 15:00").works("10m").pauses("today")
        desk.world.step_wall(-5)
        assert f"{desk.status.paused_until:%a %H:%M}" == "Mon 09:00"

    def test_b38_a_sore_day_is_the_day_that_it_really_is(self) -> None:
        desk = ahead().is_sore("neck")
        desk.world.step_wall(YEARS)
        assert desk.works("1m").status.sore == ("neck",)
        assert desk.works("16h").status.sore is None

    def test_b38_a_regular_pause_comes_again_the_day_after_it_was_ended(self) -> None:
        desk = Desk(LUNCH, at="2031-06-02 12:25", zone=BERLIN).works("10m").resumes()
        desk.world.step_wall(YEARS)
        assert "paused" in {desk.works("10m").state for _ in range(24 * 6)}

    def test_b38_what_hurt_rests_from_the_day_that_it_really_is(self) -> None:
        desk = ahead().asks("stretch").plays().judges("it_hurt")
        desk.world.step_wall(YEARS)
        desk.works("1s")
        (play,) = desk.world.engine.past.plays
        assert play.wall <= desk.world.now.wall

    def test_b38_so_does_what_a_history_tells_of_the_future(self) -> None:
        desk = Desk()
        desk.world.engine.recall(Past((Play("reach", desk.world.now.wall + 9e7),)))
        (play,) = desk.world.engine.past.plays
        assert play.wall == desk.world.now.wall

    def test_b38_days_of_standing_count_on_after_it(self) -> None:
        practice = Practice(3, date(2031, 6, 1))
        practice.day_over(date(2026, 3, 19), 600.0)
        practice.day_over(date(2026, 3, 18), 600.0)
        assert (practice.days, practice.last) == (4, date(2026, 3, 19))
