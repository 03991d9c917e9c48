"""A process that hangs is noticed; a slow one, or a machine that stood still, is not blamed."""

from collections.abc import Iterator

import pytest

from deskbreak.adapters.child import LIMIT_S, LOOK_EVERY_S, Silence
from tests.virtual_time import VirtualTimeLoop
from tests.waiting import spin, spin_for


class Watched:
    """What is watched, and when it was given up."""

    def __init__(self, loop: VirtualTimeLoop) -> None:
        self.given_up: list[float] = []
        self.silence = Silence(loop, lambda: self.given_up.append(loop.time()))


@pytest.fixture
def watched(loop: VirtualTimeLoop) -> Iterator[Watched]:
    made = Watched(loop)
    yield made
    made.silence.close()


def test_it_is_given_up_once_after_half_a_minute(loop: VirtualTimeLoop, watched: Watched) -> None:
    began = loop.time()
    spin_for(loop, LIMIT_S)
    assert watched.given_up == []
    spin(loop, lambda: watched.given_up)
    assert LIMIT_S <= watched.given_up[0] - began <= LIMIT_S + LOOK_EVERY_S + 1
    spin_for(loop, 600)
    assert len(watched.given_up) == 1


def test_a_sign_of_life_every_half_minute_is_enough(
    loop: VirtualTimeLoop, watched: Watched
) -> None:
    for _ in range(20):
        spin_for(loop, LIMIT_S - 1)
        watched.silence.heard()
    assert watched.given_up == []


def test_a_machine_that_stood_still_for_long_blames_nobody(
    loop: VirtualTimeLoop, watched: Watched
) -> None:
    spin_for(loop, 1)
    watched.silence.heard()
    loop._jumping.now += 3600  # this loop and the process stood still together
    spin_for(loop, LOOK_EVERY_S - 1)
    assert watched.given_up == []
    watched.silence.heard()
    spin_for(loop, LIMIT_S)
    assert watched.given_up == []


def test_nothing_comes_of_it_once_it_is_closed(loop: VirtualTimeLoop, watched: Watched) -> None:
    watched.silence.close()
    spin_for(loop, 600)
    assert watched.given_up == []
