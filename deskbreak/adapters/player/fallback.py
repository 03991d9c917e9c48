"""The player that takes over where another cannot start (B22)."""

import logging
from collections.abc import Callable

from deskbreak.core.events import Fact, PlayerDied, PlayerPainted
from deskbreak.ports import Capability, Player, Send

log = logging.getLogger(__name__)

Make = Callable[[Send], Player]
"""Makes a player that posts to the given inbox."""


class FallbackPlayer:
    """Tries the first player; if it dies before its first frame, the second plays the same run."""

    def __init__(self, send: Send, first: Make, second: Make) -> None:
        self._send = send
        self._first = first(self._heard)
        self._second = second(send)
        self._routine = ""
        self._waiting: int | None = None

    def start(self, run: int, routine: str) -> None:
        """Open the player; reports under `run`."""
        self._second.stop(run - 1)
        self._routine, self._waiting = routine, run
        self._first.start(run, routine)

    def find(self, run: int, routine: str) -> None:
        """Listen for a player of either kind that an earlier daemon may have left open."""
        self._first.find(run, routine)

    def stop(self, run: int) -> None:
        """Close it if it is still that run."""
        self._waiting = None
        self._first.stop(run)
        self._second.stop(run)

    def hush(self) -> None:
        """Let nothing of a routine under way be heard any more."""
        self._first.hush()
        self._second.hush()

    def capabilities(self) -> list[Capability]:
        """What either can do."""
        return [*self._first.capabilities(), *self._second.capabilities()]

    def close(self) -> None:
        """Close whatever is open."""
        self._waiting = None
        self._first.close()
        self._second.close()

    def _heard(self, fact: Fact) -> None:
        if isinstance(fact, PlayerDied) and fact.run == self._waiting:
            log.warning("the first player did not start (%s); another takes over", fact.why)
            self._waiting = None
            self._second.start(fact.run, self._routine)
            return
        if isinstance(fact, PlayerPainted) and fact.run == self._waiting:
            self._waiting = None
        self._send(fact)
