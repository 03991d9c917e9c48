"""Which idle source is used: the first of a list that works here, unless the person names one.

A new source is a line in SOURCES and a class with the methods of `keeper.Source`.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from deskbreak.adapters.idle.chain import CAPABILITY, NONE, Fallback, IdleChain, Option, Source
from deskbreak.ports import Capability, Send
from deskbreak.struct import Struct, field
from deskbreak.systems.linux.wayland import on_wayland, socket_path

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from deskbreak.systems.linux.dbus.bus import Bus
    from deskbreak.systems.linux.idle.wayland import Dialect

AUTO = "auto"

_CANNOT_TELL = "nothing on this desktop can tell yet whether you are there"
_UNTOLD = (
    "Breaks still come: unlocked time counts as sitting, and locking the screen as being away."
)
_XWAYLAND = "on Wayland an X server sees only what is typed into X windows"


class Desktop(Struct):
    """What the environment says of the desktop, and its buses, None for one that is not there."""

    wayland: bool
    display: str
    environ: Mapping[str, str] = field(default_factory=dict)
    session_bus: "Bus | None" = None
    system_bus: "Bus | None" = None

    @classmethod
    def of(
        cls,
        environ: Mapping[str, str],
        session_bus: "Bus | None" = None,
        system_bus: "Bus | None" = None,
    ) -> "Desktop":
        """Read it off the variables of the session."""
        display = environ.get("DISPLAY", "")
        return cls(on_wayland(environ), display, environ, session_bus, system_bus)


Factory = Callable[["AbstractEventLoop", Send, Desktop], Source]
"""Makes a source that is not started. Raises OSError or ImportError where it cannot be made."""


def _xsync(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.x11 import XSyncIdle

    return XSyncIdle(loop, send, _x_display(desktop))


def _xscreensaver(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.x11 import XScreenSaverIdle

    return XScreenSaverIdle(loop, send, _x_display(desktop))


def _ext_idle_notify(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.wayland import EXT_IDLE_NOTIFY

    return _wayland(loop, send, desktop, EXT_IDLE_NOTIFY)


def _kde_idle(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.wayland import KDE_IDLE

    return _wayland(loop, send, desktop, KDE_IDLE)


def _wayland(loop: "AbstractEventLoop", send: Send, desktop: Desktop, dialect: "Dialect") -> Source:
    from deskbreak.systems.linux.idle.wayland import WaylandIdle

    return WaylandIdle(loop, send, socket_path(desktop.environ), dialect)


def _mutter(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.mutter import MutterIdle

    return MutterIdle(loop, send, _bus(desktop.session_bus, "session"))


def _screensaver(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.screensaver import ScreenSaverIdle

    return ScreenSaverIdle(loop, send, _bus(desktop.session_bus, "session"))


def _logind(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.loginhint import LoginHintIdle

    session = desktop.environ.get("XDG_SESSION_ID", "")
    return LoginHintIdle(loop, send, _bus(desktop.system_bus, "system"), session)


def _x_display(desktop: Desktop) -> str:
    if not desktop.display:
        raise OSError("there is no X server here (DISPLAY is not set)")
    return desktop.display


def _bus(bus: "Bus | None", which: str) -> "Bus":
    if bus is None:
        raise OSError(f"there is no {which} bus")
    return bus


class Candidate(Struct):
    """A source that may be tried: its name in the settings, and where it tells the truth."""

    name: str
    make: Factory
    on_wayland: bool
    patience_s: float = 3.0


SOURCES = (
    Candidate("xsync", _xsync, on_wayland=False),
    Candidate("xscreensaver", _xscreensaver, on_wayland=False),
    Candidate("ext-idle-notify", _ext_idle_notify, on_wayland=True),
    Candidate("mutter", _mutter, on_wayland=True),
    Candidate("kde-idle", _kde_idle, on_wayland=True),
    # It takes a pause in the input to learn in which unit this one answers.
    Candidate("screensaver", _screensaver, on_wayland=True, patience_s=30.0),
    Candidate("logind", _logind, on_wayland=True),
)
"""In the order in which they are tried."""


def choose(
    loop: "AbstractEventLoop",
    send: Send,
    wanted: str,
    environ: Mapping[str, str],
    sources: tuple[Candidate, ...] = SOURCES,
    *,
    session_bus: "Bus | None" = None,
    system_bus: "Bus | None" = None,
) -> IdleChain:
    """The idle source of this desktop, started; it finds another by itself when it has to.

    `wanted` is `presence.source` of the settings: "auto", "none" or the name of a source, which is
    then taken at the person's word. `IdleSourceFound` or `IdleSourceLost` is posted, at once or
    when those who had to be asked first have answered. The buses may be down, or come up later.
    """
    desktop = Desktop.of(environ, session_bus, system_bus)
    fitting, skipped = _shortlist(wanted, desktop, sources)
    turns = tuple(_turn(candidate, desktop) for candidate in fitting)
    keeper = IdleChain(loop, send, turns, Fallback(skipped, _nothing(wanted)))
    keeper.start()
    return keeper


def _turn(candidate: Candidate, desktop: Desktop) -> Option:
    def make(loop: "AbstractEventLoop", send: Send) -> Source:
        return candidate.make(loop, send, desktop)

    blind = desktop.wayland and not candidate.on_wayland
    return Option(candidate.name, make, candidate.patience_s, _XWAYLAND if blind else "")


def _shortlist(
    wanted: str, desktop: Desktop, sources: tuple[Candidate, ...]
) -> tuple[list[Candidate], tuple[Capability, ...]]:
    """What to try, and why the rest is not tried."""
    if wanted != AUTO:
        return [candidate for candidate in sources if candidate.name == wanted], ()
    fitting = [candidate for candidate in sources if candidate.on_wayland or not desktop.wayland]
    skipped = [candidate for candidate in sources if candidate not in fitting]
    return fitting, tuple(Capability(CAPABILITY, c.name, False, _XWAYLAND) for c in skipped)


def _nothing(wanted: str) -> Capability:
    if wanted == NONE:
        why = "switched off in the settings (presence.source)"
    elif wanted != AUTO:
        why = f'"{wanted}", which presence.source names, does not work here'
    else:
        why = _CANNOT_TELL
    return Capability(CAPABILITY, None, False, why, _UNTOLD)
