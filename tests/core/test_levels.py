"""What feedback does to the menu."""

from datetime import UTC, datetime

import pytest

from deskbreak.content.model import Area
from deskbreak.core.enums import Feedback
from deskbreak.core.progress import Play, eased, level_up_due, lowered, suspended
from tests.content.builtin import builtin

CATALOGUE = builtin()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()
DAY = 86400.0


def played(
    days: float = 0,
    feedback: Feedback | None = None,
    exercise: str | None = None,
    *,
    routine: str = "stand-hips",
    share: float = 1.0,
) -> Play:
    return Play(routine, NOON + days * DAY, share, feedback, exercise)


def test_what_hurt_is_left_out_for_fourteen_days() -> None:
    hurt = [played(0, Feedback.IT_HURT, "standing_march")]
    assert suspended(hurt, CATALOGUE, NOON) == {"standing_march"}
    assert suspended(hurt, CATALOGUE, NOON + 13.99 * DAY) == {"standing_march"}
    assert suspended(hurt, CATALOGUE, NOON + 14 * DAY) == set()


def test_where_it_is_not_known_which_all_that_move_the_body_are_left_out() -> None:
    hurt = [played(0, Feedback.IT_HURT, routine="stand-core-easy")]
    assert suspended(hurt, CATALOGUE, NOON) == {"weight_shift", "standing_march"}
    gone = [played(0, Feedback.IT_HURT, "gone", routine="gone")]
    assert suspended(gone, CATALOGUE, NOON) == set()


def test_a_single_exercise_that_hurt() -> None:
    alone = [played(0, Feedback.IT_HURT, routine="plank")]
    assert suspended(alone, CATALOGUE, NOON) == {"plank"}


@pytest.mark.parametrize("feedback", [None, Feedback.GOOD, Feedback.TOO_EASY, Feedback.TOO_HARD])
def test_nothing_else_suspends(feedback: Feedback | None) -> None:
    assert suspended([played(0, feedback, "standing_march")], CATALOGUE, NOON) == set()


def test_what_hurt_steps_its_areas_down() -> None:
    hurt = [played(0, Feedback.IT_HURT, "standing_march")]
    assert lowered(hurt, CATALOGUE, 3) == {Area.HIPS: 2, Area.CORE: 2}
    assert lowered(hurt * 5, CATALOGUE, 3) == {Area.HIPS: 1, Area.CORE: 1}
    assert lowered(hurt, CATALOGUE, 1) == {}
    assert lowered(hurt, CATALOGUE, 3, since=NOON) == {}


def test_one_report_steps_an_area_down_once() -> None:
    hurt = [played(0, Feedback.IT_HURT)]
    assert set(lowered(hurt, CATALOGUE, 3).values()) == {2}


def test_too_hard_twice_begins_easier() -> None:
    hard = [played(0, Feedback.TOO_HARD, "standing_march")]
    assert eased(hard, CATALOGUE) == set()
    assert eased(hard * 2, CATALOGUE) == {"standing_march"}
    other = [played(1, Feedback.TOO_HARD, "weight_shift")]
    assert eased([*hard, *other], CATALOGUE) == set()


def twelve(days: int = 5, last: Feedback | None = None) -> list[Play]:
    return [played(n % days + n / 100, last if n == 11 else None) for n in range(12)]


def test_a_level_up_is_offered_after_twelve_routines_on_five_days() -> None:
    assert level_up_due(twelve(), 1, UTC)
    assert not level_up_due(twelve()[1:], 1, UTC)
    assert not level_up_due(twelve(days=4), 1, UTC)
    assert not level_up_due(twelve(), 3, UTC)


def test_what_was_hardly_begun_does_not_count() -> None:
    assert not level_up_due([*twelve()[1:], played(3, share=0.59)], 1, UTC)
    assert level_up_due([*twelve()[1:], played(0.5, share=0.6)], 1, UTC)


@pytest.mark.parametrize("feedback", [Feedback.TOO_HARD, Feedback.IT_HURT])
def test_trouble_among_the_last_eight_puts_it_off(feedback: Feedback) -> None:
    assert not level_up_due(twelve(last=feedback), 1, UTC)
    earlier = [*twelve(last=feedback), *(played(6 + n / 10) for n in range(7))]
    assert not level_up_due(earlier, 1, UTC)
    assert level_up_due([*earlier, played(7)], 1, UTC)


def test_one_who_declines_is_asked_again_after_another_twelve() -> None:
    offered = NOON + 10 * DAY
    later = [played(11 + n) for n in range(12)]
    assert not level_up_due([*twelve(), *later[:11]], 1, UTC, since=offered)
    assert level_up_due([*twelve(), *later], 1, UTC, since=offered)
