"""The desk sensor that is any program: `standing.sensor`, an argument list (B27).

The program prints `sitting`, `standing` or `unknown`, a word a line; what follows the word is for
people. It may end after its word, and is run again after a while, or go on and print at changes.
Whatever it does, nobody waits for it, and there are limits to what it may do.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from pathlib import PurePath

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.jsonlines import Lines
from deskbreak.adapters.programs import at_home
from deskbreak.adapters.timer import Timer
from deskbreak.backoff import Backoff
from deskbreak.core.enums import Posture
from deskbreak.core.events import PostureSensed, SensorLost
from deskbreak.ports import Capability, Send
from deskbreak.struct import Struct

log = logging.getLogger(__name__)

LONGEST_LINE = 1000
"""Bytes; what is longer is no word of a sensor."""

SILENCE_S = 60.0
"""A program that has printed nothing for so long after its start is ended."""

MOST_LINES, WINDOW_S = 300, 60.0
"""Lines that a program may print in so many seconds; a desk moves a few times an hour."""

GRACE_S = 10.0
"""How long a program may take to end when it is asked to; most end at once, and nobody waits."""

_LAST_GRACE_S = 1.0
"""The same where deskbreak itself ends."""

AGAIN_S = 30.0
"""How long after its end a program that has said its word is run again."""

REPEAT_S = 20.0
"""A word that is the last one again goes to the engine no more often than this."""

LONGEST_PAUSE_S = 900.0
"""The pause after an end without a word doubles up to this, from `AGAIN_S` on."""

STEADY_S = 60.0
"""A program that has run for so long worked: what ends it then is a first trouble again."""

_LONGEST_DETAIL, _LONGEST_NAME = 80, 60
"""Characters that `doctor` and the log show of a line, and of the argument list."""

_ADVICE = "Run standing.sensor by hand: it prints sitting or standing, a word a line."


class Said(Struct):
    """One line: the posture (None: it cannot tell right now), and what else it says for people."""

    posture: Posture | None
    detail: str = ""


def read_line(line: bytes) -> Said:
    """What one line says: `standing`, or `standing 109 cm`. Raises ValueError for people."""
    text = "".join(c if c.isprintable() else " " for c in line.decode("utf-8", "replace"))
    word, _, detail = text.strip().partition(" ")
    detail = detail.strip()[:_LONGEST_DETAIL]
    if word.lower() == "unknown":
        return Said(None, detail)
    try:
        return Said(Posture(word.lower()), detail)
    except ValueError:
        found = f"it printed {word[:40]!r}"
        raise ValueError(f"{found}; allowed: sitting, standing or unknown, a word a line") from None


class _Running:
    """One run of the program, told to `owner` until it is told to leave.

    The constructor raises OSError or ValueError if it cannot start.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, words: Sequence[str], owner: "CommandSensor"
    ) -> None:
        self._loop = loop
        self._owner = owner
        self._lines = Lines(LONGEST_LINE)
        self._trouble = ""
        self._leaving = self.spoke = False
        self._counted, self.began = 0, loop.time()
        self._since = self.began
        program = Program(at_home(words), complains=True)
        self._child = Child(loop, program, self._ended, self._hear)
        self._silence = Timer(loop)
        self._silence.set(SILENCE_S, self._stop, f"it printed nothing within {SILENCE_S:g} s")

    def leave(self) -> None:
        """End it, politely first, so that it can let go of its desk; nothing but that is said."""
        self._leaving = True
        self._silence.cancel()
        self._child.leave(GRACE_S)

    def end(self) -> None:
        """End it and all it started at the end of deskbreak itself, which waits a moment for it."""
        self._leaving = True
        self._silence.cancel()
        self._child.signal(signal.SIGTERM)
        self._child.wait(_LAST_GRACE_S)
        self._child.kill()

    def _stop(self, trouble: str) -> None:
        """End it because of that."""
        self._trouble = self._trouble or trouble
        self._child.signal(signal.SIGKILL)

    def _hear(self, piece: bytes) -> None:
        for line in self._lines.feed(piece):
            self._take(line)

    def _take(self, line: bytes | None) -> None:
        if self._trouble or self._leaving or (line is not None and not line.strip()):
            return
        if line is None:
            self._stop("it prints a line without an end")
        elif self._floods():
            self._stop(f"it printed more than {MOST_LINES} lines within {WINDOW_S:g} s")
        else:
            self._silence.cancel()
            try:
                said = read_line(line)
            except ValueError as problem:
                self._owner.puzzled(str(problem), already_spoke=self.spoke)
            else:
                self.spoke = True
                self._owner.heard(said)

    def _floods(self) -> bool:
        now = self._loop.time()
        if now - self._since > WINDOW_S:
            self._counted, self._since = 0, now
        self._counted += 1
        return self._counted > MOST_LINES

    def _ended(self, code: int) -> None:
        self._silence.cancel()
        for line in self._lines.end():
            self._take(line)
        last = self._child.last_words.decode(errors="replace").strip().splitlines()
        why = f"it ended with code {code}{f': {last[-1].strip()}' if last else ''}" if code else ""
        self._owner.over(self, self._trouble or why)


class CommandSensor:
    """The DeskSensor port over a program. Posts PostureSensed and SensorLost.

    `command` tells the argument list, as the settings have it now; empty for no sensor.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, command: Callable[[], Sequence[str]]
    ) -> None:
        self._loop, self._send, self._command = loop, send, command
        self._words: tuple[str, ...] = ()
        self._running: _Running | None = None
        self._leaving: _Running | None = None
        self._next = Timer(loop)
        self._pauses = Backoff(AGAIN_S, LONGEST_PAUSE_S)
        self._said: Said | None = None
        self._sent_at = 0.0
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
        self._next.cancel()
        if self._running is not None:
            self._leaving, self._running = self._running, None
            self._leaving.leave()
        elif self._leaving is None and words:
            self._run()

    def close(self) -> None:
        """Stop listening, and end the program."""
        self._next.cancel()
        for running in (self._running, self._leaving):
            if running is not None:
                running.end()
        self._running = self._leaving = None

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
        try:
            self._running = _Running(self._loop, self._words, self)
        except (OSError, ValueError) as reason:  # not found, not executable, a NUL in a word
            self._fail(f"it could not start ({reason})")

    def heard(self, said: Said) -> None:
        """The program has said a word."""
        before, self._said = self._said, said
        self._trouble = ""
        now = self._loop.time()
        changed = before is None or before.posture is not said.posture
        if not changed and now - self._sent_at < REPEAT_S:
            return
        self._sent_at = now
        self._send(SensorLost() if said.posture is None else PostureSensed(said.posture))

    def puzzled(self, why: str, *, already_spoke: bool) -> None:
        """The program has printed what is no word of a sensor."""
        if not already_spoke:
            self._trouble = why
        if why not in (self._odd, self._logged):
            self._odd = why
            self._warn(why)

    def over(self, running: _Running, trouble: str) -> None:
        """A program has ended: the one of now, or one that has let go of the desk for it."""
        if running is self._leaving:
            self._leaving = None
            if self._words:
                self._run()
            return
        self._running = None
        well = running.spoke and not trouble
        if well or self._loop.time() - running.began >= STEADY_S:
            self._works()
        if well:
            self._next.set(AGAIN_S, self._run)
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
        self._next.set(self._pauses.pause_s(), self._run)

    def _warn(self, trouble: str) -> None:
        log.warning("The desk sensor %s: %s", _name(self._words), trouble)


def _name(words: Sequence[str]) -> str:
    """The program and its arguments, short enough for a line."""
    name = " ".join([PurePath(words[0]).name, *words[1:]])
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
