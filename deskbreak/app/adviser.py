"""Suggests routines from the catalogue (B24-B26): the core's `Adviser`, with files behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from deskbreak.content.derive import find
from deskbreak.content.load import load_catalogue
from deskbreak.content.model import Catalogue, Loaded, Routine
from deskbreak.core import chooser, levels
from deskbreak.core.advice import Situation
from deskbreak.core.effects import Suggestion
from deskbreak.core.words import BreakKind, Feedback
from deskbreak.settings.model import Settings


@dataclass(slots=True)
class CatalogueAdviser:
    """Chooses from the catalogue in these folders; reads them when first asked, and not before.

    The first folder is the built-in one. A daemon that never prompts never loads it.
    """

    dirs: Sequence[Path]
    _loaded: Loaded | None = field(default=None)

    @property
    def loaded(self) -> Loaded:
        """The catalogue, and what is the matter with its files."""
        if self._loaded is None:
            self._loaded = load_catalogue(self.dirs)
        return self._loaded

    def forget(self) -> None:
        """Read the folders anew when next asked: files may have changed."""
        self._loaded = None

    @property
    def catalogue(self) -> Catalogue:
        """The exercises and routines."""
        return self.loaded.catalogue

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        """The routine that is best now; None if none may be offered."""
        profile = self._profile(situation, settings)
        context = chooser.Context(
            situation.posture,
            situation.in_call,
            chooser.time_of_day(situation.local.time(), settings.schedule.meals),
        )
        shown = [chooser.Shown(routine) for routine in situation.past.started]
        routine = chooser.choose(self.catalogue, profile, context, shown)
        if routine is None:
            routine = chooser.fall_back(self.catalogue, profile, context).routine
        return None if routine is None else _suggestion(routine)

    def _profile(self, situation: Situation, settings: Settings) -> chooser.Profile:
        played = _played(situation)
        level = settings.routines.level
        return chooser.profile_from(
            settings.routines,
            levels.suspended(played, self.catalogue, situation.local),
            levels.lowered(played, self.catalogue, level),
        )

    def named(self, routine: str, settings: Settings) -> Suggestion | None:  # noqa: ARG002 - the port
        """The routine of that id, or of the single exercise of that id; None if there is none."""
        found = find(self.catalogue, routine)
        return None if found is None else _suggestion(found)


def _played(situation: Situation) -> list[levels.Played]:
    """What was said of earlier routines (B26), in the terms of `levels`."""
    zone = situation.local.tzinfo
    return [
        levels.Played(
            felt.routine,
            datetime.fromtimestamp(felt.wall, zone),
            feedback=Feedback(felt.feedback),
            exercise=felt.exercise,
        )
        for felt in situation.past.felt
    ]


def _suggestion(routine: Routine) -> Suggestion:
    return Suggestion(BreakKind.STRETCH, float(routine.total_s), routine.id, routine.name)
