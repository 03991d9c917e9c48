"""The world around the engine, simulated: three clocks, a person giving input, an idle source.

Nothing here decides anything about breaks: it moves the clocks to whatever comes next (an event
of the script, a crossing of the idle threshold, the engine's own alarm) and hands over facts.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import tzinfo
from itertools import count
from typing import Any

from deskbreak.core.effects import Effect, Happened, Refused, StartRoutine
from deskbreak.core.engine import Engine
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import (
    AgendaRead,
    Fact,
    HoldBegan,
    HoldEnded,
    IdleSourceFound,
    IdleSourceLost,
    Locked,
    PlayerPainted,
    Sampled,
    SettingsChanged,
    Sleeping,
    Ticked,
    Unlocked,
    Woke,
)
from deskbreak.core.moment import SAME, Moment
from deskbreak.core.records import Happening
from deskbreak.core.schedule import Entry
from deskbreak.core.state import Adviser
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct, field, replace

SOURCE = "simulated"
_SHORTEST_STEP = 0.001
_NEVER = float("inf")


class Seen(Struct):
    """Something that happened, `t` seconds after the start on the elapsed clock."""

    t: float
    at: Moment
    happening: Happening


class World(Struct, frozen=False):
    """A person at a desk. They give input without pause until told otherwise.

    The idle source tells by itself when input stops and starts, like an X server; with `poll_s`
    it is one that can only be asked, and is, at that period. `also_every` asks one that tells by
    itself as well, which must not change anything. `source_stops_in_sleep` makes its idle time
    that of the awake clock. `paints` is whether players show their first frame. The `onlooker` is
    called whenever the engine has heard a fact, and when it goes down.
    """

    settings: Settings
    adviser: Adviser
    start: Moment
    poll_s: float | None = None
    also_every: float | None = None
    source_stops_in_sleep: bool = False
    paints: bool = True
    onlooker: Callable[["World"], None] | None = None
    log: list[Seen] = field(default_factory=list)
    effects: list[tuple[float, Effect]] = field(default_factory=list)
    refusals: list[tuple[float, str]] = field(default_factory=list)
    now: Moment = field(init=False)
    engine: Engine = field(init=False)
    run: int = 0
    locked: bool = False
    behind: bool = False
    wakes: int = 0
    _steady: bool = True
    _burst_until: float = 0.0
    _saved: dict[str, Any] | None = None
    _source_works: bool = True
    _asleep_until: float | None = None
    _announced: bool = True
    _last_input: float = field(init=False)
    _slept_since_input: float = 0.0
    _told_idle: bool = False
    _told_at: float = 0.0
    _holds: dict[HoldReason, str] = field(default_factory=dict)
    _entries: tuple[Entry, ...] | None = None
    _script: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.now = self.start
        self._last_input = self.start.elapsed
        self.engine = Engine(self.settings, self.adviser, self.start)
        self.tell(IdleSourceFound(SOURCE))
        self._sense()

    # time

    @property
    def t(self) -> float:
        """Seconds since the start, on the clock that counts sleep."""
        return self.now.elapsed - self.start.elapsed

    @property
    def typing(self) -> bool:
        """Whether the person gives input now."""
        return self._asleep_until is None and (self._steady or self.t < self._burst_until - SAME)

    @property
    def asleep(self) -> bool:
        """Whether the machine sleeps."""
        return self._asleep_until is not None

    @property
    def down(self) -> bool:
        """Whether the program is not running."""
        return self._saved is not None

    @property
    def idle_s(self) -> float:
        """How long ago the last input was, as the source has it."""
        missing = self.now.elapsed - self._last_input
        return missing - self._slept_since_input if self.source_stops_in_sleep else missing

    def at(self, t: float, act: Callable[[], None]) -> None:
        """Do something `t` seconds after the start; what is asked for the same time goes in order.

        What falls into a sleep happens on waking.
        """
        heapq.heappush(self._script, (t, next(self._order), act))

    def run_until(self, t: float) -> None:
        """Let everything happen that happens up to and including `t`."""
        while self._step(t):
            pass
        if t > self.t:
            self._move(t - self.t)
        if self._asleep_until is None:
            self._sense()
        else:  # a look at the sleeper: all that has come to pass meanwhile is said
            self.tell(Sleeping())

    def _step(self, limit: float) -> bool:
        """Go on to whatever comes next; False if nothing comes up to the limit."""
        due = self._script[0][0] if self._script else _NEVER
        if self._asleep_until is not None:
            if self._asleep_until > limit:
                return False
            self._move(self._asleep_until - self.t)
            self._wake()
            return True
        alarm = min(self._next_alarm(), self._next_report())
        if min(due, alarm) > limit:
            return False
        self._move(max(0.0, min(due, alarm) - self.t))
        if alarm <= due:  # at the same instant the person has been quiet for long enough first
            self.wakes += 1
            self._sense()
        else:
            heapq.heappop(self._script)[2]()
        return True

    def _move(self, seconds: float) -> None:
        now, typing = self.now, self.typing
        asleep = self._asleep_until is not None
        awake = now.awake if asleep else now.awake + seconds
        self.now = Moment(now.wall + seconds, awake, now.elapsed + seconds, now.zone)
        if asleep:
            self._slept_since_input += seconds
        elif typing:
            self._input()

    def _input(self) -> None:
        self._last_input, self._slept_since_input = self.now.elapsed, 0.0

    def _next_alarm(self) -> float:
        if self.down:
            return _NEVER
        wanted = max(self.engine.next_moment(), _SHORTEST_STEP)
        return max(self.t, self._told_at + wanted)  # the engine counts from the last fact

    def _next_report(self) -> float:
        if not self._source_works or self.down:
            return _NEVER
        asked = self.poll_s or self.also_every
        report = (int(self.t / asked + SAME) + 1) * asked if asked else _NEVER
        if self.poll_s is not None or self.typing or self._told_idle:
            return report
        return min(report, self.t + max(0.0, self.engine.idle_threshold - self.idle_s))

    def _sense(self) -> None:
        self.tell(Sampled(self.idle_s) if self._source_works else Ticked())

    def tell(self, fact: Fact) -> list[Effect]:
        """Hand a fact to the engine now and keep what comes of it; nobody hears it while down."""
        if isinstance(fact, SettingsChanged):
            self.settings = fact.settings
        if self.down:
            return []
        effects = self.engine.handle(fact, self.now)
        self._told_at = self.t
        if isinstance(fact, Sampled):
            self._told_idle = not self.typing and fact.idle_s >= self.engine.idle_threshold - SAME
        self._keep(effects)
        if self.onlooker is not None:
            self.onlooker(self)
        return effects

    def _keep(self, effects: list[Effect]) -> None:
        for effect in effects:
            self.effects.append((self.t, effect))
            if isinstance(effect, Happened):
                t = effect.at.elapsed - self.start.elapsed
                self.log.append(Seen(t, effect.at, effect.happening))
            elif isinstance(effect, Refused):
                self.refusals.append((self.t, effect.why))
        for effect in effects:
            if isinstance(effect, StartRoutine):
                self.run = effect.run
                if self.paints:
                    self.tell(PlayerPainted(effect.run))

    # what happens to the person and the machine

    def input_starts(self) -> None:
        """The person begins to type."""
        self._steady = True
        self._begin_input()

    def input_stops(self) -> None:
        """The person takes their hands off."""
        self._steady, self._burst_until = False, self.t
        self._told_idle = False
        self._sense()

    def input_for(self, seconds: float) -> None:
        """A burst of input; afterwards everything is as before it."""
        self._burst_until = max(self._burst_until, self.t + seconds)
        self._begin_input()
        self.at(self._burst_until, self._burst_ends)

    def _begin_input(self) -> None:
        self._input()
        if self._source_works and self.poll_s is None:
            self.tell(Sampled(0.0))

    def _burst_ends(self) -> None:
        if not self.typing:
            self._told_idle = False
            self._sense()

    def lock(self) -> None:
        """The session is locked."""
        self.locked = True
        self.tell(Locked())

    def unlock(self) -> None:
        """The session is unlocked."""
        self.locked = False
        self._open()

    def goes_behind(self) -> None:
        """Another session is in front of this one."""
        self.behind = True
        self.tell(Locked())

    def comes_in_front(self) -> None:
        """This session is the one in front again, locked as it was."""
        self.behind = False
        self._open()

    def _open(self) -> None:
        if not self.locked and not self.behind:
            self.tell(Unlocked())
            self._sense()

    def sleep(self, seconds: float, *, announced: bool = True) -> None:
        """The machine sleeps for so long; input before and after as it was."""
        if announced:
            self.tell(Sleeping())
        self._asleep_until, self._announced = self.t + seconds, announced

    def _wake(self) -> None:
        self._asleep_until = None
        if self._steady:
            self._input()
        if self._announced:
            self.tell(Woke())
        self._told_idle = False
        self._sense()

    def step_wall(self, seconds: float, *, announced: bool = True) -> None:
        """Somebody sets the wall clock."""
        self.now = replace(self.now, wall=self.now.wall + seconds)
        if announced:
            self.tell(Woke())

    def move_to(self, zone: tzinfo) -> None:
        """The machine is taken to another time zone."""
        self.now = replace(self.now, zone=zone)
        self.tell(Woke())

    def hold(self, reason: HoldReason, detail: str = "") -> None:
        """A reason not to prompt comes up."""
        self._holds[reason] = detail
        self.tell(HoldBegan(reason, detail))

    def release(self, reason: HoldReason) -> None:
        """A reason not to prompt is gone."""
        self._holds.pop(reason, None)
        self.tell(HoldEnded(reason))

    def read_calendar(self, entries: tuple[Entry, ...]) -> None:
        """The calendar has these entries from now on."""
        self._entries = entries
        self.tell(AgendaRead(entries))

    def lose_source(self, why: str = "the idle source is gone") -> None:
        """Nothing can tell any more when the last input was."""
        self._source_works = False
        self.tell(IdleSourceLost(why))

    def find_source(self) -> None:
        """The idle source answers again."""
        self._source_works = True
        self._told_idle = False
        self.tell(IdleSourceFound(SOURCE))
        self._sense()

    def restart(self, down: float = 0.0, *, same_clock: bool = True) -> None:
        """The program ends, is gone for so long, and starts again from its saved state.

        Without `same_clock` the whole machine starts again, and its clocks from anew.
        """
        self._sense()
        memory = self.engine.memory()
        self._move(down)
        self._start_again(memory, same_clock)

    def go_down(self, seconds: float) -> None:
        """The program ends; it starts again after so long and finds what happened meanwhile."""
        if not self.down:
            self._sense()
            self._saved = self.engine.memory()
            self.at(self.t + seconds, self.come_up)
            if self.onlooker is not None:
                self.onlooker(self)

    def come_up(self) -> None:
        """The program starts again, if it was down."""
        if self._saved is not None:
            saved, self._saved = self._saved, None
            self._start_again(saved, same_clock=True)

    def _start_again(self, memory: dict[str, Any], same_clock: bool) -> None:
        self.engine = Engine(self.settings, self.adviser, self.now)
        self._keep(self.engine.restore(memory, self.now, same_clock=same_clock))
        if self._source_works:
            self._told_idle = False
            self.tell(IdleSourceFound(SOURCE))
        else:
            self.tell(IdleSourceLost("the idle source is gone"))
        if self.locked or self.behind:
            self.tell(Locked())
        for reason, detail in list(self._holds.items()):
            self.tell(HoldBegan(reason, detail))
        if self._entries is not None:
            self.tell(AgendaRead(self._entries))
        self._sense()
