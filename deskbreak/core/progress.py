"""What earlier routines say about the next ones (B25, B26): every play, and the level in force.

Walls are wall times in seconds. Bounded, so that the state stays a few kilobytes: what hurt or
was too hard is kept longer than what was fine.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from deskbreak.content.model import Catalogue, Exercise, Kind
from deskbreak.core.enums import Feedback
from deskbreak.struct import Struct, replace

KEPT = 160  # plays: five days of 32 routines, which is what `level_up_due` looks back on
TROUBLE_KEPT = 60  # older plays that hurt or were too hard; some rules on them know no time limit
SHOWN = 60  # more than the choice of the next looks back (forty shows of one, eleven areas)
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


SUSPENDED = 14 * 86400.0
DONE_SHARE = 0.6
HIGHEST = 3
ROUTINES_FOR_LEVEL_UP, DAYS_FOR_LEVEL_UP, CALM_FOR_LEVEL_UP = 12, 5, 8
_NEVER = float("-inf")


def suspended(plays: Sequence[Play], catalogue: Catalogue, now: float) -> frozenset[str]:
    """The exercises that hurt less than 14 days ago; where none was named, all of that routine."""
    recent = [play for play in plays if now - play.wall < SUSPENDED]
    return frozenset(exercise.id for exercise in _blamed(recent, catalogue, Feedback.IT_HURT))


def lowered(
    plays: Sequence[Play], catalogue: Catalogue, level: int, since: float | None = None
) -> dict[str, int]:
    """The areas below the person's level: one lower for each time that it hurt, not below 1.

    `since` is when the person last chose or accepted their level; what was before is settled.
    """
    times: Counter[str] = Counter()
    for play in plays:
        if play.wall > (_NEVER if since is None else since):
            hurt = _blamed([play], catalogue, Feedback.IT_HURT)
            times.update({area for exercise in hurt for area in exercise.areas})
    return {area: max(1, level - count) for area, count in times.items() if level > 1}


def eased(plays: Sequence[Play], catalogue: Catalogue) -> frozenset[str]:
    """The exercises that were too hard twice: their easier version is shown from the start."""
    times = Counter(exercise.id for exercise in _blamed(plays, catalogue, Feedback.TOO_HARD))
    return frozenset(exercise for exercise, count in times.items() if count >= 2)


def level_up_due(plays: Sequence[Play], level: int, zone: tzinfo, since: float = _NEVER) -> bool:
    """Whether to offer the next level: 12 routines done on 5 days, none of the last 8 too much.

    `since` is when a level up was last offered, or the level was last changed; only what was
    played after it counts, so that one who declines is asked again after another twelve.
    """
    done = [play for play in plays if play.wall > since and play.share >= DONE_SHARE]
    days = {datetime.fromtimestamp(play.wall, zone).date() for play in done}
    calm = all(play.feedback not in TROUBLE for play in plays[-CALM_FOR_LEVEL_UP:])
    enough = len(done) >= ROUTINES_FOR_LEVEL_UP and len(days) >= DAYS_FOR_LEVEL_UP
    return level < HIGHEST and enough and calm


def _blamed(plays: Iterable[Play], catalogue: Catalogue, feedback: Feedback) -> Iterator[Exercise]:
    """The exercises that the feedback is about; of one that names none, all that move the body."""
    for play in plays:
        if play.feedback is not feedback:
            continue
        named = catalogue.exercises.get(play.exercise or play.routine)
        routine = catalogue.routines.get(play.routine)
        if named:
            yield named
        elif routine:
            steps = {step.exercise.id: step.exercise for step in routine.steps}
            quiet = (Kind.EYES, Kind.BREATH, Kind.WALK)
            yield from (exercise for exercise in steps.values() if exercise.kind not in quiet)
