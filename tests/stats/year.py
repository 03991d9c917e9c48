"""A simulated year of somebody's working days, told to a real store as it comes to pass."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from tests.desk import BERLIN, Desk

FIRST = "2026-01-05T08:00:00"
_WORKING_DAYS = 5


class Person:
    """Works from nine to half past five, and answers prompts as people do; the seed decides."""

    def __init__(self, record: Any, seed: int = 7) -> None:
        self.desk = Desk("breaks.settle=0s", at=FIRST, zone=BERLIN)
        self.chance = random.Random(seed)
        self._record = record
        self._told = 0
        self.desk.world.input_stops()

    def lives(self, days: int) -> None:
        """So many days pass, weekends and changes of the clock included."""
        first = self.local.date()
        for number in range(days):
            day = first + timedelta(days=number)
            if day.weekday() < _WORKING_DAYS:
                self.works(day)
        self.until(first + timedelta(days=days), 12, 0)
        self.tell()

    @property
    def local(self) -> datetime:
        """The clock on the wall."""
        return self.desk.world.now.local

    def works(self, day: date) -> None:
        """One working day: morning, lunch, afternoon, home."""
        self.until(day, 9, self.chance.randrange(0, 30))
        self.desk.world.input_starts()
        self.at_desk(day, 12, 30)
        self.desk.leaves(self.chance.randrange(1200, 3600))
        self.at_desk(day, 17, self.chance.randrange(0, 60))
        self.desk.world.input_stops()
        if self.chance.random() < 0.3:
            self.desk.restarts(self.chance.randrange(1, 600))
        else:
            self.desk.world.lock()
            self.desk.waits(60)
            self.desk.world.unlock()
            self.desk.world.input_stops()
        self.tell()

    def at_desk(self, day: date, hour: int, minute: int) -> None:
        """Sits and stands until then, ten minutes at a time."""
        while self.local < self.clock(day, hour, minute):
            self.desk.waits(self.chance.choice((60, 300, 600)))
            if self.desk.status.prompt is not None:
                self.reacts()
            elif self.chance.random() < 0.05:
                self.desk.leaves(self.chance.randrange(30, 900))
            elif self.chance.random() < 0.03:
                self.desk.says(self.chance.choice(("standing", "sitting")))
            elif self.chance.random() < 0.02:
                self.desk.holds().waits(900).releases()

    def reacts(self) -> None:
        """To the prompt on the screen."""
        what = self.chance.random()
        if what < 0.4:
            self.desk.answers("walk").leaves(self.chance.randrange(240, 600))
        elif what < 0.75:
            self.desk.answers("stretch").rests(self.chance.randrange(80, 121))
            self.desk.plays(1.0 if self.chance.random() < 0.8 else 0.7, (3, 3))
            self.desk.world.input_starts()
        elif what < 0.85:
            self.desk.answers("snooze", "5m")
        elif what < 0.95:
            self.desk.answers("skip")
        else:
            self.desk.answers("dismiss")

    def until(self, day: date, hour: int, minute: int) -> None:
        """Nothing happens until then."""
        left = (self.clock(day, hour, minute) - self.local).total_seconds()
        wall = self.clock(day, hour, minute).timestamp() - self.desk.world.now.wall
        assert left > 0
        self.desk.waits(wall)

    def clock(self, day: date, hour: int, minute: int) -> datetime:
        """A reading of the clock on the wall."""
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)

    def tell(self) -> None:
        """Record what has come to pass since the last time, in its order."""
        for seen in self.desk.world.log[self._told :]:
            self._record(seen.happening, seen.at)
        self._told = len(self.desk.world.log)
