"""A player that a test moves: it paints, steps, ends or dies when told."""

from deskbreak.core.events import PlayerDied, PlayerEnded, PlayerPainted
from deskbreak.ports import Capability, Send


class FakePlayer:
    """Remembers what was started and stopped; reports only for a run that is open."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started: list[tuple[int, str]] = []
        self.sought: list[tuple[int, str]] = []
        self.stopped: list[int] = []
        self.open: int | None = None
        self.closed = False
        self.hushed = False

    def start(self, run: int, routine: str) -> None:
        self.started.append((run, routine))
        self.hushed = False
        self.open = run

    def find(self, run: int, routine: str) -> None:
        self.sought.append((run, routine))
        self.open = run

    def stop(self, run: int) -> None:
        self.stopped.append(run)
        if self.open == run:
            self.open = None

    def hush(self) -> None:
        self.hushed = True

    def capabilities(self) -> list[Capability]:
        return [Capability("player", "fake", works=True)]

    def close(self) -> None:
        self.closed = True
        self.open = None

    def paints(self) -> None:
        """The first frame is there."""
        if self.open is not None:
            self._send(PlayerPainted(self.open))

    def ends(self, share: float = 1.0, at_step: int = 3, of: int = 3) -> None:
        """The routine ends, by itself or by the person."""
        if self.open is not None:
            run, self.open = self.open, None
            self._send(PlayerEnded(run, share, at_step, of))

    def dies(
        self, why: str = "the player went away", share: float = 0.0, at_step: int = 0, of: int = 0
    ) -> None:
        """The player is gone without a word."""
        if self.open is not None:
            run, self.open = self.open, None
            self._send(PlayerDied(run, why, share, at_step, of))
