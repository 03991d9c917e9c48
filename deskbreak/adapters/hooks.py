"""Runs the person's own programs at events (`[hooks]`): no shell, never in the engine's way (B33).

A hook gets the event as one JSON object on standard input, and its keys as `DESKBREAK_EVENT`,
`DESKBREAK_WALL` and `DESKBREAK_<KEY>`. What it prints goes nowhere; what it complains of goes,
shortened, into our log if it does not end well.
"""

import asyncio
import json
import logging
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.programs import at_home, environment
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.struct import Struct

log = logging.getLogger(__name__)

LONGEST_S = 10.0
"""How long a hook may run before it and all it started are ended."""

_AT_ONCE = 4
_WAITING = 32

Commands = Callable[[], Mapping[str, Sequence[str]]]
"""Tells the argument list for each event, as the settings have it now."""


class _Due(Struct):
    """A hook that is to run: its words, and the event that it is told."""

    words: Sequence[str]
    event: dict[str, Any]


class Hooks:
    """Starts the hook of each event; a few at once, the others wait their turn."""

    def __init__(self, loop: asyncio.AbstractEventLoop, commands: Commands) -> None:
        self._loop = loop
        self._commands = commands
        self._running: set[_Running] = set()
        self._waiting: deque[_Due] = deque()

    def fire(self, happening: Happening, at: Moment) -> None:
        """Run the hook of this event, if there is one. Never raises, never waits."""
        words = self._commands().get(happening.event)
        if not words:
            return
        event = {"event": happening.event, "wall": at.local.isoformat(timespec="seconds")}
        if len(self._waiting) >= _WAITING:
            log.warning("hook %s: too many are waiting; this one is left out", happening.event)
            return
        self._waiting.append(_Due(words, event | happening.as_dict()))
        self._start_next()

    def close(self) -> None:
        """End whatever runs."""
        self._waiting.clear()
        for running in tuple(self._running):
            running.end()
        self._running.clear()

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            due = self._waiting.popleft()
            try:
                self._running.add(_Running(self._loop, due, self._over))
            except (OSError, ValueError) as reason:  # not found, not executable, a NUL in a word
                log.warning("hook %s could not start: %s", due.event["event"], reason)

    def _over(self, running: "_Running") -> None:
        self._running.discard(running)
        self._start_next()


class _Running:
    """One hook at work. The constructor raises OSError or ValueError where it cannot start."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, due: _Due, over: Callable[["_Running"], None]
    ) -> None:
        self._loop = loop
        self._event = str(due.event["event"])
        self._over = over
        self._child = self._start(due)

    def end(self) -> None:
        """End it and all it started."""
        self._child.kill()

    def _start(self, due: _Due) -> Child:
        words = at_home(due.words)
        with _document(due.event) as stdin:
            started = Program(
                words, _environment(due.event), stdin, complains=True, longest_s=LONGEST_S
            )
            return Child(self._loop, started, self._ended)

    def _ended(self, code: int) -> None:
        if self._child.overdue:
            log.warning("hook %s was ended after %g s", self._event, LONGEST_S)
        elif code != 0:
            assert self._child.complaints is not None
            complaint = self._child.complaints.first.decode(errors="replace").strip()
            log.warning("hook %s ended with code %d: %s", self._event, code, complaint)
        self._over(self)


def _document(event: Mapping[str, Any]) -> IO[bytes]:
    """The event as a file in memory: a program that does not read it keeps nobody waiting."""
    file = os.fdopen(os.memfd_create("deskbreak-hook"), "w+b", buffering=0)
    file.write(json.dumps(event).encode() + b"\n")
    file.seek(0)
    return file


def _environment(event: Mapping[str, Any]) -> dict[str, str]:
    words = {
        f"DESKBREAK_{key.upper()}": ",".join(value) if isinstance(value, tuple) else str(value)
        for key, value in event.items()
        if not isinstance(value, dict)
    }
    return {**environment(), **words}
