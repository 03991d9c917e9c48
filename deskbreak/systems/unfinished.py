"""A system on which deskbreak cannot run yet: what is common to all, its clocks and its tray."""

import asyncio
import platform
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from deskbreak.adapters.clock import Counter, SystemClock
from deskbreak.adapters.filewatch import FileWatch, PolledFiles
from deskbreak.adapters.idle.chain import CAPABILITY, Fallback, IdleChain
from deskbreak.adapters.prompts.passive import PassivePrompts
from deskbreak.adapters.prompts.terminal import TerminalPrompts
from deskbreak.adapters.stream import Door
from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Prompts, Send, Tray
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct
from deskbreak.systems.system import Autostart, LastBanner, Launcher, NoTray, SessionKey

OpenTray = Callable[[asyncio.AbstractEventLoop, MenuSources], Tray]


class Unfinished:
    """A System without a folder of its own, or with one that is not full yet.

    `awake` stands still while the machine sleeps, `elapsed` does not; both count seconds.
    """

    def __init__(
        self,
        name: str,
        awake: Counter = time.monotonic,
        elapsed: Counter = time.monotonic,
        open_tray: OpenTray | None = None,
    ) -> None:
        self.name = name
        self.not_yet = f"deskbreak does not run on {name} yet; nothing was started or changed."
        self._counters = awake, elapsed
        self._open_tray = open_tray

    def clock(self) -> SystemClock:
        """Its three clocks."""
        return SystemClock(*self._counters)

    def machine(self) -> str:
        """The name in the network."""
        return platform.node()

    def boot(self) -> str:
        """Not known."""
        return ""

    def call_process(self, name: str) -> None:
        """Processes are listed under the name of their program."""

    def runs(self, pid: int, name: str) -> bool:  # noqa: ARG002 - the port
        """None does."""
        return False

    def lock(self, descriptor: int) -> None:  # noqa: ARG002 - the port
        """Raises OSError."""
        raise OSError(self.not_yet)

    def stop_on_signals(self, loop: asyncio.AbstractEventLoop, stop: Callable[[], Any]) -> None:
        """Ctrl-C is the one signal that there is everywhere."""
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(stop))

    def session_key(self) -> SessionKey:
        """Not known."""
        return ()

    def is_over(self, session: SessionKey) -> bool:  # noqa: ARG002 - the port
        """Not known."""
        return False

    def autostart(self, home: Path) -> Autostart:  # noqa: ARG002 - the port
        """Raises OSError."""
        raise OSError(self.not_yet)

    def launcher(self, home: Path) -> Launcher:  # noqa: ARG002 - the port
        """Raises OSError."""
        raise OSError(self.not_yet)

    def terminal(self) -> None:
        """Not known."""

    def door(self, loop: asyncio.AbstractEventLoop, address: Path) -> Door:  # noqa: ARG002 - the port
        """Raises OSError."""
        raise OSError(self.not_yet)

    def call(self, address: str | Path, patience_s: float = 0.0) -> socket.socket:  # noqa: ARG002 - the port
        """Nobody listens."""
        raise ConnectionRefusedError(self.not_yet)

    def listener(self, address: Path) -> None:
        """Nobody."""

    def display_answers(self, name: str) -> bool:  # noqa: ARG002 - the port
        """There is only the one."""
        return True

    def open(self, loop: asyncio.AbstractEventLoop, *, console: bool) -> "UnfinishedDesktop":
        """What is common to all systems."""
        return UnfinishedDesktop(loop, self.not_yet, self._open_tray, console=console)


class Silent(Struct):
    """A source that tells nothing; `what` names what it would tell of."""

    what: tuple[str, ...]
    why: str

    def start(self) -> None:
        """There is nothing to listen to."""

    def refresh(self) -> None:
        """No settings make a difference."""

    def glance(self, status: Status) -> None:
        """There is nothing to look at."""

    def capabilities(self) -> list[Capability]:
        """That there is nothing."""
        return [Capability(what, None, False, self.why) for what in self.what]

    def close(self) -> None:
        """There is nothing to stop."""


class UnfinishedDesktop:
    """A Desktop that hears nothing of the person, with notifications and perhaps a tray."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        why: str,
        open_tray: OpenTray | None,
        *,
        console: bool,
    ) -> None:
        self._loop, self._why, self._open_tray = loop, why, open_tray
        self.console = console

    def prompts(
        self,
        send: Send,
        leave: Callable[[], None],  # noqa: ARG002 - the port
        last: LastBanner | None,  # noqa: ARG002 - the port
        icon: str,  # noqa: ARG002 - the port
    ) -> Prompts:
        """Notifications without buttons, or text in the terminal."""
        terminal = TerminalPrompts(send, sys.stderr)
        return terminal if self.console else PassivePrompts(self._loop, terminal, trusted=True)

    def idle(self, send: Send, wanted: str) -> IdleChain:  # noqa: ARG002 - the port
        """Nothing tells of input."""
        chain = IdleChain(
            self._loop, send, (), Fallback((), Capability(CAPABILITY, None, False, self._why))
        )
        chain.start()
        return chain

    def session(self, send: Send) -> Silent:  # noqa: ARG002 - the port
        """Sleep is seen by the clocks."""
        return Silent(("sleep", "lock"), self._why)

    def holds(self, send: Send, settings: Callable[[], Settings]) -> Silent:  # noqa: ARG002 - the port
        """Nothing tells of reasons to wait."""
        return Silent(("holds",), self._why)

    def tray(self, sources: MenuSources, no_host: Callable[[str], None]) -> Tray:  # noqa: ARG002 - the port
        """The system's own, where there is one."""
        if self._open_tray is None:
            return NoTray(self._why)
        return self._open_tray(self._loop, sources)

    def watch_files(
        self, paths: Sequence[Path], changed: Callable[[], None], folders: Sequence[Path] = ()
    ) -> FileWatch:
        """By looking now and then."""
        return PolledFiles(self._loop, paths, changed, folders)

    def watch_session(self, runtime: Path, over: Callable[[], None]) -> Silent:  # noqa: ARG002 - the port
        """Nothing tells that it is over."""
        return Silent((), self._why)

    def start(self) -> None:
        """There is nothing to connect to."""

    async def answered(self) -> None:
        """Nobody has to be asked."""

    def close(self) -> None:
        """There is nothing to disconnect."""
