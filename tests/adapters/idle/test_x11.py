"""The X11 sources against a server that goes, comes back or hangs; and what they cost."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deskbreak.adapters.idle.xscreensaver import XScreenSaverIdle
from deskbreak.adapters.idle.xsync import XSyncIdle
from deskbreak.adapters.x11.link import TROUBLE, XLink
from deskbreak.core.facts import Fact, IdleSourceFound, IdleSourceLost, Sampled
from tests.adapters.idle.counting import CountingSelector
from tests.servers import require, running, xvfb
from tests.waiting import spin, spin_for

# python-xlib leaves the socket of a refused connection to the garbage collector
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.usefixtures("other_programs"),
]

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
    """The name of a display that nobody serves any more."""
    with xvfb() as display:
        return display


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with xvfb() as name:
        yield name


def key(display: str) -> None:
    subprocess.run(["xdotool", "key", "a"], env={"DISPLAY": display}, check=True)


def connected(display: str) -> bool:
    try:
        XLink(display).drop()
    except TROUBLE:
        return False
    return True


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_goes_is_reported_once_and_found_again(
    kind: Kind, loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    facts: list[Fact] = []
    source = kind(loop, facts.append, free_display)
    source.first_retry_s = 0.05
    with server(free_display):
        spin(loop, lambda: connected(free_display), what="the server is up")
        source.start()
        source.watch(60)
    spin(loop, lambda: len(facts) > 1, what="the end is noticed")
    assert facts[0] == IdleSourceFound(source.name)
    assert isinstance(facts[1], IdleSourceLost)
    assert "X server" in facts[1].why
    assert source.idle_s() is None
    source.watch(0.1)
    with server(free_display):
        spin(loop, lambda: any(isinstance(f, Sampled) for f in facts), what="it is found again")
        assert facts[2] == IdleSourceFound(source.name)
        assert source.idle_s() is not None
        source.close()
    spin_for(loop, 0.1)
    assert [type(fact) for fact in facts[1:]] == [IdleSourceLost, IdleSourceFound, Sampled]


def test_a_server_that_hangs_holds_nobody_up_for_long(
    loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, free_display)
    source.first_retry_s = 0.05
    with server(free_display) as process:
        spin(loop, lambda: connected(free_display), what="the server is up")
        source.start()
        process.send_signal(signal.SIGSTOP)
        start = time.monotonic()
        assert source.idle_s() is None
        assert time.monotonic() - start < 3
        assert isinstance(facts[-1], IdleSourceLost)
        process.send_signal(signal.SIGCONT)
        spin(loop, lambda: isinstance(facts[-1], IdleSourceFound), what="it answers again")
        source.close()


def test_closing_while_looking_for_the_server_ends_the_search(
    loop: asyncio.AbstractEventLoop, free_display: str
) -> None:
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, free_display)
    source.first_retry_s = 0.02
    with server(free_display):
        spin(loop, lambda: connected(free_display), what="the server is up")
        source.start()
    spin(loop, lambda: isinstance(facts[-1], IdleSourceLost))
    source.close()
    with server(free_display):
        spin(loop, lambda: connected(free_display), what="the server is up")
        spin_for(loop, 0.2)
    assert isinstance(facts[-1], IdleSourceLost)


def test_alarms_wake_nobody_up_while_the_person_types_or_stays_away(display: str) -> None:
    selector = CountingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, display)
    source.start()
    key(display)
    source.watch(0.5)
    typing = ["xdotool", "type", "--delay", "20", "x" * 40]
    with running(typing, {"DISPLAY": display}):
        loop.call_later(0.7, loop.stop)
        before = selector.sleeps
        loop.run_forever()
    while_typing = selector.sleeps - before
    spin(loop, lambda: isinstance(facts[-1], Sampled) and facts[-1].idle_s >= 0.5)
    loop.call_later(0.5, loop.stop)
    before = selector.sleeps
    loop.run_forever()
    while_away = selector.sleeps - before
    source.close()
    loop.close()
    assert (while_typing, while_away) == (1, 1)


def test_asking_does_not_swallow_what_the_server_had_to_say(
    loop: asyncio.AbstractEventLoop, display: str
) -> None:
    """An event that comes in together with a reply is in the library's queue, not on the socket."""
    facts: list[Fact] = []
    source = XSyncIdle(loop, facts.append, display)
    source.start()
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
    source = XScreenSaverIdle(loop, lambda _: None, display)
    source.start()
    key(display)
    source.watch(threshold_s)
    loop.call_later(0.65, loop.stop)
    loop.run_forever()
    source.close()
    loop.close()
    assert selector.sleeps <= looks


LEAN = """
import sys
from deskbreak.adapters.idle.xsync import XSyncIdle
import asyncio
loop = asyncio.SelectorEventLoop()
source = XSyncIdle(loop, print, sys.argv[1])
source.start()
print("Xlib.display" in sys.modules, "Xlib.ext.xtest" in sys.modules)
source.close()
loop.close()
"""


def test_neither_the_keyboard_map_nor_other_extensions_are_loaded(display: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAN, display],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "IdleSourceFound(source='xsync')\nFalse False\n"


def test_importing_the_choice_loads_no_x_library() -> None:
    code = "import sys, deskbreak.adapters.idle.choose; print('Xlib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False\n"
