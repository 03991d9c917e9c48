"""How long it takes to read and replay a working year: idle, locks, sleeps, holds and snoozes.

The aim is under two seconds for 250 days, by the clock of the processor: other programs that run
meanwhile are no fault of ours.
"""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.settings.files import shipped
from deskbreak.settings.values import Duration
from deskbreak.simulate.replay import replay
from deskbreak.simulate.scenario import scenario_of

DAY, WORK = 86_400, 9 * 3600

HEAD = """\
# {days} working days
start = 2026-01-05T08:30:00 # a Monday
timezone = "Europe/Berlin"
end = "{end}"
"""

ANSWERS = ("walk", "stretch", "snooze", "skip", "dismiss")


@dataclass(slots=True)
class Script:
    """The events of a scenario as they are written, `t` seconds after its start."""

    chance: Random
    t: int = 0
    events: list[str] = field(default_factory=list)

    def add(self, do: str, **keys: str) -> None:
        """Something is done now."""
        rest = "".join(f"{key.rstrip('_')} = {json.dumps(value)}\n" for key, value in keys.items())
        self.events.append(f'\n[[event]]\nat = "{Duration(self.t).text}"\ndo = "{do}"\n{rest}')

    def work(self) -> None:
        """A working day: stretches of typing, and what comes between them."""
        ends = self.t + WORK
        while self.t < ends:
            self.add("input_starts")
            self.t += self.chance.randint(300, 2400)
            self._between()

    def _between(self) -> None:
        what = self.chance.random()
        if what < 0.35:
            self._react()
        elif what < 0.6:
            self.add("input_stops")
            self.t += self.chance.choice((40, 90, 300))
        elif what < 0.75:
            self.add("lock")
            self.t += self.chance.randint(30, 900)
            self.add("unlock")
        elif what < 0.9:
            self.add("hold", reason="call")
            self.t += self.chance.randint(600, 2400)
            self.add("release", reason="call")
        else:
            self.add("sleep", for_=f"{self.chance.randint(30, 600)}s")
            self.t += 600

    def _react(self) -> None:
        answer = self.chance.choice((*ANSWERS, None))
        if answer is None:
            return
        self.add("answer", with_=answer)
        if answer == "walk":
            self.add("input_stops")
            self.t += 320
        elif answer == "stretch":
            self.t += 140

    def sleep_until(self, t: int) -> None:
        """The machine sleeps for the rest of the day, or over the weekend."""
        self.add("sleep", for_=f"{t - self.t}s")
        self.t = t


def year(days: int) -> str:
    """The scenario of so many working days, as the text of a file; always the same."""
    script = Script(Random(1))
    for day in range(days):
        week, weekday = divmod(day + 1, 5)
        script.work()
        script.sleep_until((week * 7 + weekday) * DAY)
    return HEAD.format(days=days, end=Duration(script.t).text) + "".join(script.events)


def measured(text: str, runs: int) -> dict[str, Any]:
    """Seconds for reading and for replaying, the median of some runs, and what happened."""
    read_s, replay_s, cpu_s, happened = [], [], [], Counter[str]()
    adviser = CatalogueAdviser([shipped("microroutines")])
    for _ in range(runs):
        begun, cpu = time.perf_counter(), time.process_time()
        scenario = scenario_of(text, "year.toml")
        between = time.perf_counter()
        happened = Counter(event["event"] for event in replay(scenario, adviser).happened)
        read_s.append(between - begun)
        replay_s.append(time.perf_counter() - between)
        cpu_s.append(time.process_time() - cpu)
    return {
        "events": text.count("[[event]]"),
        "read_s": round(statistics.median(read_s), 2),
        "replay_s": round(statistics.median(replay_s), 2),
        "cpu_s": round(statistics.median(cpu_s), 2),
        "happened": dict(happened.most_common()),
    }


def main() -> None:
    """Print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=250, help="working days [250]")
    parser.add_argument("--runs", type=int, default=3, help="the median of so many [3]")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    parser.add_argument("--write", action="store_true", help="print the scenario itself, and stop")
    options = parser.parse_args()
    text = year(options.days)
    if options.write:
        sys.stdout.write(text)
        return
    figures = {"days": options.days, **measured(text, options.runs)}
    if options.json:
        print(json.dumps(figures))
        return
    print(
        f"{options.days} working days, {figures['events']} events: read in {figures['read_s']} s, "
        f"replayed in {figures['replay_s']} s; {figures['cpu_s']} s of both on the processor"
    )
    print(", ".join(f"{count} {event}" for event, count in figures["happened"].items()))


if __name__ == "__main__":
    main()
