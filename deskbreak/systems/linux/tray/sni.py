"""pystray's Icon over D-Bus: a StatusNotifierItem with a com.canonical.dbusmenu menu.

Everything happens in the event loop, on a connection of its own; there are no threads. A click runs
the menu item's action at once, so an action may only post facts.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from deskbreak.adapters.timer import Timer
from deskbreak.adapters.tray.pixmap import Pixmaps, pixmaps
from deskbreak.adapters.tray.toolkit import BaseIcon
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import PROPERTIES, Address, Body, BusError, Signal, Wanted
from deskbreak.systems.linux.tray.dbusmenu import MENU_PATH, DBusMenu
from deskbreak.systems.linux.tray.published import (
    INTROSPECTABLE,
    Method,
    Properties,
    Published,
    node,
)
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
        self._timer = Timer(loop)

    def touch(self, name: str) -> None:
        """This has changed."""
        self._names.add(name)
        if not self._timer.is_set:
            self._timer.set(
                max(0.0, self._last + self._interval_s - self._loop.time()), self._let_out
            )

    def close(self) -> None:
        """Let nothing out any more."""
        self._timer.cancel()

    def _let_out(self) -> None:
        self._last = self._loop.time()
        names, self._names = self._names, set()
        self._flush(names)


WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
_ITSELF = Address(WATCHER, WATCHER_PATH, WATCHER)
_ITS_PROPERTIES = Address(WATCHER, WATCHER_PATH, PROPERTIES)
_ONCE_MORE_S = 5.0


class Watcher:
    """`owner` is the watcher's unique name or "", `has_host` whether somebody draws icons.

    `has_host` is None as long as that is not known; `on_host` hears when it changes. The icon is
    registered also while there is no host: bars claim the name before they are ready.
    """

    __slots__ = ("_bus", "_on_host", "_retry", "_stop", "has_host", "owner")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, bus: Bus, on_host: Callable[[bool], None]
    ) -> None:
        self.owner = ""
        self.has_host: bool | None = None
        self._bus = bus
        self._on_host = on_host
        self._retry = Timer(loop)
        self._stop: list[Callable[[], None]] = []

    def start(self) -> None:
        """Register with the watcher of now and with every later one."""
        watch = self._bus.watch(Wanted(WATCHER, sender=WATCHER, path=WATCHER_PATH), self._said)
        self._stop = [self._bus.owner_watch(WATCHER, self._changed), watch.close]

    def close(self) -> None:
        """Register no more."""
        self._retry.cancel()
        while self._stop:
            self._stop.pop()()

    def _changed(self, _old: str, new: str) -> None:
        self.owner = new
        self._retry.cancel()
        if new:
            self._register()
            self._ask()
        else:
            self._host_is(there=False)

    def _register(self) -> None:
        # The unique name: a well-known one loses a race in freshly started GNOME shells, and a
        # sandbox may not own one. This connection serves nothing but the icon.
        name = self._bus.unique_name
        if name is not None:
            self._bus.call(
                _ITSELF, "RegisterStatusNotifierItem", "s", (name,),
                timeout=10.0, on_error=self._not_registered,
            )  # fmt: skip

    def _not_registered(self, _error: BusError) -> None:
        if self.owner:
            self._retry.set(_ONCE_MORE_S, self._register)

    def _said(self, signal: Signal) -> None:
        if signal.member in ("StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"):
            self._ask()

    def _ask(self) -> None:
        self._bus.call(
            _ITS_PROPERTIES, "Get", "ss", (WATCHER, "IsStatusNotifierHostRegistered"),
            on_reply=self._answered, on_error=lambda _error: self._host_is(there=False),
        )  # fmt: skip

    def _answered(self, body: Body) -> None:
        self._host_is(there=bool(body[0][1]))

    def _host_is(self, *, there: bool) -> None:
        if there is not self.has_host:
            self.has_host = there
            self._on_host(there)


ITEM_PATH = "/StatusNotifierItem"
NOTIFIER_ITEM = "org.kde.StatusNotifierItem"
CHANGES_PER_S = 5.0
_POINT = ("i", "i")
_SIGNALS: dict[str, tuple[str, ...]] = {
    "NewTitle": (), "NewIcon": (), "NewAttentionIcon": (), "NewOverlayIcon": (),
    "NewToolTip": (), "NewStatus": ("s",), "XAyatanaNewLabel": ("s", "s"),
}  # fmt: skip


class Icon(BaseIcon):  # type: ignore[misc]  # pystray ships no types
    """A tray icon on every desktop that knows StatusNotifierItem.

    `icon` is the name of a drawing instead of an image, `watcher` tells who draws icons here, and
    `on_host` hears whether somebody does. Runs only with `run_detached`.
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
        self.watcher = Watcher(loop, bus, on_host)
        self._dbusmenu = DBusMenu(bus, lambda: self.menu, self._clicked)
        methods = {
            "Activate": Method(_nothing, _POINT),
            "ContextMenu": Method(_nothing, _POINT),
            "SecondaryActivate": Method(_nothing, _POINT),
            "Scroll": Method(_nothing, ("i", "s")),
            "ProvideXdgActivationToken": Method(_nothing, ("s",)),
        }
        item = Published(NOTIFIER_ITEM, methods, self._properties, _SIGNALS, ("Menu",))
        item.serve(bus, ITEM_PATH)
        bus.serve("/", INTROSPECTABLE, lambda *_: ("s", (node(children=(ITEM_PATH[1:],)),)))

    def __del__(self) -> None:
        """Nothing: the garbage collector has no business on the bus."""

    def mark(self, attention: bool, label: str) -> None:
        """Whether the host may draw the eye to it, and a word beside it; empty for none."""
        if attention != self._attention:
            self._attention = attention
            self._pace.touch("status")
        if label != self._label:
            self._label = label
            self._pace.touch("label")

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
        self.watcher.start()
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
            self.watcher.close()
            self._bus.close()

    # ---------------------------------------------------------------------- what pystray calls

    def _show(self) -> None:
        self._pace.touch("status")

    _hide = _show

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

    def _properties(self) -> Properties:
        icons: Pixmaps = pixmaps(self.icon) if self.icon else []
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
            "ItemIsMenu": ("b", True),  # a left click opens it, always
            "Menu": ("o", MENU_PATH),
            "XAyatanaLabel": ("s", self._label),
            "XAyatanaLabelGuide": ("s", self._label),
        }

    def _clicked(self, item: Any) -> None:
        try:
            item(self)
        finally:
            self.update_menu()


def _nothing(*_arguments: Any) -> None:
    """Asked for politely, not needed here."""
