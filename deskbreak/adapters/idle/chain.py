"""Keeps an idle source at work: the first that can tell, another when that one cannot any more.

Some sources know at once whether they can work here, others have to ask first. After a while the
next one has its turn too, but the slow one goes on looking: as soon as a better one than the one at
work has found its way it takes over. One that talks nonsense (`watchdog`) is set aside for a while.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from deskbreak.adapters.idle.watchdog import Watchdog
from deskbreak.adapters.timer import Timer
from deskbreak.backoff import Backoff
from deskbreak.core.events import (
    Fact,
    IdleSourceFound,
    IdleSourceLost,
    Locked,
    Sampled,
    Unlocked,
    Woke,
)
from deskbreak.ports import Capability, IdleSource, Send
from deskbreak.struct import Struct

log = logging.getLogger(__name__)

CAPABILITY, NONE = "idle", "none"
_BROKE = "it broke (the log has it); please report that"
LOOK_EVERY_S = 60.0
"""How often a better source than the one at work is looked for."""

_FIRST_RETRY_S, _LAST_RETRY_S = 2.0, 60.0
_DISTRUST_S = 600.0


class Source(IdleSource, Protocol):
    """An idle source as this family makes them: with a remark for people on what it misses.

    `hopeless` is set where looking again makes no sense in this session.
    """

    remark: str
    hopeless: bool


Make = Callable[[asyncio.AbstractEventLoop, Send], Source]
"""Makes a source that is not started. Raises OSError or ImportError where that makes no sense."""


class Option(Struct):
    """A source that may be tried, and for how long it may look around before it has found it.

    `remark` is for people, where there is more to say than the source itself knows.
    """

    name: str
    make: Make
    patience_s: float = 3.0
    remark: str = ""


class Fallback(Struct):
    """What is said beside the sources: of those not tried, and where none works."""

    skipped: tuple[Capability, ...]
    nothing: Capability


class IdleChain:
    """The IdleSource port over all sources there are; `name` is that of the one that works."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        turns: tuple[Option, ...],
        otherwise: Fallback,
    ) -> None:
        self.name = NONE
        self.pauses = Backoff(_FIRST_RETRY_S, _LAST_RETRY_S)
        self._loop = loop
        self._send = send
        self._turns = turns
        self._otherwise = otherwise
        self._hopeless: set[str] = set()
        self._distrusted: dict[str, float] = {}
        self._rows: dict[str, Capability] = {}
        self._open: dict[int, Source] = {}  # by their place in the list, whether they work or look
        self._working: set[int] = set()
        self._at: int | None = None  # the one that is listened to
        self._told_lost = False
        self._threshold_s: float | None = None
        self._timer = Timer(loop)
        self._look = Timer(loop)
        self._dog = Watchdog()

    def start(self) -> None:
        """Look for a source; posts what comes of it, now or later."""
        self._try_from(0)

    def watch(self, threshold_s: float) -> None:
        """Have `Sampled` posted when idle reaches this many seconds, and at the next input."""
        self._threshold_s = self._dog.threshold_s = threshold_s
        for source in tuple(self._open.values()):
            source.watch(threshold_s)

    def idle_s(self) -> float | None:
        """Seconds since the last input, asked now; None where nobody can be asked."""
        if self._at is None:
            return None
        source = self._open[self._at]
        idle_s = source.idle_s()
        if idle_s is None:
            return None
        if verdict := self._dog.answered(self._loop.time(), idle_s):
            self._loop.call_soon(self._distrust, source, verdict)
        return idle_s

    def hear(self, fact: Fact) -> None:
        """What the session says: a source that contradicts it is set aside, a better one sought."""
        if self._at is not None and isinstance(fact, Locked):
            self._dog.locked(self._loop.time())
        elif self._at is not None and isinstance(fact, Unlocked):
            if verdict := self._dog.unlocked(self._loop.time()):
                self._distrust(self._open[self._at], verdict)
            else:
                self._look_later(self._open[self._at])
        if isinstance(fact, Unlocked | Woke):
            self._look_for_better()

    def capabilities(self) -> list[Capability]:
        """What each source that was tried says of itself, and what that comes to."""
        rows = [*self._otherwise.skipped, *self._rows.values()]
        return rows if self._at is not None else [*rows, self._otherwise.nothing]

    def close(self) -> None:
        """Stop listening, for good."""
        self._turns = ()
        self._look.cancel()
        for at in tuple(self._open):
            self._drop(at)
        self._timer.cancel()

    # one turn after the other

    def _try_from(self, index: int) -> None:
        """Let the next one look around, and those before it go on looking."""
        self._timer.cancel()
        for at in range(index, len(self._turns)):
            if self._begin(at):
                if self._at is None:
                    self._timer.set(self._turns[at].patience_s, partial(self._try_from, at + 1))
                return
        self._nobody()

    def _begin(self, at: int) -> bool:
        """Start that source; False where that cannot be, or where it is looking already."""
        turn, now = self._turns[at], self._loop.time()
        distrusted = self._distrusted.get(turn.name, now) > now
        if at in self._open or turn.name in self._hopeless or distrusted:
            return False
        try:
            source = turn.make(self._loop, lambda fact: self._said(source, at, fact))
        except (OSError, ImportError) as trouble:
            return self._hopeless_now(turn.name, str(trouble))
        except Exception:  # the rim: a mistake in one source must not cost the others their turn
            log.exception("The idle source %s could not be made", turn.name)
            return self._hopeless_now(turn.name, _BROKE)
        self._open[at] = source
        self._row(turn.name, False, "no answer yet")
        try:
            source.start()
        except OSError as trouble:
            self._lost(source, at, str(trouble))
            return False
        except Exception:  # the same
            log.exception("The idle source %s could not begin", turn.name)
            self._lost(source, at, _BROKE)
            return self._hopeless_now(turn.name, _BROKE)
        if self._open.get(at) is source and self._threshold_s is not None:
            source.watch(self._threshold_s)
        return True

    def _hopeless_now(self, name: str, why: str) -> bool:
        self._hopeless.add(name)
        self._row(name, False, why)
        return False

    def _said(self, source: Source, at: int, fact: Fact) -> None:
        """A source posts something; what one says that was closed no longer counts."""
        if self._open.get(at) is not source:
            return
        if isinstance(fact, IdleSourceFound):
            self._working.add(at)
            self._take_best()
        elif isinstance(fact, IdleSourceLost):
            self._lost(source, at, fact.why)
        elif at == self._at:
            self._heard(fact)

    def _heard(self, fact: Fact) -> None:
        if isinstance(fact, Sampled):
            self._dog.told(fact.idle_s)
        self._send(fact)
        if not self._dog.quiet:
            self._take_best()

    def _take_best(self) -> None:
        """Listen to the first that works: not in an absence, which another one has not seen."""
        best = min(self._working, default=None)
        if best is None or best == self._at or (self._at is not None and self._dog.quiet):
            return
        self._timer.cancel()
        self._look.cancel()
        for worse in [at for at in self._open if at > best]:
            self._drop(worse)
        self._at, source, turn = best, self._open[best], self._turns[best]
        self.name, self._told_lost = turn.name, False
        self.pauses.reset()
        self._dog = Watchdog(threshold_s=self._threshold_s or 0.0)
        self._row(turn.name, True, turn.remark or source.remark)
        self._send(IdleSourceFound(turn.name))
        self._look_again()

    def _look_again(self) -> None:
        """While a better one may turn up, look for it now and then."""
        if any(turn.name not in self._hopeless for turn in self._turns[: self._at]):
            self._timer.set(LOOK_EVERY_S, self._look_for_better)

    def _look_for_better(self) -> None:
        if self._at is None:
            self._try_from(0)
            return
        for at in range(self._at):
            if at < (self._at or 0):  # one that works at once takes over
                self._begin(at)
        self._look_again()

    def _lost(self, source: Source, at: int, why: str) -> None:
        was_at_work, turn = at == self._at, self._turns[at]
        if source.hopeless:
            self._hopeless.add(turn.name)
        self._drop(at)
        self._row(turn.name, False, why)
        if was_at_work:
            self._tell_lost(why)
            self._take_best()
        if self._at is None and self._turns:
            # Not at once: a source may post this while it is being started.
            self._timer.set(0.0, partial(self._try_from, at + 1))

    def _distrust(self, source: Source, why: str) -> None:
        if self._at is None or self._open[self._at] is not source:
            return
        name = self.name
        self._distrusted[name] = self._loop.time() + _DISTRUST_S
        self._drop(self._at)
        self._row(name, False, f"set aside for a while: {why}")
        self._tell_lost(f"{name} was set aside: {why}")
        self._take_best()
        if self._at is None and self._turns:
            self._timer.set(0.0, partial(self._try_from, 0))

    def _nobody(self) -> None:
        """All have had their turn; those that look may find something yet, and others be there."""
        if not self._told_lost:
            self._tell_lost(sentence(self.capabilities()))
        if any(turn.name not in self._hopeless for turn in self._turns):
            self._timer.set(self.pauses.pause_s(), partial(self._try_from, 0))

    def _tell_lost(self, why: str) -> None:
        self._told_lost = True
        self._send(IdleSourceLost(why))

    def _drop(self, at: int) -> None:
        source = self._open.pop(at)
        self._working.discard(at)
        if at == self._at:
            self._at, self.name = None, NONE
            self._look.cancel()
        try:
            source.close()
        except Exception:  # the same: one that broke may not be able to end either
            log.exception("The idle source %s did not end", source.name)

    def _row(self, name: str, works: bool, why: str) -> None:
        self._rows.pop(name, None)
        self._rows[name] = Capability(CAPABILITY, name, works, why)

    def _look_later(self, source: Source) -> None:
        due = self._dog.input_due_at
        if due is None:
            self._look.cancel()
        else:
            self._look.set(max(0.0, due - self._loop.time()), self._looked, source)

    def _looked(self, source: Source) -> None:
        if verdict := self._dog.looked(self._loop.time()):
            self._distrust(source, verdict)


def sentence(rows: list[Capability]) -> str:
    """What the rows say, in one sentence; what several of them share once."""
    *tried, conclusion = dict.fromkeys(row.why for row in rows)
    return f"{conclusion} ({'; '.join(tried)})" if tried else conclusion
