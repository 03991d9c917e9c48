"""What tells of the person and their day: idle time, session, holds, the desk, the calendar."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from deskbreak.adapters.calendar.reader import CalendarReader
from deskbreak.adapters.clock import SystemClock
from deskbreak.adapters.desk import CommandSensor
from deskbreak.adapters.idle.chain import IdleChain
from deskbreak.app.troubles import Troubles
from deskbreak.core.events import Fact
from deskbreak.ports import Capability, Send
from deskbreak.settings.model import Settings
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.filewatch import watch_files
from deskbreak.systems.linux.holds.choose import choose_holds
from deskbreak.systems.linux.idle.choose import choose as choose_idle
from deskbreak.systems.linux.session.choose import choose_session

Part = TypeVar("Part")

_IDLE = "choosing the source of idle time"
_SESSION = "listening to the session"
_HOLDS = "looking for reasons to wait"
_DESK = "listening to the desk"
_CALENDAR = "reading the calendar"


class Sources:
    """All sources of facts about the world; nothing is heard before `start`.

    `reads_calendars` is off where somebody else reads them and waits for it (`tryout`). `troubles`
    keeps a source that breaks from taking the others along.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        settings: Callable[[], Settings],
        environ: Mapping[str, str],
        buses: tuple[Bus | None, Bus],
        *,
        reads_calendars: bool = True,
        troubles: Troubles | None = None,
    ) -> None:
        session_bus, self._system_bus = buses
        self._settings = settings
        self._troubles = troubles or Troubles()
        self._choose_idle: Callable[[str], IdleChain] = lambda wanted: choose_idle(
            loop, send, wanted, environ, session_bus=session_bus, system_bus=self._system_bus
        )
        self._idle_wanted = settings().presence.source
        self.idle = self._made(_IDLE, lambda: self._choose_idle(self._idle_wanted))
        self._session = self._made(
            _SESSION, lambda: choose_session(loop, send, self._system_bus, session_bus)
        )
        self._holds = self._made(
            _HOLDS,
            lambda: choose_holds(loop, send, settings, environ, session_bus, self._system_bus),
        )
        self._desk = self._made(
            _DESK, lambda: CommandSensor(loop, send, lambda: settings().standing.sensor)
        )
        self._calendar: CalendarReader | None = None
        if reads_calendars:
            self._calendar = self._made(
                _CALENDAR,
                lambda: CalendarReader(
                    loop, send, settings, SystemClock(), partial(watch_files, loop)
                ),
            )

    def _made(self, doing: str, make: Callable[[], Part]) -> Part | None:
        with self._troubles.during(doing):
            return make()
        return None

    def start(self) -> None:
        """Begin to listen; idle time is asked for by the daemon."""
        parts = (_SESSION, self._session), (_HOLDS, self._holds), (_DESK, self._desk)
        for doing, part in (*parts, (_CALENDAR, self._calendar)):
            with self._troubles.during(doing):
                if part is not None:
                    part.start()
        with self._troubles.during("reaching the system bus"):
            self._system_bus.start()

    def hear(self, fact: Fact) -> None:
        """Some of them mind what another tells: a machine that wakes up, a lock."""
        for part in (self.idle, self._calendar):
            with self._troubles.during("passing on what was sensed"):
                if part is not None:
                    part.hear(fact)

    def refresh(self) -> None:
        """The settings may have changed; `idle` may be another source afterwards."""
        with self._troubles.during(_IDLE):
            self._refresh_idle()
        for part in (self._holds, self._desk, self._calendar):
            with self._troubles.during("following your settings"):
                if part is not None:
                    part.refresh()

    def _refresh_idle(self) -> None:
        wanted = self._settings().presence.source
        if wanted != self._idle_wanted:
            self._idle_wanted = wanted
            if self.idle is not None:
                self.idle.close()
            self.idle = self._choose_idle(wanted)

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""
        parts = (self.idle, self._session, self._holds, self._desk, self._calendar)
        return [found for part in parts if part is not None for found in part.capabilities()]

    def close(self) -> None:
        """Stop listening, the last first."""
        for part in (self._calendar, self._desk, self._holds, self._session, self.idle):
            with self._troubles.during("closing what listens to this desktop"):
                if part is not None:
                    part.close()
