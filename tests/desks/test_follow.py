"""When a desk has come to rest, and what is said of one that cannot be reached."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from deskbreak.desks.height import DeskError, Judge, Reading
from tests.waiting import spin, spin_for

pytest.importorskip("bleak")

from deskbreak.desks import linak
from deskbreak.desks.linak import Desk, Follower


class FakeDesk:
    """A desk over which a test has the say. `reachable` counts down with each connection."""

    def __init__(self) -> None:
        self.now = Reading(72.0, False)
        self.told: deque[Reading] = deque()
        self.attempts = 0
        self.reachable = True
        self.broken = asyncio.Event()

    @asynccontextmanager
    async def connect(self, address: str) -> AsyncIterator[Desk]:
        self.attempts += 1
        if not self.reachable:
            raise DeskError(f"no desk with the address {address} is in reach")
        yield cast("Desk", self)

    async def listen(self) -> None:
        self.broken.clear()

    async def height(self) -> Reading:
        return self.now

    async def next(self, patience_s: float | None) -> Reading | None:
        waited = 0.0
        while not self.told:
            if self.broken.is_set():
                raise DeskError("the desk is out of reach")
            if patience_s is not None and waited >= patience_s:
                return None
            await asyncio.sleep(0.001)
            waited += 0.001
        return self.told.popleft()


class Bench:
    """A follower at work."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.desk = FakeDesk()
        self.lines: list[str] = []
        follower = Follower(self.lines.append, self.desk.connect, Judge(), first_pause_s=0.01)
        self.task = loop.create_task(follower.follow("AA"))

    def says(self, *lines: str) -> None:
        """Wait until exactly these lines have been said since the first."""
        spin(self.loop, lambda: len(self.lines) > len(lines))
        spin_for(self.loop, 0.02)
        assert self.lines == ["unknown looking for the desk", *lines]


@pytest.fixture
def bench(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(linak, "AT_REST_S", 0.01)
    made = Bench(loop)
    yield made
    made.task.cancel()
    loop.run_until_complete(asyncio.wait([made.task]))


def test_only_where_it_comes_to_rest(bench: Bench) -> None:
    bench.desk.told += [Reading(h, True) for h in (80.0, 100.0, 110.0)] + [Reading(110.2, False)]
    bench.says("sitting 72 cm", "standing 110 cm")


def test_a_movement_without_an_end_ends_with_silence(bench: Bench) -> None:
    bench.desk.told += [Reading(100.0, True), Reading(104.0, True)]
    bench.says("sitting 72 cm", "standing 104 cm")


def test_another_height_of_the_same_posture(bench: Bench) -> None:
    bench.desk.told += [Reading(74.0, False), Reading(74.1, False)]
    bench.says("sitting 72 cm", "sitting 74 cm")


def test_out_of_reach_is_said_once_and_tried_ever_more_rarely(bench: Bench) -> None:
    bench.desk.reachable = False
    bench.says("unknown no desk with the address AA is in reach")
    attempts = bench.desk.attempts
    spin_for(bench.loop, 0.05)
    assert bench.desk.attempts - attempts <= 2, "after 10 ms, 20 ms, 40 ms"
    bench.desk.reachable = True
    bench.says("unknown no desk with the address AA is in reach", "sitting 72 cm")


def test_a_broken_connection_is_no_news_but_the_height_after_it_is(bench: Bench) -> None:
    bench.says("sitting 72 cm")
    bench.desk.broken.set()
    spin(bench.loop, lambda: bench.desk.attempts == 2)
    bench.says("sitting 72 cm", "sitting 72 cm")


def test_one_that_breaks_again_and_again_is_not_hammered(bench: Bench) -> None:
    bench.says("sitting 72 cm")
    for _ in range(3):
        before = bench.desk.attempts
        bench.desk.broken.set()
        spin(bench.loop, lambda before=before: bench.desk.attempts > before)
    bench.desk.broken.set()
    attempts = bench.desk.attempts
    spin_for(bench.loop, 0.04)  # half of the fourth pause
    assert bench.desk.attempts == attempts
