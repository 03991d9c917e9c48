"""com.canonical.dbusmenu: shows a pystray menu to whoever draws it, and takes the clicks."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from deskbreak.adapters.tray.toolkit import Menu
from deskbreak.struct import Struct, field
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import Body
from deskbreak.systems.linux.tray.published import Method, Properties, Published, refusal
from deskbreak.text.display import one_line

MENU_PATH = "/StatusNotifierItem/Menu"
DBUSMENU = "com.canonical.dbusmenu"
_LONGEST = 120
_SIGNALS = {
    "ItemsPropertiesUpdated": ("a(ia{sv})", "a(ias)"),
    "LayoutUpdated": ("u", "i"),
    "ItemActivationRequested": ("i", "u"),
}
_PROPERTIES: Properties = {
    "Version": ("u", 3),
    "TextDirection": ("s", "ltr"),
    "Status": ("s", "normal"),
    "IconThemePath": ("as", []),
}
_ROOT: Properties = {"children-display": ("s", "submenu")}


class Node(Struct, frozen=False):
    """One entry of the snapshot: its properties, but for those that have their default value.

    `kind` is what must not change for its number to stay.
    """

    properties: Properties
    item: Any = None
    kind: tuple[object, ...] = ()
    children: list["Node"] = field(default_factory=list)
    number: int = 0

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Change(Struct):
    """What a new snapshot changed: the layout, or single properties (numbers with names)."""

    layout: bool = False
    updated: tuple[tuple[int, Properties], ...] = ()
    removed: tuple[tuple[int, list[str]], ...] = ()


class Snapshot:
    """The menu as last looked at. `revision` counts the layouts."""

    __slots__ = ("_nodes", "_numbers", "_root", "revision")

    def __init__(self) -> None:
        self.revision = 1
        self._numbers = itertools.count(1)
        self._root = Node(_ROOT)
        self._nodes: dict[int, Node] = {0: self._root}

    def take(self, menu: Any) -> Change:
        """Look at a pystray.Menu (or None for no menu) and say what is different now."""
        root = Node(_ROOT, children=[_node(item) for item in menu or ()])
        if _same_shape(root, self._root):
            for old, new in zip(self._root.walk(), root.walk(), strict=True):
                new.number = old.number
            change = _differences(self._root, root)
        else:
            for node in itertools.islice(root.walk(), 1, None):
                node.number = next(self._numbers)
            self.revision += 1
            change = Change(layout=True)
        self._root = root
        self._nodes = {node.number: node for node in root.walk()}
        return change

    def node(self, number: int) -> Node | None:
        """The node of that number, if the menu still has it."""
        return self._nodes.get(number)

    def layout(self, number: int, depth: int, names: list[str]) -> Any:
        """The tree below a node as `(ia{sv}av)`, all of it for depth -1; None if there is none."""
        node = self._nodes.get(number)
        return None if node is None else _tree(node, depth, names)

    def properties(self, numbers: list[int], names: list[str]) -> list[tuple[int, Properties]]:
        """The properties of these nodes (of all, if none is named) as `a(ia{sv})`."""
        wanted = numbers or list(self._nodes)
        return [
            (number, _only(self._nodes[number].properties, names))
            for number in wanted
            if number in self._nodes
        ]


def _node(item: Any) -> Node:
    if item is Menu.SEPARATOR:
        return Node({"type": ("s", "separator")}, kind=("separator",))
    properties: Properties = {"label": ("s", _label(str(item.text)))}
    checked = item.checked
    toggle = "" if checked is None else "radio" if item.radio else "checkmark"
    if not item.enabled:
        properties["enabled"] = ("b", False)
    if toggle:
        properties["toggle-type"] = ("s", toggle)
        properties["toggle-state"] = ("i", int(checked))
    # __name__ is the text of an entry that says the same for ever, else the name of what says it.
    node = Node(properties, item, (toggle, item.submenu is not None, item.__name__))
    if item.submenu is not None:
        properties["children-display"] = ("s", "submenu")
        node.children = [_node(below) for below in item.submenu]
    return node


def _label(text: str) -> str:
    """The text as a label: a single underscore would underline what follows it."""
    return one_line(text, _LONGEST).replace("_", "__")


def _same_shape(one: Node, other: Node) -> bool:
    return (
        one.kind == other.kind
        and len(one.children) == len(other.children)
        and all(map(_same_shape, one.children, other.children))
    )


def _differences(old_root: Node, new_root: Node) -> Change:
    updated, removed = [], []
    for old, new in zip(old_root.walk(), new_root.walk(), strict=True):
        was, now = old.properties, new.properties
        if changed := {name: value for name, value in now.items() if was.get(name) != value}:
            updated.append((new.number, changed))
        if gone := [name for name in was if name not in now]:
            removed.append((new.number, gone))
    return Change(updated=tuple(updated), removed=tuple(removed))


def _tree(node: Node, depth: int, names: list[str]) -> Any:
    children = []
    if depth != 0:
        children = [("(ia{sv}av)", _tree(child, depth - 1, names)) for child in node.children]
    return (node.number, _only(node.properties, names), children)


def _only(properties: Properties, names: list[str]) -> Properties:
    return {name: value for name, value in properties.items() if not names or name in names}


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
        methods = {
            "GetLayout": Method(self._get_layout, ("i", "i", "as"), ("u", "(ia{sv}av)")),
            "GetGroupProperties": Method(
                lambda numbers, names: (self._snapshot.properties(numbers, names),),
                ("ai", "as"),
                ("a(ia{sv})",),
            ),
            "GetProperty": Method(self._get_property, ("i", "s"), ("v",)),
            "Event": Method(self._event, ("i", "s", "v", "u")),
            "EventGroup": Method(self._event_group, ("a(isvu)",), ("ai",)),
            "AboutToShow": Method(self._about_to_show, ("i",), ("b",)),
            "AboutToShowGroup": Method(self._about_to_show_group, ("ai",), ("ai", "ai")),
        }
        Published(DBUSMENU, methods, lambda: _PROPERTIES, _SIGNALS).serve(bus, MENU_PATH)

    def update(self) -> bool:
        """Look at the menu again and say on the bus what is different; whether the layout is."""
        change = self._snapshot.take(self._menu())
        if change.layout:
            body: Body = (self._snapshot.revision, 0)
            self._bus.emit(MENU_PATH, DBUSMENU, "LayoutUpdated", "ui", body)
        elif change.updated or change.removed:
            body = (list(change.updated), list(change.removed))
            signature = "a(ia{sv})a(ias)"
            self._bus.emit(MENU_PATH, DBUSMENU, "ItemsPropertiesUpdated", signature, body)
        return change.layout

    # ---------------------------------------------------------------------- looking

    def _get_layout(self, number: int, depth: int, names: list[str]) -> Body:
        layout = self._snapshot.layout(number, depth, names)
        if layout is None:
            raise _no_such(number)
        return self._snapshot.revision, layout

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


def _no_such(number: int) -> Exception:
    return refusal("InvalidArgs", f"the menu has no entry {number} any more")
