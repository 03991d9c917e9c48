"""plyer as the fallback: through the real plyer and a notify-send of the test's own."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.prompts.passive import PassivePrompts, safe
from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.struct import replace
from tests.contracts.prompts import break_prompt, stand_prompt
from tests.fakes.prompts import FakePrompts
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop


class NotifySend:
    """A program of that name, first on the path; it notes what it was called with."""

    def __init__(self, folder: Path) -> None:
        self.notes = folder / "notes"
        self.gate = folder / "gate"
        self._program = folder / "notify-send"
        self.behave("true")

    def behave(self, afterwards: str) -> None:
        note = f'printf "%s\\n" "$1" "$2" >> {self.notes}.new && cat {self.notes}.new'
        self._program.write_text(f"#!/bin/sh\n{note} > {self.notes}\n{afterwards}\n")
        self._program.chmod(0o755)

    def hang(self) -> None:
        """Hang until `release`."""
        os.mkfifo(self.gate)
        self.behave(f"read line < {self.gate}")

    def release(self) -> None:
        with self.gate.open("w") as gate:
            gate.write("go\n")

    @property
    def lines(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []


@pytest.fixture
def notify_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NotifySend:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return NotifySend(tmp_path)


@pytest.fixture
def last() -> FakePrompts:
    return FakePrompts(lambda _fact: None)


@pytest.fixture(autouse=True)
def no_worker_is_left() -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name == "plain notification":
            thread.join(60)
            assert not thread.is_alive()


def test_the_text_tells_the_way_out(loop: Loop, notify_send: NotifySend, last: FakePrompts) -> None:
    passive = PassivePrompts(loop, last, trusted=True)
    passive.show(break_prompt())
    spin(loop, lambda: len(notify_send.lines) == 2)
    title, body = notify_send.lines
    assert title == "Time to move"
    assert body.startswith("You have been sitting for 30 minutes.")
    assert body.endswith("To answer, use the tray menu or type: deskbreak break")
    spin_for(loop, 0.05)
    assert last.shown == []


def test_where_it_is_doubtful_the_next_channel_is_told_as_well(
    loop: Loop, notify_send: NotifySend, last: FakePrompts
) -> None:
    passive = PassivePrompts(loop, last, trusted=False)
    passive.show(stand_prompt())
    passive.withdraw(1)
    assert last.withdrawn == [1]
    spin(loop, lambda: len(notify_send.lines) == 2)
    assert len(last.shown) == 1


def test_a_channel_that_hangs_is_left_to_itself(
    loop: Loop, notify_send: NotifySend, last: FakePrompts
) -> None:
    notify_send.hang()
    passive = PassivePrompts(loop, last, trusted=True, deadline_s=0.1)
    before = loop.time()
    passive.show(break_prompt(1))
    assert loop.time() - before < 0.1, "it was waited for"
    spin(loop, lambda: last.shown)
    assert not passive.capabilities()[0].works
    passive.show(break_prompt(2))
    assert [prompt.id for prompt in last.shown] == [1, 2], "no second worker hangs beside the first"
    assert len(notify_send.lines) == 2
    notify_send.release()
    spin(loop, lambda: passive.capabilities()[0].works)
    notify_send.behave("true")
    passive.show(break_prompt(3))
    spin(loop, lambda: len(notify_send.lines) == 4)
    assert len(last.shown) == 2


def test_no_way_at_all(
    loop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: FakePrompts,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("PATH", str(tmp_path))
    passive = PassivePrompts(loop, last, trusted=True, advice="Install notify-send.")
    passive.show(break_prompt())
    passive.notice(Notice(NoticeKind.STILL_HERE))
    spin(loop, lambda: last.shown and last.notices)
    mine, *rest = passive.capabilities()
    assert not mine.works
    assert mine.why == "there is no program that shows notifications"
    assert "notify-send" in mine.advice
    assert rest == last.capabilities()
    assert capfd.readouterr() == ("", ""), "plyer was heard"


def test_anything_that_is_raised_leads_on(
    loop: Loop, last: FakePrompts, notify_send: NotifySend
) -> None:
    def broken(title: str, body: str) -> None:
        raise SystemError

    passive = PassivePrompts(loop, last, trusted=True, notify=broken)
    passive.show(break_prompt())
    spin(loop, lambda: last.shown)
    assert passive.capabilities()[0].why == "SystemError"


def test_the_program_may_end_while_it_hangs(notify_send: NotifySend, last: FakePrompts) -> None:
    notify_send.hang()
    loop = asyncio.SelectorEventLoop()
    passive = PassivePrompts(loop, last, trusted=True)
    passive.show(break_prompt())
    spin(loop, lambda: notify_send.lines)
    passive.close()
    assert last.closed
    loop.close()
    (worker,) = [t for t in threading.enumerate() if t.name == "plain notification"]
    assert worker.daemon
    notify_send.release()


def test_a_text_that_would_be_taken_for_an_option(
    loop: Loop, notify_send: NotifySend, last: FakePrompts
) -> None:
    passive = PassivePrompts(loop, last, trusted=True)
    passive.notice(Notice(NoticeKind.REMINDER, 20, "--help 'me' \"now\" & <b>then</b>\nplease"))
    spin(loop, lambda: len(notify_send.lines) == 2)
    assert notify_send.lines[0].startswith("\N{MINUS SIGN}-help")
    assert not set("'\"&<>") & set(notify_send.lines[0])


def test_a_long_name_does_not_cost_the_way_out(
    loop: Loop, notify_send: NotifySend, last: FakePrompts
) -> None:
    passive = PassivePrompts(loop, last, trusted=True)
    prompt = break_prompt()
    assert prompt.suggestion is not None
    passive.show(replace(prompt, suggestion=replace(prompt.suggestion, routine_name="x" * 400)))
    spin(loop, lambda: len(notify_send.lines) == 2)
    assert notify_send.lines[1].endswith("type: deskbreak break")
    assert len(notify_send.lines[1]) <= 256


@given(st.text(max_size=300), st.integers(1, 256))
def test_safe_texts_are_safe(text: str, longest: int) -> None:
    made = safe(text, longest)
    assert len(made) <= longest
    assert not made.startswith("-")
    assert not set("'\"<>&\\\0\n") & set(made)
