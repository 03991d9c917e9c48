"""pystray's Icon over D-Bus: a StatusNotifierItem with a com.canonical.dbusmenu menu.

Everything happens in the event loop, on a connection of its own; there are no threads. A click runs
the menu item's action at once, so an action may only post facts.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from deskbreak.adapters.tray.pixmap import Pixmaps, pixmaps
from deskbreak.adapters.tray.toolkit import BaseIcon
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import Body
from deskbreak.systems.linux.tray.dbusmenu import MENU_PATH, DBusMenu
from deskbreak.systems.linux.tray.published import (
    INTROSPECTABLE,
    NOTIFIER_ITEM,
    Method,
    Properties,
    Published,
    item_interface,
    node,
)
from deskbreak.systems.linux.tray.watcher import Watcher
from deskbreak.text.display import lines, markup


class Pace:
    """At most one flush every `interval_s` seconds; in between the names are collected.

    The first touch after a quiet time flushes in the next turn of the loop, so several changes of
    one turn go together.
    """

    __slots__ = ("_flush", "_interval_s", "_last", "_loop", "_names", "_timer")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        interval_s: float,
        flush: Callable[[set[str]], None],
    ) -> None:
        self._loop = loop
        self._interval_s = interval_s
        self._flush = flush
        self._last = -interval_s
        self._names: set[str] = set()
        self._timer: asyncio.Handle | None = None

    def touch(self, name: str) -> None:
        """This has changed."""
        self._names.add(name)
        if self._timer is None:
            at = max(self._loop.time(), self._last + self._interval_s)
            self._timer = self._loop.call_at(at, self._let_out)

    def close(self) -> None:
        """Let nothing out any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _let_out(self) -> None:
        self._timer = None
        self._last = self._loop.time()
        names, self._names = self._names, set()
        self._flush(names)


ITEM_PATH = "/StatusNotifierItem"
CHANGES_PER_S = 5.0


class Icon(BaseIcon):  # type: ignore[misc]  # pystray ships no types
    """A tray icon on every desktop that knows StatusNotifierItem.

    `icon` is the name of a drawing instead of an image. Beyond pystray's attributes it has
    `attention` (the host may make itself noticed) and `label` (a word beside the icon, where hosts
    show one). `on_host` hears whether somebody draws icons. Runs only with `run_detached`.
    """

    HAS_NOTIFICATION = False

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        bus: Bus,
        name: str,
        icon: str,
        title: str,
        menu: Any,
        on_host: Callable[[bool], None],
    ) -> None:
        super().__init__(name, icon, title, menu)
        self._running = False
        self._attention = False
        self._label = ""
        self._bus = bus
        self._pace = Pace(loop, 1 / CHANGES_PER_S, self._flush)
        self._watcher = Watcher(loop, bus, on_host)
        self._dbusmenu = DBusMenu(bus, lambda: self.menu, self._clicked)
        methods: dict[str, Method] = {
            "Activate": self._activate,
            # A host that calls this does not know dbusmenu; the default is all it can offer.
            "ContextMenu": self._activate,
            "SecondaryActivate": _nothing,
            "Scroll": _nothing,
            "ProvideXdgActivationToken": _nothing,
        }
        Published(item_interface(), methods, self._properties, "Menu").serve(bus, ITEM_PATH)
        bus.serve("/", INTROSPECTABLE, lambda *_: ("s", (node(None, ITEM_PATH[1:]),)))

    def __del__(self) -> None:
        """Nothing: the garbage collector has no business on the bus."""

    # ---------------------------------------------------------------------- state

    @property
    def attention(self) -> bool:
        """Whether the host may draw the eye to the icon."""
        return self._attention

    @attention.setter
    def attention(self, value: bool) -> None:
        if value != self._attention:
            self._attention = value
            self._pace.touch("status")

    @property
    def label(self) -> str:
        """A word beside the icon; empty for none."""
        return self._label

    @label.setter
    def label(self, value: str) -> None:
        if value != self._label:
            self._label = value
            self._pace.touch("label")

    @property
    def watcher(self) -> Watcher:
        """Who draws icons here."""
        return self._watcher

    # ---------------------------------------------------------------------- life

    def run(self, setup: Callable[[Any], None] | None = None) -> None:  # noqa: ARG002 - pystray's
        """Not offered: the loop is not ours to run. Raises RuntimeError."""
        raise RuntimeError("this icon lives in the event loop of the program: use run_detached")

    def run_detached(self, setup: Callable[[Any], None] | None = None) -> None:
        """Connect and show the icon; returns at once, the event loop does the rest."""
        if self._running:
            return
        self._running = True
        self._dbusmenu.update()
        self._watcher.start()
        self._bus.start()
        if setup is None:
            self.visible = True
        else:
            setup(self)

    def stop(self) -> None:
        """Take the icon away: a host drops it when its connection is gone."""
        if self._running:
            self._running = False
            self._pace.close()
            self._watcher.close()
            self._bus.close()

    # ---------------------------------------------------------------------- what pystray calls

    def _show(self) -> None:
        self._pace.touch("status")

    def _hide(self) -> None:
        self._pace.touch("status")

    def _update_icon(self) -> None:
        self._icon_valid = True
        self._pace.touch("icon")

    def _update_title(self) -> None:
        self._pace.touch("title")

    def _update_menu(self) -> None:
        self._pace.touch("menu")

    # ---------------------------------------------------------------------- saying what is new

    def _flush(self, names: set[str]) -> None:
        if not self._running:
            return
        if "menu" in names:
            self._dbusmenu.update()
        if "icon" in names:
            self._emit("NewIcon")
        if "icon" in names or "status" in names:
            self._emit("NewAttentionIcon")
        if "status" in names:
            self._emit("NewStatus", "s", (self._status(),))
        if "title" in names:
            self._emit("NewToolTip")
        if "label" in names:
            self._emit("XAyatanaNewLabel", "ss", (self._label, self._label))

    def _emit(self, member: str, signature: str = "", body: Body = ()) -> None:
        self._bus.emit(ITEM_PATH, NOTIFIER_ITEM, member, signature, body)

    # ---------------------------------------------------------------------- answering

    def _status(self) -> str:
        if not self.visible:
            return "Passive"
        return "NeedsAttention" if self._attention else "Active"

    def _pixmaps(self) -> Pixmaps:
        return pixmaps(self.icon) if self.icon else []

    def _default(self) -> Any:
        for item in self.menu.items if self.menu else ():
            if item.default and item.enabled:
                return item
        return None

    def _properties(self) -> Properties:
        icons = self._pixmaps()
        tooltip = markup(lines(self.title))  # hosts read it so
        return {
            "Category": ("s", "ApplicationStatus"),
            "Id": ("s", self.name),
            "Title": ("s", self.name),
            "Status": ("s", self._status()),
            "WindowId": ("i", 0),
            "IconName": ("s", ""),
            "IconThemePath": ("s", ""),
            "IconPixmap": ("a(iiay)", icons),
            "OverlayIconName": ("s", ""),
            "OverlayIconPixmap": ("a(iiay)", []),
            "AttentionIconName": ("s", ""),
            "AttentionIconPixmap": ("a(iiay)", icons if self._attention else []),
            "AttentionMovieName": ("s", ""),
            "ToolTip": ("(sa(iiay)ss)", ("", [], self.name, tooltip)),
            # Without a default action a left click opens the menu.
            "ItemIsMenu": ("b", self._default() is None),
            "Menu": ("o", MENU_PATH),
            "XAyatanaLabel": ("s", self._label),
            "XAyatanaLabelGuide": ("s", self._label),
        }

    def _activate(self, _x: int, _y: int) -> None:
        if (item := self._default()) is not None:
            self._clicked(item)

    def _clicked(self, item: Any) -> None:
        try:
            item(self)
        finally:
            self.update_menu()


def _nothing(*_arguments: Any) -> None:
    """Asked for politely, not needed here."""
