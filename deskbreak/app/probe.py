"""Finds out what would work here, without counting anything: for `doctor` without a daemon."""

import asyncio
import os

from deskbreak.adapters.calendar.ask import look
from deskbreak.adapters.calendar.reader import AFTER_S, BEFORE_S
from deskbreak.adapters.clock import SystemClock
from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.adapters.waker import new_loop
from deskbreak.app import desktop
from deskbreak.app.adviser import CatalogueAdviser
from deskbreak.app.doctor import advised
from deskbreak.app.environment import Places
from deskbreak.app.programs import Told, choose_player, with_overlay
from deskbreak.app.settings_file import Tuning
from deskbreak.app.sources import Sources
from deskbreak.core.effects import NoticeKind
from deskbreak.core.engine import Engine
from deskbreak.core.events import Fact
from deskbreak.ports import Capability
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import has_bus
from deskbreak.systems.linux.notify.choose import choose_prompts
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts
from deskbreak.systems.linux.tray.tray import open_tray

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
    attempt = _Attempt(loop, places)
    try:
        loop.run_until_complete(attempt.settle(patience_s))
        return advised((*attempt.capabilities(), *attempt.calendar()), attempt.tuning)
    finally:
        attempt.close()
        loop.close()


class _Attempt:
    """The adapters of a house in which nobody lives: what they say is heard by nobody."""

    def __init__(self, loop: asyncio.AbstractEventLoop, places: Places) -> None:
        self.tuning = Tuning(places.config, places.site_configs)
        self.tuning.reload(_ignore)
        self._loop = loop
        adviser = CatalogueAdviser(())
        self._engine = Engine(self.tuning.settings, adviser, SystemClock().now())
        self._session_bus = Bus(loop, "session") if has_bus(os.environ) else None
        self._system_bus = Bus(loop, "system")
        buses = (self._session_bus, self._system_bus)
        self._senses = Sources(
            loop, _ignore, lambda: self.tuning.settings, os.environ, buses, reads_calendars=False
        )
        console = desktop.is_missing(os.environ)
        self._prompts = choose_prompts(loop, _ignore, self._session_bus, console=console)
        self._overlay = with_overlay(loop, _ignore, self._prompts, lambda: self.tuning.settings)
        told = Told(places, self.tuning, adviser, _Forgetful(), self._engine.status, tuple)
        self._player = choose_player(loop, _ignore, told, self._prompts)
        self._tray = open_tray(loop, self._sources(), _ignore, os.environ)
        self._senses.start()
        if self._session_bus is not None:
            self._session_bus.start()

    def _sources(self) -> MenuSources:
        return MenuSources(
            status=self._engine.status,
            send=_ignore,
            areas=tuple,
            snoozes=tuple,
            set_alternate=_ignore,
            open_window=_ignore,
            read=_ignore,
            quit=lambda: None,
        )

    def capabilities(self) -> list[Capability]:
        """What has been found by now."""
        parts = (self._senses, self._overlay, self._tray, self._player)
        return [found for part in parts for found in part.capabilities()]

    def calendar(self) -> list[Capability]:
        """What the calendar files are like, read now."""
        now = SystemClock().now().wall
        return look(self.tuning.settings, now - BEFORE_S, now + AFTER_S)

    async def settle(self, patience_s: float) -> None:
        """Wait until everybody has answered, and the answers change no more."""
        ends = self._loop.time() + patience_s
        if isinstance(self._prompts, FreedesktopPrompts):
            known = asyncio.ensure_future(self._prompts.known())
            await asyncio.wait([known], timeout=patience_s)
            known.cancel()
        seen, since = self.capabilities(), self._loop.time()
        while self._loop.time() < min(ends, since + _STEADY_S):
            await asyncio.sleep(_LOOK_EVERY_S)
            now = self.capabilities()
            if now != seen:
                seen, since = now, self._loop.time()

    def close(self) -> None:
        """Take everything down, the last first."""
        for part in (self._tray, self._player, self._overlay, self._senses):
            part.close()
        for bus in (self._session_bus, self._system_bus):
            if bus is not None:
                bus.close()


class _Forgetful:
    """Keeps nothing over a restart."""

    def noted(self, name: str) -> None:
        """Nothing was kept."""

    def note(self, name: str, value: object) -> None:
        """Keep nothing."""


def _ignore(_what: Fact | NoticeKind | str | bool) -> None:
    """Nobody wants to know."""
