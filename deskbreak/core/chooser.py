"""Which break comes next (B24, B25): walk or routine, and which routine. Pure and deterministic.

Some rules are never relaxed (`allowed`): place, level, avoided exercises, tags, sore areas,
posture, call, recent pain. Among what they leave, a rotation brings every area back in time, and
a score settles the rest. Areas here are the foci of the catalogue's routines.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import time
from zlib import crc32

from deskbreak.content.derive import alone
from deskbreak.content.model import Area, Catalogue, Exercise, Kind, Mode, Place, Routine, TimeOfDay
from deskbreak.core.enums import Posture
from deskbreak.settings.model import Routines
from deskbreak.struct import Struct, field, replace

ROOTS = (Area.HIPS, Area.GLUTES, Area.HAMSTRINGS, Area.CORE, Area.ANKLES, Area.LOW_BACK)
"""The areas that back trouble often starts from; they come round a little more often."""

FIRST_FOCI = (Area.CORE, Area.LOW_BACK, Area.WHOLE_BODY)
"""What the first breaks of a new profile are about, where it can be had."""

FIRST_BREAKS = 3

NEW_AFTER = 40
"""Suggestions after which a routine is as good as new. A focus comes round every eleven breaks or
so, so with less than that the same few routines would have every turn."""

LAST_WALK, LAST_RESORT = "easy_walk", "far_focus"


class Profile(Struct):
    """What the choice has to know of the person.

    `levels` lowers single areas below `level`. `avoid` holds exercise ids, suspended ones
    included. `weights` is 0 (off) to 3 by area; areas not in it keep their own. `acute` means
    back pain of less than six weeks.
    """

    places: frozenset[str] = frozenset({Place.DESK, Place.STANDING, Place.WALK})
    level: int = 1
    levels: Mapping[str, int] = field(default_factory=dict)
    avoid: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    sore: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)
    style: str = Mode.DYNAMIC
    acute: bool = False
    sore_day: bool = False
    seed: int = 0

    def weight(self, area: str) -> float:
        """How much an area matters: the person's figure, or 1.3 for the roots and 1 for others."""
        return self.weights.get(area, 1.3 if area in ROOTS else 1.0)


class Context(Struct):
    """What the choice has to know of this moment."""

    posture: Posture = Posture.SITTING
    in_call: bool = False
    time_of_day: TimeOfDay = TimeOfDay.ANY


def profile_from(
    routines: Routines,
    suspended: Collection[str] = (),
    levels: Mapping[str, int] | None = None,
) -> Profile:
    """The profile of the settings, with what feedback has taken off the menu (core.progress)."""
    return Profile(
        places=frozenset(routines.places),
        level=routines.level,
        levels=dict(levels or {}),
        avoid=frozenset(routines.avoid) | frozenset(suspended),
        tags=frozenset(routines.avoid_if),
        sore=frozenset(routines.sore),
        weights=dict(routines.weights),
        style=routines.style,
        acute=routines.recent_pain == "under_6_weeks",
        seed=routines.seed,
    )


def on_sore_day(profile: Profile, sore: Iterable[str]) -> Profile:
    """The same person on a sore day: still, level 1, and gentle with these areas as well."""
    areas = profile.sore | frozenset(sore)
    return replace(profile, style=Mode.STATIC, level=1, sore=areas, sore_day=True)


def walk_due(walks: int, breaks: int, share: float) -> bool:
    """Whether the next break should be a walk, from today's counts; `share` is 0 to 1.

    `breaks` counts walks and routines; long walks are in neither. Taken at its word the walks
    stay within one of `share` times the breaks.
    """
    return walks < share * (breaks + 1) - 1e-9


def time_of_day(now: time, meals: Iterable[time] = ()) -> TimeOfDay:
    """What the clock says about which routine fits; after a meal is 45 minutes to two hours."""
    minute = now.hour * 60 + now.minute + now.second / 60
    if any(45 <= (minute - meal.hour * 60 - meal.minute) % (24 * 60) <= 120 for meal in meals):
        return TimeOfDay.AFTER_LUNCH
    if time(4) <= now < time(10, 30):
        return TimeOfDay.MORNING
    return TimeOfDay.AFTERNOON if now >= time(14) else TimeOfDay.ANY


def allowed(routine: Routine, profile: Profile, context: Context) -> bool:
    """Whether a routine passes the rules that are never relaxed."""
    return (
        profile.places.issuperset(routine.places)
        and routine.level <= profile.level
        and profile.weight(routine.focus) > 0
        and (context.posture is not Posture.STANDING or routine.standing_ok)
        and (not context.in_call or routine.call_friendly)
        and all(_exercise_allowed(step.exercise, profile) for step in routine.steps)
    )


def walk_allowed(catalogue: Catalogue, profile: Profile, context: Context) -> bool:
    """Whether a walk may be offered: not on a call, and only where walks are enabled."""
    walk = catalogue.exercises.get(LAST_WALK)
    return (
        not context.in_call
        and Place.WALK in profile.places
        and (walk is None or _exercise_allowed(walk, profile))
    )


def choose(
    catalogue: Catalogue, profile: Profile, context: Context, history: Sequence[str]
) -> Routine | None:
    """The next routine; None if none passes the rules that are never relaxed (see `last_resort`).

    `history` has the ids of the routines that were started, oldest first; a hundred are plenty.
    Those gone from the catalogue are passed over. The same arguments always give the same routine.
    """
    candidates = [
        routine
        for routine in catalogue.routines.values()
        if routine.places != (Place.WALK,) and allowed(routine, profile, context)
    ]
    if not candidates:
        return None
    past = _Past.of(catalogue, history)
    left = _overdue(_opening(_rotated(candidates, past), past), candidates, past)
    return min(left, key=lambda r: (-_score(r, profile, context, past), r.id))


def last_resort(catalogue: Catalogue, profile: Profile) -> Routine | None:
    """What is left where no routine and no walk is: looking far away, if even that is allowed."""
    look = catalogue.exercises.get(LAST_RESORT)
    if look is None or not _exercise_allowed(look, profile):
        return None
    return alone(look, catalogue.timing)


def _exercise_allowed(exercise: Exercise, profile: Profile) -> bool:
    if exercise.id in profile.avoid or not profile.tags.isdisjoint(exercise.avoid_if):
        return False
    if exercise.level > min(profile.levels.get(area, 3) for area in exercise.areas):
        return False
    if exercise.level >= 2 and not profile.sore.isdisjoint(exercise.loads):
        return False
    return not (profile.acute and (exercise.kind is Kind.STRENGTH or exercise.level > 1))


class _Past(Struct):
    """The history as the rules ask for it; `shown` and `foci` are latest first."""

    shown: tuple[str, ...]
    foci: tuple[Area, ...]
    areas: frozenset[Area]

    @classmethod
    def of(cls, catalogue: Catalogue, history: Sequence[str]) -> "_Past":
        known = tuple(routine for routine in reversed(history) if routine in catalogue.routines)
        return cls(
            known,
            tuple(catalogue.routines[routine].focus for routine in known),
            frozenset(routine.focus for routine in catalogue.routines.values()),
        )

    def since_focus(self, area: Area) -> int:
        """Breaks since the area was the focus; the length of the history if it never was."""
        return self.foci.index(area) if area in self.foci else len(self.foci)

    def since_shown(self, routine: str) -> int:
        """Suggestions since this routine, at most `NEW_AFTER`."""
        latest = self.shown[:NEW_AFTER]
        return latest.index(routine) if routine in latest else NEW_AFTER


def _rotated(candidates: list[Routine], past: _Past) -> list[Routine]:
    """Another focus than last time and nothing recent; less strict where nothing would be left."""
    last, latest = past.foci[:1], past.shown[:1]
    for recent, focus in ((past.shown[:3], last), (latest, last), ((), last), (latest, ())):
        left = [r for r in candidates if r.focus not in focus and r.id not in recent]
        if left:
            return left
    return candidates


def _opening(left: list[Routine], past: _Past) -> list[Routine]:
    """A new profile begins with the middle of the body."""
    if len(past.foci) >= FIRST_BREAKS:
        return left
    return [routine for routine in left if routine.focus in FIRST_FOCI] or left


def _overdue(left: list[Routine], candidates: list[Routine], past: _Past) -> list[Routine]:
    """Where an area has waited longer than a whole round, only the one that waited longest."""
    reachable = len({routine.focus for routine in candidates})
    longest = max(past.since_focus(routine.focus) for routine in left)
    if longest < reachable + 1:
        return left
    return [routine for routine in left if past.since_focus(routine.focus) == longest]


def _score(routine: Routine, profile: Profile, context: Context, past: _Past) -> float:
    def need(area: Area) -> float:
        return profile.weight(area) * past.since_focus(area)

    others = [area for area in routine.areas[:4] if area is not routine.focus]
    moving = routine.dynamic_share
    score = 4.0 * need(routine.focus)
    score += 0.25 * sum(need(area) for area in others if area in past.areas)
    score += 0.1 * past.since_shown(routine.id)
    score += 2.0 * (1 - moving if profile.style == Mode.STATIC else moving)
    score += 1.5 * (routine.time_of_day is context.time_of_day)
    score += 1.0 * (context.posture is Posture.SITTING and routine.standing_ok)
    score += 1.0 * (routine.focus in profile.sore)
    score += 4.0 * (profile.sore_day and routine.sore_day)
    score -= 0.5 * (profile.level - routine.level)
    if profile.seed:  # by less than half a point: only choices that are nearly even change
        score += crc32(f"{profile.seed}:{routine.id}".encode()) / 2**33
    return round(score, 6)
