"""One run of a sensor program: no shell, its words read by the loop, and limits to what it may do.

It either prints and ends, or goes on printing. Whatever it does, nobody waits for it.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator, Sequence

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.programs import at_home
from deskbreak.core.enums import Posture
from deskbreak.struct import Struct

LONGEST_LINE = 1000
"""Bytes; what is longer is no word of a sensor."""

_UNKNOWN = "unknown"
_DETAIL = 80


class Said(Struct):
    """One line: the posture (None: it cannot tell right now), and what else it says for people."""

    posture: Posture | None
    detail: str = ""


class UnknownWordError(ValueError):
    """A line that begins with no word of a sensor; the text says what was found."""


class TooLongError(ValueError):
    """A line without an end."""


def read_line(line: bytes) -> Said:
    """What one line says: `standing`, or `standing 109 cm`. Raises UnknownWordError."""
    text = "".join(c if c.isprintable() else " " for c in line.decode("utf-8", "replace"))
    word, _, detail = text.strip().partition(" ")
    detail = detail.strip()[:_DETAIL]
    if word.lower() == _UNKNOWN:
        return Said(None, detail)
    try:
        return Said(Posture(word.lower()), detail)
    except ValueError:
        found = repr(word[:40])
        raise UnknownWordError(
            f"it printed {found}; allowed: sitting, standing or unknown, a word a line"
        ) from None


class Lines:
    """Cuts what comes in at its line ends. Empty lines are left out."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def take(self, more: bytes) -> Iterator[bytes]:
        """The lines that are complete now. Raises TooLongError after them."""
        *lines, self._rest = (self._rest + more).split(b"\n")
        for line in lines:
            if line.strip():
                yield line
        if len(self._rest) > LONGEST_LINE:
            raise TooLongError("it prints a line without an end")

    def finish(self) -> bytes:
        """What came in after the last line end."""
        rest, self._rest = self._rest, b""
        return rest.strip()


SILENCE_S = 60.0
"""A program that has printed nothing for so long after its start is ended."""

MOST_LINES = 300
"""Lines that a program may print in `WINDOW_S`; a desk moves a few times an hour."""

WINDOW_S = 60.0

GRACE_S = 10.0
"""How long a program may take to end when it is asked to; most end at once, and nobody waits."""

_LAST_GRACE_S = 1.0
"""The same where deskbreak itself ends."""

_CHUNK = 4096


class Running:
    """A sensor program at work. The constructor raises OSError or ValueError if it cannot start.

    `said` gets each line, `puzzled` what is none of a sensor. `over` is called once at the end,
    with "" where it ended well, else with what is the matter; after that, never again.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        words: Sequence[str],
        said: Callable[[Said], None],
        puzzled: Callable[[str], None],
        over: Callable[[str], None],
    ) -> None:
        self._loop = loop
        self._said, self._puzzled, self._over = said, puzzled, over
        self._lines = Lines()
        self._trouble = ""
        self._counted, self._since = 0, loop.time()
        self._out, theirs = _pipe()
        try:
            program = Program(at_home(words), stdout=theirs, complains=True)
            self._child = Child(loop, program, self._ended)
        except (OSError, ValueError):
            os.close(self._out)
            raise
        finally:
            os.close(theirs)
        loop.add_reader(self._out, self._hear)
        self._silence: asyncio.TimerHandle | None = loop.call_later(SILENCE_S, self._is_silent)

    def leave(self, gone: Callable[[], None]) -> None:
        """End it, politely first, so that it can let go of its desk; nothing is said but `gone`."""
        self._said, self._puzzled = lambda _said: None, lambda _why: None
        self._over = lambda _trouble: gone()
        self._child.leave(GRACE_S)

    def end(self) -> None:
        """End it and all it started at the end of deskbreak itself, which waits a moment for it."""
        self._child.signal(signal.SIGTERM)
        self._child.wait(_LAST_GRACE_S)
        self._child.kill()
        self._let_go()

    def _stop_over(self, trouble: str) -> None:
        """End it because of that."""
        if not self._trouble:
            self._trouble = trouble
            self._child.signal(signal.SIGKILL)

    def _is_silent(self) -> None:
        self._silence = None
        self._stop_over(f"it printed nothing within {SILENCE_S:g} s")

    def _hear(self) -> bool:
        """Take in a piece of what it prints; False if there is nothing to take in."""
        piece = _read(self._loop, self._out)
        if piece and not self._trouble:
            try:
                for line in self._lines.take(piece):
                    self._take(line)
            except TooLongError as problem:
                self._stop_over(str(problem))
        return bool(piece)

    def _take(self, line: bytes) -> None:
        if self._trouble or self._floods():
            return
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        try:
            said = read_line(line)
        except UnknownWordError as problem:
            self._puzzled(str(problem))
        else:
            self._said(said)

    def _floods(self) -> bool:
        now = self._loop.time()
        if now - self._since > WINDOW_S:
            self._counted, self._since = 0, now
        self._counted += 1
        if self._counted > MOST_LINES:
            self._stop_over(f"it printed more than {MOST_LINES} lines within {WINDOW_S:g} s")
        return self._counted > MOST_LINES

    def _ended(self, code: int) -> None:
        for _ in range(MOST_LINES):
            if not self._hear():
                break
        if rest := self._lines.finish():
            self._take(rest)
        self._let_go()
        self._over(self._trouble or self._why(code))

    def _why(self, code: int) -> str:
        if code == 0:
            return ""
        assert self._child.complaints is not None
        said = self._child.complaints.last.decode(errors="replace").strip().splitlines()
        return f"it ended with code {code}" + (f": {said[-1].strip()}" if said else "")

    def _let_go(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        self._loop.remove_reader(self._out)
        os.close(self._out)


def _pipe() -> tuple[int, int]:
    """Our end, which never blocks, and theirs."""
    ours, theirs = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    os.set_blocking(theirs, True)
    return ours, theirs


def _read(loop: asyncio.AbstractEventLoop, pipe: int) -> bytes | None:
    """A piece; None if nothing is there now, and nothing at all once nobody writes any more."""
    try:
        piece = os.read(pipe, _CHUNK)
    except BlockingIOError:
        return None
    if not piece:
        loop.remove_reader(pipe)
    return piece
