"""Where a script is played: each event is done to the simulated desk when its time has come."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from deskbreak.core.enums import Answer, BreakKind, HoldReason, PauseKind, Posture
from deskbreak.core.events import (
    DoneSaid,
    PauseAsked,
    PlayerDied,
    PlayerEnded,
    PostureSensed,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    ResumeAsked,
    SensorLost,
    SettingsChanged,
    Ticked,
)
from deskbreak.core.holds import sound_alone
from deskbreak.core.moment import SAME
from deskbreak.simulate.scenario import Event
from deskbreak.simulate.world import World
from deskbreak.struct import Struct, field


class Done(Struct):
    """An event of the script, when it was done, and why the engine turned it down if it did.

    `before` is how much had happened by then.
    """

    t: float
    event: Event
    before: int
    refused: str | None = None


class Stage(Struct, frozen=False):
    """The desk and its player.

    A routine is played to its end by itself, unless the script is `told` to say how that one
    ends: by a `player` event before the next routine is chosen.
    """

    world: World
    done: list[Done] = field(default_factory=list)
    _told: bool = False
    _run: int = 0

    def rehearse(self, events: Iterable[Event]) -> None:
        """Put every event in its place in time."""
        told = False
        parts = []
        for event in reversed(list(events)):
            parts.append((event, told))
            if event.do == "player":
                told = True
            elif event.do == "answer" and event.values["with"] == Answer.STRETCH:
                told = False
        for event, is_told in reversed(parts):
            self.world.at(event.at, partial(self._do, event, is_told))

    def _do(self, event: Event, told: bool) -> None:
        if event.do == "answer":
            self._told = told
        t, before, refusals = self.world.t, len(self.world.log), len(self.world.refusals)
        _ACTS[event.do](self.world, event.values)
        refused = self.world.refusals[-1][1] if len(self.world.refusals) > refusals else None
        self.done.append(Done(t, event, before, refused))

    def look(self) -> None:
        """Set out to finish a routine that has just begun."""
        if self.world.run != self._run:
            self._run = self.world.run
            if not self._told:
                self._play_on(self._run)

    def _play_on(self, run: int) -> None:
        """Look again when the rest of the routine will have been played."""
        self.world.tell(Ticked())
        break_ = self.world.engine.status().break_
        if self._run != run or break_ is None or break_.kind is not BreakKind.STRETCH:
            return
        if break_.remaining_s > SAME:
            self.world.at(self.world.t + break_.remaining_s, lambda: self._play_on(run))
        else:
            self.world.tell(PlayerEnded(run, 1.0, 0, 0))


def _answer(world: World, values: Mapping[str, Any]) -> None:
    world.tell(PromptAnswered(Answer(values["with"]), None, values.get("for")))


def _calendar(world: World, values: Mapping[str, Any]) -> None:
    world.read_calendar(tuple(entry.on(world.now) for entry in values["entries"]))


def _hold(world: World, values: Mapping[str, Any]) -> None:
    reason, why = HoldReason(values["reason"]), values.get("why", "")
    if reason is not HoldReason.INHIBITOR or not sound_alone(why):
        world.hold(reason, why)


def _player(world: World, values: Mapping[str, Any]) -> None:
    """The script says how the routine ended; without a step at its end, or before any."""
    run, at_step, of = world.run, values.get("at_step", 0), values.get("of", 0)
    if values["result"] == "died":
        share = (at_step - 1) / of if of else 0.0
        world.tell(PlayerDied(run, "so the scenario says", share, at_step, of))
    else:
        share = at_step / of if of else 1.0
        world.tell(PlayerEnded(run, share, at_step, of))


def _pause(world: World, values: Mapping[str, Any]) -> None:
    until = values.get("until")
    if "for" in values:
        fact = PauseAsked(PauseKind.FOR, for_s=values["for"])
    elif until == "today":
        fact = PauseAsked(PauseKind.TODAY)
    elif until is not None:
        fact = PauseAsked(PauseKind.UNTIL, until=until)
    else:
        fact = PauseAsked(PauseKind.OPEN)
    world.tell(fact)


def _desk(world: World, values: Mapping[str, Any]) -> None:
    says = values["says"]
    world.tell(SensorLost() if says == "unknown" else PostureSensed(Posture(says)))


def _session(world: World, values: Mapping[str, Any]) -> None:
    if values["state"] == "behind":
        world.goes_behind()
    else:
        world.comes_in_front()


def _idle_source(world: World, values: Mapping[str, Any]) -> None:
    if values["state"] == "lost":
        world.lose_source()
    else:
        world.find_source()


_ACTS: Mapping[str, Callable[[World, Mapping[str, Any]], object]] = MappingProxyType(
    {
        "input_starts": lambda world, _: world.input_starts(),
        "input_stops": lambda world, _: world.input_stops(),
        "input": lambda world, values: world.input_for(values["for"]),
        "lock": lambda world, _: world.lock(),
        "unlock": lambda world, _: world.unlock(),
        "session": _session,
        "sleep": lambda world, values: world.sleep(values["for"]),
        "clock": lambda world, values: world.step_wall(values["by"]),
        "timezone": lambda world, values: world.move_to(values["to"]),
        "hold": _hold,
        "release": lambda world, values: world.release(HoldReason(values["reason"])),
        "calendar": _calendar,
        "answer": _answer,
        "player": _player,
        "done": lambda world, _: world.tell(DoneSaid()),
        "stand": lambda world, _: world.tell(PostureSet(Posture.STANDING)),
        "sit": lambda world, _: world.tell(PostureSet(Posture.SITTING)),
        "desk": _desk,
        "reading": lambda world, values: world.tell(ReadingSet(values["on"], values.get("for"))),
        "pause": _pause,
        "resume": lambda world, _: world.tell(ResumeAsked()),
        "restart": lambda world, values: world.go_down(values["down"]),
        "set": lambda world, values: world.tell(SettingsChanged(values["settings"])),
        "idle_source": _idle_source,
    }
)
"""What each `do` of `deeds.DEEDS` does."""
