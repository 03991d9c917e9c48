"""An object on the bus with one interface of its own, its properties and its description."""

from collections.abc import Callable, Mapping
from typing import Any

from deskbreak.struct import Struct
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import DRIVER, PROPERTIES, Body, BusRefusal, is_u32

INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"

Properties = dict[str, tuple[str, Any]]
"""Names with a variant each."""


class Method(Struct):
    """What is called, and the types of what goes in and what comes out."""

    call: Callable[..., Body | None]
    ins: tuple[str, ...] = ()
    outs: tuple[str, ...] = ()


class Published:
    """Answers calls to one object: `methods` by name, `properties` worked out at every question.

    Its description names the `signals` too, and the objects below it (`children`).
    """

    __slots__ = ("_children", "_methods", "_name", "_properties", "_signals")

    def __init__(
        self,
        name: str,
        methods: Mapping[str, Method],
        properties: Callable[[], Properties],
        signals: Mapping[str, tuple[str, ...]],
        children: tuple[str, ...] = (),
    ) -> None:
        self._name = name
        self._methods = methods
        self._properties = properties
        self._signals = signals
        self._children = children

    def serve(self, bus: Bus, path: str) -> None:
        """Answer under that path from now on."""
        bus.serve(path, self._name, self._call)
        bus.serve(path, PROPERTIES, self._property_call)
        bus.serve(path, INTROSPECTABLE, lambda *_: ("s", (self._description(),)))

    def _call(self, member: str, body: Body, _sender: str) -> tuple[str, Body]:
        method = self._methods.get(member)
        if method is None:
            raise refusal("UnknownMethod", f"no method {member}")
        if len(body) != len(method.ins) or not all(map(_fits, method.ins, body)):
            raise refusal("InvalidArgs", f"{member} takes {' '.join(method.ins) or 'nothing'}")
        return "".join(method.outs), method.call(*body) or ()

    def _property_call(self, member: str, body: Body, _sender: str) -> tuple[str, Body]:
        if not body or body[0] not in (self._name, ""):
            raise refusal("UnknownInterface", "no such interface here")
        if member == "GetAll":
            return "a{sv}", (self._properties(),)
        if member == "Get" and len(body) == 2 and isinstance(body[1], str):
            found = self._properties().get(body[1])
            if found is None:
                raise refusal("UnknownProperty", f"no property {body[1]}")
            return "v", (found,)
        raise refusal("PropertyReadOnly", "nothing can be set here")

    def _description(self) -> str:
        parts = [f'<interface name="{self._name}">']
        for name, (kind, _value) in self._properties().items():
            parts.append(f'<property name="{name}" type="{kind}" access="read"/>')
        for name, method in self._methods.items():
            parts += [f'<method name="{name}">', *_arguments(method.ins, "in")]
            parts += [*_arguments(method.outs, "out"), "</method>"]
        for name, types in self._signals.items():
            parts += [f'<signal name="{name}">', *_arguments(types, "out"), "</signal>"]
        return node(*parts, "</interface>", _COMMON, children=self._children)


_COMMON = f"""\
<interface name="{PROPERTIES}"><method name="Get">\
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>\
</method><method name="GetAll"><arg type="s" direction="in"/><arg type="a{{sv}}" direction="out"/>\
</method></interface><interface name="{INTROSPECTABLE}"><method name="Introspect">\
<arg type="s" direction="out"/></method></interface>"""


def node(*parts: str, children: tuple[str, ...]) -> str:
    """The description of an object, with the names of those below it."""
    return "".join(["<node>", *parts, *(f'<node name="{name}"/>' for name in children), "</node>"])


def _arguments(types: tuple[str, ...], direction: str) -> list[str]:
    return [f'<arg type="{kind}" direction="{direction}"/>' for kind in types]


def _fits(kind: str, value: object) -> bool:
    """Whether a value is one of that type, or can be said as one: callers differ in the numbers."""
    if kind[0] == "a":
        return isinstance(value, list) and all(_fits(kind[1:], part) for part in value)
    if kind[0] == "(":
        parts = kind[1:-1]
        if not isinstance(value, tuple) or len(value) != len(parts):
            return False
        return all(map(_fits, parts, value))
    if kind == "u":
        return is_u32(value)
    if kind == "i":
        return isinstance(value, int) and -(1 << 31) <= value < 1 << 31
    return isinstance(value, tuple if kind == "v" else str)


def refusal(name: str, text: str) -> BusRefusal:
    """The error of that name in the bus's own words, ready to be raised."""
    return BusRefusal(f"{DRIVER}.Error.{name}", text)
