"""Which break to suggest next: what the engine asks of who knows the catalogue (B24-B26)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from deskbreak.core.effects import Suggestion
from deskbreak.core.past import Past
from deskbreak.core.words import Posture
from deskbreak.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Situation:
    """What the choice of a routine depends on besides the person's settings.

    `sore` holds the areas that are sore today; None on any other day.
    """

    posture: Posture
    in_call: bool
    local: datetime
    past: Past
    sore: tuple[str, ...] | None = None


class Adviser(Protocol):
    """Knows the catalogue."""

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        """The routine that is best now, or a walk in place of one; None if neither is allowed."""

    def named(self, routine: str, settings: Settings) -> Suggestion | None:
        """The routine of that id; None if there is none."""
