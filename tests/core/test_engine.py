"""The one door to the core: facts in, intentions out, and how often it wants to be woken."""

import pytest

from deskbreak.core.effects import Refused, ShowPrompt
from deskbreak.core.enums import Answer, BreakKind, HoldReason
from deskbreak.core.events import Fact, IdleSourceFound, Sampled, Ticked, Woke
from deskbreak.core.records import Happening, Prompted
from tests.desk import Desk


def wakes(desk: Desk, length: str) -> int:
    """How often the engine or its source wanted attention meanwhile."""
    before = desk.world.wakes
    desk.waits(length)
    return desk.world.wakes - before


class TestWakeUps:
    def test_at_the_desk_nothing_due_none(self) -> None:
        assert wakes(Desk("breaks.sit_limit=2h"), "1h59m") == 0

    def test_away_the_natural_break_and_no_more(self) -> None:
        desk = Desk().works("10m").rests("70s")
        assert wakes(desk, "10h") == 1

    def test_and_the_day(self) -> None:
        desk = Desk().works("10m").rests("5m")
        assert wakes(desk, "20h") == 1

    def test_locked(self) -> None:
        desk = Desk().works("10m")
        desk.world.lock()
        assert wakes(desk, "10h") == 1

    def test_unknown(self) -> None:
        desk = Desk("breaks.sit_limit=2h")
        desk.world.lose_source()
        assert wakes(desk, "1h59m") == 0

    def test_held_only_for_the_longest(self) -> None:
        desk = Desk().works("25m").holds().works("10m")
        assert wakes(desk, "100m") == 0

    def test_paused_without_an_end(self) -> None:
        assert wakes(Desk().pauses(), "10h") == 0

    def test_off_hours_until_they_begin(self) -> None:
        desk = Desk('schedule.hours=[{from="09:00", to="10:00"}]').works("70m")
        assert wakes(desk, "12h") == 0

    def test_prompted_until_it_is_repeated(self) -> None:
        assert wakes(Desk().works("31m"), "3m59s") == 0

    def test_waiting_for_a_gap_until_it_has_waited_long_enough(self) -> None:
        assert wakes(Desk("breaks.typing_gap=3s").works("30m1s"), "58s") == 0

    def test_reminders_that_give_way_do_not_tick(self) -> None:
        desk = Desk('reminder=[{name="eyes", every="28m30s"}]').works("28m31s")
        assert wakes(desk, "80s") <= 1

    def test_never_at_once_again(self) -> None:
        desk = Desk().works("10m").rests("60s")
        assert desk.world.engine.next_moment() > 1


class TestIdleThreshold:
    """What missing input the source should tell of."""

    def test_at_the_desk(self) -> None:
        assert Desk().world.engine.idle_threshold == 60

    def test_away(self) -> None:
        assert Desk().rests("2m").world.engine.idle_threshold == 2

    def test_while_a_prompt_waits_for_a_gap(self) -> None:
        assert Desk("breaks.typing_gap=3s").works("30m1s").world.engine.idle_threshold == 3

    def test_while_a_reminder_waits_for_a_gap(self) -> None:
        desk = Desk("breaks.typing_gap=3s", 'reminder=[{name="eyes", every="10m"}]').works("10m1s")
        assert desk.world.engine.idle_threshold == 3

    def test_never_longer_than_away_after(self) -> None:
        desk = Desk("breaks.typing_gap=2m").works("30m1s")
        assert desk.world.engine.idle_threshold == 60

    def test_while_a_walk_has_been_chosen(self) -> None:
        assert Desk().works("30m").answers("walk").world.engine.idle_threshold == 10

    def test_once_it_is_shown(self) -> None:
        assert Desk("breaks.typing_gap=3s").works("32m").world.engine.idle_threshold == 60

    def test_other_settings_count_at_once(self) -> None:
        assert Desk().sets("presence.away_after=30s").world.engine.idle_threshold == 30


class TestFacts:
    @pytest.mark.parametrize("fact", [Ticked(), Woke(), Sampled(0.0), IdleSourceFound("other")])
    def test_that_say_nothing_new_change_nothing(self, fact: Fact) -> None:
        desk = Desk().works("10m").forgets()
        desk.world.tell(fact)
        assert desk.finds().works("20m").bout == 1800

    @pytest.mark.parametrize("idle", [-5.0, float("nan")])
    def test_nonsense_from_a_source_is_no_idle_time(self, idle: float) -> None:
        desk = Desk().works("10m")
        desk.world.tell(Sampled(idle))
        assert desk.works("1m").bout == 660

    def test_an_endless_idle_time_is_as_long_as_it_can_be(self) -> None:
        desk = Desk().works("10m")
        desk.world.tell(Sampled(float("inf")))
        assert desk.world.engine.next_moment() == 60

    def test_a_source_that_is_only_asked_finds_nobody_gone_who_is_there(self) -> None:
        desk = Desk("breaks.typing_gap=3s", poll_s=30.0).works("30m20s").rests("20s").works("5m")
        assert "natural_break" not in str(desk.events("natural_break"))
        assert desk.state == "sitting"
        assert desk.bout > 2100


class TestRefusals:
    def test_are_effects_in_a_sentence(self) -> None:
        desk = Desk().answers("skip")
        assert desk.effects(Refused) == [Refused("There is no break to skip right now.")]


class TestHappenings:
    def test_are_words_that_json_knows(self) -> None:
        said = Prompted(1800, 0, BreakKind.WALK, (Answer.WALK, Answer.SKIP)).as_dict()
        assert said == {
            "bout_s": 1800, "overdue_s": 0, "suggests": "walk", "actions": ("walk", "skip"),
        }  # fmt: skip

    def test_leave_out_what_is_not_there(self) -> None:
        desk = Desk().works("5m").asks("walk")
        assert desk.log()[0].happening.as_dict() == {"kind": "walk"}

    def test_every_event_has_its_own_name(self) -> None:
        names = {kind.__name__: kind.event for kind in Happening.__subclasses__()}
        assert len(set(names.values())) == len(names)
        assert "" not in names.values()


class TestStatus:
    def test_of_a_prompt(self) -> None:
        desk = Desk().works("31m")
        prompt = desk.status.prompt
        assert prompt == desk.effects(ShowPrompt)[0].prompt
        assert (desk.status.bout.limit_s, desk.status.bout.due_in_s) == (1800, 0)

    @pytest.mark.parametrize(
        ("desk", "due_in"),
        [
            (lambda: Desk().works("10m"), 1200),
            (lambda: Desk().works("30m").answers("snooze"), 300),
            (lambda: Desk().works("30m").answers("skip").works("5m"), 600),
            (lambda: Desk("standing.enabled=true", "standing.sit_for=20m").works("10m"), 600),
            (lambda: Desk().rests("2m"), None),
            (lambda: Desk().pauses(), None),
            (lambda: Desk().asks("walk"), None),
        ],
    )
    def test_says_when_the_next_is_due(self, desk: object, due_in: float | None) -> None:
        assert desk().status.bout.due_in_s == due_in  # type: ignore[operator]

    def test_of_a_break(self) -> None:
        taken = Desk().works("30m").answers("stretch").waits("30s").status.break_
        assert taken is not None
        assert (taken.kind, taken.passed_s, taken.remaining_s) == ("stretch", 30, 90)

    def test_of_the_holds(self) -> None:
        desk = Desk().works("5m")
        desk.world.hold(HoldReason.CALL, "Zoom")
        (hold,) = desk.status.holds
        assert (hold.reason, hold.detail, f"{hold.since:%H:%M}") == ("call", "Zoom", "09:05")
