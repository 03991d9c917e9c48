"""Linux as the rest of deskbreak sees it; what needs a desktop is in `desktop.py`."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskbreak.adapters.clock import SystemClock
from deskbreak.systems.linux.session.tie import Tie
from deskbreak.systems.posix import process, sockets

if TYPE_CHECKING:
    import asyncio

    from deskbreak.adapters.player.process_player import Terminal
    from deskbreak.systems.linux.autostart import DesktopEntry
    from deskbreak.systems.linux.desktop import LinuxDesktop
    from deskbreak.systems.linux.launcher import Launched
    from deskbreak.systems.posix.door import SocketDoor
    from deskbreak.systems.system import SessionKey

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Linux:
    """The System of Linux. Commands ask it too, so what is large is only imported when used."""

    name = "Linux"
    not_yet = ""

    def clock(self) -> SystemClock:
        """CLOCK_BOOTTIME is the one that goes on while the machine sleeps."""
        return SystemClock(time.monotonic, partial(time.clock_gettime, time.CLOCK_BOOTTIME))

    def machine(self) -> str:
        """The machine id, or the name in the network where there is none."""
        return next(filter(None, map(_word, _MACHINE_IDS)), os.uname().nodename)

    def boot(self) -> str:
        """The kernel's id for it."""
        return _word(_BOOT_ID)

    def call_process(self, name: str) -> None:
        """As whoever looks at the processes would expect."""
        with contextlib.suppress(OSError):
            Path("/proc/self/comm").write_text(name)

    def runs(self, pid: int, name: str) -> bool:
        """Whether there is such a process, of that name."""
        return _word(Path(f"/proc/{pid}/comm")) == name

    def lock(self, descriptor: int) -> None:
        """Lock an open file at once. Raises BlockingIOError, or another OSError."""
        process.lock(descriptor)

    def stop_on_signals(self, loop: "asyncio.AbstractEventLoop", stop: Callable[[], Any]) -> None:
        """Call `stop` when a signal wants this process to end."""
        process.stop_on_signals(loop, stop)

    def session_key(self) -> "SessionKey":
        """Display and logind session, as the environment names them."""
        return Tie.of(os.environ).key

    def is_over(self, session: "SessionKey") -> bool:
        """Whether its display is gone, or logind has closed it."""
        return Tie.named(session).is_cut()

    def autostart(self, home: Path) -> "DesktopEntry":
        """The entry in the autostart folder of all desktops."""
        from deskbreak.systems.linux.autostart import DesktopEntry

        return DesktopEntry(home / "autostart" / "deskbreak.desktop")

    def launcher(self, home: Path) -> "Launched":
        """The entry in the menu of all desktops, with what belongs to it."""
        from deskbreak.systems.linux.launcher import Launched

        return Launched(home)

    def terminal(self) -> "Terminal | None":
        """The person's own, the desktop's own, or any."""
        from deskbreak.systems.linux.terminals import find_terminal

        return find_terminal(shutil.which, os.environ)

    def door(self, loop: "asyncio.AbstractEventLoop", address: Path) -> "SocketDoor":
        """A unix socket at that path."""
        from deskbreak.systems.posix.door import SocketDoor

        return SocketDoor(loop, address)

    call = staticmethod(sockets.call)
    listener = staticmethod(sockets.listener)

    def display_answers(self, name: str) -> bool:
        """Whether a window can be opened on the display of that kind. Raises OSError."""
        from deskbreak.systems.linux import displays

        return displays.answers(name)

    def open(self, loop: "asyncio.AbstractEventLoop", *, console: bool) -> "LinuxDesktop":
        """The desktop of the environment."""
        from deskbreak.systems.linux.desktop import LinuxDesktop

        return LinuxDesktop(loop, os.environ, console=console)


def _word(file: Path) -> str:
    """The one word in a file; "" where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
