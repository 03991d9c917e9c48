"""The descriptions of our two D-Bus objects: which properties, methods and signals they have."""

from dataclasses import dataclass, field

NOTIFIER_ITEM = "org.kde.StatusNotifierItem"
DBUSMENU = "com.canonical.dbusmenu"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"

_Signatures = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Interface:
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
