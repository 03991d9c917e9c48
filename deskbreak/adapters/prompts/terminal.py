"""Prompts in the terminal: the last channel, and the only one of `run --console`.

Keys, where they are wanted and the program runs in the foreground, are read one by one as they
are pressed. Nothing is written that would have to wait for the terminal.
"""

import os
import select
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, TextIO

from deskbreak.core.effects import Notice, NoticeKind, Prompt
from deskbreak.core.enums import Answer, BreakKind, Posture
from deskbreak.core.events import BreakAsked, DoneSaid, Fact, PostureSet, PromptAnswered
from deskbreak.ports import Capability, Send
from deskbreak.text import prompts
from deskbreak.text.display import lines

_BELL = "\a"
_CHUNK = 2048  # small enough that a pipe which takes anything takes it whole
_ANSWERS = {
    "s": Answer.STRETCH,
    "w": Answer.WALK,
    "h": Answer.SHORTER,
    "z": Answer.SNOOZE,
    "k": Answer.SKIP,
    "u": Answer.STANDING,
    "i": Answer.SITTING,
    "l": Answer.LATER,
}
_OFFER_KEYS = "yn"
_AT_ANY_TIME: dict[str, Fact] = {
    "s": BreakAsked(BreakKind.STRETCH),
    "w": BreakAsked(BreakKind.WALK),
    "u": PostureSet(Posture.STANDING),
    "i": PostureSet(Posture.SITTING),
    "z": PromptAnswered(Answer.SNOOZE),
    "k": PromptAnswered(Answer.SKIP),
    "d": DoneSaid(),
}


class Keyboard(Protocol):
    """Single keys from a terminal."""

    def close(self) -> None:
        """Put the terminal back as it was."""


class TerminalPrompts:
    """The Prompts port on a terminal, or on whatever standard error is.

    `listen` begins to hand over keys and returns None where there are none; `leave` is called for
    q. Without `out` it is mute.
    """

    def __init__(
        self,
        send: Send,
        out: TextIO | None,
        *,
        listen: Callable[[Callable[[str], None]], Keyboard | None] | None = None,
        leave: Callable[[], None] | None = None,
    ) -> None:
        self._send = send
        self._out = out
        self._leave = leave
        self._live: Prompt | None = None
        self._offer: Notice | None = None
        self._listen = listen
        self._keys: Keyboard | None = None
        self.take_back()
        if self._keys is not None:
            self._write("Keys: s stretch · w walk · u stand · i sit · d done · q quit\n")

    def show(self, prompt: Prompt) -> None:
        """Write the prompt, and ring where somebody may hear it."""
        self._live = prompt
        words = prompts.prompt_words(prompt)
        how = _keys_for(prompt) if self._keys is not None else prompts.way_out(prompt)
        bell = _BELL if self._is_terminal() else ""
        self._write(f"{words.title}. {words.body}\n  {how}\n", lead=bell)

    def withdraw(self, prompt_id: int) -> None:
        """The keys no longer answer it; what is written stays."""
        if self._live is not None and self._live.id == prompt_id:
            self._live = None

    def notice(self, notice: Notice) -> None:
        """Write the notice, and for one that asks something how to answer."""
        words = prompts.notice_words(notice)
        end = "" if words.title.endswith(("?", "\N{HORIZONTAL ELLIPSIS}")) else "."
        self._write(f"{words.title}{end} {words.body}".rstrip() + "\n")
        if offered := dict(zip(_OFFER_KEYS, prompts.offers(notice), strict=False)):
            self._offer = notice
            keys = " · ".join(f"{key} {label.lower()}" for key, (_, label) in offered.items())
            how = f"Keys: {keys}" if self._keys is not None else prompts.way_to_offer(notice)
            self._write(f"  {how}\n")

    def withdraw_notice(self, kind: NoticeKind) -> None:
        """What has been written stays."""

    def capabilities(self) -> list[Capability]:
        """Whether there is a terminal, and whether it takes keys."""
        if not self._is_terminal():
            why = "standard error is not a terminal"
            return [Capability("terminal", None, False, why)]
        return [Capability("terminal", "keys" if self._keys is not None else "text", True)]

    def lend(self) -> None:
        """Leave the keyboard to a program that runs in this terminal."""
        if self._keys is not None:
            self._keys.close()
            self._keys = None

    def take_back(self) -> None:
        """Listen to the keyboard again, if it was listened to."""
        if self._listen is not None and self._keys is None:
            self._keys = self._listen(self._pressed)

    def close(self) -> None:
        """Give the keyboard back as it was."""
        self._live = None
        self.lend()
        self._listen = None

    def _pressed(self, key: str) -> None:
        if key == "q":
            if self._leave is not None:
                self._leave()
            return
        if self._offer is not None and key in _OFFER_KEYS:
            self._answer_offer(self._offer, key)
            return
        answer = _ANSWERS.get(key)
        prompt = self._live
        if prompt is not None and answer in prompt.actions:
            self._live = None
            self._send(prompts.answered(prompt, answer))
        elif key in _AT_ANY_TIME:
            self._send(_AT_ANY_TIME[key])

    def _answer_offer(self, notice: Notice, key: str) -> None:
        self._offer = None
        meant, _ = prompts.offers(notice)[_OFFER_KEYS.index(key)]
        fact = prompts.offer_answered(notice, meant)
        if fact is not None:
            self._send(fact)

    def _is_terminal(self) -> bool:
        return self._out is not None and not self._out.closed and self._out.isatty()

    def _write(self, text: str, lead: str = "") -> None:
        """Write what the terminal takes at once; a stopped one (Ctrl-S) misses the rest."""
        if self._out is None:
            return
        encoded = (lead + lines(text)).encode(self._out.encoding or "utf-8", "replace")
        # Closed, gone, or no file at all: then nobody reads this.
        with suppress(OSError, ValueError):
            fd = self._out.fileno()
            self._out.flush()
            for start in range(0, len(encoded), _CHUNK):
                if not _takes(fd):
                    return
                os.write(fd, encoded[start : start + _CHUNK])


def _takes(fd: int) -> bool:
    """Whether a write would be taken at once."""
    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    poll.register(fd, select.POLLOUT)
    return any(event & select.POLLOUT for _fd, event in poll.poll(0))


def _keys_for(prompt: Prompt) -> str:
    offered = [
        f"{key} {prompts.button(answer, prompt).lower()}"
        for answer in prompt.actions
        for key, meant in _ANSWERS.items()
        if meant is answer
    ]
    return "Keys: " + " · ".join([*offered, "d done", "q quit"])
