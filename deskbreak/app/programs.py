"""How the player of a routine is started, and what it is told of the person."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from deskbreak.adapters.child import Child, Program
from deskbreak.adapters.player.process_player import (
    ProcessPlayer,
    in_terminal,
    in_this_terminal,
    in_window,
)
from deskbreak.adapters.programs import has_qt, needs_qt, python
from deskbreak.adapters.prompts.overlay import OverlayPrompts
from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.adapters.store.state import acknowledge, is_acknowledged
from deskbreak.adapters.stream import Door
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.daemon import Listener
from deskbreak.app.environment import Places
from deskbreak.app.settings_file import Tuning
from deskbreak.content.derive import find
from deskbreak.core.enums import WITH_OTHERS
from deskbreak.core.moment import Moment
from deskbreak.core.progress import Play
from deskbreak.core.records import Happening, HoldStarted
from deskbreak.core.status import Status
from deskbreak.ports import Player, Prompts, Send
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct
from deskbreak.systems.system import System

log = logging.getLogger(__name__)

WINDOW, TERMINAL = "deskbreak.windows.player", "deskbreak.windows.terminal"
OVERLAY = "deskbreak.windows.overlay"
_MODULES = {name: f"deskbreak.windows.{name}" for name in ("stats", "settings", "welcome")}

_EVERY_DAY = frozenset({"T8"})
"""Safety lines that are shown once a day; the others once for all."""


def appearance(settings: Settings, *, quiet: bool) -> list[str]:
    """How a player looks and sounds by these settings; `quiet` where others would hear it."""
    words = ["--theme", settings.ui.theme, "--text-scale", str(settings.ui.text_scale)]
    switches = {
        "--sound": settings.routines.sound,
        "--voice": settings.routines.voice,
        "--quiet": quiet,
        "--still": settings.ui.reduce_motion,
    }
    return [*words, *(word for word, on in switches.items() if on)]


class PlayerArguments(Struct):
    """What players are told: the settings, what was seen before, where own routines are.

    `noted` and `note` keep small values over a restart. `plays` are the earlier ones, of which some
    were too hard.
    """

    places: Places
    tuning: Tuning
    adviser: CatalogueAdviser
    noted: Callable[[str], Any]
    note: Callable[[str, Any], None]
    status: Callable[[], Status]
    plays: Callable[[], Sequence[Play]]
    speed: float = 1.0

    def acknowledged(self) -> None:
        """The notice was accepted; it is not shown again."""
        acknowledge(self.places.acknowledged)

    def command(self, module: str, routine: str) -> Sequence[str]:
        """The words that play a routine in that program."""
        now = self.status()
        # The state of an earlier version knew of the notice too.
        given = self.noted("acknowledged") or is_acknowledged(self.places.acknowledged)
        words = python(module, routine, "--content", str(self.places.microroutines))
        first = "right" if now.today.breaks % 2 else "left"  # the sides take turns at being first
        words += ["--speed", str(self.speed), "--first", first]
        quiet = any(hold.reason in WITH_OTHERS for hold in now.holds)
        words += appearance(self.tuning.settings, quiet=quiet)
        for note in self._seen(routine, f"{now.at:%Y-%m-%d}"):
            words += ["--seen", note]
        for exercise in self._easier(routine):
            words += ["--easier", exercise]
        return words if given else [*words, "--notice"]

    def _easier(self, routine: str) -> list[str]:
        """The exercises of the routine that were too hard twice (B26)."""
        found = find(self.adviser.catalogue, routine)
        steps = {step.exercise.id for step in found.steps} if found is not None else set()
        return sorted(self.adviser.eased(self.plays()) & steps)

    def _seen(self, routine: str, today: str) -> list[str]:
        """The safety lines of the routine that need not come again."""
        shown = self._shown()
        return [
            note
            for note in self._lines(routine)
            if note in shown and (note not in _EVERY_DAY or shown[note] == today)
        ]

    def painted(self) -> None:
        """A player is on the screen, and with it the safety lines of its routine."""
        now = self.status()
        if now.break_ is not None and now.break_.routine is not None:
            lines = dict.fromkeys(self._lines(now.break_.routine), f"{now.at:%Y-%m-%d}")
            self.note("shown", self._shown() | lines)

    def _shown(self) -> dict[str, str]:
        return dict(self.noted("shown") or {})

    def _lines(self, routine: str) -> Sequence[str]:
        found = self.adviser.catalogue.routines.get(routine)
        return found.notes if found is not None else ()


def hush_on_calls(player: Player) -> Listener:
    """Silence for a routine that is under way when a call begins."""

    def heard(happening: Happening, at: Moment) -> None:  # noqa: ARG001 - a listener's words
        if isinstance(happening, HoldStarted) and happening.reason in WITH_OTHERS:
            player.hush()

    return heard


def choose_player(
    loop: asyncio.AbstractEventLoop,
    system: System,
    send: Send,
    arguments: PlayerArguments,
    prompts: Prompts,
) -> Player:
    """The window where there is Qt, and behind it the terminal player in a terminal program.

    Where prompts come in this terminal, routines play there too. Sockets that a killed daemon left
    behind go; a player that called there calls again.
    """
    runtime = arguments.places.runtime
    for left in runtime.glob("player-*.sock"):
        left.unlink(missing_ok=True)

    def door(name: str) -> Door:
        return system.door(loop, runtime / f"{name}.sock")

    in_text = partial(arguments.command, TERMINAL)
    if isinstance(prompts, TerminalPrompts):
        ways = [in_this_terminal(in_text, prompts.lend, prompts.take_back)]
    else:
        windows = [in_window(partial(arguments.command, WINDOW))] if has_qt() else []
        ways = [*windows, in_terminal(in_text, system.terminal)]
    return ProcessPlayer(loop, send, ways, door, arguments.acknowledged)


def with_overlay(
    loop: asyncio.AbstractEventLoop, send: Send, prompts: Prompts, settings: Callable[[], Settings]
) -> Prompts:
    """These prompts with the overlay in front; a terminal has no screen to cover."""
    if isinstance(prompts, TerminalPrompts):
        return prompts

    def command() -> Sequence[str]:
        if not has_qt():
            raise OSError(needs_qt())
        ui = settings().ui
        return python(OVERLAY, "--theme", ui.theme, "--text-scale", str(ui.text_scale))

    return OverlayPrompts(
        loop, send, prompts, command, wanted=lambda: settings().breaks.escalate == "overlay"
    )


class Windows:
    """The windows that can be opened here; one of each at a time. `config` is the settings file."""

    def __init__(self, loop: asyncio.AbstractEventLoop, config: Path) -> None:
        self._loop = loop
        self._words = dict.fromkeys(("settings", "welcome"), ("--config", str(config)))
        self._open: dict[str, Child] = {}

    def available(self) -> frozenset[str]:
        """The names of the windows; none where there is no Qt."""
        return frozenset(_MODULES) if has_qt() else frozenset()

    def open(self, name: str) -> None:
        """Open that window; a second one of its kind is not opened."""
        if name in self._open:
            return
        words = python(_MODULES[name], *self._words.get(name, ()))
        try:
            self._open[name] = Child(
                self._loop, Program(words), lambda code: self._gone(name, code)
            )
        except OSError as error:
            log.warning("The window %s could not be opened: %s", name, error)

    def _gone(self, name: str, code: int) -> None:
        del self._open[name]
        if code:
            log.warning("The window %s could not be shown (exit code %s).", name, code)
