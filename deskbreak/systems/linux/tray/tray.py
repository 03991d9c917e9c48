"""The Tray port on D-Bus."""

import asyncio
from collections.abc import Callable, Mapping

from deskbreak.adapters.timer import Timer
from deskbreak.adapters.tray.menu import MenuSources, build
from deskbreak.core.status import Status
from deskbreak.ports import Capability, Tray
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import has_bus
from deskbreak.systems.linux.tray.sni import Icon
from deskbreak.systems.system import NoTray
from deskbreak.text.tray import Face, face

WITHOUT = "Until then `deskbreak status`, `deskbreak break` and `deskbreak pause` do the same."

_DESKTOPS = (
    (
        ("gnome", "ubuntu"),
        "GNOME shows tray icons only with an extension: install and switch on"
        ' "AppIndicator and KStatusNotifierItem Support".',
    ),
    (("xfce",), 'Add "Status Tray Plugin" to the panel.'),
    (("kde", "plasma"), 'Add the "System Tray" widget to the panel.'),
    (("mate",), 'Add "Notification Area" to the panel.'),
    (("lxqt",), 'Add the "Status Notifier" plugin to the panel.'),
    (("cinnamon",), 'Add the "XApp Status" applet to the panel.'),
    (("budgie",), 'Add the "System Tray" applet to the panel.'),
    (("sway", "hyprland", "wlroots", "river", "niri"), 'Add the module "tray" to waybar.'),
)
_ANY = "Use a panel that shows StatusNotifierItem icons (for old trays there is snixembed)."


def desktop_name(environ: Mapping[str, str]) -> str:
    """What the desktop calls itself; empty if it does not say."""
    return environ.get("XDG_CURRENT_DESKTOP") or environ.get("XDG_SESSION_DESKTOP") or ""


def tray_advice(environ: Mapping[str, str]) -> str:
    """How to get tray icons on this desktop, in one sentence."""
    names = desktop_name(environ).casefold().replace(";", ":").split(":")
    for known, advice in _DESKTOPS:
        if any(name in known for name in names):
            return advice
    return _ANY


NAME = "deskbreak"
TEXT_EVERY_S = 60.0
PATIENCE_S = 20.0
_NO_BUS = "no session bus: DBUS_SESSION_BUS_ADDRESS is not set and there is no bus of this login"


class SniTray:
    """The icon as a StatusNotifierItem on the session bus.

    `no_host` hears once what to do, if nobody draws icons after `patience_s` seconds (bars start
    late). When a host comes later the icon appears by itself.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        bus: Bus,
        sources: MenuSources,
        no_host: Callable[[str], None],
        environ: Mapping[str, str],
        *,
        patience_s: float = PATIENCE_S,
        text_every_s: float = TEXT_EVERY_S,
    ) -> None:
        self._loop = loop
        self._bus = bus
        self._sources = sources
        self._no_host = no_host
        self._environ = environ
        self._text_every_s = text_every_s
        self._text_at = loop.time()
        self._later = Timer(loop)
        self._face = first = face(sources.status(), sources.shade())
        self._icon = Icon(loop, bus, NAME, first.picture, first.text, build(sources), self._host_is)
        self._dress(first)
        self._icon.run_detached()
        self._patience = loop.call_later(patience_s, self._still_no_host)

    def show(self, status: Status) -> None:
        """Bring icon, tooltip and menu up to date; says nothing on the bus if nothing changed."""
        new, old = face(status, self._sources.shade()), self._face
        self._dress(new)
        if new == old:
            return
        self._face = new
        if new.menu != old.menu:
            self._icon.update_menu()
        if new.text != self._icon.title:
            self._text_soon(at_once=new.topic != old.topic)

    def _dress(self, new: Face) -> None:
        if new.picture != self._icon.icon:
            self._icon.icon = new.picture
        self._icon.mark(new.attention, new.label if self._sources.countdown() else "")

    def _text_soon(self, *, at_once: bool) -> None:
        """Hand out the text now, or when the last one has stood for long enough."""
        if not at_once and self._loop.time() < self._text_at + self._text_every_s:
            if not self._later.is_set:
                self._later.set(self._text_at + self._text_every_s - self._loop.time(), self._text)
            return
        self._text()

    def _text(self) -> None:
        self._later.cancel()
        self._text_at = self._loop.time()
        self._icon.title = self._face.text

    # ---------------------------------------------------------------------- hosts

    def _host_is(self, there: bool) -> None:
        if there:
            self._patience.cancel()

    def _still_no_host(self) -> None:
        if not self._icon.watcher.has_host:
            self._no_host(f"No tray here shows icons. {tray_advice(self._environ)} {WITHOUT}")

    def capabilities(self) -> list[Capability]:
        """The tray, with what was found on the way: bus, watcher, host, desktop."""
        watcher = self._icon.watcher
        found = (
            f"bus {self._bus.unique_name}" if self._bus.up else f"no bus: {self._bus.why}",
            f"watcher {watcher.owner}" if watcher.owner else "no watcher",
            "host there" if watcher.has_host else "no host",
            f"desktop {desktop_name(self._environ) or 'not named'}",
        )
        works = bool(watcher.has_host)
        advice = "" if works else tray_advice(self._environ)
        return [Capability("tray", "StatusNotifierItem", works, ", ".join(found), advice)]

    def close(self) -> None:
        """Take the icon away."""
        self._patience.cancel()
        self._later.cancel()
        self._icon.stop()


def open_tray(
    loop: asyncio.AbstractEventLoop,
    sources: MenuSources,
    no_host: Callable[[str], None],
    environ: Mapping[str, str],
) -> Tray:
    """The icon on a connection of its own, already showing where it can; never raises.

    `no_host` is told once what to do if nobody shows icons; `environ` names the desktop.
    """
    if not has_bus(environ):
        return NoTray(_NO_BUS, f"Start deskbreak from a desktop. {WITHOUT}")
    return SniTray(loop, Bus(loop, "session"), sources, no_host, environ)
