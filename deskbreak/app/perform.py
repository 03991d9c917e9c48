"""Turns what the core wants done into calls of the ports. Nothing is decided here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from deskbreak.app.troubles import Troubles
from deskbreak.core.effects import (
    Effect,
    FindRoutine,
    Happened,
    SetLevel,
    ShowNotice,
    ShowPrompt,
    StartRoutine,
    StopRoutine,
    WithdrawNotice,
    WithdrawPrompt,
)
from deskbreak.core.happenings import Happening
from deskbreak.core.moment import Moment
from deskbreak.ports import History, Player, Prompts

_DOING: Mapping[type, str] = MappingProxyType(
    {
        ShowPrompt: "showing a prompt",
        WithdrawPrompt: "taking a prompt away",
        ShowNotice: "showing a notification",
        WithdrawNotice: "taking a notification away",
        StartRoutine: "opening the guide",
        FindRoutine: "looking for an open guide",
        StopRoutine: "closing the guide",
        SetLevel: "writing your level",
    }
)

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
    troubles: Troubles = field(default_factory=Troubles)

    def perform(self, effect: Effect) -> None:
        """Carry out one effect. Whatever a port raises, the bout goes on."""
        with self.troubles.during(_DOING.get(type(effect), "keeping the record")):
            self._perform(effect)

    def _perform(self, effect: Effect) -> None:
        """All but what is the daemon's own, to save and to refuse."""
        match effect:
            case ShowPrompt(prompt):
                self.prompts.show(prompt)
            case WithdrawPrompt(prompt_id):
                self.prompts.withdraw(prompt_id)
            case ShowNotice(notice):
                self.prompts.notice(notice)
            case WithdrawNotice(kind):
                self.prompts.withdraw_notice(kind)
            case FindRoutine(run, routine):
                self.player.find(run, routine)
            case StartRoutine(run, routine):
                self.player.start(run, routine)
            case StopRoutine(run):
                self.player.stop(run)
            case SetLevel(level):
                self.set_level(level)
            case Happened(happening, at):
                self._happened(happening, at)

    def _happened(self, happening: Happening, at: Moment) -> None:
        with self.troubles.during("keeping the record"):
            self.history.record(happening, at)
        for listener in self.listeners:
            with self.troubles.during("passing on what happened"):
                listener(happening, at)
