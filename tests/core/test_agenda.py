"""Calendar entries: when they hold prompts, to the second, and when they make room for a walk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.enums import HoldReason
from deskbreak.core.events import AgendaRead
from deskbreak.core.schedule import Agenda, Entry
from tests.desk import BERLIN, Desk, moment

HOLDS = ("hold", "hold_over")


def details(desk: Desk) -> list[str]:
    return [h.detail for h in desk.status.holds if h.reason is HoldReason.CALENDAR]


def first(desk: Desk) -> str:
    """What the prompt suggests, and for how long."""
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt.suggestion is not None
    return f"{prompt.suggestion.kind} {prompt.suggestion.length_s:.0f}"


class TestB14Entries:
    def test_b14_a_prompt_waits_for_the_end_of_the_entry(self) -> None:
        desk = Desk().plans("09:10-10:00 Review").works("30m")
        assert details(desk) == ["Review"]
        desk.works("31m").finds(
            "10m hold reason=calendar", "60m hold_over reason=calendar", "60m30s prompt bout_s=3630"
        )

    def test_b14_an_entry_that_is_on_already(self) -> None:
        desk = Desk().works("10m").plans("08:00-09:30 Review")
        assert details(desk) == ["Review"]
        assert desk.works("20m").events(*HOLDS) == ["10m hold", "30m hold_over"]

    def test_b14_one_that_is_over_says_nothing(self) -> None:
        desk = Desk().plans("08:00-09:00 Review").works("10m")
        assert desk.events(*HOLDS) == []

    def test_b14_back_to_back_is_one_hold_with_the_title_of_the_moment(self) -> None:
        desk = Desk().plans("09:00-09:40 Review", "09:40-10:00 Call").works("39m")
        assert details(desk) == ["Review"]
        assert details(desk.works("2m")) == ["Call"]
        assert desk.works("20m").events(*HOLDS) == ["0s hold", "1h hold_over"]

    def test_b14_overlapping_entries_are_one_hold(self) -> None:
        desk = Desk().plans("09:05-09:50 Work", "09:20-09:30 Call", "09:40-10:00 Review")
        seen = [details(desk.works("10m"))[0] for _ in range(5)]
        assert seen == ["Work", "Call", "Work", "Review", "Review"]
        assert desk.works("20m").events(*HOLDS) == ["5m hold", "1h hold_over"]

    def test_b14_an_entry_that_is_moved_away_lets_go(self) -> None:
        desk = Desk().plans("09:00-11:00 Review").works("40m").plans("14:00-15:00 Review")
        assert desk.works("31s").events(*HOLDS, "prompt") == [
            "0s hold", "40m hold_over", "40m30s prompt",
        ]  # fmt: skip

    def test_b14_an_entry_that_is_read_again_is_no_news(self) -> None:
        desk = Desk().plans("09:00-11:00 Review").works("40m").plans("09:00-10:30 Review")
        assert desk.works("60m").events(*HOLDS) == ["0s hold", "1h30m hold_over"]

    def test_b14_the_longest_hold_ends_this_one_too(self) -> None:
        desk = Desk("hold.longest=1h").plans("09:00-17:00 Work").works("1h1m")
        assert desk.events(*HOLDS, "prompt") == ["0s hold", "1h hold_over", "1h30s prompt"]

    def test_b14_switched_off_it_holds_nothing(self) -> None:
        desk = Desk("hold.calendar=false").plans("09:00-11:00 Review").works("30m")
        assert desk.events(*HOLDS, "prompt") == ["30m prompt"]

    def test_b14_after_a_sleep_through_its_begin(self) -> None:
        desk = Desk().plans("09:20-11:00 Review").works("10m").sleeps("30m").works("10m")
        assert details(desk) == ["Review"]
        assert desk.events("hold") == ["20m hold"]

    def test_b9_a_restart_within_an_entry(self) -> None:
        desk = Desk().plans("09:00-11:00 Review").works("10m").restarts("10s").works("40m")
        assert details(desk) == ["Review"]
        assert desk.events("hold", "prompt", "hold_over") == ["0s hold"]

    def test_b9_an_entry_that_ended_while_down(self) -> None:
        desk = Desk().plans("09:00-09:10 Review").works("9m").restarts("90s").works("1s")
        assert details(desk) == []
        assert desk.events(*HOLDS)[-1].endswith("hold_over")

    def test_b9_a_restart_after_which_no_calendar_is_read(self) -> None:
        desk = Desk().plans("09:00-11:00 Review").works("10m")
        desk.world._entries = None
        assert details(desk.restarts("10s").works("20s")) == ["Review"]
        assert details(desk.works("11s")) == []


class TestB8TheWallClock:
    def test_b8_an_entry_follows_the_clock_on_the_wall(self) -> None:
        desk = Desk().plans("10:00-11:00 Review").works("10m")
        desk.world.step_wall(3600.0)
        assert details(desk) == ["Review"]
        desk.world.step_wall(-3600.0, announced=False)
        assert details(desk.works("1s")) == []
        assert desk.works("51m").events(*HOLDS)[-1] == "1h hold"

    def test_b8_another_zone_moves_no_entry(self) -> None:
        desk = Desk().plans("09:30-10:00 Review").works("10m")
        desk.world.move_to(BERLIN)
        assert desk.works("55m").events(*HOLDS) == ["30m hold", "1h hold_over"]

    def test_b8_the_night_in_which_the_clocks_change(self) -> None:
        desk = Desk(at="2026-03-29 01:00", zone=BERLIN).plans("01:30-03:30 Ops").works("2h")
        assert desk.events(*HOLDS) == ["30m hold", "1h30m hold_over"]


class TestB24Gaps:
    PLAN = ("09:00-09:25 Planning", "10:00-10:30 Review")

    def test_b24_a_gap_is_for_the_long_walk(self) -> None:
        desk = Desk("breaks.walk_share=0").plans(*self.PLAN).works("30m")
        assert first(desk) == "walk 600"
        assert "shorter" in desk.prompt.actions

    def test_b24_once_per_gap(self) -> None:
        desk = Desk("breaks.walk_share=0", "breaks.sit_limit=10m")
        desk.plans("09:00-09:05 A", "10:20-10:30 B").works("10m").answers("walk").leaves("10m")
        assert first(desk.works("10m")) == "stretch 120"

    def test_b24_and_again_in_the_next_one(self) -> None:
        desk = Desk("breaks.walk_share=0").plans(*self.PLAN, "11:00-11:30 Call").works("30m")
        desk.answers("walk").leaves("10m").works("51m")
        assert first(desk) == "walk 600"

    def test_b24_a_restart_does_not_give_the_gap_back(self) -> None:
        desk = Desk("breaks.walk_share=0", "breaks.sit_limit=10m")
        desk.plans("09:00-09:05 A", "10:20-10:30 B").works("10m").answers("walk").leaves("10m")
        assert first(desk.works("5m").restarts(1).works("5m")) == "stretch 120"

    @pytest.mark.parametrize(
        ("begins", "share", "suggests"),
        [
            ("09:42", "0", "walk 600"),  # ten minutes and two to settle in
            ("09:41", "0", "stretch 120"),
            ("09:41", "1", "walk 300"),
            ("09:35", "1", "walk 300"),
            ("09:34", "1", "stretch 120"),
        ],
    )
    def test_b24_no_walk_that_would_not_end_in_time(
        self, begins: str, share: str, suggests: str
    ) -> None:
        desk = Desk(f"breaks.walk_share={share}")
        assert first(desk.plans("09:00-09:25 A", f"{begins}-10:30 B").works("30m")) == suggests

    @pytest.mark.parametrize(("begins", "suggests"), [("10:55", "walk"), ("10:56", "stretch")])
    def test_b24_longer_than_an_hour_and_a_half_is_no_gap(self, begins: str, suggests: str) -> None:
        desk = Desk("breaks.walk_share=0").plans("09:00-09:25 A", f"{begins}-11:30 B").works("30m")
        assert first(desk).split()[0] == suggests

    @pytest.mark.parametrize("plan", ["09:00-09:25 A", "10:00-10:30 B"])
    def test_b24_a_gap_has_two_sides(self, plan: str) -> None:
        assert first(Desk("breaks.walk_share=0").plans(plan).works("30m")) == "stretch 120"

    def test_b24_nor_is_a_walk_after_a_meal_too_long_for_the_entry_ahead(self) -> None:
        desk = Desk("breaks.walk_share=1", "schedule.meals=12:30", at="2026-03-02 13:00")
        assert first(desk.plans("13:40-14:00 A").works("30m")) == "walk 300"

    def test_b24_a_block_of_entries_counts_as_meetings(self) -> None:
        desk = Desk("breaks.walk_share=0").plans("09:00-09:40 A", "09:40-10:00 B").works("1h1m")
        assert first(desk) == "walk 600"

    def test_b24_a_shorter_block_does_not(self) -> None:
        desk = Desk("breaks.walk_share=0").plans("09:00-09:40 A", "09:40-09:59 B").works("1h1m")
        assert first(desk) == "stretch 120"

    def test_b24_a_break_uses_up_all_that_spoke_for_it(self) -> None:
        desk = Desk("breaks.walk_share=0", "breaks.sit_limit=10m", "schedule.meals=12:30",
                    at="2026-03-02 13:20")  # fmt: skip
        desk.plans("13:20-13:25 A", "14:50-15:00 B").works("10m").answers("walk").leaves("10m")
        assert first(desk.works("10m")) == "stretch 120"

    def test_b24_where_nobody_walks_a_gap_changes_nothing(self) -> None:
        desk = Desk("routines.places=desk").plans(*self.PLAN).works("30m")
        assert first(desk) == "stretch 120"


HOUR = st.integers(0, 7200)


@given(st.lists(st.tuples(HOUR, HOUR), max_size=6), st.lists(st.integers(1, 1500), max_size=8))
def test_holds_are_on_exactly_inside_the_entries(
    edges: list[tuple[int, int]], waits: list[int]
) -> None:
    desk = Desk("hold.longest=24h", "breaks.sit_limit=5h")
    start = desk.world.now.wall
    entries = tuple(Entry(start + begin, start + end, "X") for begin, end in edges)
    desk.world.tell(AgendaRead(entries))
    for wait in (0, *waits):
        desk.waits(wait)
        now = start + desk.t
        assert bool(details(desk)) == any(e.begins <= now < e.ends for e in entries)
    told = {round(seen.t) for seen in desk.log() if seen.happening.event in HOLDS}
    assert told <= {0, *(edge for pair in edges for edge in pair)}


@given(st.lists(st.tuples(HOUR, HOUR), max_size=6), HOUR)
def test_a_gap_is_free_and_ends_where_entries_begin(edges: list[tuple[int, int]], at: int) -> None:
    now = moment()
    agenda = Agenda.of(Entry(now.wall + a - at, now.wall + b - at) for a, b in edges)
    gap = agenda.gap(now)
    assert all(entry.begins < entry.ends for entry in agenda.entries)
    if gap is not None:
        begins, ends = gap
        assert not agenda.at(now).is_on
        assert begins <= now.wall < ends
        assert {begins, ends} <= {e for x in agenda.entries for e in (x.begins, x.ends)}
        assert not any(x.begins < ends and x.ends > begins for x in agenda.entries)


def test_an_agenda_without_entries_never_changes() -> None:
    meeting = Agenda().at(moment())
    assert (meeting.is_on, meeting.title, meeting.changes_at) == (False, "", None)
    assert Agenda().next_begins(moment()) is None


def test_the_next_change_is_the_next_edge() -> None:
    now = moment()
    agenda = Agenda.of([Entry(now.wall, now.wall + 60), Entry(now.wall + 30, now.wall + 90)])
    assert agenda.at(now).changes_at == now.wall + 30
