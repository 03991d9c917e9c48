"""The terminal as the last channel, on real pseudo-terminals."""

import asyncio
import io
import os
import pty
import termios
import tty
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.core.enums import Answer, BreakKind, Posture
from deskbreak.core.events import (
    BreakAsked,
    DoneSaid,
    Fact,
    LevelOfferAnswered,
    PostureSet,
    PromptAnswered,
)
from deskbreak.struct import replace
from deskbreak.systems.posix.keyboard import Keyboard
from tests.contracts.prompts import break_prompt, sit_prompt, stand_prompt
from tests.text.test_display import EVIL, harmless
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop


class Console:
    """A terminal with a person at the other end."""

    def __init__(self) -> None:
        self.person, ours = pty.openpty()
        os.set_blocking(self.person, False)
        self.out = os.fdopen(ours, "w", encoding="utf-8")
        self.keys = os.fdopen(os.dup(ours), "r", encoding="utf-8")
        self._seen = ""

    @property
    def seen(self) -> str:
        try:
            while more := os.read(self.person, 65536):
                self._seen += more.decode()
        except OSError:
            pass
        return self._seen

    def type(self, keys: str) -> None:
        os.write(self.person, keys.encode())

    def listen(self, loop: Loop) -> Callable[[Callable[[str], None]], Keyboard | None]:
        return partial(Keyboard.of, loop, self.keys)

    def hang_up(self) -> None:
        if self.person >= 0:
            os.close(self.person)
            self.person = -1

    def close(self) -> None:
        self.hang_up()
        for file in (self.out, self.keys):
            if not file.closed:
                file.close()


@pytest.fixture
def console() -> Iterator[Console]:
    console = Console()
    yield console
    console.close()


@pytest.fixture
def facts() -> list[Fact]:
    return []


def plain(loop: Loop, console: Console, facts: list[Fact]) -> TerminalPrompts:
    return TerminalPrompts(facts.append, console.out)


class TestWithoutKeys:
    def test_a_prompt_rings_and_tells_the_way_out(
        self, loop: Loop, console: Console, facts: list[Fact]
    ) -> None:
        prompts = plain(loop, console, facts)
        prompts.show(break_prompt())
        assert console.seen.startswith("\aTime to move. You have been sitting for 30 minutes.")
        assert "deskbreak break" in console.seen
        assert [c.backend for c in prompts.capabilities()] == ["text"]

    def test_a_notice_is_one_quiet_line(
        self, loop: Loop, console: Console, facts: list[Fact]
    ) -> None:
        plain(loop, console, facts).notice(Notice(NoticeKind.REMINDER, 0, "Water"))
        assert console.seen == "Water.\r\n"

    def test_a_name_does_nothing_to_the_terminal(
        self, loop: Loop, console: Console, facts: list[Fact]
    ) -> None:
        prompts = plain(loop, console, facts)
        prompts.notice(Notice(NoticeKind.REMINDER, 0, EVIL))
        prompt = break_prompt()
        assert prompt.suggestion is not None
        prompts.show(replace(prompt, suggestion=replace(prompt.suggestion, routine_name=EVIL)))
        seen = console.seen.replace("\r\n", "\n").replace("\a", "", 1)  # our own bell
        assert "RED" in seen
        assert harmless(seen)

    def test_into_a_file_without_a_bell(self, loop: Loop, facts: list[Fact]) -> None:
        reader, writer = os.pipe()
        with os.fdopen(writer, "w", encoding="ascii") as out, os.fdopen(reader) as pipe:
            prompts = TerminalPrompts(facts.append, out)
            prompts.show(break_prompt())
            assert not prompts.capabilities()[0].works
            out.close()
            assert pipe.read().startswith("Time to move. ")
            prompts.show(break_prompt())
            prompts.close()

    @pytest.mark.parametrize("out", [None, io.StringIO()])
    def test_without_a_place_to_write(
        self, loop: Loop, facts: list[Fact], out: io.StringIO | None
    ) -> None:
        prompts = TerminalPrompts(facts.append, out)
        prompts.show(break_prompt())
        assert not prompts.capabilities()[0].works

    def test_a_terminal_that_is_gone(self, loop: Loop, console: Console, facts: list[Fact]) -> None:
        prompts = plain(loop, console, facts)
        console.hang_up()
        prompts.show(break_prompt())
        prompts.close()
        assert facts == []

    def test_a_stopped_terminal_is_not_waited_for(
        self, loop: Loop, console: Console, facts: list[Fact]
    ) -> None:
        prompts = plain(loop, console, facts)
        tty.setraw(console.out.fileno(), termios.TCSANOW)
        before = loop.time()
        for _ in range(2000):
            prompts.show(break_prompt())
        assert loop.time() - before < 5.0
        assert "Time to move" in console.seen


@pytest.fixture
def left() -> list[bool]:
    return []


@pytest.fixture
def keyed(
    loop: Loop, console: Console, facts: list[Fact], left: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[TerminalPrompts]:  # fmt: skip
    # The terminal of the test run is another one; to this program its own is in the foreground.
    monkeypatch.setattr(os, "tcgetpgrp", lambda _fd: os.getpgrp())
    prompts = TerminalPrompts(
        facts.append, console.out, listen=console.listen(loop), leave=lambda: left.append(True)
    )
    yield prompts
    prompts.close()


OFFER = Notice(NoticeKind.LEVEL_UP, text="It asks more.", level=2)


class TestTheNextLevel:
    @pytest.mark.parametrize(("key", "yes"), [("y", True), ("N", False)])
    def test_a_key_answers_the_offer_once(
        self, loop: Loop, console: Console, keyed: TerminalPrompts, facts: list[Fact],
        key: str, yes: bool,
    ) -> None:  # fmt: skip
        keyed.notice(OFFER)
        assert "Ready for level 2? It asks more." in console.seen
        assert "Keys: y try level 2 · n stay at level 1" in console.seen
        console.type(key)
        spin(loop, lambda: facts)
        console.type(key + "d")
        spin(loop, lambda: len(facts) > 1)
        assert facts == [LevelOfferAnswered(2, yes), DoneSaid()]

    def test_without_keys_it_says_what_to_type(
        self, loop: Loop, console: Console, facts: list[Fact]
    ) -> None:
        plain(loop, console, facts).notice(OFFER)
        assert "type: deskbreak level 2" in console.seen


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "answered"),
        [
            ("s", PromptAnswered(Answer.STRETCH, 4)),
            ("W", PromptAnswered(Answer.WALK, 4)),
            ("z", PromptAnswered(Answer.SNOOZE, 4, 300.0)),
            ("k", PromptAnswered(Answer.SKIP, 4)),
        ],
    )
    def test_a_key_answers_the_prompt(
        self, loop: Loop, console: Console, keyed: TerminalPrompts, key: str, answered: Fact
    ) -> None:
        facts: list[Fact] = []
        keyed._send = facts.append
        keyed.show(break_prompt(4))
        assert (
            "Keys: s stretch · w walk · z snooze 5 min · k skip · d done · q quit" in console.seen
        )
        console.type(key)
        spin(loop, lambda: facts)
        assert facts == [answered]

    def test_stand_and_sit_prompts_have_their_own(
        self, loop: Loop, console: Console, keyed: TerminalPrompts, facts: list[Fact]
    ) -> None:
        keyed.show(stand_prompt(1))
        assert "u standing now · l later · w walk instead" in console.seen.replace("Keys: ", "")
        console.type("l")
        spin(loop, lambda: facts)
        keyed.show(sit_prompt(2))
        console.type("i")
        spin(loop, lambda: len(facts) == 2)
        assert facts == [PromptAnswered(Answer.LATER, 1), PromptAnswered(Answer.SITTING, 2)]

    def test_without_a_prompt_the_keys_ask_for_what_they_say(
        self, loop: Loop, console: Console, keyed: TerminalPrompts, facts: list[Fact]
    ) -> None:
        keyed.show(break_prompt())
        keyed.withdraw(1)
        console.type("wsudixl?z")
        spin(loop, lambda: len(facts) == 6)
        assert facts == [
            BreakAsked(BreakKind.WALK),
            BreakAsked(BreakKind.STRETCH),
            PostureSet(Posture.STANDING),
            DoneSaid(),
            PostureSet(Posture.SITTING),
            PromptAnswered(Answer.SNOOZE),
        ]

    def test_quit(
        self, loop: Loop, console: Console, keyed: TerminalPrompts, left: list[bool]
    ) -> None:
        console.type("q")
        spin(loop, lambda: left)
        assert left == [True]

    def test_the_terminal_is_given_back_as_it_was(
        self, loop: Loop, console: Console, keyed: TerminalPrompts
    ) -> None:
        assert not termios.tcgetattr(console.keys.fileno())[3] & termios.ICANON
        keyed.close()
        keyed.close()
        assert termios.tcgetattr(console.keys.fileno())[3] & termios.ICANON

    def test_the_other_end_hangs_up(
        self, loop: Loop, console: Console, keyed: TerminalPrompts, facts: list[Fact]
    ) -> None:
        console.hang_up()
        spin_for(loop, 0.03)
        assert isinstance(keyed._keys, Keyboard)
        assert not keyed._keys._open
        assert facts == []

    def test_in_the_background_the_keyboard_is_somebody_elses(
        self, loop: Loop, console: Console, facts: list[Fact]
    ) -> None:
        prompts = TerminalPrompts(facts.append, console.out, listen=console.listen(loop))
        assert termios.tcgetattr(console.keys.fileno())[3] & termios.ICANON
        prompts.show(break_prompt())
        assert "deskbreak break" in console.seen
