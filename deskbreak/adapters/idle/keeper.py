"""Keeps an idle source at work: the first that can tell, another when that one cannot any more.

Some sources know at once whether they can work here, others have to ask first; each has its turn
until it says so or its time is up. One that talks nonsense (`watchdog`) is set aside for a while.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from deskbreak.adapters.idle.watchdog import Watchdog
from deskbreak.core.facts import (
    Fact,
    IdleSourceFound,
    IdleSourceLost,
    Locked,
    Sampled,
    Unlocked,
)
from deskbreak.ports import Capability, IdleSource, Send

CAPABILITY, NONE = "idle", "none"
_FIRST_RETRY_S, _LAST_RETRY_S = 2.0, 60.0
_DISTRUST_S = 600.0


class Source(IdleSource, Protocol):
    """An idle source as this family makes them: with a remark for people on what it misses."""

    remark: str


Make = Callable[[asyncio.AbstractEventLoop, Send], Source]
"""Makes a source that is not started. Raises OSError or ImportError where that makes no sense."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A source that may be tried, and for how long it may look around before it has found it.

    `remark` is for people, where there is more to say than the source itself knows.
    """

    name: str
    make: Make
    patience_s: float = 3.0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is said beside the sources: of those not tried, and where none works."""

    skipped: tuple[Capability, ...]
    nothing: Capability


class IdleKeeper:
    """The IdleSource port over all sources there are; `name` is that of the one that works."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        turns: tuple[Turn, ...],
        otherwise: Otherwise,
    ) -> None:
        self.name = NONE
        self.first_retry_s = _FIRST_RETRY_S
        self._loop = loop
        self._send = send
        self._turns = turns
        self._otherwise = otherwise
        self._hopeless: set[str] = set()
        self._distrusted: dict[str, float] = {}
        self._rows: dict[str, Capability] = {}
        self._source: Source | None = None
        self._working = False
        self._told_lost = False
        self._number = 0
        self._threshold_s: float | None = None
        self._retry_s = _FIRST_RETRY_S
        self._timer: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None
        self._dog = Watchdog()

    def start(self) -> None:
        """Look for a source; posts what comes of it, now or later."""
        self._retry_s = self.first_retry_s
        self._try_from(0)

    def watch(self, threshold_s: float) -> None:
        """Have `Sampled` posted when idle reaches this many seconds, and at the next input."""
        self._threshold_s = self._dog.threshold_s = threshold_s
        if self._source is not None:
            self._source.watch(threshold_s)

    def idle_s(self) -> float | None:
        """Seconds since the last input, asked now; None where nobody can be asked."""
        if self._source is None or not self._working:
            return None
        idle_s = self._source.idle_s()
        if idle_s is None:
            return None
        if verdict := self._dog.answered(self._loop.time(), idle_s):
            self._loop.call_soon(self._distrust, self._number, verdict)
        return idle_s

    def hear(self, fact: Fact) -> None:
        """What the session says: a source that contradicts it is set aside."""
        if not self._working:
            return
        if isinstance(fact, Locked):
            self._dog.locked(self._loop.time())
        elif isinstance(fact, Unlocked):
            if verdict := self._dog.unlocked(self._loop.time()):
                self._distrust(self._number, verdict)
            else:
                self._look_later()

    def capabilities(self) -> list[Capability]:
        """What each source that was tried says of itself, and what that comes to."""
        rows = [*self._otherwise.skipped, *self._rows.values()]
        if self._source is None:
            rows.append(self._otherwise.nothing)
        return rows

    def close(self) -> None:
        """Stop listening, for good."""
        self._turns = ()
        self._drop()
        self._set_timer(None)

    # one turn after the other

    def _try_from(self, index: int) -> None:
        self._set_timer(None)
        for at in range(index, len(self._turns)):
            if self._begin(self._turns[at], at):
                return
        self._nobody()

    def _begin(self, turn: Turn, at: int) -> bool:
        """Start that source; False where that cannot be. It may be lost again already."""
        now = self._loop.time()
        if turn.name in self._hopeless or self._distrusted.get(turn.name, now) > now:
            return False
        self._number += 1
        try:
            source = turn.make(self._loop, partial(self._said, self._number, at))
        except (OSError, ImportError) as trouble:
            self._hopeless.add(turn.name)
            self._row(turn.name, False, str(trouble))
            return False
        self._source, self._working = source, False
        try:
            source.start()
        except OSError as trouble:
            self._source = None
            self._row(turn.name, False, str(trouble))
            return False
        if self._source is source and not self._working:
            self._row(turn.name, False, "no answer yet")
            silent = partial(self._lost, at, "it does not answer")
            self._set_timer(turn.patience_s, silent)
        if self._source is source and self._threshold_s is not None:
            source.watch(self._threshold_s)
        return True

    def _said(self, number: int, at: int, fact: Fact) -> None:
        """A source posts something; what one says that has had its turn no longer counts."""
        if number != self._number or self._source is None:
            return
        if isinstance(fact, IdleSourceFound):
            self._found(self._source, self._turns[at])
        elif isinstance(fact, IdleSourceLost):
            self._lost(at, fact.why)
            return
        elif isinstance(fact, Sampled):
            self._dog.told(fact.idle_s)
        self._send(fact)

    def _found(self, source: Source, turn: Turn) -> None:
        self._set_timer(None)
        self.name, self._working, self._told_lost = turn.name, True, False
        self._retry_s = self.first_retry_s
        self._dog = Watchdog(threshold_s=self._threshold_s or 0.0)
        self._row(turn.name, True, turn.remark or source.remark)

    def _lost(self, at: int, why: str) -> None:
        was_working = self._working
        self._drop()
        if at < len(self._turns):
            self._row(self._turns[at].name, False, why)
        # Not at once: a source may post this while it is being started.
        self._set_timer(0.0, partial(self._try_from, at + 1))
        if was_working:
            self._tell_lost(why)

    def _distrust(self, number: int, why: str) -> None:
        if number != self._number or self._source is None:
            return
        name = self._source.name
        self._distrusted[name] = self._loop.time() + _DISTRUST_S
        self._drop()
        self._row(name, False, f"set aside for a while: {why}")
        self._set_timer(0.0, partial(self._try_from, 0))
        self._tell_lost(f"{name} was set aside: {why}")

    def _nobody(self) -> None:
        if not self._told_lost:
            self._tell_lost(sentence([*self.capabilities()]))
        if any(turn.name not in self._hopeless for turn in self._turns):
            self._set_timer(self._retry_s, partial(self._try_from, 0))
            self._retry_s = min(2 * self._retry_s, _LAST_RETRY_S)

    def _tell_lost(self, why: str) -> None:
        self._told_lost = True
        self._send(IdleSourceLost(why))

    def _drop(self) -> None:
        source, self._source, self._working = self._source, None, False
        self.name = NONE
        self._number += 1
        if self._look is not None:
            self._look.cancel()
            self._look = None
        if source is not None:
            source.close()

    def _row(self, name: str, works: bool, why: str) -> None:
        self._rows.pop(name, None)
        self._rows[name] = Capability(CAPABILITY, name, works, why)

    def _set_timer(self, seconds: float | None, call: Callable[[], None] | None = None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if seconds is not None and call is not None:
            self._timer = self._loop.call_later(seconds, call)

    def _look_later(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None
        due = self._dog.input_due_at
        if due is not None:
            self._look = self._loop.call_at(due, self._looked, self._number)

    def _looked(self, number: int) -> None:
        self._look = None
        if verdict := self._dog.looked(self._loop.time()):
            self._distrust(number, verdict)


def sentence(rows: list[Capability]) -> str:
    """What the rows say, in one sentence; what several of them share once."""
    *tried, conclusion = dict.fromkeys(row.why for row in rows)
    return f"{conclusion} ({'; '.join(tried)})" if tried else conclusion
