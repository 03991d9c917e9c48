"""Which idle source is used: the first of a list that works here, unless the person names one.

A new source is a line in SOURCES and a class with the methods of `ports.IdleSource`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskbreak.core.facts import IdleSourceLost
from deskbreak.ports import Capability, IdleSource, Send

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

AUTO, NONE = "auto", "none"

_CAPABILITY = "idle"
_CANNOT_TELL = "nothing on this desktop can tell yet whether you are there"
_UNTOLD = (
    "Breaks still come: unlocked time counts as sitting, and locking the screen as being away."
)
_XWAYLAND = "on Wayland an X server sees only what is typed into X windows"


@dataclass(frozen=True, slots=True)
class Desktop:
    """What the environment says of the desktop."""

    wayland: bool
    display: str

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Desktop":
        """Read it off the variables of the session."""
        session = environ.get("XDG_SESSION_TYPE", "").lower()
        wayland = bool(environ.get("WAYLAND_DISPLAY")) or session == "wayland"
        return cls(wayland, environ.get("DISPLAY", ""))


Factory = Callable[["AbstractEventLoop", Send, Desktop], IdleSource]
"""Makes a source that is not started. Raises OSError or ImportError where it cannot be made."""


def _xsync(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> IdleSource:
    from deskbreak.adapters.idle.xsync import XSyncIdle

    return XSyncIdle(loop, send, _x_display(desktop))


def _xscreensaver(loop: "AbstractEventLoop", send: Send, desktop: Desktop) -> IdleSource:
    from deskbreak.adapters.idle.xscreensaver import XScreenSaverIdle

    return XScreenSaverIdle(loop, send, _x_display(desktop))


def _x_display(desktop: Desktop) -> str:
    if not desktop.display:
        raise OSError("there is no X server here (DISPLAY is not set)")
    return desktop.display


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may be tried: its name in the settings, and where it tells the truth."""

    name: str
    make: Factory
    on_wayland: bool


SOURCES = (
    Candidate("xsync", _xsync, on_wayland=False),
    Candidate("xscreensaver", _xscreensaver, on_wayland=False),
)
"""In the order in which they are tried."""


def choose(
    loop: "AbstractEventLoop",
    send: Send,
    wanted: str,
    environ: Mapping[str, str],
    sources: tuple[Candidate, ...] = SOURCES,
) -> tuple[IdleSource | None, list[Capability]]:
    """The started source, if any, and what `doctor` says of each that was looked at.

    `wanted` is `presence.source` of the settings: "auto", "none" or the name of a source, which is
    then taken at the person's word. A source posts `IdleSourceFound` itself; where there is none,
    `IdleSourceLost` is posted here.
    """
    desktop = Desktop.of(environ)
    candidates, reasons = _shortlist(wanted, desktop, sources)
    for candidate in candidates:
        try:
            source = candidate.make(loop, send, desktop)
            source.start()
        except (OSError, ImportError) as trouble:
            reasons.append(Capability(_CAPABILITY, candidate.name, False, str(trouble)))
        else:
            reasons.append(_found(candidate, desktop))
            return source, reasons
    reasons.append(_nothing(wanted))
    send(IdleSourceLost(_said(reasons)))
    return None, reasons


def _shortlist(
    wanted: str, desktop: Desktop, sources: tuple[Candidate, ...]
) -> tuple[list[Candidate], list[Capability]]:
    """What to try, and why the rest is not tried."""
    if wanted != AUTO:
        return [candidate for candidate in sources if candidate.name == wanted], []
    fitting = [candidate for candidate in sources if candidate.on_wayland or not desktop.wayland]
    skipped = [candidate for candidate in sources if candidate not in fitting]
    return fitting, [Capability(_CAPABILITY, c.name, False, _XWAYLAND) for c in skipped]


def _found(candidate: Candidate, desktop: Desktop) -> Capability:
    blind = desktop.wayland and not candidate.on_wayland
    return Capability(_CAPABILITY, candidate.name, True, _XWAYLAND if blind else "")


def _nothing(wanted: str) -> Capability:
    if wanted == NONE:
        why = "switched off in the settings (presence.source)"
    elif wanted != AUTO:
        why = f'"{wanted}", which presence.source names, does not work here'
    else:
        why = _CANNOT_TELL
    return Capability(_CAPABILITY, None, False, why, _UNTOLD)


def _said(reasons: list[Capability]) -> str:
    """The reasons in one sentence; those that several sources share once."""
    *tried, conclusion = dict.fromkeys(reason.why for reason in reasons)
    return f"{conclusion} ({'; '.join(tried)})" if tried else conclusion
