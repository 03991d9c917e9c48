"""The closed sets of the catalogue: what an exercise or a routine may say of itself."""

from enum import StrEnum


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
