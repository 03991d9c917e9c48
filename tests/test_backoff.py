"""Pauses that grow."""

from deskbreak.backoff import Backoff


def test_pauses_double_up_to_the_longest_and_begin_anew() -> None:
    pauses = Backoff(5.0, 30.0)
    assert [pauses.pause_s() for _ in range(5)] == [5.0, 10.0, 20.0, 30.0, 30.0]
    pauses.reset()
    assert pauses.pause_s() == 5.0
