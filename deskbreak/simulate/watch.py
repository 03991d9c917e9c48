"""Looks on while a day is replayed and notes what each stretch of it was spent on.

The engine's ledger has the sums; this has the order, for a picture.
"""

from datetime import datetime

from deskbreak.core.enums import Activity, BreakKind, Posture, Presence, State
from deskbreak.core.moment import SAME, Moment
from deskbreak.core.schedule import office_hours
from deskbreak.core.status import Status
from deskbreak.simulate.world import World
from deskbreak.struct import Struct, field

_AT_DESK = frozenset({Activity.SITTING, Activity.STANDING, Activity.UNKNOWN})

_ABSENT = frozenset({Activity.AWAY, Activity.BREAK})

_ACTIVITY = {
    State.SITTING: Activity.SITTING,
    State.STANDING: Activity.STANDING,
    State.AWAY: Activity.AWAY,
    State.ASLEEP: Activity.ASLEEP,
    State.BREAK: Activity.BREAK,
    State.PAUSED: Activity.PAUSED,
    State.OFF: Activity.OFF_HOURS,
    State.UNKNOWN: Activity.UNKNOWN,
}


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

    @classmethod
    def of(cls, world: World) -> "Watch":
        """Begin to look on."""
        watch = cls()
        watch.look(world)
        return watch

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
        return _ACTIVITY[status.state]
    if not office_hours(world.engine.settings.schedule, world.now).inside:
        return Activity.OFF_HOURS
    if status.paused:
        return Activity.PAUSED
    if status.presence.state is Presence.UNKNOWN:
        return Activity.UNKNOWN
    return Activity.STANDING if status.posture is Posture.STANDING else Activity.SITTING
