"""Which idle source is used: the first of a list that works here, unless the person names one.

A new source is a line in SOURCES and a class with the methods of `chain.Source`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from deskbreak.adapters.idle.chain import CAPABILITY, NONE, Fallback, IdleChain, Option, Source
from deskbreak.ports import Capability, Send
from deskbreak.struct import Struct
from deskbreak.systems.linux.wayland import on_wayland, socket_path

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from deskbreak.systems.linux.dbus.bus import Bus

AUTO = "auto"

_CANNOT_TELL = "nothing on this desktop can tell yet whether you are there"
_UNTOLD = (
    "Breaks still come: unlocked time counts as sitting, and locking the screen as being away."
)
_XWAYLAND = "on Wayland an X server sees only what is typed into X windows"


class Desktop(Struct):
    """The environment of the session, and its buses, None for one that is not there."""

    environ: Mapping[str, str]
    session_bus: "Bus | None" = None
    system_bus: "Bus | None" = None


Factory = Callable[["AbstractEventLoop", Send, Desktop], Source]
"""Makes a source that is not started. Raises OSError or ImportError where it cannot be made."""


def _x11(name: str, loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.x11 import XScreenSaverIdle, XSyncIdle

    display = desktop.environ.get("DISPLAY", "")
    if not display:
        raise OSError("there is no X server here (DISPLAY is not set)")
    kind = XSyncIdle if name == XSyncIdle.name else XScreenSaverIdle
    return kind(loop, send, display)


def _wayland(name: str, loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.wayland import EXT_IDLE_NOTIFY, KDE_IDLE, WaylandIdle

    dialect = EXT_IDLE_NOTIFY if name == EXT_IDLE_NOTIFY.name else KDE_IDLE
    return WaylandIdle(loop, send, socket_path(desktop.environ), dialect)


def _mutter(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.mutter import MutterIdle

    return MutterIdle(loop, send, _there(desktop.session_bus, "session"))


def _screensaver(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.screensaver import ScreenSaverIdle

    return ScreenSaverIdle(loop, send, _there(desktop.session_bus, "session"))


def _logind(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> Source:
    from deskbreak.systems.linux.idle.loginhint import LoginHintIdle

    session = desktop.environ.get("XDG_SESSION_ID", "")
    return LoginHintIdle(loop, send, _there(desktop.system_bus, "system"), session)


def _there(bus: "Bus | None", which: str) -> "Bus":
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
    Candidate("xsync", partial(_x11, "xsync"), on_wayland=False),
    Candidate("xscreensaver", partial(_x11, "xscreensaver"), on_wayland=False),
    Candidate("ext-idle-notify", partial(_wayland, "ext-idle-notify"), on_wayland=True),
    Candidate("mutter", _mutter, on_wayland=True),
    Candidate("kde-idle", partial(_wayland, "kde-idle"), on_wayland=True),
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
    desktop, blind = Desktop(environ, session_bus, system_bus), on_wayland(environ)
    if wanted == AUTO:
        fitting = [source for source in sources if source.on_wayland or not blind]
    else:
        fitting = [source for source in sources if source.name == wanted]
    skipped = [source for source in sources if wanted == AUTO and source not in fitting]
    rows = tuple(Capability(CAPABILITY, source.name, False, _XWAYLAND) for source in skipped)
    turns = tuple(_turn(source, desktop, blind) for source in fitting)
    chain = IdleChain(loop, send, turns, Fallback(rows, _nothing(wanted)))
    chain.start()
    return chain


def _turn(source: Candidate, desktop: Desktop, blind: bool) -> Option:
    def make(loop: "AbstractEventLoop", send: Send) -> Source:
        return source.make(loop, send, desktop)

    remark = _XWAYLAND if blind and not source.on_wayland else ""
    return Option(source.name, make, source.patience_s, remark)


def _nothing(wanted: str) -> Capability:
    if wanted == NONE:
        why = "switched off in the settings (presence.source)"
    elif wanted != AUTO:
        why = f'"{wanted}", which presence.source names, does not work here'
    else:
        why = _CANNOT_TELL
    return Capability(CAPABILITY, None, False, why, _UNTOLD)
