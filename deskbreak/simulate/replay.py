"""Replays a scenario: the real engine on a simulated desk, and what came of it.

Nothing here knows a clock or a chance: the same file gives the same day, to the byte.
"""

from bisect import bisect_left
from datetime import datetime
from typing import Any

from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.records import Snoozed
from deskbreak.core.state import Adviser
from deskbreak.simulate.scenario import Scenario
from deskbreak.simulate.stage import Done, Stage
from deskbreak.simulate.watch import Watch
from deskbreak.simulate.world import Seen, World
from deskbreak.struct import Struct, replace

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
    world = World(scenario.settings, adviser, _begin(scenario))
    stage = Stage(world)
    watcher = Watch.of(world) if watch else None

    def onlooker(seen: World) -> None:
        stage.look()
        if watcher is not None:
            watcher.look(seen)

    world.onlooker = onlooker
    stage.rehearse(scenario.events)
    world.run_until(scenario.end)
    world.come_up()
    order = sorted((seen.t, place) for place, seen in enumerate(world.log))
    happened = (*(_happened(world.log[place]) for _, place in order), _end(world))
    done = (replace(each, before=bisect_left(order, (each.t, each.before))) for each in stage.done)
    return Replay(scenario, happened, tuple(done), watcher)


def _begin(scenario: Scenario) -> Moment:
    wall = local_datetime(scenario.start, scenario.zone).timestamp()
    return Moment(wall, 0.0, 0.0, scenario.zone)


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
