"""The desk sensor that is any program: `standing.sensor`, an argument list (B27).

The program prints `sitting`, `standing` or `unknown`, a word a line; what follows the word is for
people. It may end after its word, and is run again after a while, or go on and print at changes.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import PurePath

from deskbreak.adapters.desk.running import Running, Said
from deskbreak.backoff import Backoff
from deskbreak.core.events import PostureSensed, SensorLost
from deskbreak.ports import Capability, Send

log = logging.getLogger(__name__)

AGAIN_S = 30.0
"""How long after its end a program that has said its word is run again."""

REPEAT_S = 20.0
"""A word that is the last one again goes to the engine no more often than this."""

LONGEST_PAUSE_S = 900.0
"""The pause after an end without a word doubles up to this, from `AGAIN_S` on."""

STEADY_S = 60.0
"""A program that has run for so long worked: what ends it then is a first trouble again."""

_NAME = 60
"""Characters of the argument list that `doctor` and the log show."""

_ADVICE = "Run standing.sensor by hand: it prints sitting or standing, a word a line."

Command = Callable[[], Sequence[str]]
"""Tells the argument list, as the settings have it now; empty for no sensor."""


class CommandSensor:
    """The DeskSensor port over a program. Posts PostureSensed and SensorLost."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send, command: Command) -> None:
        self._loop, self._send, self._command = loop, send, command
        self._words: tuple[str, ...] = ()
        self._running: Running | None = None
        self._leaving: Running | None = None
        self._next: asyncio.TimerHandle | None = None
        self._pauses = Backoff(AGAIN_S, LONGEST_PAUSE_S)
        self._said: Said | None = None
        self._sent_at = 0.0
        self._spoke = False
        self._began = 0.0
        self._trouble = self._logged = self._odd = ""

    def start(self) -> None:
        """Begin to listen; never fails: what is the matter shows in `capabilities`."""
        self.refresh()

    def refresh(self) -> None:
        """The settings may have changed: end what ran by the old ones, and start the new."""
        words = tuple(self._command())
        if words == self._words:
            return
        if self._words:
            self._send(SensorLost())
        self._words = words
        self._said = None
        self._trouble = self._odd = ""
        self._works()
        self._wait_no_more()
        if self._running is not None:
            self._leaving, self._running = self._running, None
            self._leaving.leave(self._left)
        elif self._leaving is None:
            self._left()

    def close(self) -> None:
        """Stop listening, and end the program."""
        self._wait_no_more()
        for running in (self._running, self._leaving):
            if running is not None:
                running.end()
        self._running = self._leaving = None

    def _left(self) -> None:
        """The program of earlier settings is gone, and has let go of the desk."""
        self._leaving = None
        if self._words:
            self._run()

    def _wait_no_more(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def capabilities(self) -> list[Capability]:
        """The program and what it said last; nothing where none is set."""
        if not self._words:
            return []
        backend = _name(self._words)
        if self._trouble:
            return [Capability("desk", backend, False, self._trouble, _ADVICE)]
        if self._said is None:
            return [Capability("desk", backend, False, "it has not said anything yet", _ADVICE)]
        word = "unknown" if self._said.posture is None else self._said.posture.value
        detail = f", {self._said.detail}" if self._said.detail else ""
        return [Capability("desk", backend, self._said.posture is not None, f"{word}{detail}")]

    def _run(self) -> None:
        self._next = None
        self._spoke, self._began = False, self._loop.time()
        try:
            self._running = Running(self._loop, self._words, self._heard, self._puzzled, self._over)
        except (OSError, ValueError) as reason:  # not found, not executable, a NUL in a word
            self._fail(f"it could not start ({reason})")

    def _heard(self, said: Said) -> None:
        before, self._said = self._said, said
        self._spoke, self._trouble = True, ""
        now = self._loop.time()
        changed = before is None or before.posture is not said.posture
        if not changed and now - self._sent_at < REPEAT_S:
            return
        self._sent_at = now
        self._send(SensorLost() if said.posture is None else PostureSensed(said.posture))

    def _puzzled(self, why: str) -> None:
        if not self._spoke:
            self._trouble = why
        if why not in (self._odd, self._logged):
            self._odd = why
            self._warn(why)

    def _over(self, trouble: str) -> None:
        self._running = None
        well = self._spoke and not trouble
        if well or self._loop.time() - self._began >= STEADY_S:
            self._works()
        if well:
            self._wait(AGAIN_S)
        else:
            self._fail(trouble or self._trouble or "it ended without a word")

    def _works(self) -> None:
        """The next trouble is a first one."""
        self._logged = ""
        self._pauses.reset()

    def _fail(self, trouble: str) -> None:
        if trouble not in (self._logged, self._odd):
            self._logged = trouble
            self._warn(trouble)
        self._trouble = trouble
        if self._said is not None and self._said.posture is not None:
            self._send(SensorLost())
        self._said = None
        self._wait(self._pauses.pause_s())

    def _wait(self, seconds: float) -> None:
        self._next = self._loop.call_later(seconds, self._run)

    def _warn(self, trouble: str) -> None:
        log.warning("The desk sensor %s: %s", _name(self._words), trouble)


def _name(words: Sequence[str]) -> str:
    """The program and its arguments, short enough for a line."""
    name = " ".join([PurePath(words[0]).name, *words[1:]])
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
