"""A working week at a simulated desk: somebody with a habit, and what comes of it.

Eight hours of typing from nine to half past five with lunch away from the desk at half past
twelve, Monday to Friday; a prompt is answered as `simulate/worker.py` has it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import BreakKind, Posture
from deskbreak.core.moment import Moment
from deskbreak.core.records import (
    BoutEnded,
    BreakEnded,
    DayClosed,
    Prompted,
    SitPrompted,
    StandPrompted,
)
from deskbreak.core.state import Situation
from deskbreak.settings.model import Settings
from deskbreak.simulate.worker import Reply, Worker
from deskbreak.simulate.world import World
from deskbreak.struct import Struct

DAYS = 5
_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
_HOUR = 3600.0
_AT_THE_DESK = ((9 * _HOUR, 12.5 * _HOUR), (13 * _HOUR, 17.5 * _HOUR))
_ROUTINE_S = 120.0


class Habit(Struct):
    """How somebody answers: `reply` gives the answer to the first, second… prompt of the week."""

    name: str
    reply: Callable[[int], Reply]


HABITS = (
    Habit("Takes every break", lambda _: Reply.TAKE),
    Habit(
        "Takes every second one and skips the others",
        lambda number: Reply.TAKE if number % 2 else Reply.DECLINE,
    ),
    Habit("Answers nothing", lambda _: Reply.NOTHING),
)


class Day(Struct):
    """What a day of that week was on average. Lengths in seconds; `longest` is of the week."""

    prompts: float
    breaks: float
    longest: float
    sitting: float
    standing: float
    walking: float
    routines: float


def average_day(settings: Settings, habit: Habit) -> Day:
    """Live through the week with these settings and that habit.

    Nobody here makes a gap in typing: with `breaks.typing_gap` each prompt waits `polite_wait`.
    """
    start = Moment(_MONDAY.timestamp(), 0.0, 0.0, UTC)
    world = World(settings, _OneRoutine(), start)
    Worker(world, _AT_THE_DESK, habit.reply, DAYS)
    world.run_until((DAYS * 24 + 5) * _HOUR)
    return _average(world)


class _OneRoutine:
    """Suggests one and the same routine of two minutes: here only time counts."""

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion:  # noqa: ARG002
        """That routine."""
        return self.named("routine", settings)

    def named(self, routine: str, settings: Settings) -> Suggestion:  # noqa: ARG002
        """That routine."""
        return Suggestion(BreakKind.STRETCH, _ROUTINE_S, routine, "Routine")


def _average(world: World) -> Day:
    happened = [seen.happening for seen in world.log]
    ledgers = [one.ledger for one in happened if isinstance(one, DayClosed)]
    taken = [one for one in happened if isinstance(one, BreakEnded)]
    sat = [
        one.length_s
        for one in happened
        if isinstance(one, BoutEnded) and one.posture is Posture.SITTING
    ]
    asked = [one for one in happened if isinstance(one, Prompted | StandPrompted | SitPrompted)]
    spent = {kind: sum(one.length_s for one in taken if one.kind is kind) for kind in BreakKind}
    return Day(
        prompts=len(asked) / DAYS,
        breaks=len(taken) / DAYS,
        longest=max(sat, default=0),
        sitting=sum(ledger["sitting"] for ledger in ledgers) / DAYS,
        standing=sum(ledger["standing"] for ledger in ledgers) / DAYS,
        walking=spent[BreakKind.WALK] / DAYS,
        routines=spent[BreakKind.STRETCH] / DAYS,
    )
