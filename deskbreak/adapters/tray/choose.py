"""Finds the tray that works here: tries, explains, and can be overruled."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Tray
from deskbreak.struct import Struct
from deskbreak.systems.linux.tray.advice import WITHOUT


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


Wanted = Literal["auto", "sni", "native", "none"]


def choose_tray(
    loop: asyncio.AbstractEventLoop,
    sources: MenuSources,
    no_host: Callable[[str], None],
    environ: Mapping[str, str],
    *,
    wanted: Wanted = "auto",
    platform: str = sys.platform,
) -> Tray:
    """The tray for this machine, already showing where it can.

    `no_host` is told once what to do if nobody shows icons; `environ` names the desktop. Never
    raises for what the machine lacks: then the tray shows nothing and its capabilities say why.
    """
    if wanted == "none":
        return NoTray("switched off")
    if wanted == "sni" or (wanted == "auto" and platform not in ("win32", "darwin")):
        return _sni(loop, sources, no_host, environ)
    if platform not in ("win32", "darwin"):
        return NoTray(f"there is no native tray for {platform}", "Leave the choice to deskbreak.")
    from deskbreak.adapters.tray.native import native_tray

    return native_tray(loop, sources, platform)


def _sni(
    loop: asyncio.AbstractEventLoop,
    sources: MenuSources,
    no_host: Callable[[str], None],
    environ: Mapping[str, str],
) -> Tray:
    from deskbreak.systems.linux.dbus.bus import Bus
    from deskbreak.systems.linux.tray.tray import SniTray

    if why := _no_bus(environ):
        return NoTray(why, f"Start deskbreak from a desktop. {WITHOUT}")
    return SniTray(loop, Bus(loop, "session"), sources, no_host, environ)


def _no_bus(environ: Mapping[str, str]) -> str:
    """Why there can be no session bus; empty where there may be one, now or soon."""
    if environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return ""
    runtime = environ.get("XDG_RUNTIME_DIR")
    if runtime and Path(runtime, "bus").exists():
        return ""
    return "no session bus: DBUS_SESSION_BUS_ADDRESS is not set and there is no bus of this login"
