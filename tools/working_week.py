"""A working week at a simulated desk: somebody with a habit, and what comes of it.

Eight hours of typing from nine to half past five with lunch away from the desk at half past
twelve, Monday to Friday; a prompt is answered after ten seconds.
Who takes a break takes the one that is suggested. Where standing is on they stand up instead, and
when they have stood long enough they take a walk and sit down after it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum

from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, Posture, PromptKind
from deskbreak.core.events import PlayerEnded, PostureSet, PromptAnswered
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
from deskbreak.simulate.world import World
from deskbreak.struct import Struct

DAYS = 5
_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
_HOUR = 3600.0
_AT_THE_DESK = ((9 * _HOUR, 12.5 * _HOUR), (13 * _HOUR, 17.5 * _HOUR))
_ANSWERS_AFTER = 10.0
_ROUTINE_S = 120.0


class Reply(Enum):
    """What is said to a prompt."""

    TAKE = "take"
    DECLINE = "decline"  # skip it, or "later"
    NOTHING = "nothing"


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
    world.input_stops()
    world.onlooker = _Worker(world, habit).look
    for day in range(DAYS):
        for comes, goes in _AT_THE_DESK:
            world.at(day * 24 * _HOUR + comes, world.input_starts)
            world.at(day * 24 * _HOUR + goes, world.input_stops)
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


class _Worker:
    """Sees each prompt once and answers it by habit."""

    def __init__(self, world: World, habit: Habit) -> None:
        self._world, self._habit = world, habit
        self._seen = 0  # the number of the last prompt, which counts from 1

    def look(self, world: World) -> None:
        """Look at the screen."""
        prompt = world.engine.status().prompt
        if prompt is not None and prompt.id > self._seen:
            self._seen = prompt.id
            world.at(world.t + _ANSWERS_AFTER, lambda: self._answer(prompt))

    def _answer(self, prompt: Prompt) -> None:
        reply = self._habit.reply(prompt.id)
        live = self._world.engine.status().prompt
        if reply is Reply.NOTHING or live is None or live.id != prompt.id:
            return
        if reply is Reply.DECLINE:
            declined = Answer.SKIP if Answer.SKIP in prompt.actions else Answer.LATER
            self._world.tell(PromptAnswered(declined, prompt.id))
            return
        self._take(prompt)

    def _take(self, prompt: Prompt) -> None:
        world = self._world
        if prompt.kind is PromptKind.SIT:
            self._walk(prompt, float(world.settings.breaks.walk), sits_down=True)
        elif Answer.STANDING in prompt.actions:
            world.tell(PromptAnswered(Answer.STANDING, prompt.id))
        elif prompt.suggestion is not None and prompt.suggestion.kind is BreakKind.WALK:
            self._walk(prompt, prompt.suggestion.length_s)
        else:
            world.tell(PromptAnswered(Answer.STRETCH, prompt.id))
            world.at(world.t + _ROUTINE_S, self._routine_is_over)

    def _walk(self, prompt: Prompt, length_s: float, *, sits_down: bool = False) -> None:
        world = self._world
        world.tell(PromptAnswered(Answer.WALK, prompt.id))
        world.input_stops()
        world.at(world.t + length_s, lambda: self._come_back(sits_down=sits_down))

    def _come_back(self, *, sits_down: bool) -> None:
        if sits_down:
            self._world.tell(PostureSet(Posture.SITTING))
        time_of_day = self._world.t % (24 * _HOUR)
        if any(comes <= time_of_day < goes for comes, goes in _AT_THE_DESK):
            self._world.input_starts()

    def _routine_is_over(self) -> None:
        self._world.tell(PlayerEnded(self._world.run, 1.0, 1, 1))


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
