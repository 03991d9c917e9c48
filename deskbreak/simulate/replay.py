"""Replays a scenario: the real engine on a simulated desk, and what came of it.

Nothing here knows a clock or a chance: the same file gives the same day, to the byte.
"""

from bisect import bisect_left
from datetime import datetime
from typing import Any

from deskbreak.core.enums import Activity, BreakKind, Posture, Presence, State
from deskbreak.core.moment import SAME, Moment, local_datetime
from deskbreak.core.records import Snoozed
from deskbreak.core.schedule import office_hours
from deskbreak.core.state import Adviser
from deskbreak.core.status import Status
from deskbreak.simulate.scenario import Scenario
from deskbreak.simulate.stage import Done, Stage
from deskbreak.simulate.world import Seen, World
from deskbreak.struct import Struct, field, replace

_AT_DESK = frozenset({Activity.SITTING, Activity.STANDING, Activity.UNKNOWN})

_ABSENT = frozenset({Activity.AWAY, Activity.BREAK})


class Stretch(Struct, frozen=False):
    """From `begin` (seconds from the start) until the next one, spent on one thing."""

    begin: float
    activity: Activity


class Watch(Struct, frozen=False):
    """What the day was spent on, and how the clock on the wall went meanwhile."""

    stretches: list[Stretch] = field(default_factory=list)
    clocks: list[tuple[float, Moment]] = field(default_factory=list)
    _walk_began: float | None = None
    _at_desk_s: int = 0

    def look(self, world: World) -> None:
        """The engine has heard something: what is the time spent on from now?"""
        self._note_clock(world.t, world.now)
        if world.down:
            self._spend(world.t, Activity.NOT_RUNNING)
            return
        status = world.engine.status()
        activity = _activity(world, status)
        walking = status.break_ is not None and status.break_.kind is BreakKind.WALK
        if not walking:
            self._walk_began = None
        elif self._walk_began is None:
            self._walk_began = world.t
        idle_s = status.presence.idle_s or 0.0
        if idle_s > SAME and status.presence.state is Presence.AWAY:
            self._leave(world.t - idle_s, activity)
        at_desk_s = sum(status.today.ledger.get(part, 0) for part in _AT_DESK)
        if activity in _AT_DESK:
            self._return(world.t - max(0, at_desk_s - self._at_desk_s), activity)
        self._spend(world.t, activity)
        self._at_desk_s = at_desk_s

    def local(self, t: float) -> datetime:
        """What the clock on the wall showed so many seconds after the start."""
        since, moment = next((c for c in reversed(self.clocks) if c[0] <= t), self.clocks[0])
        return moment.before(since - t).local

    def _note_clock(self, t: float, now: Moment) -> None:
        if self.clocks:
            since, before = self.clocks[-1]
            runs_on = abs((now.wall - before.wall) - (t - since)) <= SAME
            if runs_on and now.zone == before.zone:
                return
        self.clocks.append((t, now))

    def _spend(self, t: float, activity: Activity) -> None:
        last = self.stretches[-1] if self.stretches else None
        if last is None or last.activity is not activity:
            if last is not None and last.begin >= t - SAME:
                self.stretches.pop()
                self._spend(t, activity)
            else:
                self.stretches.append(Stretch(t, activity))

    def _return(self, since: float, activity: Activity) -> None:
        """A return began with the burst of input that proved it (B5): so much the ledger moved."""
        if self.stretches and self.stretches[-1].activity in _ABSENT:
            while len(self.stretches) > 1 and self.stretches[-1].begin > since + SAME:
                self.stretches.pop()
            self._spend(since, activity)

    def _leave(self, since: float, activity: Activity) -> None:
        """An absence began at the last input (B3); from the choice of a walk on it was the walk."""
        begun = None
        while self.stretches and self.stretches[-1].activity in _AT_DESK:
            begun = max(self.stretches[-1].begin, since)
            if self.stretches[-1].begin < since - SAME:
                break
            self.stretches.pop()
        if begun is None:
            return
        walk = self._walk_began if activity is Activity.BREAK else None
        if walk is None or begun < walk:
            self._spend(begun, Activity.AWAY)
        if walk is not None:
            self._spend(max(walk, begun), Activity.BREAK)


def _activity(world: World, status: Status) -> Activity:
    """As the ledger has it: whoever has chosen a walk still sits until they leave."""
    walks = status.break_ is not None and status.break_.kind is BreakKind.WALK
    if status.state is not State.BREAK or not walks or status.presence.state is Presence.AWAY:
        return Activity.OFF_HOURS if status.state is State.OFF else Activity(status.state.value)
    if not office_hours(world.engine.settings.schedule, world.now).inside:
        return Activity.OFF_HOURS
    if status.paused:
        return Activity.PAUSED
    if status.presence.state is Presence.UNKNOWN:
        return Activity.UNKNOWN
    return Activity.STANDING if status.posture is Posture.STANDING else Activity.SITTING


Happened = dict[str, Any]
"""One thing that happened, by its public keys: what `simulate --json` prints a line of."""


class Replay(Struct):
    """A day that was replayed: what happened in order, and what the script did to make it happen.

    `before` of something done is the place in `happened` that it stands before. `watch` is None
    where nobody asked for a picture.
    """

    scenario: Scenario
    happened: tuple[Happened, ...]
    done: tuple[Done, ...] = ()
    watch: Watch | None = None


def replay(scenario: Scenario, adviser: Adviser, *, watch: bool = False) -> Replay:
    """Play a scenario to its end; `watch` keeps what a picture of it needs besides."""
    wall = local_datetime(scenario.start, scenario.zone).timestamp()
    world = World(scenario.settings, adviser, Moment(wall, 0.0, 0.0, scenario.zone))
    stage = Stage(world)
    watcher = Watch() if watch else None

    def onlooker(seen: World) -> None:
        stage.look()
        if watcher is not None:
            watcher.look(seen)

    onlooker(world)
    world.onlooker = onlooker
    stage.rehearse(scenario.events)
    world.run_until(scenario.end)
    world.come_up()
    order = sorted((seen.t, place) for place, seen in enumerate(world.log))
    happened = (*(_happened(world.log[place]) for _, place in order), _end(world))
    done = (replace(each, before=bisect_left(order, (each.t, each.before))) for each in stage.done)
    return Replay(scenario, happened, tuple(done), watcher)


def _happened(seen: Seen) -> Happened:
    said = seen.happening.as_dict()
    keys: Happened = {key: list(v) if isinstance(v, tuple) else v for key, v in said.items()}
    if isinstance(seen.happening, Snoozed):  # until when, on the clock that `t` is read from
        keys["until_s"] += _whole(seen.t)
    return {"t": _whole(seen.t), "wall": _wall(seen.at), "event": seen.happening.event, **keys}


def _end(world: World) -> Happened:
    status = world.engine.status()
    return {
        "t": _whole(world.t),
        "wall": _wall(world.now),
        "event": "end",
        "bout_s": _whole(status.bout.length_s),
        "state": status.state.value,
        "ledger": status.today.ledger,
    }


def _whole(seconds: float) -> int:
    return int(seconds + 0.5)


def _wall(at: Moment) -> str:
    return datetime.fromtimestamp(_whole(at.wall), at.zone).isoformat()
