"""What speaks against an idle source, and what does not."""

import pytest

from deskbreak.adapters.idle.watchdog import (
    AFTER_UNLOCK_S,
    FROZEN_ANSWERS,
    FROZEN_AT_ZERO,
    LOCKED_S,
    Watchdog,
)


@pytest.fixture
def dog() -> Watchdog:
    return Watchdog(threshold_s=60)


def answers(dog: Watchdog, *said: float, every: float = 60) -> list[str | None]:
    return [dog.answered(at * every, idle_s) for at, idle_s in enumerate(said)]


def test_an_idle_time_that_stands_still_is_noticed(dog: Watchdog) -> None:
    verdicts = answers(dog, *[12.3] * FROZEN_ANSWERS)
    assert verdicts[:-1] == [None] * (FROZEN_ANSWERS - 1)
    assert verdicts[-1] == "it stands still at 12.3 seconds"


def test_zero_may_be_met_more_often_than_that_by_a_fast_typist(dog: Watchdog) -> None:
    verdicts = answers(dog, *[0.0] * FROZEN_AT_ZERO)
    assert verdicts[:-1] == [None] * (FROZEN_AT_ZERO - 1)
    assert verdicts[-1] is not None


@pytest.mark.parametrize(
    "said",
    [(12.3, 72.3, 132.3, 192.3), (12.3, 0.1, 12.3, 0.2, 12.3), (0.0, 0.0, 0.1, 0.0, 0.0)],
    ids=["it grows", "input in between", "input all the time"],
)
def test_what_moves_is_fine(dog: Watchdog, said: tuple[float, ...]) -> None:
    assert set(answers(dog, *said)) == {None}


def test_answers_in_the_same_moment_prove_nothing(dog: Watchdog) -> None:
    assert set(answers(dog, *[12.3] * 50, every=0.01)) == {None}


def test_input_behind_two_long_locks_is_no_input(dog: Watchdog) -> None:
    long = LOCKED_S + dog.threshold_s
    dog.locked(0)
    assert dog.unlocked(long) is None
    dog.locked(2 * long)
    assert dog.unlocked(3 * long) == "it saw input all the time while the screen was locked"


@pytest.mark.parametrize("quiet_at", ["before", "during"])
def test_a_lock_with_a_pause_in_it_clears_the_record(dog: Watchdog, quiet_at: str) -> None:
    long = LOCKED_S + dog.threshold_s
    dog.locked(0)
    assert dog.unlocked(long) is None
    if quiet_at == "before":
        dog.told(60)
    dog.locked(2 * long)
    if quiet_at == "during":
        dog.told(60)
    dog.told(0)
    assert dog.unlocked(3 * long) is None
    dog.locked(4 * long)
    assert dog.unlocked(5 * long) is None


def test_short_locks_prove_nothing(dog: Watchdog) -> None:
    for at in range(0, 10_000, 1000):
        dog.locked(at)
        assert dog.unlocked(at + LOCKED_S) is None


def test_who_unlocks_the_screen_has_touched_something(dog: Watchdog) -> None:
    dog.told(60)
    dog.locked(100)
    assert dog.unlocked(1000) is None
    assert dog.input_due_at == 1000 + AFTER_UNLOCK_S
    assert dog.looked(1000 + AFTER_UNLOCK_S - 1) is None
    assert dog.looked(1000 + AFTER_UNLOCK_S) == "it saw no input though the screen was unlocked"


def test_input_after_the_unlocking_is_all_that_is_asked(dog: Watchdog) -> None:
    dog.told(60)
    dog.locked(100)
    dog.unlocked(1000)
    dog.told(0)
    assert dog.input_due_at is None
    assert dog.looked(2000) is None


def test_who_locks_again_at_once_owes_nothing(dog: Watchdog) -> None:
    dog.told(60)
    dog.unlocked(1000)
    dog.locked(1001)
    assert dog.looked(5000) is None


def test_a_source_that_was_not_quiet_has_nothing_to_prove_by_unlocking(dog: Watchdog) -> None:
    dog.locked(100)
    dog.unlocked(130)
    assert dog.input_due_at is None
