"""What is remembered of earlier routines, what survives, and what feedback does to the menu."""

from datetime import UTC, datetime
from typing import Any

import pytest

from deskbreak.content.model import Area
from deskbreak.core.engine import Engine
from deskbreak.core.enums import Feedback
from deskbreak.core.progress import (
    KEPT,
    TROUBLE_KEPT,
    Past,
    Play,
    eased,
    level_up_due,
    lowered,
    suspended,
)
from deskbreak.core.snapshot import PAST
from tests.content.builtin import builtin
from tests.desk import Desk, PlainAdviser

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


def past(*routines: str) -> Past:
    made = Past()
    for number, routine in enumerate(routines):
        made.start(routine, float(number))
    return made


def test_a_play_grows_from_its_start_to_what_was_said_of_it() -> None:
    made = past("a", "b")
    made.end("b", 0.75)
    made.judge("b", Feedback.IT_HURT, "squat", 90.0)
    assert made.plays == (Play("a", 0.0), Play("b", 90.0, 0.75, Feedback.IT_HURT, "squat"))
    assert made.started == ["a", "b"]


def test_the_end_of_another_routine_changes_nothing() -> None:
    made = past("a")
    made.end("b", 1.0)
    made.end(None, 1.0)
    assert made.plays == (Play("a", 0.0),)


def test_a_second_judgement_does_not_take_the_first_away() -> None:
    made = past("a")
    made.judge("a", Feedback.IT_HURT, "squat", 5.0)
    made.judge("a", Feedback.GOOD, None, 6.0)
    assert [play.feedback for play in made.plays] == [Feedback.IT_HURT, Feedback.GOOD]
    assert made.plays[1].share == 0.0  # nothing more was done


def test_what_hurt_is_kept_longer_than_what_was_fine() -> None:
    made = past("hurt")
    made.judge("hurt", Feedback.IT_HURT, "squat", 1.0)
    for number in range(KEPT + 10):
        made.start(f"r{number}", float(number))
    assert len(made.plays) == KEPT + 1
    assert made.plays[0].routine == "hurt"
    for number in range(3 * KEPT):
        made.start("x", float(number))
        made.judge("x", Feedback.TOO_HARD, None, float(number))
    assert len(made.plays) == KEPT + TROUBLE_KEPT


def test_a_round_trip() -> None:
    made = past("a", "b")
    made.judge("b", Feedback.GOOD, None, 3.5)
    made.level, made.level_set, made.level_offered, made.offer = 2, 5.0, 7.0, 3
    assert PAST.load(PAST.dump(made, 0.0), "state: past", 0.0) == made
    assert PAST.load({"plays": []}, "state: past", 0.0) == Past()


def taken_up(before: dict[str, Any]) -> Engine:
    """An engine that goes on from a state of before what hurt was remembered."""
    desk = Desk().works("5m")
    state = desk.world.engine.memory()
    for key in ("past", "sore", "heeded"):
        state.pop(key, None)
    engine = Engine(desk.world.settings, PlainAdviser(), desk.world.now)
    engine.restore(state | before, desk.world.now, same_clock=True)
    return engine


def test_a_state_from_before_loses_nothing() -> None:
    before = {
        "started": ["a", "b", "a", "c"],
        "felt": [
            {"routine": "gone", "feedback": "good", "wall": 5.0},
            {"routine": "a", "feedback": "too_hard", "wall": 10.0},
            {"routine": "a", "feedback": "it_hurt", "wall": 30.0, "exercise": "squat"},
        ],
    }
    read = taken_up(before).past
    assert read.started == ["gone", "a", "b", "a", "c"]
    assert [play.feedback for play in read.plays] == [
        Feedback.GOOD, Feedback.TOO_HARD, None, Feedback.IT_HURT, None
    ]  # fmt: skip
    assert read.plays[3] == Play("a", 30.0, 1.0, Feedback.IT_HURT, "squat")


@pytest.mark.parametrize(
    "felt",
    [
        [{"routine": "a"}],
        [5],
        [{"routine": "a", "wall": "x", "feedback": "good"}],
        [{"routine": "a", "wall": 1.0, "feedback": "lovely"}],
        None,
    ],
)
def test_judgements_that_make_no_sense(felt: object) -> None:
    with pytest.raises(ValueError, match="state"):
        taken_up({"started": [], "felt": felt})


def test_what_is_known_from_elsewhere_is_taken_only_where_nothing_is_known() -> None:
    desk = Desk()
    desk.world.engine.recall(past("a"))
    desk.world.engine.recall(past("b"))
    assert desk.world.engine.past.started == ["a"]
    assert desk.world.engine.past.level == 1


@pytest.mark.parametrize(("share", "kept"), [(1.0, 1.0), (0.7, 0.7), (0.2, 0.2)])
def test_the_engine_keeps_how_much_was_done(share: float, kept: float) -> None:
    desk = Desk("breaks.walk_share=0").works("30m").answers("stretch").waits("1m").plays(share)
    (play,) = desk.world.engine.past.plays
    assert (play.routine, play.share) == ("reach", kept)
    assert play.wall == desk.world.start.wall + 1800


def test_also_of_one_that_was_left_or_whose_player_died() -> None:
    desk = Desk().works("30m").asks("stretch").waits("90s").answers("skip")
    desk.asks("stretch").player_dies(0.4)
    assert [play.share for play in desk.world.engine.past.plays] == [0.75, 0.4]
