"""Which break to suggest next: what the engine asks, and what it remembers for that (B24-B26)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from deskbreak.core.effects import Suggestion
from deskbreak.core.words import Posture
from deskbreak.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Felt:
    """How a routine was, at a wall time in seconds; `exercise` is what hurt, where known."""

    routine: str
    feedback: str
    wall: float
    exercise: str | None = None


@dataclass(slots=True)
class Past:
    """What earlier breaks say about the next: routines as they were started, and feedback."""

    started: list[str] = field(default_factory=list)
    felt: list[Felt] = field(default_factory=list)

    KEPT = 60
    """More than the longest rule looks back (catalogue: ten breaks of a routine, eleven areas)."""

    def start(self, routine: str) -> None:
        """A routine was started."""
        self.started.append(routine)
        del self.started[: -self.KEPT]

    def feel(self, felt: Felt) -> None:
        """A routine was judged."""
        self.felt.append(felt)
        del self.felt[: -self.KEPT]


@dataclass(frozen=True, slots=True)
class Situation:
    """What the choice of a routine depends on besides the person's settings."""

    posture: Posture
    in_call: bool
    local: datetime
    past: Past


class Adviser(Protocol):
    """Knows the catalogue."""

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        """The routine that is best now; None if none may be offered."""

    def named(self, routine: str, settings: Settings) -> Suggestion | None:
        """The routine of that id; None if there is none."""
