"""The world around the engine, simulated: three clocks, a person giving input, an idle source.

Nothing here decides anything about breaks: it moves the clocks to whatever comes next (an event
of the script, a crossing of the idle threshold, the engine's own alarm) and hands over facts.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import count

from deskbreak.core.advice import Adviser
from deskbreak.core.effects import Effect, Happened, StartRoutine
from deskbreak.core.engine import Engine
from deskbreak.core.facts import (
    Fact,
    HoldBegan,
    HoldEnded,
    IdleSourceFound,
    IdleSourceLost,
    Locked,
    PlayerPainted,
    Sampled,
    Sleeping,
    Ticked,
    Unlocked,
    Woke,
)
from deskbreak.core.happenings import Happening
from deskbreak.core.moment import Moment
from deskbreak.core.words import HoldReason
from deskbreak.settings.model import Settings

SOURCE = "simulated"


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that happened, `t` seconds after the start on the elapsed clock."""

    t: float
    at: Moment
    happening: Happening


@dataclass(slots=True)
class World:
    """A person at a desk. They give input without pause until told otherwise.

    `poll_s` makes the idle source one that is asked at that period instead of one that tells.
    """

    settings: Settings
    adviser: Adviser
    start: Moment
    poll_s: float | None = None
    log: list[Seen] = field(default_factory=list)
    effects: list[tuple[float, Effect]] = field(default_factory=list)
    now: Moment = field(init=False)
    engine: Engine = field(init=False)
    typing: bool = True
    source_works: bool = True
    _last_input: float = field(init=False)
    _told_idle: bool = False
    _holds: dict[HoldReason, str] = field(default_factory=dict)
    _script: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.now = self.start
        self._last_input = self.start.elapsed
        self.engine = Engine(self.settings, self.adviser, self.start)
        self.tell(IdleSourceFound(SOURCE))
        self.tell(Sampled(0.0))

    # time

    @property
    def t(self) -> float:
        """Seconds since the start, on the clock that counts sleep."""
        return self.now.elapsed - self.start.elapsed

    def at(self, t: float, act: Callable[[], None]) -> None:
        """Do something `t` seconds after the start; what is asked for the same time goes in order."""
        heapq.heappush(self._script, (t, next(self._order), act))

    def run_until(self, t: float) -> None:
        """Let everything happen that happens up to and including `t`."""
        while True:
            due = self._script[0][0] if self._script else float("inf")
            alarm = self.t + min(self._next_alarm(), self._next_report())
            if min(due, alarm) > t:
                break
            self._move(max(0.0, min(due, alarm) - self.t))
            if alarm <= due:  # at the same instant the person has been quiet for long enough first
                self._sense()
            else:
                heapq.heappop(self._script)[2]()
        if t > self.t:
            self._move(t - self.t)
            self._sense()

    def _move(self, seconds: float, *, asleep: bool = False) -> None:
        now = self.now
        awake = 0.0 if asleep else seconds
        self.now = Moment(now.wall + seconds, now.awake + awake, now.elapsed + seconds, now.zone)
        if self.typing and not asleep:
            self._last_input = self.now.elapsed

    def _next_alarm(self) -> float:
        wanted = self.engine.next_moment()
        return float("inf") if wanted is None else max(wanted, 0.001)

    def _next_report(self) -> float:
        if not self.source_works:
            return float("inf")
        if self.poll_s is not None:
            return self.poll_s - self.t % self.poll_s
        if self.typing or self._told_idle:
            return float("inf")
        return max(0.0, self._last_input + self.engine.idle_threshold - self.now.elapsed)

    @property
    def idle_s(self) -> float:
        """How long ago the last input was."""
        return self.now.elapsed - self._last_input

    def _sense(self) -> None:
        if self.source_works:
            self.tell(Sampled(self.idle_s))
        else:
            self.tell(Ticked())

    def tell(self, fact: Fact) -> list[Effect]:
        """Hand a fact to the engine now and keep what comes of it."""
        effects = self.engine.handle(fact, self.now)
        self._keep(effects)
        if isinstance(fact, Sampled):
            self._told_idle = not self.typing and fact.idle_s >= self.engine.idle_threshold
        return effects

    def _keep(self, effects: list[Effect]) -> None:
        for effect in effects:
            self.effects.append((self.t, effect))
            if isinstance(effect, Happened):
                t = effect.at.elapsed - self.start.elapsed
                self.log.append(Seen(t, effect.at, effect.happening))
        for effect in effects:
            if isinstance(effect, StartRoutine):
                self._keep(self.engine.handle(PlayerPainted(effect.run), self.now))

    # what happens to the person and the machine

    def input_starts(self) -> None:
        """The person begins to type."""
        self.typing = True
        self._last_input = self.now.elapsed
        if self.source_works:
            self.tell(Sampled(0.0))

    def input_stops(self) -> None:
        """The person takes their hands off."""
        self._last_input = self.now.elapsed
        self.typing = False
        self._told_idle = False
        self._sense()

    def input_for(self, seconds: float) -> None:
        """A burst of input."""
        self.input_starts()
        self.at(self.t + seconds, self.input_stops)

    def lock(self) -> None:
        """The session is locked."""
        self.tell(Locked())

    def unlock(self) -> None:
        """The session is unlocked."""
        self.tell(Unlocked())
        self._sense()

    def sleep(self, seconds: float, *, announced: bool = True) -> None:
        """The machine sleeps; what the script holds for that time happens on waking."""
        if announced:
            self.tell(Sleeping())
        self._move(seconds, asleep=True)
        if announced:
            self.tell(Woke())
        self._told_idle = False
        if self.typing:
            self._last_input = self.now.elapsed
        self._sense()

    def step_wall(self, seconds: float, *, announced: bool = True) -> None:
        """Somebody sets the wall clock."""
        now = self.now
        self.now = Moment(now.wall + seconds, now.awake, now.elapsed, now.zone)
        if announced:
            self.tell(Woke())

    def move_to(self, zone: tzinfo) -> None:
        """The machine is taken to another time zone."""
        self.now = Moment(self.now.wall, self.now.awake, self.now.elapsed, zone)
        self.tell(Woke())

    def hold(self, reason: HoldReason, detail: str = "") -> None:
        """A reason not to prompt comes up."""
        self._holds[reason] = detail
        self.tell(HoldBegan(reason, detail))

    def release(self, reason: HoldReason) -> None:
        """A reason not to prompt is gone."""
        self._holds.pop(reason, None)
        self.tell(HoldEnded(reason))

    def lose_source(self, why: str = "the idle source is gone") -> None:
        """Nothing can tell any more when the last input was."""
        self.source_works = False
        self.tell(IdleSourceLost(why))

    def find_source(self) -> None:
        """The idle source answers again."""
        self.source_works = True
        self._told_idle = False
        self.tell(IdleSourceFound(SOURCE))
        self._sense()

    def restart(self, down: float, *, same_clock: bool = True) -> None:
        """The program is gone for so long and starts again from its saved state."""
        memory = self.engine.memory()
        self._move(down)
        self.engine = Engine(self.engine.settings, self.adviser, self.now)
        self._keep(self.engine.restore(memory, self.now, same_clock=same_clock))
        self._told_idle = False
        if self.source_works:
            self.tell(IdleSourceFound(SOURCE))
        self._sense()
        for reason, detail in list(self._holds.items()):
            self.tell(HoldBegan(reason, detail))
