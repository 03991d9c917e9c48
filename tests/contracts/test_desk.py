"""What every desk sensor promises: a program's, and the one of the tests."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from deskbreak.adapters.desk import CommandSensor
from deskbreak.core.enums import Posture
from deskbreak.core.events import Fact, PostureSensed, SensorLost
from deskbreak.ports import DeskSensor, Send
from tests.fakes.desk import FakeDesk
from tests.waiting import spin, spin_for

UP, DOWN = PostureSensed(Posture.STANDING), PostureSensed(Posture.SITTING)


class Bench(Protocol):
    """A sensor, and a hand on its desk."""

    sensor: DeskSensor

    def moves(self, height: Posture | None) -> None:
        """The desk is there now; None: the sensor cannot tell."""


class FakeBench:
    """The one of the tests."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path, send: Send) -> None:
        self.sensor = FakeDesk(send)
        self.moves = self.sensor.moves


class CommandBench:
    """A program that goes on telling what is written into a pipe."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path, send: Send) -> None:
        self.file = folder / "height"
        self.file.touch()
        words = ["tail", "-n", "+1", "-s", "0.01", "-f", str(self.file)]
        self.sensor = CommandSensor(loop, send, lambda: words)

    def moves(self, height: Posture | None) -> None:
        with self.file.open("a") as file:
            file.write(f"{height or 'unknown'}\n")


@pytest.fixture(params=[FakeBench, CommandBench])
def bench(
    request: pytest.FixtureRequest,
    loop: asyncio.AbstractEventLoop,
    tmp_path: Path,
    facts: list[Fact],
) -> Iterator[Bench]:
    make: Callable[..., Bench] = request.param
    made = make(loop, tmp_path, facts.append)
    yield made
    made.sensor.close()


@pytest.fixture
def facts() -> list[Fact]:
    return []


def test_it_says_where_the_desk_is(
    bench: Bench, loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    bench.sensor.start()
    for height, fact in ((Posture.SITTING, DOWN), (Posture.STANDING, UP), (None, SensorLost())):
        bench.moves(height)
        spin(loop, lambda fact=fact: facts[-1:] == [fact])
        assert bench.sensor.capabilities()[0].works == (height is not None)
    assert facts == [DOWN, UP, SensorLost()]


def test_after_the_end_it_says_nothing(
    bench: Bench, loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    bench.sensor.start()
    bench.moves(Posture.STANDING)
    spin(loop, lambda: facts)
    bench.sensor.close()
    bench.sensor.close()
    bench.moves(Posture.SITTING)
    spin_for(loop, 0.05)
    assert facts == [UP]
