"""The overlay as the daemon has it: a process on a real X server with a window manager."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from deskbreak.adapters.prompts.overlay import OverlayPrompts
from deskbreak.core.effects import Prompt
from deskbreak.core.enums import Answer
from deskbreak.core.events import Fact, PromptAnswered
from tests.contracts.prompts import break_prompt
from tests.fakes.prompts import FakePrompts
from tests.servers import Desktop, desktop, require
from tests.waiting import spin, until

WORDS = [sys.executable, "-m", "deskbreak.windows.overlay"]


@pytest.fixture(scope="module")
def screen() -> Iterator[Desktop]:
    require("xdotool", "openbox", "xprop", "import")
    with desktop(width=1100, height=700, window_manager=True) as made:
        until(lambda: "WINDOW" in made.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
        yield made


class Sitter:
    """Somebody at that screen whose third prompt went unanswered."""

    def __init__(self, loop: asyncio.AbstractEventLoop, screen: Desktop, *words: str) -> None:
        self.loop = loop
        self.screen = screen
        self.facts: list[Fact] = []
        self.behind = FakePrompts(self.facts.append)
        here = ["env", "-i", *(f"{key}={value}" for key, value in screen.env.items())]
        self.prompts = OverlayPrompts(
            loop, self.facts.append, self.behind, lambda: [*here, *WORDS, *words]
        )

    def is_asked(self, prompt: Prompt) -> str:
        """Show it, and give the window once it has been drawn and has the keyboard."""
        self.prompts.show(prompt)
        found: str = spin(self.loop, self.active, 10, "the overlay has the keyboard")
        return found

    def windows(self) -> list[str]:
        search = "xdotool search --onlyvisible --name 'sitting.*deskbreak$' || true"
        return self.screen.run("sh", "-c", search).split()

    def active(self) -> str:
        said = self.screen.run("sh", "-c", "xdotool getactivewindow || true").strip()
        return said if said in self.windows() else ""

    def gone(self) -> bool:
        return not self.windows()


@pytest.fixture
def sitter(loop: asyncio.AbstractEventLoop, screen: Desktop) -> Iterator[Sitter]:
    sitter = Sitter(loop, screen)
    yield sitter
    sitter.prompts.close()
    until(sitter.gone)


ASKED = break_prompt(7, bout_s=3600.0, overdue_s=1800.0, repeat=3, urgent=True, overlay=True)


def test_typing_does_nothing_and_escape_leaves(sitter: Sitter, tmp_path: Path) -> None:
    window = sitter.is_asked(ASKED)
    state = sitter.screen.run("xprop", "-id", window, "_NET_WM_STATE", "WM_CLASS")
    assert "_NET_WM_STATE_FULLSCREEN" in state
    assert '"deskbreak"' in state  # so that it is no reason to hold prompts back
    assert "1100x700" in sitter.screen.run("xdotool", "getwindowgeometry", window)
    sitter.screen.screenshot(tmp_path / "overlay.png")
    sitter.screen.run("xdotool", "key", "Return", "space", "s", "Tab", "Return")
    assert sitter.windows() == [window]
    sitter.screen.run("xdotool", "key", "Escape")
    spin(sitter.loop, lambda: sitter.facts)
    spin(sitter.loop, sitter.gone)
    assert sitter.facts == [PromptAnswered(Answer.DISMISS, 7)]
    assert sitter.behind.shown == []


def test_a_click_answers(sitter: Sitter) -> None:
    sitter.is_asked(ASKED)

    def answered() -> bool:
        sitter.screen.click(550, next(rows))
        return bool(sitter.facts)

    rows = cycle(range(200, 700, 12))  # down the middle, until a button is met: the first is main
    spin(sitter.loop, answered)
    spin(sitter.loop, sitter.gone)
    assert sitter.facts == [PromptAnswered(Answer.STRETCH, 7)]


def test_withdrawn_it_goes_without_a_word(sitter: Sitter) -> None:
    sitter.is_asked(ASKED)
    sitter.prompts.withdraw(7)
    spin(sitter.loop, sitter.gone)
    assert sitter.facts == []
    assert sitter.behind.shown == []


def test_without_a_screen_the_notification_comes_instead(
    loop: asyncio.AbstractEventLoop, screen: Desktop
) -> None:
    sitter = Sitter(loop, screen)
    nowhere = {key: value for key, value in screen.env.items() if key != "DISPLAY"}
    words = ["env", "-i", *(f"{key}={value}" for key, value in nowhere.items()), *WORDS]
    sitter.prompts = OverlayPrompts(loop, sitter.facts.append, sitter.behind, lambda: words)
    sitter.prompts.show(ASKED)
    spin(loop, lambda: sitter.behind.live)
    assert sitter.behind.live is not None
    assert sitter.behind.live.urgent
    assert not sitter.prompts.capabilities()[-1].works
    sitter.prompts.close()


def test_the_monitor_with_the_pointer_asks_and_the_other_is_calm(
    loop: asyncio.AbstractEventLoop,
) -> None:
    require("xrandr", "xdotool", "openbox")
    with desktop(width=1400, height=500, window_manager=True) as two:
        for name, x, output in (("left", 0, "screen"), ("right", 700, "none")):
            two.run("xrandr", "--setmonitor", name, f"700/180x500/130+{x}+0", output)
        until(lambda: "Monitors: 2" in two.run("xrandr", "--listmonitors"))
        two.run("xdotool", "mousemove", "1100", "200")
        sitter = Sitter(loop, two)
        window = sitter.is_asked(ASKED)
        assert len(sitter.windows()) == 2
        place = two.run("xdotool", "getwindowgeometry", window)
        assert "Position: 700,0" in place
        assert "700x500" in place
        two.run("xdotool", "key", "Escape")
        spin(loop, lambda: sitter.facts)
        spin(loop, sitter.gone)
        sitter.prompts.close()
        assert sitter.facts == [PromptAnswered(Answer.DISMISS, 7)]


def test_it_goes_with_a_daemon_that_is_killed(screen: Desktop) -> None:
    ask = '{"do": "ask", "title": "An hour of sitting", "text": "x", "choices": [{"answer": "walk", "text": "Walk"}]}'  # noqa: E501
    reader, writer = os.pipe()
    daemon = subprocess.Popen(["sleep", "60"], pass_fds=[writer])
    window = subprocess.Popen(WORDS, env=screen.env, stdin=reader, stdout=subprocess.PIPE)
    os.write(writer, ask.encode() + b"\n")
    os.close(writer)
    os.close(reader)
    assert window.stdout is not None
    assert window.stdout.readline() == b'{"event": "painted"}\n'
    daemon.send_signal(signal.SIGKILL)  # it held the other end
    daemon.wait()
    assert window.wait(60) == 0
    window.stdout.close()
