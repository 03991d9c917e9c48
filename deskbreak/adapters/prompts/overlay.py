"""Prompts that ask for the overlay get a window over the whole screen (B19); the others go behind.

The window is a process of its own and its line is its life: it goes when we hang up, and when it
goes without an answer, or gives no sign of life, the same prompt is shown by what is behind. A
window that only takes its time is covered for by what is behind, until it is there.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Sequence
from typing import Any

from deskbreak.adapters.child import Child, Program, Silence
from deskbreak.adapters.stream import Line
from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
from deskbreak.core.events import PromptAnswered
from deskbreak.ports import Capability, Prompts, Send
from deskbreak.struct import replace
from deskbreak.text import prompts

log = logging.getLogger(__name__)

COVERED_AFTER_S = 8.0
"""After so long without a picture the prompt is shown by what is behind, until there is one."""

PATIENCE_S = 2.0
"""How long it may take to go."""


_ADVICE = "Nothing is lost: an urgent notification comes in its place."


class OverlayPrompts:
    """The Prompts port with the overlay in front of another.

    `command` gives the words that open the window, and raises OSError where there can be none.
    `wanted` tells whether the settings ask for it, so that `doctor` need not speak of it otherwise.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        behind: Prompts,
        command: Callable[[], Sequence[str]],
        *,
        wanted: Callable[[], bool] = lambda: True,
        covered_after_s: float = COVERED_AFTER_S,
    ) -> None:
        self._loop = loop
        self._send = send
        self._behind = behind
        self._command = command
        self._wanted = wanted
        self._covered_after_s = covered_after_s
        self._prompt: Prompt | None = None  # the live one, wherever it is shown
        self._window: _Window | None = None
        self._leaving: list[_Window] = []
        self._cover: asyncio.TimerHandle | None = None
        self._trouble = ""

    def show(self, prompt: Prompt) -> None:
        """Show this prompt in place of any other. Never blocks, never fails: falls back instead."""
        if self._prompt is not None:
            self.withdraw(self._prompt.id)
        self._prompt = prompt
        if not prompt.overlay:
            self._behind.show(prompt)
            return
        window = _Window(
            self._loop,
            lambda answer: self._told(prompt, answer),
            lambda: self._behind.withdraw(prompt.id),
            self._gone,
        )
        try:
            window.open(self._command(), question(prompt))
        except (OSError, ValueError) as reason:
            self._fall_back(prompt, str(reason))
        else:
            self._window = window
            self._cover = self._loop.call_later(self._covered_after_s, self._cover_for, prompt)

    def _cover_for(self, prompt: Prompt) -> None:
        """The question does not wait for a slow machine; the picture comes in its place."""
        if self._window is not None and not self._window.painted:
            self._behind.show(replace(prompt, overlay=False))

    def withdraw(self, prompt_id: int) -> None:
        """Take it off the screen if it is still there."""
        if self._prompt is not None and self._prompt.id == prompt_id:
            self._prompt = None
            self._close_window()
        self._behind.withdraw(prompt_id)

    def notice(self, notice: Notice) -> None:
        """Show a quiet notification."""
        self._behind.notice(notice)

    def withdraw_notice(self, kind: NoticeKind) -> None:
        """Take a notification of that kind off the screen."""
        self._behind.withdraw_notice(kind)

    def capabilities(self) -> list[Capability]:
        """What is behind, and the window where the settings ask for it."""
        return [*self._behind.capabilities(), *([self._overlay()] if self._wanted() else [])]

    def _overlay(self) -> Capability:
        trouble = self._trouble
        try:
            self._command()
        except OSError as reason:
            trouble = str(reason)
        backend = None if trouble else "window"
        return Capability("overlay", backend, not trouble, trouble, _ADVICE if trouble else "")

    def close(self) -> None:
        """Withdraw what is shown and let go of the channel."""
        self._prompt = None
        self._close_window()
        for window in tuple(self._leaving):
            window.end()
        self._behind.close()

    def _told(self, prompt: Prompt, answer: Answer | None) -> None:
        """The window says what was answered; None where it went without a word."""
        if self._prompt is not prompt:
            return
        self._close_window()
        if answer is None:
            self._fall_back(prompt, "the window gave no sign of life, or did not stay")
        elif answer in prompt.actions or answer is Answer.DISMISS:
            self._prompt, self._trouble = None, ""
            snooze_s = prompt.snooze_s[0] if answer is Answer.SNOOZE and prompt.snooze_s else None
            self._send(PromptAnswered(answer, prompt.id, snooze_s))
        else:
            self._fall_back(prompt, f"the window answered {answer}, which was not asked")

    def _fall_back(self, prompt: Prompt, why: str) -> None:
        log.warning("The overlay could not be shown: %s. A notification comes instead.", why)
        self._trouble = why
        self._behind.show(replace(prompt, overlay=False))

    def _close_window(self) -> None:
        if self._cover is not None:
            self._cover.cancel()
            self._cover = None
        if self._window is not None:
            window, self._window = self._window, None
            self._leaving.append(window)
            window.leave()

    def _gone(self, window: "_Window") -> None:
        self._leaving = [one for one in self._leaving if one is not window]


def question(prompt: Prompt) -> dict[str, Any]:
    """A prompt as the window is told of it: the words and buttons of a notification."""
    words = prompts.prompt_words(prompt)
    choices = [{"answer": str(a), "text": prompts.button(a, prompt)} for a in prompt.actions]
    return {"do": "ask", "title": words.title, "text": words.body, "choices": choices}


class _Window:
    """The window of one prompt. `told` hears once: an answer, or None if it went without one.

    `seen` is called at its first picture, `gone` when nothing is left of it after `leave`.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        told: Callable[[Answer | None], None],
        seen: Callable[[], None],
        gone: "Callable[[_Window], None]",
    ) -> None:
        self._loop = loop
        self._told: Callable[[Answer | None], None] | None = told
        self._seen = seen
        self._gone = gone
        self.painted = False
        self._silence: Silence | None = None
        self._line: Line | None = None
        self._child: Child | None = None

    def open(self, words: Sequence[str], asks: dict[str, Any]) -> None:
        """Start the program. Raises OSError or ValueError, all undone."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.ExitStack() as undo:
            undo.callback(ours.close)
            program = Program(words, stdin=theirs.fileno(), stdout=theirs.fileno())
            self._child = Child(self._loop, program, self._exited)
            undo.pop_all()
        self._line = Line(self._loop, ours, self)
        self._line.say(asks)
        self._silence = Silence(self._loop, lambda: self._say(None))

    def leave(self) -> None:
        """Tell it to go, and end it if it does not; nothing more is heard of it."""
        self._told = None
        self._hang_up()
        if self._child is not None and self._child.running:
            self._child.leave(PATIENCE_S)  # there is nothing to save, and it may not read yet
        else:
            self._loop.call_soon(self._gone, self)

    def end(self) -> None:
        """End it at once."""
        self._told = None
        self._hang_up()
        if self._child is not None:
            self._child.kill()
        self._gone(self)

    # what a Line tells

    def heard(self, line: Line, said: dict[str, Any]) -> None:  # noqa: ARG002 - the Listener's word
        """The window says something."""
        if self._silence is not None:
            self._silence.heard()
        match said:
            case {"event": "painted"} if not self.painted and self._told is not None:
                self.painted = True
                self._seen()
            case {"event": "answered", "answer": str(word)} if word in set(Answer):
                self._say(Answer(word))

    def junk(self, line: Line, why: str) -> None:  # noqa: ARG002 - the Listener's word
        """Something came that is no report."""
        log.debug("the overlay said something that is not a report: %s", why[:200])

    def ended(self, line: Line) -> None:  # noqa: ARG002 - the Listener's word
        """It has hung up: it is gone, or should be."""
        self._say(None)

    def _say(self, answer: Answer | None) -> None:
        told, self._told = self._told, None
        if told is not None:
            told(answer)

    def _exited(self, code: int) -> None:  # noqa: ARG002 - its line says the rest
        if self._told is None:
            self._gone(self)

    def _hang_up(self) -> None:
        if self._silence is not None:
            self._silence.close()
        if self._line is not None:
            self._line.close()
            self._line = None
