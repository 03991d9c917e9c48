"""Exercises and routines as the program knows them: frozen, small, complete.

Built by `deskbreak.content.load`; nothing here reads a file. All times are whole seconds.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from deskbreak.settings.problems import Problem
from deskbreak.struct import Struct, field


class Area(StrEnum):
    """A part of the body; the first area of an exercise is its main one."""

    HIPS = "hips"
    GLUTES = "glutes"
    HAMSTRINGS = "hamstrings"
    CORE = "core"
    ANKLES = "ankles"
    LOW_BACK = "low_back"
    UPPER_BACK = "upper_back"
    SHOULDERS = "shoulders"
    NECK = "neck"
    WRISTS = "wrists"
    EYES = "eyes"
    WHOLE_BODY = "whole_body"


class Kind(StrEnum):
    """What an exercise is for."""

    STRETCH = "stretch"
    MOBILITY = "mobility"
    STRENGTH = "strength"
    EYES = "eyes"
    BREATH = "breath"
    WALK = "walk"


class Mode(StrEnum):
    """Whether one holds still or keeps moving."""

    STATIC = "static"
    DYNAMIC = "dynamic"


class Position(StrEnum):
    """How the body is held."""

    SEATED = "seated"
    STANDING = "standing"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    QUADRUPED = "quadruped"
    KNEELING = "kneeling"
    HALF_KNEELING = "half_kneeling"
    WALKING = "walking"


class Place(StrEnum):
    """Where an exercise is done; a place that the person has not enabled is never used."""

    DESK = "desk"
    STANDING = "standing"
    STAIRS = "stairs"
    WALK = "walk"
    FLOOR = "floor"


class Equipment(StrEnum):
    """What has to be there. Gym gear is left out on purpose."""

    NONE = "none"
    CHAIR = "chair"
    DESK = "desk"
    WALL = "wall"
    STEP = "step"
    STAIRS = "stairs"
    HANDRAIL = "handrail"
    MAT = "mat"


class Phase(StrEnum):
    """Where an exercise belongs inside a routine; the order never goes backwards."""

    ALIGN = "align"
    STABILISE = "stabilise"
    MAINTAIN = "maintain"


class Sides(StrEnum):
    """Both sides at once, each in turn for the same time, or changing at every repetition."""

    BOTH = "both"
    EACH = "each"
    ALTERNATE = "alternate"


class Side(StrEnum):
    """One side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Tag(StrEnum):
    """What a person may say of themselves so that some exercises stay away."""

    KNEE = "knee"
    KNEELING = "kneeling"
    WRIST = "wrist"
    SHOULDER = "shoulder"
    NECK = "neck"
    BALANCE = "balance"
    DIZZINESS = "dizziness"
    LATE_PREGNANCY = "late_pregnancy"
    OSTEOPOROSIS = "osteoporosis"
    HIP_REPLACEMENT = "hip_replacement"
    HIGH_BP = "high_bp"
    LEG_SYMPTOMS = "leg_symptoms"


class TimeOfDay(StrEnum):
    """When a routine fits best: a soft hint for the choice."""

    ANY = "any"
    MORNING = "morning"
    AFTER_LUNCH = "after_lunch"
    AFTERNOON = "afternoon"


class Origin(StrEnum):
    """Where an exercise comes from: an article, an office version of one, us, or the person."""

    SEED = "seed"
    OFFICE_VERSION = "office_version"
    ADDITION = "addition"
    OWN = "own"


class Timing(Struct):
    """The pauses inside every routine."""

    lead_in_s: int = 5
    transition_s: int = 5
    change_position_s: int = 8
    switch_side_s: int = 3


class Exercise(Struct):
    """One movement with its dosage and its texts.

    The dose is either `tempo` (out, hold, back) with `reps`, or `hold_s` with `reps`, or for
    walks only `default_seconds`. Its figure is in the folder `poses`. `moves` has what people say
    of the way out and of the way back, or nothing.
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
    moves: tuple[str, ...]
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


class Head(Struct):
    """What a person types of a routine beside its steps."""

    id: str
    name: str
    tagline: str
    focus: Area
    time_of_day: TimeOfDay
    extend_to_s: int | None
    sore_day: bool
    own: bool
    file: Path


class Routine(Head):
    """A guided sequence of exercises; all but its head and its steps is derived from these.

    `areas` is in the order of the time spent on them. `dynamic_share` is 0 to 1. `notes` are the
    ids of the safety lines it needs (`deskbreak.content.safety`).
    """

    steps: tuple[Step, ...]
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
