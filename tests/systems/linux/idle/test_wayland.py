"""Idle alarms of a compositor: which kind, which lengths, and what becomes of them."""

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.core.events import Fact, IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.systems.linux.idle.wayland import EXT_IDLE_NOTIFY, KDE_IDLE, Dialect, WaylandIdle
from tests.fakes.compositor import EVERYTHING, FakeCompositor
from tests.virtual_time import VirtualTimeLoop
from tests.waiting import spin, spin_for


@pytest.fixture
def here(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[FakeCompositor]:
    made = FakeCompositor(loop, tmp_path)
    yield made
    made.close()


class Source:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        here: FakeCompositor,
        dialect: Dialect = EXT_IDLE_NOTIFY,
    ) -> None:
        self.facts: list[Fact] = []
        self.idle = WaylandIdle(loop, self.facts.append, here.path, dialect)
        self.idle.start()

    @property
    def samples(self) -> list[float]:
        return [fact.idle_s for fact in self.facts if isinstance(fact, Sampled)]


@pytest.fixture
def source(loop: asyncio.AbstractEventLoop, here: FakeCompositor) -> Iterator[Source]:
    made = Source(loop, here)
    yield made
    made.idle.close()


def lengths(here: FakeCompositor) -> list[float]:
    return sorted(alarm.seconds for alarm in here.alarms)


def test_the_kind_that_goes_by_input_alone_is_preferred(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, source: Source
) -> None:
    here.keep_awake(True)
    source.idle.watch(0.05)
    spin(loop, lambda: source.samples)
    assert here.made == [(50, True)]
    assert source.idle.remark == ""


def test_the_first_version_has_the_other_kind_alone_and_that_is_said(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor
) -> None:
    here.offers = [("wl_seat", 1), ("ext_idle_notifier_v1", 1)]
    source = Source(loop, here)
    here.keep_awake(True)
    source.idle.watch(0.05)
    spin(loop, lambda: here.made)
    spin_for(loop, 0.1)
    assert here.made == [(50, False)]
    assert source.samples == []
    assert "film" in source.idle.remark
    source.idle.close()


@pytest.mark.parametrize(
    ("missing", "dialect"),
    [("ext_idle_notifier_v1", EXT_IDLE_NOTIFY), ("org_kde_kwin_idle", KDE_IDLE)],
)
def test_what_the_compositor_lacks_is_named(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, missing: str, dialect: Dialect
) -> None:
    here.offers = [(name, v) for name, v in EVERYTHING.items() if name != missing]
    source = Source(loop, here, dialect)
    spin(loop, lambda: source.facts)
    assert source.facts == [IdleSourceLost(f"the compositor does not offer {missing}")]
    spin(loop, lambda: not here.clients, what="it has left")


def test_without_a_keyboard_or_mouse_there_is_nothing_to_tell(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor
) -> None:
    here.offers = [("ext_idle_notifier_v1", 2)]
    source = Source(loop, here)
    spin(loop, lambda: source.facts)
    assert source.facts == [IdleSourceLost("the compositor does not offer wl_seat")]


def test_the_alarm_that_was_there_before_knows_the_last_input_better(
    loop: asyncio.AbstractEventLoop,
    here: FakeCompositor,
    source: Source,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A gap in the typing is waited for late in a pause that began long before."""
    monkeypatch.setattr("deskbreak.systems.linux.idle.wayland._KEPT_FROM_S", 0.3)
    source.idle.watch(0.4)
    spin_for(loop, 0.25)  # no input all the while
    source.idle.watch(0.05)
    spin(loop, lambda: source.samples)
    source.idle.watch(0.4)
    spin(loop, lambda: len(source.samples) == 2)
    short, long = source.samples
    assert 0.05 <= short < 0.2
    assert 0.4 <= long < 0.5
    assert here.made == [(400, True), (50, True)]


def test_a_short_alarm_goes_when_nobody_wants_it_and_a_long_one_stays(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, source: Source
) -> None:
    for threshold in (60.0, 3.0, 60.0, 2.0, 5.0):
        source.idle.watch(threshold)
        spin_for(loop, 0.02)
    assert lengths(here) == [5, 60]
    assert here.made == [(60000, True), (3000, True), (2000, True), (5000, True)]
    for threshold in (40.0, 50.0, 70.0, 80.0):
        source.idle.watch(threshold)
        spin_for(loop, 0.01)
    assert lengths(here) == [70, 80]


def test_an_alarm_that_has_gone_off_stays_until_the_next_input(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, source: Source
) -> None:
    source.idle.watch(0.05)
    spin(loop, lambda: source.samples)
    source.idle.watch(3.0)
    source.idle.watch(60.0)
    spin_for(loop, 0.02)
    assert lengths(here) == [0.05]
    here.key()
    spin(loop, lambda: len(source.samples) == 2)
    assert source.samples[-1] == 0
    spin(loop, lambda: lengths(here) == [60])


def test_the_end_of_the_compositor_is_told(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, source: Source
) -> None:
    source.idle.watch(0.02)
    spin(loop, lambda: source.samples)
    here.close()
    spin(loop, lambda: isinstance(source.facts[-1], IdleSourceLost))
    assert source.facts[-1] == IdleSourceLost("the compositor has hung up")
    source.idle.watch(0.01)
    spin_for(loop, 0.05)
    assert len(source.samples) == 1


def test_a_keyboard_in_use_and_an_empty_chair_wake_nobody_up(
    loop: VirtualTimeLoop, tmp_path: Path
) -> None:
    there = VirtualTimeLoop()  # the compositor's wake-ups are not ours
    here = FakeCompositor(there, tmp_path)
    source = Source(loop, here)
    source.idle.watch(0.3)

    def pass_time(seconds: float, *, typing: bool) -> int:
        woken = 0
        for _ in range(round(seconds / 0.01)):
            if typing:
                here.key()
            spin_for(there, 0.01)
            before = loop.waits
            loop.call_later(0.01, loop.stop)
            loop.run_forever()
            woken += loop.waits - before - 1  # its end is our own timer
        return woken

    pass_time(0.1, typing=True)
    while_typing = pass_time(0.6, typing=True)
    assert pass_time(0.4, typing=False)
    assert source.samples
    while_away = pass_time(0.4, typing=False)
    source.idle.close()
    here.close()
    there.close()
    assert (while_typing, while_away) == (0, 0)


def test_it_brings_no_library_along() -> None:
    import sys

    code = (
        "import sys; before = set(sys.modules); import deskbreak.systems.linux.idle.wayland;"
        "print(sorted(m for m in set(sys.modules) - before if m.startswith(('Xlib', 'jeepney'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "[]\n"


def test_found_is_said_once_the_compositor_has_told_what_it_can(
    loop: asyncio.AbstractEventLoop, here: FakeCompositor, source: Source
) -> None:
    assert source.facts == []
    spin(loop, lambda: source.facts)
    assert source.facts == [IdleSourceFound("ext-idle-notify")]
