"""What a desktop on Linux offers: its two buses, and the parts that listen to it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deskbreak.adapters.filewatch import FileWatch
from deskbreak.adapters.holds.probes import Holds
from deskbreak.adapters.idle.chain import IdleChain
from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.ports import Prompts, Send, Tray
from deskbreak.settings.model import Settings
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import has_bus
from deskbreak.systems.linux.filewatch import watch_files
from deskbreak.systems.linux.holds.choose import choose_holds
from deskbreak.systems.linux.idle.choose import choose as choose_idle
from deskbreak.systems.linux.notify.choose import choose_prompts
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts
from deskbreak.systems.linux.session.choose import DesktopSession
from deskbreak.systems.linux.session.tie import SessionEnd, Tie
from deskbreak.systems.linux.tray.tray import open_tray
from deskbreak.systems.system import LastBanner


class LinuxDesktop:
    """The Desktop of Linux; without a display and a session bus all is shown in the terminal."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, environ: Mapping[str, str], *, console: bool
    ) -> None:
        self._loop, self._environ = loop, environ
        self._tie = Tie() if console else Tie.of(environ)  # a terminal ends us by a signal
        display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
        self.console = console or not (display or has_bus(environ))
        self._session_bus: Bus | None = None
        if not self.console and has_bus(environ):
            self._session_bus = Bus(loop, "session")
        self._system_bus = Bus(loop, "system")
        self._prompts: Prompts | None = None

    def prompts(
        self, send: Send, leave: Callable[[], None], last: LastBanner | None, icon: str
    ) -> Prompts:
        """Notifications with buttons, plain ones, or the terminal."""
        self._prompts = choose_prompts(
            self._loop, send, self._session_bus,
            console=self.console, leave=leave, last=last, icon=icon,
        )  # fmt: skip
        return self._prompts

    def idle(self, send: Send, wanted: str) -> IdleChain:
        """The idle source of that name in the settings, started."""
        return choose_idle(
            self._loop, send, wanted, self._environ,
            session_bus=self._session_bus, system_bus=self._system_bus,
        )  # fmt: skip

    def session(self, send: Send) -> DesktopSession:
        """What tells of sleep and locks: logind, and the screen savers."""
        buses = self._system_bus, self._session_bus
        return DesktopSession(self._loop, send, *buses, self._environ)

    def holds(self, send: Send, settings: Callable[[], Settings]) -> Holds:
        """What tells of reasons to wait."""
        buses = self._session_bus, self._system_bus
        return choose_holds(self._loop, send, settings, self._environ, *buses)

    def tray(self, sources: MenuSources, no_host: Callable[[str], None]) -> Tray:
        """The icon, already showing where it can; `no_host` hears once what would help."""
        return open_tray(self._loop, sources, no_host, self._environ)

    def watch_files(
        self, paths: Sequence[Path], changed: Callable[[], None], folders: Sequence[Path] = ()
    ) -> FileWatch:
        """Watch files that may not exist yet, and what is in `folders`. Never raises."""
        return watch_files(self._loop, paths, changed, folders)

    def watch_session(self, runtime: Path, over: Callable[[], None]) -> SessionEnd:
        """Call `over` once the session is over, whose own folder `runtime` is."""
        return SessionEnd(self._loop, self._tie, runtime, over)

    def start(self) -> None:
        """Connect to the buses."""
        if self._session_bus is not None:
            self._session_bus.start()
        self._system_bus.start()

    async def answered(self) -> None:
        """Return once the notification server has said what it can do."""
        if isinstance(self._prompts, FreedesktopPrompts):
            await self._prompts.known()

    def close(self) -> None:
        """Leave the buses."""
        self._system_bus.close()
        if self._session_bus is not None:
            self._session_bus.close()
