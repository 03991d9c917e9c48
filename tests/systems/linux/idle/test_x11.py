"""The X11 sources against a server that goes, comes back or hangs; and what they cost."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskbreak.core.events import Fact, IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.systems.linux.idle import x11
from deskbreak.systems.linux.idle.choose import choose
from deskbreak.systems.linux.idle.x11 import XScreenSaverIdle, XSource, XSyncIdle
from deskbreak.systems.linux.x11 import XLink
from tests.adapters.idle.counting import CountingSelector, sleeps_in
from tests.servers import own_display, require, running, xvfb
from tests.waiting import LIMIT_S, spin, spin_for

pytestmark = pytest.mark.usefixtures("other_programs")

Kind = type[XSyncIdle] | type[XScreenSaverIdle]
KINDS = [XSyncIdle, XScreenSaverIdle]


@contextmanager
def server(display: str) -> Iterator[subprocess.Popen[bytes]]:
    """An X server under a given name."""
    require("Xvfb")
    argv = ["Xvfb", display, "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"]
    with running(argv, os.environ) as process:
        yield process


@pytest.fixture
def free_display() -> str:
    """The name of a display that nobody serves."""
    return own_display()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with xvfb() as name:
        yield name


def key(display: str) -> None:
    subprocess.run(["xdotool", "key", "a"], env={"DISPLAY": display}, check=True)


def is_up(loop: asyncio.AbstractEventLoop, display: str) -> None:
    """Wait until the server lets somebody in."""
    ready: list[bool] = []

    def tried() -> bool:
        link = XLink(loop, lambda: ready.append(True), lambda *_: None, lambda _: None)
        with contextlib.suppress(OSError):
            link.begin(display)
            spin_for(loop, 0.05)
            link.close()
        return bool(ready)

    while not tried():
        spin_for(loop, 0.05)


def started(loop: asyncio.AbstractEventLoop, source: XSource, facts: list[Fact]) -> None:
    source.start()
    spin(loop, lambda: facts, what="it has found its way")
    assert facts == [IdleSourceFound(source.name)]


@pytest.mark.parametrize("kind", KINDS)
def test_where_there_is_no_server_the_start_says_so(
    kind: Kind, loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    facts: list[Fact] = []
    for name in (free_display, "", ":x", "nonsense"):
        source = kind(loop, facts.append, name)
        with pytest.raises(OSError, match="display"):
            source.start()
        source.close()
    assert facts == []


def test_a_server_that_goes_is_reported_once_and_found_again(
    loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    facts: list[Fact] = []
    with server(free_display):
        is_up(loop, free_display)
        keeper = choose(loop, facts.append, "auto", {"DISPLAY": free_display})
        keeper.pauses.first_s = 0.05
        spin(loop, lambda: keeper.name == "xsync")
        keeper.watch(0.1)
        spin(loop, lambda: isinstance(facts[-1], Sampled))
    spin(loop, lambda: isinstance(facts[-1], IdleSourceLost), what="the end is noticed")
    assert isinstance(facts[-1], IdleSourceLost)
    assert "X server" in facts[-1].why
    assert keeper.idle_s() is None
    lost = len(facts)
    with server(free_display):
        spin(loop, lambda: keeper.name == "xsync", what="it is found again")
        spin(loop, lambda: isinstance(facts[-1], Sampled))
        keeper.close()
    assert [type(fact) for fact in facts[lost:]] == [IdleSourceFound, Sampled]


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_stands_still_holds_nobody_up_and_is_waited_for(
    kind: Kind, loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    facts: list[Fact] = []
    source = kind(loop, facts.append, free_display)
    with server(free_display) as process:
        is_up(loop, free_display)
        started(loop, source, facts)
        source.watch(60)
        process.send_signal(signal.SIGSTOP)
        waits: list[float] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(XLink, "hear_within", lambda _link, seconds: waits.append(seconds))
            assert [source.idle_s() for _ in range(20)] == [None] * 20
        assert 0 < sum(waits) <= 0.05, "a little, and not again while it owes an answer"
        spin_for(loop, 2)
        assert facts == [IdleSourceFound(source.name)]
        process.send_signal(signal.SIGCONT)
        spin(loop, lambda: len(facts) > 1, what="the answer, now that it is there")
        assert {type(fact) for fact in facts[1:]} == {Sampled}
        spin(loop, lambda: source.idle_s() is not None)
        source.close()


def test_a_server_that_stands_still_at_first_is_used_when_it_goes_on(
    loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    """However long it takes: the source makes room for others, and takes over when it can."""
    facts: list[Fact] = []
    with server(free_display) as process:
        is_up(loop, free_display)
        process.send_signal(signal.SIGSTOP)
        keeper = choose(loop, facts.append, "auto", {"DISPLAY": free_display})
        spin(loop, lambda: facts)
        assert isinstance(facts[0], IdleSourceLost)
        process.send_signal(signal.SIGCONT)
        spin(loop, lambda: keeper.name == "xsync")
        keeper.close()


@pytest.mark.parametrize("junk", [b"", b"\0" * 8, b"\1" * 40, os.urandom(200)])
def test_what_is_no_x_server_costs_itself_alone(
    loop: asyncio.AbstractEventLoop, free_display: str, junk: bytes
) -> None:
    path = f"/tmp/.X11-unix/X{free_display.removeprefix(':')}"
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, free_display)
    with socket.socket(socket.AF_UNIX) as listening:
        Path(path).unlink(missing_ok=True)
        listening.bind(path)
        listening.listen()
        source.start()
        with listening.accept()[0] as connection:
            connection.sendall(junk)
        spin(loop, lambda: facts)
    Path(path).unlink()
    assert isinstance(facts[0], IdleSourceLost)
    assert "X server" in facts[0].why
    source.close()


def test_alarms_wake_nobody_up_while_the_person_types_or_stays_away(display: str) -> None:
    selector = CountingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, display)
    started(loop, source, facts)
    key(display)
    spin_for(loop, 0.2)  # xdotool has changed the keyboard for that, and everybody is told
    source.watch(60)
    typing = ["xdotool", "type", "--delay", "20", "x" * 40]
    subprocess.run(typing, env={"DISPLAY": display}, check=True)
    while_typing = sleeps_in(loop, selector, 0.2)
    source.watch(0.5)
    spin(loop, lambda: isinstance(facts[-1], Sampled) and facts[-1].idle_s >= 0.5)
    while_away = sleeps_in(loop, selector, 0.5)
    source.close()
    loop.close()
    assert (while_typing, while_away) == (1, 1)


def test_asking_does_not_swallow_what_the_server_had_to_say(
    loop: asyncio.AbstractEventLoop, display: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event may come in together with a reply."""
    monkeypatch.setattr(x11, "_AT_ONCE_S", LIMIT_S)
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, display)
    started(loop, source, facts)
    key(display)
    source.watch(0.1)
    deadline = time.monotonic() + 0.3
    while time.monotonic() < deadline:
        assert source.idle_s() is not None
    spin(loop, lambda: len(facts) > 1)
    source.close()
    assert [type(fact) for fact in facts] == [IdleSourceFound, Sampled]


@pytest.mark.parametrize(
    ("threshold_s", "looks"),
    [(60.0, 1), (0.5, 3)],
    ids=["nothing to learn for a minute", "one look when it can have been reached"],
)
def test_the_polled_source_asks_only_when_the_answer_could_matter(
    display: str, threshold_s: float, looks: int
) -> None:
    selector = CountingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    facts: list[Fact] = []
    source = XScreenSaverIdle(loop, facts.append, display)
    started(loop, source, facts)
    key(display)
    spin_for(loop, 0.2)
    before = selector.sleeps
    source.watch(threshold_s)
    loop.call_later(0.65, loop.stop)
    loop.run_forever()
    source.close()
    loop.close()
    assert selector.sleeps - before <= 2 * looks, "a question and its answer"
