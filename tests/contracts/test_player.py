"""What every Player keeps to: a process of its own, and the one that tests move."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from deskbreak.adapters.player.process_player import ProcessPlayer, in_window
from deskbreak.core.events import Fact, PlayerDied, PlayerEnded, PlayerPainted
from deskbreak.ports import Player
from tests.adapters.doors import doors
from tests.fakes.player import FakePlayer
from tests.waiting import spin, spin_for

ACTOR = Path(__file__).parent.parent / "adapters" / "player" / "actor.py"


OfRun = TypeVar("OfRun", bound=PlayerPainted | PlayerEnded | PlayerDied)


class Stage:
    """A player, what it reported, and a way to let a run play its part."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.facts: list[Fact] = []
        self.player: Player
        self.play: Callable[[int, str], None]

    def wait_for(self, kind: type[OfRun], run: int) -> OfRun:
        found: list[OfRun] = spin(
            self.loop,
            lambda: [f for f in self.facts if isinstance(f, kind) and f.run == run],
        )
        return found[0]


def fake(stage: Stage) -> None:
    player = FakePlayer(stage.facts.append)

    def play(run: int, part: str) -> None:
        player.start(run, part)
        player.paints()
        if part == "whole":
            player.ends(0.75, 3, 4)
        elif part == "dies":
            player.dies(share=0.4, at_step=3, of=4)

    stage.player, stage.play = player, play


@pytest.fixture(params=["process", "fake"])
def stage(
    request: pytest.FixtureRequest, loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> Iterator[Stage]:
    made = Stage(loop)
    if request.param == "fake":
        fake(made)
    else:
        made.player = ProcessPlayer(
            loop,
            made.facts.append,
            [in_window(lambda part: [sys.executable, str(ACTOR), part])],
            doors(loop, tmp_path),
        )
        made.play = made.player.start
    yield made
    made.player.close()


def test_a_run_is_painted_and_ends_under_its_number(stage: Stage) -> None:
    stage.play(7, "whole")
    stage.wait_for(PlayerPainted, 7)
    assert stage.wait_for(PlayerEnded, 7) == PlayerEnded(7, 0.75, 3, 4)


def test_a_death_says_how_far_it_had_come(stage: Stage) -> None:
    stage.play(7, "dies")
    died = stage.wait_for(PlayerDied, 7)
    assert died == PlayerDied(7, "the player went away", 0.4, 3, 4)
    assert not [fact for fact in stage.facts if isinstance(fact, PlayerEnded)]


def test_stopping_another_run_changes_nothing(stage: Stage) -> None:
    stage.play(7, "asks")
    stage.wait_for(PlayerPainted, 7)
    stage.player.stop(6)
    stage.player.stop(8)
    spin_for(stage.loop, 0.01)
    assert not [fact for fact in stage.facts if isinstance(fact, PlayerDied)]


def test_a_player_that_was_stopped_did_not_die(stage: Stage) -> None:
    stage.play(7, "obeys")
    stage.wait_for(PlayerPainted, 7)
    stage.player.stop(7)
    stage.player.stop(7)
    stage.play(8, "obeys")
    stage.wait_for(PlayerPainted, 8)
    assert not [fact for fact in stage.facts if isinstance(fact, PlayerDied)]


def test_it_says_what_it_can_do(stage: Stage) -> None:
    assert [capability.name for capability in stage.player.capabilities()] == ["player"]


def test_closing_twice_is_as_good_as_once(stage: Stage) -> None:
    stage.play(7, "obeys")
    stage.player.close()
    before = list(stage.facts)
    stage.player.close()
    assert stage.facts == before
