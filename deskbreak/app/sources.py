"""What tells of the person and their day: idle time, session, holds, the desk, the calendar."""

import asyncio
from collections.abc import Callable

from deskbreak.adapters.calendar.reader import CalendarReader
from deskbreak.adapters.desk import CommandSensor
from deskbreak.adapters.idle.chain import IdleChain
from deskbreak.app.troubles import Troubles
from deskbreak.core.events import Fact
from deskbreak.ports import Capability, Clock, DeskSensor, HoldSource, Send, SessionEvents
from deskbreak.settings.model import Settings
from deskbreak.systems.system import Desktop

_IDLE = "choosing the source of idle time"
_SESSION = "listening to the session"
_HOLDS = "looking for reasons to wait"
_DESK = "listening to the desk"
_CALENDAR = "reading the calendar"


class Sources:
    """All sources of facts about the world; nothing is heard before `start`.

    `reads_calendars` is off where somebody else reads them and waits for it (`doctor`). `troubles`
    keeps a source that breaks from taking the others along.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        desktop: Desktop,
        clock: Clock,
        send: Send,
        settings: Callable[[], Settings],
        troubles: Troubles,
        *,
        reads_calendars: bool = True,
    ) -> None:
        self._desktop, self._send, self._settings = desktop, send, settings
        self._troubles = troubles
        self.idle: IdleChain | None = None
        self._idle_wanted = ""
        self._session: SessionEvents | None = None
        self._calendar: CalendarReader | None = None
        self._following: dict[str, HoldSource | DeskSensor | CalendarReader] = {}
        with troubles.during(_IDLE):
            self._choose_idle()
        with troubles.during(_SESSION):
            self._session = desktop.session(send)
        with troubles.during(_HOLDS):
            self._following[_HOLDS] = desktop.holds(send, settings)
        with troubles.during(_DESK):
            desk = CommandSensor(loop, send, lambda: settings().standing.sensor)
            self._following[_DESK] = desk
        if reads_calendars:
            with troubles.during(_CALENDAR):
                self._calendar = CalendarReader(loop, send, settings, clock, desktop.watch_files)
                self._following[_CALENDAR] = self._calendar

    def start(self) -> None:
        """Begin to listen; idle time is asked for by the daemon."""
        if self._session is not None:
            with self._troubles.during(_SESSION):
                self._session.start()
        for doing, part in self._following.items():
            with self._troubles.during(doing):
                part.start()

    def hear(self, fact: Fact) -> None:
        """Some of them mind what another tells: a machine that wakes up, a lock."""
        for part in (self.idle, self._calendar):
            with self._troubles.during("passing on what was sensed"):
                if part is not None:
                    part.hear(fact)

    def refresh(self) -> None:
        """The settings may have changed; `idle` may be another source afterwards."""
        with self._troubles.during(_IDLE):
            if self._settings().presence.source != self._idle_wanted:
                self._choose_idle()
        for part in self._following.values():
            with self._troubles.during("following your settings"):
                part.refresh()

    def _choose_idle(self) -> None:
        self._idle_wanted = self._settings().presence.source
        if self.idle is not None:
            self.idle.close()
        self.idle = self._desktop.idle(self._send, self._idle_wanted)

    def capabilities(self) -> list[Capability]:
        """What works, for `doctor`."""
        parts = (self.idle, self._session, *self._following.values())
        return [found for part in parts if part is not None for found in part.capabilities()]

    def close(self) -> None:
        """Stop listening, the last first."""
        for part in (*reversed(self._following.values()), self._session, self.idle):
            with self._troubles.during("closing what listens to this desktop"):
                if part is not None:
                    part.close()
