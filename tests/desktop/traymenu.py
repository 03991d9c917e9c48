"""The tray menu on the panel: opened by mouse, walked by keyboard, each entry by its name."""

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any, NamedTuple

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desktop.person import Person
from tests.waiting import until

_WATCHER = "org.kde.StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"


class Menu(NamedTuple):
    """Where an open menu is on the screen."""

    x: int
    y: int
    height: int


def open_menu(person: Person) -> Menu:
    """Click the icon until its menu is there: a panel shows icons before their menus work."""

    def opens() -> Menu | None:
        person.here.click(985, 15, button=3)
        with suppress(AssertionError):
            found: Menu = until(lambda: menu(person), 1.0)
            return found
        return None

    found: Menu = until(opens, what="the menu opens")
    return found


def menu(person: Person) -> Menu | None:
    """Where the open menu is: the window that is high, but not as wide as the screen."""
    search = "xdotool search --onlyvisible --name '' getwindowgeometry --shell %@ || true"
    for window in person.here.run("sh", "-c", search).split("WINDOW=")[1:]:
        place = dict(line.split("=", 1) for line in window.split()[1:])
        if int(place["HEIGHT"]) > 200 and int(place["WIDTH"]) < 900:
            return Menu(int(place["X"]), int(place["Y"]), int(place["HEIGHT"]))
    return None


def chooses(person: Person, *labels: str) -> None:
    """Open the menu and choose the entry found by following the labels, with the keyboard."""
    stands_on(person, *labels)
    person.here.run("xdotool", "key", "Return")


def stands_on(person: Person, *labels: str) -> Menu:
    """Open the menu and go to that entry, without choosing it."""
    found = open_menu(person)
    keys: list[str] = []
    here = _tree(person)
    for depth, label in enumerate(labels):
        reached = [entry for entry in here if _can_be_reached(entry)]
        at = [entry["label"] for entry in reached].index(label)
        # A menu opens without a choice, and the first key down takes the first; a submenu has it.
        keys += ["Home", *["Down"] * at] if depth == 0 else ["Down"] * at
        if depth < len(labels) - 1:
            keys.append("Right")
        here = reached[at]["below"]
    person.here.run("xdotool", "key", "--delay", "100", *keys)
    return found


def _can_be_reached(entry: dict[str, Any]) -> bool:
    shown = entry.get("visible", True) and entry.get("enabled", True)
    return bool(shown and entry.get("type") != "separator")


def _tree(person: Person) -> list[dict[str, Any]]:
    """The entries of the menu, as the panel gets them."""
    with closing(open_dbus_connection(person.here.bus)) as bus:
        (item,) = _property(
            bus, _WATCHER, "/StatusNotifierWatcher", _WATCHER, "RegisteredStatusNotifierItems"
        )
        name, _, path = item.partition("/")
        place = _property(bus, name, f"/{path}", _ITEM, "Menu")
        call = new_method_call(DBusAddress(place, name, _MENU), "GetLayout", "iias", (0, -1, []))
        return list(_below(bus.send_and_get_reply(call).body[1]))


def _property(bus: DBusConnection, name: str, path: str, interface: str, what: str) -> Any:
    asked = Properties(DBusAddress(path, name, interface)).get(what)
    return bus.send_and_get_reply(asked).body[0][1]


def _below(node: Any) -> Iterator[dict[str, Any]]:
    for _signature, (_number, properties, below) in node[2]:
        plain = {name: value for name, (_signature, value) in properties.items()}
        yield plain | {"below": list(_below((0, {}, below)))}
