"""Weeks of routines, one every two hours on working days, with the real catalogue behind them."""

from collections.abc import Iterable
from typing import Any, Self

from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.content.model import Exercise
from deskbreak.core.effects import NoticeKind, ShowNotice
from deskbreak.settings.files import shipped
from tests.desk import Desk

ADVISER = CatalogueAdviser([shipped("microroutines")])
SHORT = ("breaks.walk_share=0", "breaks.sit_limit=30m", "routines.places=desk, standing, walk")


class Weeks(Desk):
    """A person who takes a routine `times` a day."""

    def __init__(self, *settings: str, times: int = 3, **how: Any) -> None:
        super().__init__(*SHORT, *settings, adviser=ADVISER, **how)
        self.times = times
        self.played: list[tuple[float, str]] = []

    def plays_for_days(self, days: int, feedback: str | None = "good") -> Self:
        """Some working days, each with so many routines, all judged alike."""
        for _ in range(days):
            for _ in range(self.times):
                self.plays_one(feedback)
            self.sleeps("21h" if self.times == 3 else "20h")
        return self

    def plays_one(self, feedback: str | None = "good", exercise: str | None = None) -> Self:
        """Sits until the prompt, plays what it suggests, and judges it."""
        self.works("40m").answers("stretch").waits("2m").plays()
        self.played.append((self.world.now.wall, self.last))
        if feedback is not None:
            self.judges(feedback, exercise)
        return self.works("5m")

    @property
    def last(self) -> str:
        """The id of the routine that was started last."""
        return self.world.engine.past.started[-1]

    @property
    def offers(self) -> list[int]:
        """The levels that were offered so far."""
        shown = [effect.notice for effect in self.effects(ShowNotice)]
        return [notice.level for notice in shown if notice.kind is NoticeKind.LEVEL_UP]


def exercises(routines: Iterable[str]) -> list[Exercise]:
    """All exercises of these routines."""
    known = ADVISER.catalogue.routines
    return [step.exercise for routine in routines for step in known[routine].steps]
