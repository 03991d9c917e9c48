"""Weeks of routines: the next level is offered, declined, taken; what hurt rests and comes back."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.core.effects import NoticeKind, SetLevel, ShowNotice
from deskbreak.core.progress import SUSPENDED
from tests.core.weeks import ADVISER, Weeks, exercises
from tests.desk import Desk
from tests.thorough import examples


def test_a_level_up_is_offered_once_declined_and_offered_again_after_twelve_more() -> None:
    weeks = Weeks().plays_for_days(4)
    assert weeks.offers == []  # twelve routines, but on four days
    weeks.plays_one()
    assert weeks.offers == [2]
    assert weeks.status.level_offered == 2
    assert weeks.status.level == 1
    weeks.answers_the_offer(2, yes=False)
    assert weeks.status.level_offered is None
    weeks.sleeps("21h").plays_for_days(4)
    assert weeks.offers == [2]
    weeks.plays_one()
    assert weeks.offers == [2, 2]
    assert weeks.effects(SetLevel) == []


def test_taken_hurt_and_back_again() -> None:
    weeks = Weeks().plays_for_days(5).answers_the_offer(2, yes=True)
    assert weeks.effects(SetLevel) == [SetLevel(2)]
    assert weeks.status.level == 2
    assert weeks.events("level_offered", "level_set")[-1].endswith("level_set")
    told = _stronger(weeks)
    assert told, "level 2 is used"
    weeks.plays_one("it_hurt", told)
    hurt = ADVISER.catalogue.exercises[told]
    before = len(weeks.played)
    weeks.plays_for_days(9, None)
    lately = exercises(routine for _, routine in weeks.played[before:])
    assert all(one.id != told for one in lately)
    assert all(one.level == 1 for one in lately if set(one.areas) & set(hurt.areas))
    weeks.chooses_level(2)
    weeks.plays_for_days(9, None)
    again = exercises(routine for _, routine in weeks.played[before + 27 :])
    assert any(one.level == 2 and set(one.areas) & set(hurt.areas) for one in again)


def _stronger(weeks: Weeks) -> str:
    """Plays on until an exercise of level 2 comes, and names it."""
    for _ in range(40):
        weeks.plays_one()
        for one in exercises([weeks.last]):
            if one.level == 2:
                return one.id
    return ""


@pytest.mark.parametrize("feedback", ["too_hard", "it_hurt"])
def test_trouble_with_the_last_one_puts_the_offer_off(feedback: str) -> None:
    weeks = Weeks(times=3).plays_for_days(4)
    weeks.plays_one(feedback)
    assert weeks.offers == []
    weeks.plays_for_days(2)
    assert weeks.offers == []
    weeks.plays_for_days(1)
    assert weeks.offers == [2]


def test_without_an_answer_the_offer_waits_until_the_question_is_gone() -> None:
    weeks = Weeks().plays_for_days(4)
    weeks.works("40m").answers("stretch").waits("2m").plays().works("89s")
    assert weeks.offers == []
    weeks.works("1s")
    assert weeks.offers == [2]


def test_never_while_a_break_runs_a_hold_is_on_or_nobody_is_there() -> None:
    weeks = Weeks().plays_for_days(4)
    weeks.works("40m").answers("stretch").waits("2m").plays().asks("walk").rests("10m")
    assert weeks.offers == []
    weeks.nudges("10s").works("1s").holds().works("10m")
    assert weeks.offers == []
    weeks.releases().works("1m")
    assert weeks.offers == [2]


@pytest.mark.parametrize("words", ["routines.recent_pain=under_6_weeks", "routines.level=3"])
def test_there_is_no_next_level_for_everybody(words: str) -> None:
    assert Weeks(words).plays_for_days(6).offers == []


def test_not_on_a_sore_day() -> None:
    weeks = Weeks().plays_for_days(4).is_sore()
    assert weeks.plays_one().offers == []


def test_an_offer_survives_a_restart_and_can_be_answered_once() -> None:
    weeks = Weeks().plays_for_days(5).restarts("1m").works("1m")
    assert weeks.status.level_offered == 2
    weeks.answers_the_offer(2, yes=False).answers_the_offer(2, yes=True)
    assert weeks.refusal == "That question is no longer open."
    assert weeks.status.level == 1


def test_the_offer_says_what_it_asks_and_the_first_time_when_to_see_a_doctor() -> None:
    weeks = Weeks().plays_for_days(5)
    notices = [e.notice for e in weeks.effects(ShowNotice)]
    first = next(n.text for n in notices if n.kind is NoticeKind.LEVEL_UP)
    assert "asks a bit more" in first
    assert "see a doctor" in first
    weeks.answers_the_offer(2, yes=True).plays_for_days(5)
    assert weeks.offers == [2, 3]
    second = weeks.effects(ShowNotice)[-1].notice.text
    assert "asks a bit more" in second
    assert "doctor" not in second
    assert NoticeKind.SAFETY not in {e.notice.kind for e in weeks.effects(ShowNotice)}


def test_a_level_that_is_chosen_in_the_settings_counts_from_then_on() -> None:
    weeks = Weeks().plays_for_days(4).sets("routines.level=2").plays_one()
    assert weeks.offers == []
    assert weeks.world.engine.past.level_set is not None


def test_also_if_it_was_changed_while_nothing_ran() -> None:
    desk = Desk().works("5m")
    state = desk.world.engine.memory()
    assert state["past"]["level"] == 1
    state["past"]["level"] = 3
    desk.world.engine.restore(state, desk.world.now, same_clock=True)
    assert desk.world.engine.past.level_set == desk.world.now.wall


FEEDBACK = st.sampled_from(["good", "good", "too_easy", "too_hard", "it_hurt", None])


@settings(
    max_examples=examples(12),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(FEEDBACK, st.booleans()), min_size=20, max_size=45), st.integers(1, 3))
def test_never_above_the_level_and_never_what_hurt_within_fourteen_days(
    days: list[tuple[str | None, bool]], level: int
) -> None:
    weeks = Weeks(f"routines.level={level}")
    hurt: dict[str, float] = {}
    for feedback, accepts in days:
        weeks.works("40m").answers("stretch").waits("2m")
        if weeks.status.break_ is None or weeks.break_.routine is None:
            continue  # everything hurts: a walk, or nothing
        now, steps = weeks.world.now.wall, exercises([weeks.last])
        assert all(one.level <= weeks.status.level for one in steps)
        ago = [now - hurt[one.id] for one in steps if one.id in hurt]
        assert all(since >= SUSPENDED - 180 for since in ago)
        weeks.plays()
        if feedback is not None:
            weeks.judges(feedback, steps[0].id)
        if feedback == "it_hurt":
            hurt[steps[0].id] = weeks.world.now.wall
        weeks.works("5m")
        offered = weeks.status.level_offered
        if offered is not None:
            assert offered == weeks.status.level + 1
            weeks.answers_the_offer(offered, yes=accepts)
        weeks.sleeps("16h")


def test_every_offer_is_twelve_routines_after_the_last() -> None:
    weeks = Weeks(times=4).plays_for_days(14, None)
    plays = len(weeks.played)
    assert len(weeks.offers) == len(list(_twelves(plays)))


def _twelves(plays: int) -> Iterator[int]:
    """When an offer is due: first after five days of four, then after twelve on five days."""
    return iter(range(17, plays + 1, 17))
