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
from deskbreak.adapters.timer import Timer
from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer
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
    ) -> None:
        self._loop = loop
        self._send = send
        self._behind = behind
        self._command = command
        self._wanted = wanted
        self._prompt: Prompt | None = None  # the live one, wherever it is shown
        self._window: _Window | None = None
        self._leaving: list[_Window] = []
        self._cover = Timer(loop)
        self._trouble = ""

    def show(self, prompt: Prompt) -> None:
        """Show this prompt in place of any other. Never blocks, never fails: falls back instead."""
        if self._prompt is not None:
            self.withdraw(self._prompt.id)
        self._prompt = prompt
        if not prompt.overlay:
            self._behind.show(prompt)
            return
        try:
            self._window = _Window(self._loop, self._command(), question(prompt), self)
        except (OSError, ValueError) as reason:
            self._fall_back(prompt, str(reason))
        else:
            self._cover.set(COVERED_AFTER_S, self._cover_for, prompt)

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
        found = self._behind.capabilities()
        if self._wanted():
            trouble = self._trouble
            try:
                self._command()
            except OSError as reason:
                trouble = str(reason)
            backend, advice = (None, _ADVICE) if trouble else ("window", "")
            found = [*found, Capability("overlay", backend, not trouble, trouble, advice)]
        return found

    def close(self) -> None:
        """Withdraw what is shown and let go of the channel."""
        self._prompt = None
        self._close_window()
        for window in tuple(self._leaving):
            window.end()
        self._behind.close()

    def painted(self) -> None:
        """The window has its first picture."""
        if self._prompt is not None:
            self._behind.withdraw(self._prompt.id)

    def answered(self, answer: Answer | None) -> None:
        """The window says what was answered; None where it went without a word."""
        prompt = self._prompt
        if prompt is None:
            return
        self._close_window()
        if answer is None:
            self._fall_back(prompt, "the window gave no sign of life, or did not stay")
        elif answer in prompt.actions or answer is Answer.DISMISS:
            self._prompt, self._trouble = None, ""
            self._send(prompts.answered(prompt, answer))
        else:
            self._fall_back(prompt, f"the window answered {answer}, which was not asked")

    def gone(self, window: "_Window") -> None:
        """Nothing is left of a window that was told to leave."""
        if window in self._leaving:
            self._leaving.remove(window)

    def _fall_back(self, prompt: Prompt, why: str) -> None:
        log.warning("The overlay could not be shown: %s. A notification comes instead.", why)
        self._trouble = why
        self._behind.show(replace(prompt, overlay=False))

    def _close_window(self) -> None:
        self._cover.cancel()
        if self._window is not None:
            window, self._window = self._window, None
            self._leaving.append(window)
            window.leave()


def question(prompt: Prompt) -> dict[str, Any]:
    """A prompt as the window is told of it: the words and buttons of a notification."""
    words = prompts.prompt_words(prompt)
    choices = [{"answer": str(a), "text": prompts.button(a, prompt)} for a in prompt.actions]
    return {"do": "ask", "title": words.title, "text": words.body, "choices": choices}


class _Window:
    """The window of one prompt, told to `owner` until it is told to leave.

    The constructor raises OSError or ValueError where the program cannot be started.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        words: Sequence[str],
        asks: dict[str, Any],
        owner: OverlayPrompts,
    ) -> None:
        self._loop = loop
        self._owner = owner
        self._over = self.painted = False
        ours, theirs = socket.socketpair()
        with theirs, contextlib.ExitStack() as undo:
            undo.callback(ours.close)
            program = Program(words, stdin=theirs.fileno(), stdout=theirs.fileno())
            self._child = Child(loop, program, self._exited)
            undo.pop_all()
        self._line = Line(loop, ours, self)
        self._line.say(asks)
        self._silence = Silence(loop, lambda: self._say(None))

    def leave(self) -> None:
        """Tell it to go, and end it if it does not; nothing more is heard of it."""
        self._hang_up()
        if self._child.running:
            self._child.leave(PATIENCE_S)  # there is nothing to save, and it may not read yet
        else:
            self._loop.call_soon(self._owner.gone, self)

    def end(self) -> None:
        """End it at once."""
        self._hang_up()
        self._child.kill()
        self._owner.gone(self)

    def heard(self, line: Line, said: dict[str, Any]) -> None:  # noqa: ARG002 - the Listener's word
        """The window says something."""
        self._silence.heard()
        match said:
            case {"event": "painted"} if not self.painted:
                self.painted = True
                self._owner.painted()
            case {"event": "answered", "answer": str(word)} if word in set(Answer):
                self._say(Answer(word))

    def junk(self, line: Line, why: str) -> None:  # noqa: ARG002 - the Listener's word
        """Something came that is no report."""
        log.debug("the overlay said something that is not a report: %s", why[:200])

    def ended(self, line: Line) -> None:  # noqa: ARG002 - the Listener's word
        """It has hung up: it is gone, or should be."""
        self._say(None)

    def _say(self, answer: Answer | None) -> None:
        if not self._over:
            self._over = True
            self._owner.answered(answer)

    def _exited(self, code: int) -> None:  # noqa: ARG002 - its line says the rest
        if self._over:
            self._owner.gone(self)

    def _hang_up(self) -> None:
        self._over = True
        self._silence.close()
        self._line.close()
