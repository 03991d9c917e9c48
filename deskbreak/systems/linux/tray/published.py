"""An object on the bus with one interface of its own, its properties and its description."""

from collections.abc import Callable, Sequence
from typing import Any

from deskbreak.struct import Struct, field
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import DRIVER, PROPERTIES, Body, BusRefusal, is_u32

NOTIFIER_ITEM = "org.kde.StatusNotifierItem"
DBUSMENU = "com.canonical.dbusmenu"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"

_Signatures = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


class Interface(Struct):
    """An interface by name: methods map to what goes in and what comes out, one type each."""

    name: str
    methods: _Signatures
    properties: dict[str, str] = field(default_factory=dict)
    signals: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def xml(self) -> str:
        """The element of this interface."""
        lines = [f'<interface name="{self.name}">']
        for name, kind in self.properties.items():
            lines.append(f'<property name="{name}" type="{kind}" access="read"/>')
        for name, (ins, outs) in self.methods.items():
            arguments = _arguments(ins, "in") + _arguments(outs, "out")
            lines.append(f'<method name="{name}">{arguments}</method>')
        for name, types in self.signals.items():
            lines.append(f'<signal name="{name}">{_arguments(types)}</signal>')
        return "".join([*lines, "</interface>"])


def _arguments(types: tuple[str, ...], direction: str = "") -> str:
    way = f' direction="{direction}"' if direction else ""
    return "".join(f'<arg type="{kind}"{way}/>' for kind in types)


def item_interface() -> Interface:
    """The icon."""
    point = (("i", "i"), ())
    return Interface(
        NOTIFIER_ITEM,
        {
            "Activate": point,
            "SecondaryActivate": point,
            "ContextMenu": point,
            "Scroll": (("i", "s"), ()),
            "ProvideXdgActivationToken": (("s",), ()),
        },
        {
            "Category": "s", "Id": "s", "Title": "s", "Status": "s", "WindowId": "i",
            "IconName": "s", "IconThemePath": "s", "IconPixmap": "a(iiay)",
            "OverlayIconName": "s", "OverlayIconPixmap": "a(iiay)",
            "AttentionIconName": "s", "AttentionIconPixmap": "a(iiay)", "AttentionMovieName": "s",
            "ToolTip": "(sa(iiay)ss)", "ItemIsMenu": "b", "Menu": "o",
            "XAyatanaLabel": "s", "XAyatanaLabelGuide": "s",
        },
        {
            "NewTitle": (), "NewIcon": (), "NewAttentionIcon": (), "NewOverlayIcon": (),
            "NewToolTip": (), "NewStatus": ("s",), "XAyatanaNewLabel": ("s", "s"),
        },
    )  # fmt: skip


def menu_interface() -> Interface:
    """The menu."""
    return Interface(
        DBUSMENU,
        {
            "GetLayout": (("i", "i", "as"), ("u", "(ia{sv}av)")),
            "GetGroupProperties": (("ai", "as"), ("a(ia{sv})",)),
            "GetProperty": (("i", "s"), ("v",)),
            "Event": (("i", "s", "v", "u"), ()),
            "EventGroup": (("a(isvu)",), ("ai",)),
            "AboutToShow": (("i",), ("b",)),
            "AboutToShowGroup": (("ai",), ("ai", "ai")),
        },
        {"Version": "u", "TextDirection": "s", "Status": "s", "IconThemePath": "as"},
        {
            "ItemsPropertiesUpdated": ("a(ia{sv})", "a(ias)"),
            "LayoutUpdated": ("u", "i"),
            "ItemActivationRequested": ("i", "u"),
        },
    )


def node(interface: Interface | None, *children: str) -> str:
    """The description of an object that has this interface, and objects below it."""
    body = ""
    if interface is not None:
        properties = Interface(
            "org.freedesktop.DBus.Properties",
            {"Get": (("s", "s"), ("v",)), "GetAll": (("s",), ("a{sv}",))},
        )
        introspectable = Interface(INTROSPECTABLE, {"Introspect": ((), ("s",))})
        body = interface.xml() + properties.xml() + introspectable.xml()
    below = "".join(f'<node name="{name}"/>' for name in children)
    return f"<node>{body}{below}</node>"


Properties = dict[str, tuple[str, Any]]
Method = Callable[..., Body | None]


class Published:
    """Answers calls to one object: `methods` by name, `properties` worked out at every question."""

    __slots__ = ("_children", "_interface", "_methods", "_properties")

    def __init__(
        self,
        interface: Interface,
        methods: dict[str, Method],
        properties: Callable[[], Properties],
        *children: str,
    ) -> None:
        self._interface = interface
        self._methods = methods
        self._properties = properties
        self._children = children

    def serve(self, bus: Bus, path: str) -> None:
        """Answer under that path from now on."""
        bus.serve(path, self._interface.name, self._call)
        bus.serve(path, PROPERTIES, self._property_call)
        bus.serve(path, INTROSPECTABLE, self._introspection_call)

    def _call(self, member: str, body: Body, _sender: str) -> tuple[str, Body]:
        ins, outs = self._interface.methods.get(member, (None, ()))
        if ins is None:
            raise refusal("UnknownMethod", f"no method {member}")
        if not fits_all(ins, body):
            raise refusal("InvalidArgs", f"{member} takes {' '.join(ins) or 'nothing'}")
        return "".join(outs), self._methods[member](*body) or ()

    def _property_call(self, member: str, body: Body, _sender: str) -> tuple[str, Body]:
        if not body or body[0] not in (self._interface.name, ""):
            raise refusal("UnknownInterface", "no such interface here")
        if member == "GetAll":
            return "a{sv}", (self._properties(),)
        if member == "Get" and len(body) == 2 and isinstance(body[1], str):
            found = self._properties().get(body[1])
            if found is None:
                raise refusal("UnknownProperty", f"no property {body[1]}")
            return "v", (found,)
        raise refusal("PropertyReadOnly", "nothing can be set here")

    def _introspection_call(self, _member: str, _body: Body, _sender: str) -> tuple[str, Body]:
        return "s", (node(self._interface, *self._children),)


def fits(kind: str, value: object) -> bool:
    """Whether a value is one of that type, or can be said as one: callers differ in the numbers."""
    if kind[0] == "a":
        return isinstance(value, list) and all(fits(kind[1:], part) for part in value)
    if kind[0] == "(":
        parts = kind[1:-1]
        return (
            isinstance(value, tuple) and len(value) == len(parts) and all(map(fits, parts, value))
        )
    if kind == "u":
        return is_u32(value)
    if kind == "i":
        return isinstance(value, int) and -(1 << 31) <= value < 1 << 31
    return isinstance(value, tuple if kind == "v" else str)


def fits_all(kinds: Sequence[str], values: Body) -> bool:
    """Whether there are as many values as types, and each fits its own."""
    return len(values) == len(kinds) and all(map(fits, kinds, values))


def refusal(name: str, text: str) -> BusRefusal:
    """The error of that name in the bus's own words, ready to be raised."""
    return BusRefusal(f"{DRIVER}.Error.{name}", text)
