"""Exercises and routines as the program knows them: frozen, small, complete.

Built by `deskbreak.content.load`; nothing here reads a file. All times are whole seconds.
"""

from collections.abc import Mapping
from pathlib import Path

from deskbreak.content.problem import Problem
from deskbreak.content.words import (
    Area,
    Equipment,
    Kind,
    Mode,
    Origin,
    Phase,
    Place,
    Position,
    Sides,
    Tag,
    TimeOfDay,
)
from deskbreak.struct import Struct, field


class Timing(Struct):
    """The pauses inside every routine."""

    lead_in_s: int = 5
    transition_s: int = 5
    change_position_s: int = 8
    switch_side_s: int = 3


class Exercise(Struct):
    """One movement with its dosage and its texts.

    The dose is either `tempo` (out, hold, back) with `reps`, or `hold_s` with `reps`, or for
    walks only `default_seconds`. Its figure is in the folder `poses`.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    origin: Origin
    seeds: tuple[int, ...]
    areas: tuple[Area, ...]
    kind: Kind
    mode: Mode
    position: Position
    place: Place
    equipment: tuple[Equipment, ...]
    level: int
    phase: Phase
    sides: Sides
    steps: tuple[str, ...]
    cue: str
    breathing: str
    mistakes: tuple[str, ...]
    easier: str
    harder: str
    avoid_if: tuple[Tag, ...]
    loads: tuple[Area, ...]
    call_friendly: bool
    office_clothes: bool
    also_standing: bool
    default_seconds: int
    reps: int | None
    tempo: tuple[int, int, int] | None
    hold_s: int | None
    own: bool
    file: Path

    @property
    def rep_s(self) -> int | None:
        """The length of one repetition; of an alternating exercise that is one side."""
        return sum(self.tempo) if self.tempo else None

    @property
    def on_the_feet(self) -> bool:
        """Whether it can be done standing."""
        return self.also_standing or self.position in (Position.STANDING, Position.WALKING)


class Step(Struct):
    """One exercise of a routine; `seconds` is per side where each side has its turn."""

    exercise: Exercise
    seconds: int

    @property
    def work_s(self) -> int:
        """The time at work, both sides together, without the pause for switching."""
        return self.seconds * (2 if self.exercise.sides is Sides.EACH else 1)


class Routine(Struct):
    """A guided sequence of exercises; everything after `sore_day` is derived from its steps.

    `areas` is in the order of the time spent on them. `dynamic_share` is 0 to 1. `notes` are the
    ids of the safety lines it needs (`deskbreak.content.safety`).
    """

    id: str
    name: str
    tagline: str
    focus: Area
    time_of_day: TimeOfDay
    steps: tuple[Step, ...]
    extend_to_s: int | None
    sore_day: bool
    own: bool
    file: Path
    total_s: int
    areas: tuple[Area, ...]
    level: int
    places: tuple[Place, ...]
    standing_ok: bool
    call_friendly: bool
    dynamic_share: float
    equipment: tuple[Equipment, ...]
    avoid_if: tuple[Tag, ...]
    notes: tuple[str, ...]


class Catalogue(Struct):
    """Every exercise and routine that can be used, by id, and the pauses between them."""

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    timing: Timing = Timing()


class Loaded(Struct):
    """What could be loaded, and everything that could not."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
