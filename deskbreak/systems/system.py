"""What the rest of deskbreak takes from the system that it runs on."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from deskbreak.adapters.filewatch import FileWatch
from deskbreak.adapters.idle.chain import IdleChain
from deskbreak.adapters.player.process_player import Terminal
from deskbreak.adapters.stream import Door
from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Clock, HoldSource, Prompts, Send, SessionEvents, Tray
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct

SessionKey = tuple[str, ...]
"""What names a session, its display first; empty texts for one that is tied to none."""


class LastBanner(Struct):
    """How the banner of an earlier run is remembered, so that it can be taken away (B15)."""

    left: tuple[str, int] | None
    remember: Callable[[tuple[str, int] | None], None]


class NoTray(Struct):
    """No icon, and why."""

    why: str
    advice: str = ""

    def show(self, status: Status) -> None:
        """Nothing to bring up to date."""

    def capabilities(self) -> list[Capability]:
        """The tray that is not there."""
        return [Capability("tray", None, False, self.why, self.advice)]

    def close(self) -> None:
        """Nothing to take away."""


class Autostart(Protocol):
    """The entry that starts deskbreak when the person logs in."""

    @property
    def path(self) -> Path:
        """The file that it is."""

    def is_on(self) -> bool:
        """Whether it is there and not switched off."""

    def switch_on(self) -> None:
        """Write it, for the deskbreak that is running now. Raises OSError."""

    def switch_off(self) -> None:
        """Remove it. Raises OSError."""


class Launcher(Protocol):
    """What the desktop knows the program by: its place in the menu, its icon, its manual."""

    @property
    def files(self) -> Sequence[Path]:
        """The files that it is, the entry of the menu first."""

    def put(self) -> None:
        """Write them, for the deskbreak that is running now. Raises OSError."""

    def take_away(self) -> None:
        """Remove them. Raises OSError."""


class SessionWatch(Protocol):
    """Notices that the session is over."""

    def glance(self, status: Status) -> None:
        """Look, unless that was not long ago."""

    def close(self) -> None:
        """Look no more."""


class Desktop(Protocol):
    """What a system offers to a loop; each part is made once, and nothing is heard before `start`.

    `console` says that all is shown and answered in this terminal.
    """

    console: bool

    def prompts(
        self, send: Send, leave: Callable[[], None], last: LastBanner | None, icon: str
    ) -> Prompts:
        """The best way to show prompts; in a terminal `leave` is called for the key that quits."""

    def idle(self, send: Send, wanted: str) -> IdleChain:
        """The idle source of that name in the settings, started."""

    def session(self, send: Send) -> SessionEvents:
        """What tells of sleep and locks."""

    def holds(self, send: Send, settings: Callable[[], Settings]) -> HoldSource:
        """What tells of reasons to wait."""

    def tray(self, sources: MenuSources, no_host: Callable[[str], None]) -> Tray:
        """The icon, already showing where it can; `no_host` hears once what would help."""

    def watch_files(
        self, paths: Sequence[Path], changed: Callable[[], None], folders: Sequence[Path] = ()
    ) -> FileWatch:
        """Watch files that may not exist yet, and what is in `folders`. Never raises."""

    def watch_session(self, runtime: Path, over: Callable[[], None]) -> SessionWatch:
        """Call `over` once the session is over, whose own folder `runtime` is."""

    def start(self) -> None:
        """Connect to whatever the parts listen to."""

    async def answered(self) -> None:
        """Return once those who show prompts have said what they can do."""

    def close(self) -> None:
        """Disconnect, after the parts were closed."""


class System(Protocol):
    """One operating system. `not_yet` is why deskbreak cannot run on it, "" where it can."""

    name: str
    not_yet: str

    def clock(self) -> Clock:
        """Its three clocks."""

    def machine(self) -> str:
        """A name for this machine that stays."""

    def boot(self) -> str:
        """A name for this run of the machine; "" where there is none."""

    def call_process(self, name: str) -> None:
        """Have this process listed under that name, where that can be."""

    def runs(self, pid: int, name: str) -> bool:
        """Whether there is such a process, listed under that name."""

    def lock(self, descriptor: int) -> None:
        """Lock an open file until it is closed, at once.

        Raises BlockingIOError where another process has it, or another OSError.
        """

    def stop_on_signals(self, loop: asyncio.AbstractEventLoop, stop: Callable[[], Any]) -> None:
        """Call `stop` where the system or the person wants this process to end."""

    def session_key(self) -> SessionKey:
        """The session that this process was started in."""

    def is_over(self, session: SessionKey) -> bool:
        """Whether that session, of any process, has ended."""

    def autostart(self, home: Path) -> Autostart:
        """Starting at login; `home` is where programs keep their settings."""

    def launcher(self, home: Path) -> Launcher:
        """The program in the menu; `home` is where programs keep their data."""

    def terminal(self) -> Terminal | None:
        """The terminal program to run a player in."""

    def door(self, loop: asyncio.AbstractEventLoop, address: Path) -> Door:
        """Where processes of this user can call, at that address."""

    def call(self, address: str | Path, patience_s: float = ...) -> socket.socket:
        """A connection to a process of this user, for who waits for answers. Raises OSError."""

    def listener(self, address: Path) -> int | None:
        """The process of this user that listens there; None if nobody does. Never waits."""

    def display_answers(self, name: str) -> bool:
        """Whether a window can be opened on the display of that kind, such as Qt names it.

        Raises OSError where the library for it is not there.
        """

    def open(self, loop: asyncio.AbstractEventLoop, *, console: bool) -> Desktop:
        """What it offers to this loop; with `console` all is to be shown in the terminal."""
