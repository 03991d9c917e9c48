"""What holds on every day that anyone can think of (Hypothesis thinks of them)."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from deskbreak.core.effects import Effect, Happened, ShowPrompt, WithdrawPrompt
from deskbreak.core.engine import Engine
from deskbreak.core.enums import Answer, BreakKind, HoldReason, PauseKind, Posture, State
from deskbreak.core.events import (
    BreakAsked,
    DoneSaid,
    Fact,
    PauseAsked,
    PlayerEnded,
    PostureSensed,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    ResumeAsked,
    SensorLost,
    SettingsChanged,
)
from deskbreak.core.ledger import start_of
from deskbreak.core.moment import SAME
from deskbreak.core.records import BoutEnded, DayClosed, Prompted
from deskbreak.core.schedule import Entry
from deskbreak.simulate.world import World
from deskbreak.struct import field
from tests.desk import PlainAdviser, moment, settings_of
from tests.thorough import examples

BOUNDED = settings(
    max_examples=examples(120),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
AT_THE_DESK = {State.SITTING, State.STANDING, State.UNKNOWN}
ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")]

DESKS = [
    settings_of("breaks.sit_limit=5m", "breaks.typing_gap=3s", "breaks.repeat_every=1m"),
    settings_of("breaks.sit_limit=3m", "breaks.heads_up=1m", "breaks.natural_break=90s",
                "presence.seated_longest=5m", "breaks.repeat_every=1m"),
    settings_of(
        "standing.enabled=true", "standing.sit_for=2m", "standing.stand_for=2m",
        "breaks.sit_limit=6m", "breaks.typing_gap=2s", "hold.longest=5m",
        'reminder=[{name="eyes", every="2m"}, {name="water", every="3m"}]',
    ),
    settings_of(
        "breaks.sit_limit=4m", "presence.away_after=20s", "breaks.natural_break=30s",
        "breaks.walk=1m", "breaks.settle=10s", 'schedule.hours=[{from="08:00", to="09:30"}]',
        'schedule.pause=[{from="08:40", to="08:50"}]', "schedule.holidays=2026-03-03",
        "breaks.skips_a_day=2", "breaks.snoozes_a_day=1",
        "schedule.meals=08:30",
    ),
    settings_of("breaks.sit_limit=2m", "presence.bump_filter=0s", "breaks.natural_break=10s",
                "presence.away_after=30s", "breaks.settle=0s", "breaks.polite_wait=5s",
                "breaks.typing_gap=3s"),
]  # fmt: skip

FACTS: list[Fact] = [
    *(PromptAnswered(answer) for answer in Answer),
    *(PromptAnswered(answer, prompt_id=1) for answer in Answer),
    PromptAnswered(Answer.SNOOZE, snooze_s=40.0),
    *(BreakAsked(kind) for kind in BreakKind),
    DoneSaid(),
    *(PostureSet(posture) for posture in Posture),
    *(PostureSensed(posture) for posture in Posture),
    SensorLost(),
    ReadingSet(True),
    ReadingSet(True, 150.0),
    ReadingSet(False),
    PauseAsked(PauseKind.FOR, for_s=90.0),
    PauseAsked(PauseKind.OPEN),
    ResumeAsked(),
]


PLANS = [[], [(-60.0, 100.0), (100.0, 300.0)], [(30.0, 90.0), (60.0, 61.5), (400.0, 4000.0)]]
"""Entries of a calendar, in seconds from now."""


class WatchedWorld(World, frozen=False):
    """A world that looks after every single fact whether all is as it must be."""

    seen: Engine | None = None
    live: int | None = None
    bout: float = 0.0
    unsettled_until: float = float("-inf")
    moved: bool = False
    closed: list[DayClosed] = field(default_factory=list)

    def _keep(self, effects: list[Effect]) -> None:
        if self.engine is not self.seen:  # started again: the notification went with the program
            self.seen, self.live = self.engine, None
        self.see_prompts(effects)
        self.see_status()
        self.see_bout(effects)
        self.see_ledger(effects)
        assert self.engine.next_moment() > SAME / 4
        World._keep(self, effects)

    def see_prompts(self, effects: list[Effect]) -> None:
        """Never two at a time, and every number is new."""
        for effect in effects:
            if isinstance(effect, WithdrawPrompt):
                assert effect.prompt_id == self.live
                self.live = None
            elif isinstance(effect, ShowPrompt):
                assert self.live is None
                self.live = effect.prompt.id
            elif isinstance(effect, Happened) and isinstance(effect.happening, Prompted):
                assert self.now.elapsed >= self.unsettled_until - SAME

    def see_status(self) -> None:
        """No prompt while away, locked, asleep, paused, held, off or in a break."""
        status = self.engine.status()
        assert (status.prompt.id if status.prompt else None) == self.live
        if status.prompt is not None:
            assert status.state in AT_THE_DESK
            assert not status.holds
            assert not status.paused
            assert not status.presence.locked
            assert status.break_ is None

    def see_bout(self, effects: list[Effect]) -> None:
        """Shrinks only where it ends, or to the last input; never more than there was time."""
        idle = self.now.elapsed - self._last_input
        length = self.engine.status().bout.length_s
        ended = any(
            isinstance(effect, Happened) and isinstance(effect.happening, BoutEnded)
            for effect in effects
        )
        if length < self.bout - SAME and not ended and round(self.bout) > 0:
            assert self.engine.status().state not in AT_THE_DESK
            assert self.bout - length <= idle + 1.0
        assert length <= self.now.awake - self.start.awake + SAME
        self.bout = length

    def see_ledger(self, effects: list[Effect]) -> None:
        """Its parts are the day so far; a closed one is exactly its day."""
        desk = self.engine._desk
        total = sum(self.engine.status().today.ledger.values())
        assert total == pytest.approx(max(0.0, self.now.wall - desk.ledger.start), abs=0.51)
        for effect in effects:
            if isinstance(effect, Happened) and isinstance(effect.happening, DayClosed):
                self.closed.append(effect.happening)
                if not self.moved:
                    assert sum(effect.happening.ledger.values()) == self.length_of(effect.happening)

    def length_of(self, closed: DayClosed) -> int:
        day = date.fromisoformat(closed.day)
        day_starts = self.settings.schedule.day_starts
        ends = start_of(day + timedelta(days=1), self.now, day_starts)
        return round(ends - start_of(day, self.now, day_starts))

    def unsettle(self) -> None:
        self.unsettled_until = self.now.elapsed + self.engine.settings.breaks.settle


class AnyDay(RuleBasedStateMachine):
    """Whatever a person, a machine and a clock may do, in any order."""

    world: WatchedWorld

    @initialize(
        desk=st.sampled_from(DESKS),
        zone=st.sampled_from(ZONES),
        at=st.sampled_from(["09:00", "03:55", "09:25", "23:58"]),
        day=st.sampled_from(["2026-03-02", "2026-03-29", "2026-10-25", "2026-03-08"]),
        stops=st.booleans(),
    )
    def sit_down(self, desk: Any, zone: ZoneInfo, at: str, day: str, stops: bool) -> None:
        self.world = WatchedWorld(
            desk, PlainAdviser(), moment(f"{day} {at}", zone), source_stops_in_sleep=stops
        )

    @rule(length=st.sampled_from([0.0, 0.5, 1, 3, 10, 29, 30, 31, 59, 60, 61, 119, 120, 121, 700]))
    def wait(self, length: float) -> None:
        self.world.run_until(self.world.t + length)

    @rule()
    def type(self) -> None:
        self.world.input_starts()

    @rule()
    def rest(self) -> None:
        self.world.input_stops()

    @rule(length=st.sampled_from([0.2, 1, 2.9, 3, 5]))
    def nudge(self, length: float) -> None:
        self.world.input_for(length)

    @rule(fact=st.sampled_from(FACTS))
    def say(self, fact: Fact) -> None:
        self.world.tell(fact)

    @rule()
    @precondition(lambda self: not self.world.locked)
    def lock(self) -> None:
        self.world.lock()

    @rule()
    @precondition(lambda self: self.world.locked)
    def unlock(self) -> None:
        self.world.unsettle()
        self.world.unlock()

    @rule(length=st.sampled_from([1, 29, 30, 90, 120, 3600, 30000]), announced=st.booleans())
    def sleep(self, length: float, announced: bool) -> None:
        self.world.sleep(length, announced=announced)
        self.world.unsettled_until = (
            self.world.now.elapsed + length + self.world.engine.settings.breaks.settle
        )
        self.world.run_until(self.world.t + length)

    @rule(reason=st.sampled_from(HoldReason))
    def hold(self, reason: HoldReason) -> None:
        self.world.hold(reason)

    @rule(reason=st.sampled_from(HoldReason))
    def release(self, reason: HoldReason) -> None:
        self.world.release(reason)

    @rule(plan=st.sampled_from(PLANS))
    def plan(self, plan: list[tuple[float, float]]) -> None:
        act(self.world, "plan", plan)

    @rule(step=st.sampled_from([-86400, -3600, -1, 1, 3600, 86400, 1e9]), announced=st.booleans())
    def set_clock(self, step: float, announced: bool) -> None:
        self.world.step_wall(step, announced=announced)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: ZoneInfo) -> None:
        self.world.moved = True
        self.world.move_to(zone)

    @rule()
    def lose(self) -> None:
        self.world.lose_source()

    @rule()
    def find(self) -> None:
        self.world.find_source()

    @rule(share=st.sampled_from([0.0, 0.5, 0.6, 1.0]))
    def play(self, share: float) -> None:
        self.world.tell(PlayerEnded(self.world.run, share, 0, 0))

    @rule(desk=st.sampled_from(DESKS))
    def change_settings(self, desk: Any) -> None:
        self.world.settings = desk
        self.world.tell(SettingsChanged(desk))

    @rule(down=st.sampled_from([0, 1, 30, 119, 120, 4000]), same_clock=st.booleans())
    def restart(self, down: float, same_clock: bool) -> None:
        self.world.restart(down, same_clock=same_clock)

    @invariant()
    def status_can_be_asked(self) -> None:
        if hasattr(self, "world"):
            assert self.world.engine.status().bout.length_s >= 0


AnyDay.TestCase.settings = settings(
    max_examples=examples(250), stateful_step_count=40, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestAnyDay = AnyDay.TestCase


# the same day told in another way is the same day

ACTS: list[tuple[str, list[Any]]] = [
    ("wait", [None]),
    ("type", [None]),
    ("rest", [None]),
    ("nudge", [0.2, 1.0, 2.0, 4.0]),
    ("lock", [5.0, 70.0, 125.0]),
    ("sleep", [1.0, 31.0, 119.0, 121.0]),
    ("hold", [HoldReason.CALL, HoldReason.FULLSCREEN, HoldReason.INHIBITOR]),
    ("release", [HoldReason.CALL, HoldReason.FULLSCREEN, HoldReason.INHIBITOR]),
    ("plan", PLANS),
    ("tell", FACTS),
    ("clock", [-3600.0, 1.0, 90000.0]),
]
BREAKS = {Answer.STRETCH, Answer.WALK, Answer.SHORTER}
NOT_OVER_A_RESTART = [
    # A player does not outlive the program, a prompt gets a new number, and whether a walker was
    # just leaving is known only once the source has spoken again.
    ("tell", fact)
    for fact in FACTS
    if isinstance(fact, BreakAsked)
    or (isinstance(fact, PromptAnswered) and fact.answer in BREAKS)
    or (isinstance(fact, PromptAnswered) and fact.prompt_id is not None)
]
SCRIPTS = st.lists(
    st.tuples(
        st.sampled_from([1.0, 2.5, 10.0, 30.0, 59.0, 61.0, 100.0, 130.0]),
        st.sampled_from([(name, argument) for name, arguments in ACTS for argument in arguments]),
    ),
    min_size=3,
    max_size=30,
)


def act(world: World, name: str, argument: Any) -> None:
    match name:
        case "type":
            world.input_starts()
        case "rest":
            world.input_stops()
        case "nudge":
            world.input_for(argument)
        case "lock":
            world.lock()
            world.run_until(world.t + argument)
            world.unlock()
        case "sleep":
            world.sleep(argument)
            world.run_until(world.t + argument)
        case "hold" | "release":
            getattr(world, name)(argument)
        case "plan":
            now = world.now.wall
            world.read_calendar(tuple(Entry(now + a, now + b, f"{b:g}") for a, b in argument))
        case "tell":
            world.tell(argument)
        case "clock":
            world.step_wall(argument)


def told(script: list[Any], desk: Any, *, restarts: bool = False, **how: Any) -> list[Any]:
    """The log of that day, to the hundredth of a second."""
    world = World(desk, PlainAdviser(), moment(), **how)
    for delay, (name, argument) in script:
        world.run_until(world.t + delay)
        if restarts:
            world.restart()
        act(world, name, argument)
    world.run_until(world.t + 300.0)
    seen = sorted(world.log, key=lambda one: one.t)
    return [(round(one.t, 2), one.happening.event, one.happening.as_dict()) for one in seen]


@BOUNDED
@given(script=SCRIPTS, desk=st.sampled_from(DESKS))
def test_the_same_script_gives_the_same_day(script: list[Any], desk: Any) -> None:
    assert told(script, desk) == told(script, desk)


@BOUNDED
@given(script=SCRIPTS, desk=st.sampled_from(DESKS), every=st.sampled_from([1.0, 30.0]))
def test_asking_the_source_as_well_changes_nothing(
    script: list[Any], desk: Any, every: float
) -> None:
    assert told(script, desk, also_every=every) == told(script, desk)


@BOUNDED
@given(script=SCRIPTS, desk=st.sampled_from(DESKS))
def test_a_source_whose_clock_stops_in_sleep_gives_the_same_day(
    script: list[Any], desk: Any
) -> None:
    # Where the person had been idle for longer than the sleep took, its seconds remain unknown.
    long = [step for step in script if step[1][0] != "sleep" or step[1][1] > 100]
    assert told(long, desk, source_stops_in_sleep=True) == told(long, desk)


@BOUNDED
@given(script=SCRIPTS, desk=st.sampled_from(DESKS))
def test_save_and_restore_at_any_point_change_nothing(script: list[Any], desk: Any) -> None:
    calm = [step for step in script if step[1] not in NOT_OVER_A_RESTART]
    assert told(calm, desk, restarts=True) == told(calm, desk)
