"""What a routine does for the body, by its id: areas, level, on the feet or seated."""

from collections.abc import Mapping, Sequence

from deskbreak.content.model import Catalogue, Position, Routine
from deskbreak.struct import Struct

_ON_FEET = frozenset({Position.STANDING, Position.WALKING})


class Known(Struct):
    """A routine as statistics see it: the main area of each step, in order."""

    name: str
    level: int
    on_feet: bool
    areas: Sequence[str]

    def visited(self, steps: int | None) -> frozenset[str]:
        """The areas that the first so many steps visited; None is all of them."""
        return frozenset(self.areas[:steps])


Atlas = Mapping[str, Known]


def atlas(catalogue: Catalogue) -> Atlas:
    """Every routine and single exercise of the catalogue."""
    single = {
        one.id: Known(one.name, one.level, one.position in _ON_FEET, (one.areas[0].value,))
        for one in catalogue.exercises.values()
    }
    return single | {one.id: _known(one) for one in catalogue.routines.values()}


def _known(routine: Routine) -> Known:
    """On the feet is a routine that spends most of its time there."""
    feet = sum(s.seconds for s in routine.steps if s.exercise.position in _ON_FEET)
    total = sum(s.seconds for s in routine.steps)
    areas = tuple(step.exercise.areas[0].value for step in routine.steps)
    return Known(routine.name, routine.level, 2 * feet >= total, areas)
