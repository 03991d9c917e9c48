"""Somebody who works at a simulated desk and answers each prompt by habit, ten seconds after it.

Who takes a break takes the one that is suggested. Where standing is on they stand up instead, and
when they have stood long enough they take a walk and sit down after it.
"""

from collections.abc import Callable, Sequence
from enum import Enum

from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, Posture, PromptKind
from deskbreak.core.events import PlayerEnded, PostureSet, PromptAnswered
from deskbreak.simulate.world import World
from deskbreak.struct import Struct

ANSWERS_AFTER = 10.0
_DAY = 24 * 3600.0

Hours = Sequence[tuple[float, float]]
"""From when to when somebody is at the desk, in seconds since the world's day began."""


class Reply(Enum):
    """What is said to a prompt."""

    TAKE = "take"
    DECLINE = "decline"  # skip it, or "later"
    NOTHING = "nothing"


class Deed(Struct):
    """What was answered to a prompt, `t` seconds after the start; `break_` is what was taken."""

    t: float
    answer: Answer
    break_: Suggestion | None = None


class Worker:
    """Sees each prompt once; `reply` gives the answer to the first, second… one. `deeds` are kept.

    They are at the desk in the same hours on each of so many days.
    """

    def __init__(
        self, world: World, hours: Hours, reply: Callable[[int], Reply], days: int = 1
    ) -> None:
        self._world, self._hours, self._reply = world, hours, reply
        self._seen = 0  # the number of the last prompt, which counts from 1
        self.deeds: list[Deed] = []
        world.input_stops()
        world.onlooker = self._look
        for day in range(days):
            for comes, goes in hours:
                world.at(day * _DAY + comes, world.input_starts)
                world.at(day * _DAY + goes, world.input_stops)

    def _look(self, world: World) -> None:
        prompt = world.engine.status().prompt
        if prompt is not None and prompt.id > self._seen:
            self._seen = prompt.id
            world.at(world.t + ANSWERS_AFTER, lambda: self._answer(prompt))

    def _answer(self, prompt: Prompt) -> None:
        reply = self._reply(prompt.id)
        live = self._world.engine.status().prompt
        if reply is Reply.NOTHING or live is None or live.id != prompt.id:
            return
        if reply is Reply.DECLINE:
            self._say(prompt, Answer.SKIP if Answer.SKIP in prompt.actions else Answer.LATER)
        else:
            self._take(prompt)

    def _say(self, prompt: Prompt, answer: Answer, break_: Suggestion | None = None) -> None:
        self.deeds.append(Deed(self._world.t, answer, break_))
        self._world.tell(PromptAnswered(answer, prompt.id))

    def _take(self, prompt: Prompt) -> None:
        world, suggested = self._world, prompt.suggestion
        if prompt.kind is PromptKind.SIT:
            if Answer.WALK in prompt.actions:
                walk = Suggestion(BreakKind.WALK, float(world.settings.breaks.walk))
                self._walk(prompt, walk, sits_down=True)
            else:
                self._say(prompt, Answer.SITTING)
        elif Answer.STANDING in prompt.actions:
            self._say(prompt, Answer.STANDING)
        elif suggested is None:  # the prompt itself says what to do
            self._say(prompt, Answer.SKIP)
        elif suggested.kind is BreakKind.WALK:
            self._walk(prompt, suggested)
        else:
            self._say(prompt, Answer.STRETCH, suggested)
            world.at(world.t + suggested.length_s, self._routine_is_over)

    def _walk(self, prompt: Prompt, walk: Suggestion, *, sits_down: bool = False) -> None:
        self._say(prompt, Answer.WALK, walk)
        self._world.input_stops()
        back = self._world.t + walk.length_s
        self._world.at(back, lambda: self._come_back(sits_down=sits_down))

    def _come_back(self, *, sits_down: bool) -> None:
        if sits_down:
            self._world.tell(PostureSet(Posture.SITTING))
        if any(comes <= self._world.t % _DAY < goes for comes, goes in self._hours):
            self._world.input_starts()

    def _routine_is_over(self) -> None:
        self._world.tell(PlayerEnded(self._world.run, 1.0, 1, 1))
