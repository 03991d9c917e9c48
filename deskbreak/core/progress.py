"""What earlier routines say about the next ones (B25, B26): every play, and the level in force.

Walls are wall times in seconds. Bounded, so that the state stays a few kilobytes: what hurt or
was too hard is kept longer than what was fine.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from deskbreak.content.model import Catalogue, Exercise, Kind
from deskbreak.core.enums import Feedback
from deskbreak.struct import Struct, replace

KEPT = 160
"""Plays: five days of 32 routines each, which is what the rule of the next level looks back on."""

TROUBLE_KEPT = 60
"""Older plays that hurt or were too hard; some rules on them know no time limit."""

SHOWN = 60
"""More routines than the choice of the next looks back (forty shows of one, eleven areas)."""

TROUBLE = frozenset({Feedback.TOO_HARD, Feedback.IT_HURT})


class Play(Struct):
    """A routine that was started: when, and what became of it.

    `share` (0 to 1) is how much was done. `wall` moves on to when it was judged, so that what
    hurt is left out from then on; `exercise` is what was meant, where that is known.
    """

    routine: str
    wall: float
    share: float = 0.0
    feedback: Feedback | None = None
    exercise: str | None = None


class Past(Struct, frozen=False):
    """What is remembered, oldest first.

    `level` is the person's level as last seen, `level_set` when they last chose it,
    `level_offered` when the next one was last offered, and `offer` the one that is on offer now.
    """

    plays: tuple[Play, ...] = ()
    level: int | None = None
    level_set: float | None = None
    level_offered: float | None = None
    offer: int | None = None

    @property
    def started(self) -> list[str]:
        """The ids of the routines started last, as far as the choice of the next looks back."""
        return [play.routine for play in self.plays[-SHOWN:]]

    def known_at(self, wall: float) -> None:
        """By a clock that was set back: nothing has happened after now."""
        if any(play.wall > wall for play in self.plays):
            self.plays = tuple(replace(play, wall=min(play.wall, wall)) for play in self.plays)
        if self.level_set is not None:
            self.level_set = min(self.level_set, wall)
        if self.level_offered is not None:
            self.level_offered = min(self.level_offered, wall)

    def start(self, routine: str, wall: float) -> None:
        """A routine was started."""
        self.plays = _kept((*self.plays, Play(routine, wall)))

    def end(self, routine: str | None, share: float) -> None:
        """That routine is over, with so much of it done (0 to 1)."""
        if self.plays and self.plays[-1].routine == routine:
            done = round(min(1.0, max(0.0, share)), 3)
            self.plays = (*self.plays[:-1], replace(self.plays[-1], share=done))

    def judge(self, routine: str, feedback: Feedback, exercise: str | None, wall: float) -> None:
        """The person said how a routine was: the last one, else it stands for itself."""
        last = self.plays[-1] if self.plays else None
        if last is not None and last.routine == routine and last.feedback is None:
            judged = replace(last, wall=wall, feedback=feedback, exercise=exercise)
            self.plays = (*self.plays[:-1], judged)
        else:
            self.plays = _kept((*self.plays, Play(routine, wall, 0.0, feedback, exercise)))


def _kept(plays: tuple[Play, ...]) -> tuple[Play, ...]:
    if len(plays) <= KEPT:
        return plays
    older = tuple(play for play in plays[:-KEPT] if play.feedback in TROUBLE)
    return (*older[-TROUBLE_KEPT:], *plays[-KEPT:])


SUSPENDED = timedelta(days=14)
DONE_SHARE = 0.6
HIGHEST = 3
ROUTINES_FOR_LEVEL_UP, DAYS_FOR_LEVEL_UP, CALM_FOR_LEVEL_UP = 12, 5, 8


class Played(Struct):
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
