"""com.canonical.dbusmenu: shows a pystray menu to whoever draws it, and takes the clicks."""

from collections.abc import Callable
from typing import Any

from deskbreak.adapters.dbus.bus import Bus
from deskbreak.adapters.dbus.words import Body
from deskbreak.adapters.tray.introspection import DBUSMENU, menu_interface
from deskbreak.adapters.tray.published import Method, Properties, Published, refusal
from deskbreak.adapters.tray.snapshot import Change, Snapshot

MENU_PATH = "/StatusNotifierItem/Menu"


class DBusMenu:
    """`menu` gives the pystray.Menu to show, `clicked` hears which of its items was chosen.

    The menu is looked at again whenever somebody is about to open it, so its texts are always
    those of the moment and nothing has to tick in between.
    """

    __slots__ = ("_bus", "_clicked", "_menu", "_snapshot")

    def __init__(self, bus: Bus, menu: Callable[[], Any], clicked: Callable[[Any], None]) -> None:
        self._bus = bus
        self._menu = menu
        self._clicked = clicked
        self._snapshot = Snapshot()
        methods: dict[str, Method] = {
            "GetLayout": self._get_layout,
            "GetGroupProperties": self._get_group_properties,
            "GetProperty": self._get_property,
            "Event": self._event,
            "EventGroup": self._event_group,
            "AboutToShow": self._about_to_show,
            "AboutToShowGroup": self._about_to_show_group,
        }
        Published(menu_interface(), methods, _properties).serve(bus, MENU_PATH)

    def update(self) -> bool:
        """Look at the menu again and say on the bus what is different; whether the layout is."""
        change = self._snapshot.take(self._menu())
        self._tell(change)
        return change.layout

    def _tell(self, change: Change) -> None:
        if change.layout:
            self._emit("LayoutUpdated", "ui", (self._snapshot.revision, 0))
        elif change.updated or change.removed:
            body = (list(change.updated), list(change.removed))
            self._emit("ItemsPropertiesUpdated", "a(ia{sv})a(ias)", body)

    def _emit(self, member: str, signature: str, body: Body) -> None:
        self._bus.emit(MENU_PATH, DBUSMENU, member, signature, body)

    # ---------------------------------------------------------------------- looking

    def _get_layout(self, number: int, depth: int, names: list[str]) -> Body:
        layout = self._snapshot.layout(number, depth, names)
        if layout is None:
            raise _no_such(number)
        return self._snapshot.revision, layout

    def _get_group_properties(self, numbers: list[int], names: list[str]) -> Body:
        return (self._snapshot.properties(numbers, names),)

    def _get_property(self, number: int, name: str) -> Body:
        node = self._snapshot.node(number)
        if node is None:
            raise _no_such(number)
        if name not in node.properties:
            raise refusal("InvalidArgs", f"entry {number} has no {name}")
        return (node.properties[name],)

    def _about_to_show(self, number: int) -> Body:
        changed = self.update()
        if self._snapshot.node(number) is None:
            raise _no_such(number)
        return (changed,)

    def _about_to_show_group(self, numbers: list[int]) -> Body:
        changed = self.update()
        gone = [number for number in numbers if self._snapshot.node(number) is None]
        there = [number for number in numbers if number not in gone]
        return (there if changed else [], gone)

    # ---------------------------------------------------------------------- clicking

    def _event(self, number: int, event: str, _data: Any, _time: int) -> None:
        if not self._take(number, event):
            raise _no_such(number)

    def _event_group(self, events: list[tuple[int, str, Any, int]]) -> Body:
        return ([number for number, event, _, _ in events if not self._take(number, event)],)

    def _take(self, number: int, event: str) -> bool:
        node = self._snapshot.node(number)
        if node is None:
            return False
        item = node.item
        if event == "clicked" and item is not None and item.submenu is None and item.enabled:
            self._clicked(item)
        return True


def _properties() -> Properties:
    return {
        "Version": ("u", 3),
        "TextDirection": ("s", "ltr"),
        "Status": ("s", "normal"),
        "IconThemePath": ("as", []),
    }


def _no_such(number: int) -> Exception:
    return refusal("InvalidArgs", f"the menu has no entry {number} any more")
