"""Runs the person's own programs at events (`[hooks]`): no shell, never in the engine's way (B33).

A hook gets the event as one JSON object on standard input, and its keys as `DESKBREAK_EVENT`,
`DESKBREAK_WALL` and `DESKBREAK_<KEY>`. What it prints goes nowhere; what it complains of goes,
shortened, into our log if it does not end well.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.programs import at_home, environment
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening

log = logging.getLogger(__name__)

LONGEST_S = 10.0
"""How long a hook may run before it and all it started are ended."""

_AT_ONCE = 4
_WAITING = 32


class Hooks:
    """Starts the hook of each event; a few at once, the others wait their turn.

    `commands` tells the argument list for each event, as the settings have it now.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        commands: Callable[[], Mapping[str, Sequence[str]]],
    ) -> None:
        self._loop = loop
        self._commands = commands
        self._running: set[Child] = set()
        self._waiting: deque[tuple[str, Program]] = deque()

    def fire(self, happening: Happening, at: Moment) -> None:
        """Run the hook of this event, if there is one. Never raises, never waits."""
        words = self._commands().get(happening.event)
        if not words:
            return
        if len(self._waiting) >= _WAITING:
            log.warning("hook %s: too many are waiting; this one is left out", happening.event)
            return
        event = {"event": happening.event, "wall": at.local.isoformat(timespec="seconds")}
        event |= happening.as_dict()
        program = Program(
            at_home(words),
            _environment(event),
            reads=json.dumps(event).encode() + b"\n",
            complains=True,
            longest_s=LONGEST_S,
        )
        self._waiting.append((happening.event, program))
        self._start_next()

    def close(self) -> None:
        """End whatever runs."""
        self._waiting.clear()
        for child in self._running:
            child.kill()
        self._running.clear()

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            event, program = self._waiting.popleft()
            try:
                self._start(event, program)
            except (OSError, ValueError) as reason:  # not found, not executable, a NUL in a word
                log.warning("hook %s could not start: %s", event, reason)

    def _start(self, event: str, program: Program) -> None:
        def ended(code: int) -> None:
            if child.overdue:
                log.warning("hook %s was ended after %g s", event, LONGEST_S)
            elif code != 0:
                complaint = child.complaint.decode(errors="replace").strip()
                log.warning("hook %s ended with code %d: %s", event, code, complaint)
            self._running.discard(child)
            self._start_next()

        child = Child(self._loop, program, ended)
        self._running.add(child)


def _environment(event: Mapping[str, Any]) -> dict[str, str]:
    words = {
        f"DESKBREAK_{key.upper()}": ",".join(value) if isinstance(value, tuple) else str(value)
        for key, value in event.items()
        if not isinstance(value, dict)
    }
    return {**environment(), **words}
