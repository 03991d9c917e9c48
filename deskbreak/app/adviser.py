"""Suggests routines from the catalogue (B24-B26): the core's `Adviser`, with files behind it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deskbreak.content.derive import find
from deskbreak.content.load import load_catalogue
from deskbreak.content.model import Catalogue, Loaded, Routine
from deskbreak.content.safety import STAND_UP
from deskbreak.core import chooser, progress
from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import BreakKind
from deskbreak.core.progress import TROUBLE, Play
from deskbreak.core.state import Situation
from deskbreak.settings.model import Settings
from deskbreak.settings.values import AREAS
from deskbreak.struct import Struct, field, replace


class CatalogueAdviser(Struct, frozen=False):
    """Chooses from the catalogue in these folders; reads them when first asked, and not before.

    The first folder is the built-in one. A daemon that never prompts never loads it.
    """

    dirs: Sequence[Path]
    _loaded: Loaded | None = field(default=None)
    _last: tuple[tuple[Any, ...], Suggestion | None] | None = field(default=None)

    @property
    def loaded(self) -> Loaded:
        """The catalogue, and what is the matter with its files."""
        if self._loaded is None:
            self._loaded = load_catalogue(self.dirs)
        return self._loaded

    def forget(self) -> None:
        """Read the folders anew when next asked: files may have changed."""
        self._loaded = self._last = None

    @property
    def catalogue(self) -> Catalogue:
        """The exercises and routines."""
        return self.loaded.catalogue

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        """The routine that is best now, or a walk in place of one; None if neither is allowed."""
        local, past = situation.local, situation.past
        context = chooser.Context(
            situation.posture,
            situation.in_call,
            chooser.time_of_day(local.time(), settings.schedule.meals),
        )
        # While what it rests on is the same, so is the suggestion. `plays` is replaced as a whole
        # when it changes, so that comparing it costs nothing. What was left out because it hurt
        # comes back with a new day at the latest, never too soon.
        basis = (
            context, local.date(), situation.sore, past.plays, past.level_set,
            settings.routines, settings.breaks.walk,
        )  # fmt: skip
        if self._last is None or self._last[0] != basis:
            self._last = basis, self._choose(context, situation, settings)
        return self._last[1]

    def _choose(
        self, context: chooser.Context, situation: Situation, settings: Settings
    ) -> Suggestion | None:
        profile = self._profile(situation, settings)
        routine = chooser.choose(self.catalogue, profile, context, situation.past.started)
        if routine is not None:
            return _suggestion(routine)
        if chooser.walk_allowed(self.catalogue, profile, context):
            return Suggestion(BreakKind.WALK, float(settings.breaks.walk))
        last = chooser.last_resort(self.catalogue, profile)
        return None if last is None else replace(_suggestion(last), text=STAND_UP)

    def _profile(self, situation: Situation, settings: Settings) -> chooser.Profile:
        past, now = situation.past, situation.local
        plays = [play for play in past.plays if play.feedback in TROUBLE]
        level = settings.routines.level
        profile = chooser.profile_from(
            settings.routines,
            progress.suspended(plays, self.catalogue, now.timestamp()),
            progress.lowered(plays, self.catalogue, level, past.level_set),
        )
        return profile if situation.sore is None else chooser.on_sore_day(profile, situation.sore)

    def eased(self, plays: Sequence[Play]) -> frozenset[str]:
        """The exercises that begin with their easier version (B26)."""
        return progress.eased(plays, self.catalogue)

    def by_area(self) -> list[tuple[str, str]]:
        """For every area its gentlest routine: (label, routine id), in the order of AREAS.

        One that needs no mat comes before one that does.
        """
        found: dict[str, tuple[int, bool, str]] = {}
        for routine in self.catalogue.routines.values():
            key = (routine.level, "floor" in routine.places, routine.id)
            area = str(routine.focus)
            found[area] = min(key, found.get(area, key))
        order = filter(found.__contains__, AREAS)
        return [(area.replace("_", " ").capitalize(), found[area][2]) for area in order]

    def named(self, routine: str, settings: Settings) -> Suggestion | None:  # noqa: ARG002 - the port
        """The routine of that id, or of the single exercise of that id; None if there is none."""
        found = find(self.catalogue, routine)
        return None if found is None else _suggestion(found)


def _suggestion(routine: Routine) -> Suggestion:
    return Suggestion(BreakKind.STRETCH, float(routine.total_s), routine.id, routine.name)
