"""A working year on the simulated desk: 250 days with idle, locks, sleeps, holds and snoozes.

`python -m benchmarks.working_year` prints how long it took. The aim is under two seconds.
"""

import time
from collections import Counter
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.core.facts import PlayerEnded, PromptAnswered
from deskbreak.core.moment import Moment
from deskbreak.core.words import Answer, HoldReason
from deskbreak.settings.model import Settings
from deskbreak.settings.shipped import shipped
from deskbreak.simulate.world import World

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_MONDAY = datetime(2026, 1, 5, 8, 30, tzinfo=BERLIN)
WORKING_DAYS = 250
ANSWERS = [Answer.WALK, Answer.STRETCH, Answer.SNOOZE, Answer.SKIP, Answer.DISMISS, None]


def working_year() -> Counter[str]:
    """Play it, and count what happened by name."""
    chance = Random(1)
    start = Moment(FIRST_MONDAY.timestamp(), 0.0, 0.0, BERLIN)
    world = World(Settings(), CatalogueAdviser([shipped("microroutines")]), start)
    for day in range(WORKING_DAYS):
        week, weekday = divmod(day, 5)
        begins = (week * 7 + weekday) * 86400.0
        _sleep_until(world, begins)
        _working_day(world, chance)
    return Counter(seen.happening.event for seen in world.log)


def _sleep_until(world: World, t: float) -> None:
    if t > world.t:
        world.sleep(t - world.t)
        world.run_until(t)


def _working_day(world: World, chance: Random) -> None:
    ends = world.t + 9 * 3600
    while world.t < ends:
        world.input_starts()
        world.run_until(world.t + chance.uniform(300, 2400))
        what = chance.random()
        if what < 0.35:
            _react(world, chance)
        elif what < 0.6:
            world.input_stops()
            world.run_until(world.t + chance.choice([40.0, 90.0, 300.0]))
        elif what < 0.75:
            world.lock()
            world.run_until(world.t + chance.uniform(30, 900))
            world.unlock()
        elif what < 0.9:
            world.hold(HoldReason.CALL)
            world.run_until(world.t + chance.uniform(600, 2400))
            world.release(HoldReason.CALL)
        else:
            world.sleep(chance.uniform(30, 600))
            world.run_until(world.t + 600)


def _react(world: World, chance: Random) -> None:
    answer = chance.choice(ANSWERS)
    if answer is None:
        return
    world.tell(PromptAnswered(answer))
    if answer is Answer.WALK:
        world.input_stops()
        world.run_until(world.t + 320)
    elif answer is Answer.STRETCH:
        world.run_until(world.t + 120)
        world.tell(PlayerEnded(world.run, 1.0, 6, 6))


def main() -> None:
    """Play the year and print how long it took."""
    began = time.perf_counter()
    happened = working_year()
    took = time.perf_counter() - began
    print(f"{WORKING_DAYS} working days in {took:.2f} s")
    print(", ".join(f"{count} {event}" for event, count in happened.most_common()))


if __name__ == "__main__":
    main()
