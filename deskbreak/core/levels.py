"""What feedback does to the menu (B26): time off for what hurt, lower and higher levels.

Pure functions over what was played, oldest first. Nothing ever steps up by itself: a level up is
only offered.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from deskbreak.content.model import Catalogue, Exercise
from deskbreak.content.words import Kind
from deskbreak.core.past import TROUBLE, Play
from deskbreak.core.words import Feedback

SUSPENDED = timedelta(days=14)
DONE_SHARE = 0.6
HIGHEST = 3
ROUTINES_FOR_LEVEL_UP, DAYS_FOR_LEVEL_UP, CALM_FOR_LEVEL_UP = 12, 5, 8


@dataclass(frozen=True, slots=True)
class Played:
    """A routine that was started: when (local), how much of it was done, and what was said of it.

    `share` is 0 to 1; from 0.6 on the routine counts as done. `exercise` is what was meant,
    where that is known.
    """

    routine: str
    at: datetime
    share: float = 1.0
    feedback: Feedback | None = None
    exercise: str | None = None


def local(wall: float, zone: tzinfo) -> datetime:
    """A wall time in seconds as the local clock reads it."""
    return datetime.fromtimestamp(wall, zone)


def played(plays: Sequence[Play], zone: tzinfo) -> list[Played]:
    """What is remembered of earlier routines, on the local clock."""
    return [Played(p.routine, local(p.wall, zone), p.share, p.feedback, p.exercise) for p in plays]


def suspended(played: Sequence[Played], catalogue: Catalogue, now: datetime) -> frozenset[str]:
    """The exercises that hurt less than 14 days ago; where none was named, all of that routine."""
    recent = [one for one in played if now - one.at < SUSPENDED]
    return frozenset(exercise.id for exercise in _blamed(recent, catalogue, Feedback.IT_HURT))


def lowered(
    played: Sequence[Played], catalogue: Catalogue, level: int, since: datetime | None = None
) -> dict[str, int]:
    """The areas below the person's level: one lower for each time that it hurt, not below 1.

    `since` is when the person last chose or accepted their level; what was before is settled.
    """
    recent = [one for one in played if since is None or one.at > since]
    times: Counter[str] = Counter()
    for one in recent:
        hurt = _blamed([one], catalogue, Feedback.IT_HURT)
        times.update({area for exercise in hurt for area in exercise.areas})
    return {area: max(1, level - count) for area, count in times.items() if level > 1}


def eased(played: Sequence[Played], catalogue: Catalogue) -> frozenset[str]:
    """The exercises that were too hard twice: their easier version is shown from the start."""
    times = Counter(exercise.id for exercise in _blamed(played, catalogue, Feedback.TOO_HARD))
    return frozenset(exercise for exercise, count in times.items() if count >= 2)


def level_up_due(played: Sequence[Played], level: int, since: datetime | None = None) -> bool:
    """Whether to offer the next level: 12 routines done on 5 days, none of the last 8 too much.

    `since` is when a level up was last offered, or the level was last changed; only what was
    played after it counts, so that one who declines is asked again after another twelve.
    """
    recent = [one for one in played if since is None or one.at > since]
    done = [one for one in recent if one.share >= DONE_SHARE]
    days = {one.at.date() for one in done}
    calm = all(one.feedback not in TROUBLE for one in played[-CALM_FOR_LEVEL_UP:])
    enough = len(done) >= ROUTINES_FOR_LEVEL_UP and len(days) >= DAYS_FOR_LEVEL_UP
    return level < HIGHEST and enough and calm


def _blamed(
    played: Sequence[Played], catalogue: Catalogue, feedback: Feedback
) -> Iterator[Exercise]:
    """The exercises that the feedback is about; of one that names none, all that move the body."""
    for one in played:
        if one.feedback is not feedback:
            continue
        named = catalogue.exercises.get(one.exercise or one.routine)
        routine = catalogue.routines.get(one.routine)
        if named:
            yield named
        elif routine:
            steps = {step.exercise.id: step.exercise for step in routine.steps}
            quiet = (Kind.EYES, Kind.BREATH, Kind.WALK)
            yield from (exercise for exercise in steps.values() if exercise.kind not in quiet)
