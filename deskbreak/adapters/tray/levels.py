"""The part of the menu about how hard it may be: the next level, and a sore day (B26)."""

from collections.abc import Callable
from typing import Any

from deskbreak.adapters.tray.entries import entry
from deskbreak.adapters.tray.toolkit import Menu
from deskbreak.core.facts import Fact, LevelOfferAnswered, SoreDaySet
from deskbreak.core.status import Status
from deskbreak.settings.vocabulary import AREAS

_CAN_BE_SORE = tuple(area for area in AREAS if area not in ("eyes", "whole_body"))


def offer(status: Callable[[], Status], send: Callable[[Fact], None]) -> tuple[Any, Any]:
    """The answers to the level on offer; out of sight while none is."""

    def answer(text: str, *, yes: bool) -> Any:
        def say() -> None:
            level = status().level_offered
            if level is not None:
                send(LevelOfferAnswered(level, yes))

        return entry(text, say, visible=lambda _: status().level_offered is not None)

    return answer("Try the next level", yes=True), answer("Stay at this level", yes=False)


def sore_day(status: Callable[[], Status], send: Callable[[Fact], None]) -> Any:
    """A tick for the day, and one for each area."""

    def toggle(area: str) -> Callable[[], None]:
        def say() -> None:
            sore = status().sore or ()
            others = tuple(one for one in sore if one != area)
            send(SoreDaySet(True, others if area in sore else (*others, area)))

        return say

    def is_sore(area: str) -> Callable[[Any], bool]:
        return lambda _: area in (status().sore or ())

    return Menu(
        entry(
            "Keep it easy until midnight",
            lambda: send(SoreDaySet(status().sore is None)),
            checked=lambda _: status().sore is not None,
        ),
        Menu.SEPARATOR,
        *(
            entry(area.replace("_", " ").capitalize(), toggle(area), checked=is_sore(area))
            for area in _CAN_BE_SORE
        ),
    )
