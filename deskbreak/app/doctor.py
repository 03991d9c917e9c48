"""What `doctor` says: every capability with the one thing to do where something is missing.

`try_out` finds out what would work without a daemon, and counts nothing.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from deskbreak.adapters.calendar.ask import look
from deskbreak.adapters.calendar.reader import AFTER_S, BEFORE_S
from deskbreak.adapters.programs import adding_qt, has_qt
from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.adapters.waker import new_loop
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.environment import Places
from deskbreak.app.programs import PlayerArguments, choose_player, with_overlay
from deskbreak.app.settings_file import Tuning
from deskbreak.app.sources import Sources
from deskbreak.app.troubles import Troubles
from deskbreak.core.engine import Engine
from deskbreak.ports import Capability
from deskbreak.settings.model import Settings
from deskbreak.struct import replace
from deskbreak.systems import here

_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "idle": "Nothing is lost: time at an unlocked screen counts as sitting.",
        "lock": "Nothing is lost: without input you count as away all the same.",
        "sleep": "Nothing is lost: the clocks show how long the machine slept.",
        "notifications": "Start the notification service of your desktop.",
        "actions": "Answer from the tray menu or with commands such as `deskbreak break`.",
        "terminal": "To have prompts there, start `deskbreak run` in a terminal.",
        "tray": "Until then `deskbreak status` and the other commands do the same.",
        "desk": "Until then your posture is what you say: `deskbreak stand`, `deskbreak sit`.",
        "player": "`deskbreak routines play ID` plays a routine in a terminal.",
        "settings": "`deskbreak config check` names the place.",
    }
)
"""What to do where the backend itself names nothing."""


def advised(capabilities: Iterable[Capability], tuning: Tuning) -> list[Capability]:
    """These and the settings, each that does not work with something to do about it."""
    from deskbreak.adapters.sound import speaker, voice  # only `doctor` asks

    why = f"the last good settings stay in force: {tuning.error}" if tuning.error else ""
    settings = Capability("settings", str(tuning.person), not why, why)
    advice = "" if has_qt() else f"Type {adding_qt()}, then start deskbreak again."
    windows = Capability("windows", "PySide6", has_qt(), advice and "not installed", advice)
    sounds = speaker.capability(), voice.capability()
    everything = (*capabilities, windows, *sounds, settings)
    return [_with_advice(found) for found in everything]


def _with_advice(found: Capability) -> Capability:
    if found.works or found.advice:
        return found
    if found.name == "tray" and found.why == "switched off":
        return replace(found, advice="Start `deskbreak run` without --no-tray and --console.")
    return replace(found, advice=_ADVICE.get(found.name, "`deskbreak doctor --json` says more."))


PATIENCE_S = 2.5
"""How long the desktop may take to answer: longer than a silent notification server is asked."""

_STEADY_S = 0.4
"""Answers that stand for so long are the last ones."""

_LOOK_EVERY_S = 0.05


def try_out(places: Places, patience_s: float = PATIENCE_S) -> list[Capability]:
    """What works on this desktop; makes no file and takes everything down again.

    Returns after `patience_s` seconds at most, and the time it takes to read calendar files.
    """
    loop = new_loop()
    try:
        return loop.run_until_complete(_try_out(loop, places, patience_s))
    finally:
        loop.close()


async def _try_out(
    loop: asyncio.AbstractEventLoop, places: Places, patience_s: float
) -> list[Capability]:
    """All parts of a deskbreak without its daemon: what they say is heard by nobody."""
    tuning, adviser, system = (
        Tuning(places.config, places.site_configs),
        CatalogueAdviser(()),
        here(),
    )
    tuning.reload(_ignore)
    clock, desktop = system.clock(), system.open(loop, console=False)
    status = Engine(tuning.settings, adviser, clock.now()).status

    def settings() -> Settings:
        return tuning.settings

    sources = Sources(loop, desktop, clock, _ignore, settings, Troubles(), reads_calendars=False)
    prompts = desktop.prompts(_ignore, lambda: None, None, "")
    menu = MenuSources(
        status=status,
        send=_ignore,
        areas=tuple,
        snoozes=tuple,
        set_at_login=_ignore,
        open_window=_ignore,
        read=_ignore,
        quit=_ignore,
    )
    arguments = PlayerArguments(places, tuning, adviser, _ignore, _ignore, status, tuple)
    parts = (
        sources,
        with_overlay(loop, _ignore, prompts, settings),
        desktop.tray(menu, _ignore),
        choose_player(loop, system, _ignore, arguments, prompts),
    )

    def found() -> list[Capability]:
        return [capability for part in parts for capability in part.capabilities()]

    try:
        sources.start()
        desktop.start()
        ends = loop.time() + patience_s
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(desktop.answered(), patience_s)
        seen, since = found(), loop.time()
        while loop.time() < min(ends, since + _STEADY_S):
            await asyncio.sleep(_LOOK_EVERY_S)
            if (now := found()) != seen:
                seen, since = now, loop.time()
        wall = clock.now().wall
        agenda = look(tuning.settings, wall - BEFORE_S, wall + AFTER_S)
        return advised((*seen, *agenda), tuning)
    finally:
        for part in reversed(parts):
            part.close()
        desktop.close()


def _ignore(*_what: Any) -> None:
    """Nobody wants to know."""
