"""The overlay as a channel: the contract of Prompts, and what happens when it cannot be shown."""

import asyncio
import contextlib
import json
import logging
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters import child
from deskbreak.adapters.prompts.overlay import OverlayPrompts
from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.core.events import Fact, PromptAnswered
from deskbreak.ports import Capability
from deskbreak.struct import replace
from tests.contracts.prompts import PromptsContract, Screen, break_prompt
from tests.fakes.prompts import FakePrompts
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop
RELAY = [sys.executable, "-S", "-E", str(Path(__file__).with_name("relay.py"))]


class Pane:
    """One window, at the test's end of its relay."""

    def __init__(self, loop: Loop, line: socket.socket) -> None:
        self._loop, self._line = loop, line
        self.asked: dict[str, Any] | None = None
        self.open = True
        line.setblocking(False)
        loop.add_reader(line, self._read)

    def _read(self) -> None:
        try:
            said = self._line.recv(1 << 16)
        except OSError:
            said = b""
        if not said:
            self.close()
            return
        self.asked = json.loads(said)
        self.say(event="painted")

    def say(self, **event: str) -> None:
        with contextlib.suppress(OSError):
            self._line.sendall(json.dumps(event).encode() + b"\n")

    def close(self) -> None:
        if self.open:
            self.open = False
            self._loop.remove_reader(self._line)
            self._line.close()


class Loud:
    """Asks for the overlay with every prompt."""

    def __init__(self, prompts: OverlayPrompts) -> None:
        self._prompts = prompts

    def show(self, prompt: Prompt) -> None:
        self._prompts.show(replace(prompt, overlay=True))

    def withdraw(self, prompt_id: int) -> None:
        self._prompts.withdraw(prompt_id)

    def notice(self, notice: Notice) -> None:
        self._prompts.notice(notice)

    def withdraw_notice(self, kind: NoticeKind) -> None:
        self._prompts.withdraw_notice(kind)

    def capabilities(self) -> list[Capability]:
        return self._prompts.capabilities()

    def close(self) -> None:
        self._prompts.close()


class Glass:
    """The overlay with relays for windows, and the person in front of it."""

    def __init__(self, loop: Loop, folder: Path) -> None:
        self.facts: list[Fact] = []
        self.behind = FakePrompts(self.facts.append)
        self.panes: list[Pane] = []
        self.part = str(folder / "w")
        self._loop = loop
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self.part)
        self._listening.listen()
        self._listening.setblocking(False)
        loop.add_reader(self._listening, self._called)
        self.overlay = OverlayPrompts(loop, self.facts.append, self.behind, self._words)
        self.prompts = Loud(self.overlay)

    def _words(self) -> Sequence[str]:
        return [*RELAY, self.part]

    def _called(self) -> None:
        self.panes.append(Pane(self._loop, self._listening.accept()[0]))

    def live(self) -> list[Pane]:
        return [pane for pane in self.panes if pane.open and pane.asked]

    def showing(self) -> list[str]:
        return [pane.asked["title"] for pane in self.live() if pane.asked]

    def noticed(self) -> list[str]:
        return ["A break is coming up" for _ in self.behind.notices]

    def press(self, answer: Answer) -> None:
        pane = self.live()[-1]
        pane.say(event="answered", answer=str(answer))
        pane.close()

    turn_away = press

    def end(self) -> None:
        windows = filter(None, (self.overlay._window, *self.overlay._leaving))
        children = [window._child for window in windows if window._child is not None]
        self.overlay.close()
        spin(self._loop, lambda: not any(child.running for child in children))
        for pane in self.panes:
            pane.close()
        self._loop.remove_reader(self._listening)
        self._listening.close()


@pytest.fixture
def screen(loop: Loop, tmp_path: Path) -> Iterator[Glass]:
    made = Glass(loop, tmp_path)
    yield made
    made.end()


class TestOverlayPrompts(PromptsContract):
    @pytest.mark.parametrize("answer", [Answer.DISMISS])  # it stays until somebody says something
    def test_turning_away_is_told(self, loop: Loop, screen: Screen, answer: Answer) -> None:
        super().test_turning_away_is_told(loop, screen, answer)


LOUD = break_prompt(7, overlay=True, urgent=True)


def test_an_ordinary_prompt_goes_behind(loop: Loop, screen: Glass) -> None:
    screen.overlay.show(break_prompt(3))
    assert screen.behind.live == break_prompt(3)
    screen.overlay.show(LOUD)
    spin(loop, screen.showing)
    assert screen.behind.live is None
    screen.overlay.show(break_prompt(8))
    spin(loop, lambda: not screen.showing())
    assert screen.behind.live == break_prompt(8)


@pytest.mark.parametrize("part", ["exits", "silent"])
def test_what_cannot_be_shown_comes_as_an_urgent_notification(
    loop: Loop,
    part: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "LOOK_EVERY_S", 0.1)
    facts: list[Fact] = []
    behind = FakePrompts(facts.append)
    prompts = OverlayPrompts(loop, facts.append, behind, lambda: [*RELAY, part])
    with caplog.at_level(logging.WARNING):
        prompts.show(LOUD)
        spin(loop, lambda: behind.live)
    assert behind.live == replace(LOUD, overlay=False)
    assert "A notification comes instead" in caplog.text
    overlay = prompts.capabilities()[-1]
    assert (overlay.name, overlay.works, bool(overlay.advice)) == ("overlay", False, True)
    prompts.withdraw(7)
    assert behind.withdrawn == [7]
    prompts.close()


def test_a_window_that_takes_its_time_is_covered_for_until_it_is_there(
    loop: Loop, screen: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.prompts.overlay.COVERED_AFTER_S", 0)
    screen.overlay.show(LOUD)
    spin(loop, lambda: screen.behind.live)
    assert screen.behind.live == replace(LOUD, overlay=False)
    spin(loop, screen.live)
    spin(loop, lambda: screen.behind.withdrawn)
    assert screen.behind.live is None
    assert len(screen.showing()) == 1


def test_where_there_is_no_qt_nothing_is_started(loop: Loop) -> None:
    def no_qt() -> list[str]:
        raise OSError("windows need PySide6")

    facts: list[Fact] = []
    behind = FakePrompts(facts.append)
    prompts = OverlayPrompts(loop, facts.append, behind, no_qt)
    prompts.show(LOUD)
    assert behind.live is not None
    assert prompts.capabilities()[-1].why == "windows need PySide6"
    prompts.close()


def test_a_window_that_dies_leaves_the_question_open(loop: Loop, screen: Glass) -> None:
    screen.overlay.show(LOUD)
    spin(loop, screen.live)
    screen.live()[0].close()
    spin(loop, lambda: screen.behind.live)
    assert screen.facts == []


def test_junk_and_what_was_not_asked_are_no_answers(loop: Loop, screen: Glass) -> None:
    screen.overlay.show(break_prompt(7, overlay=True, actions=(Answer.STRETCH, Answer.WALK)))
    spin(loop, screen.live)
    screen.live()[0].say(event="answered", answer="dance")
    screen.live()[0].say(event="sings")
    spin_for(loop, 0.05)
    assert screen.facts == []
    screen.live()[0].say(event="answered", answer="skip")
    spin(loop, lambda: screen.behind.live)
    assert screen.facts == []


@pytest.mark.parametrize(("wanted", "named"), [(True, ["overlay"]), (False, [])])
def test_doctor_hears_of_it_where_it_is_wanted(loop: Loop, wanted: bool, named: list[str]) -> None:
    facts: list[Fact] = []
    behind = FakePrompts(facts.append)
    prompts = OverlayPrompts(loop, facts.append, behind, lambda: RELAY, wanted=lambda: wanted)
    assert [found.name for found in prompts.capabilities()] == ["notifications", *named]


def test_an_answer_carries_the_first_snooze(loop: Loop, screen: Glass) -> None:
    screen.overlay.show(LOUD)
    spin(loop, screen.live)
    screen.press(Answer.SNOOZE)
    spin(loop, lambda: screen.facts)
    assert screen.facts == [PromptAnswered(Answer.SNOOZE, 7, 300.0)]
