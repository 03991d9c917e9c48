"""Turns what the core wants done into calls of the ports. Nothing is decided here."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from deskbreak.core.effects import (
    Effect,
    Happened,
    Refused,
    SaveState,
    SetLevel,
    ShowNotice,
    ShowPrompt,
    StartRoutine,
    StopRoutine,
    WithdrawPrompt,
)
from deskbreak.core.happenings import Happening
from deskbreak.core.moment import Moment
from deskbreak.ports import History, Player, Prompts

log = logging.getLogger(__name__)

Listener = Callable[[Happening, Moment], None]


@dataclass(slots=True)
class Performer:
    """The ports that effects go to. Listeners hear of everything that happened (hooks, sockets).

    `set_level` writes the level into the person's settings.
    """

    prompts: Prompts
    player: Player
    history: History
    listeners: list[Listener] = field(default_factory=list)
    set_level: Callable[[int], None] = lambda _level: None

    def perform(self, effect: Effect) -> None:
        """Carry out one effect. A port that breaks is logged and never stops the engine."""
        try:
            self._perform(effect)
        except Exception:  # the rim: whatever an adapter raises, the bout goes on
            log.exception("Could not carry out %s", type(effect).__name__)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case ShowPrompt(prompt):
                self.prompts.show(prompt)
            case WithdrawPrompt(prompt_id):
                self.prompts.withdraw(prompt_id)
            case ShowNotice(notice):
                self.prompts.notice(notice)
            case StartRoutine(run, routine):
                self.player.start(run, routine)
            case StopRoutine(run):
                self.player.stop(run)
            case SetLevel(level):
                self.set_level(level)
            case Happened(happening, at):
                self._happened(happening, at)
            case SaveState() | Refused():
                pass  # the daemon's own

    def _happened(self, happening: Happening, at: Moment) -> None:
        self.history.record(happening, at)
        for listener in self.listeners:
            listener(happening, at)
