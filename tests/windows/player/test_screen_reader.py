"""What a screen reader hears and finds on the accessibility bus, as Orca does there."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

from tests.servers import desktop, program, require, running, wait_for_name

_EVENT, _REGISTRY = "org.a11y.atspi.Event.Object", "org.a11y.atspi.Registry"
_ACCESSIBLE, _PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
_LABEL, _BUTTON, _CHECK_BOX, _PROGRESS_BAR = 29, 43, 7, 42  # numbers of AtspiRole


@contextmanager
def accessibility_bus(env: Mapping[str, str]) -> Iterator[DBusConnection]:
    """The bus that screen readers listen on, with somebody who wants to hear announcements."""
    require("at-spi-bus-launcher")
    launcher = program("at-spi-bus-launcher")
    assert launcher is not None
    session = env["DBUS_SESSION_BUS_ADDRESS"]
    with running([launcher, "--launch-immediately", "--a11y=1"], env) as process:
        wait_for_name(session, "org.a11y.Bus", process)
        with open_dbus_connection(session) as bus:
            asked = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = call(bus, asked, "GetAddress")[0]
        with open_dbus_connection(address) as bus:
            match = MatchRule(type="signal", interface=_EVENT, member="Announcement")
            Proxy(message_bus, bus).AddMatch(match)
            registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
            call(bus, registry, "RegisterEvent", "s", ("object:announcement",))
            yield bus


def call(
    bus: DBusConnection, to: DBusAddress, method: str, signature: str = "", body: Any = ()
) -> Any:
    reply = bus.send_and_get_reply(new_method_call(to, method, signature or None, body), timeout=60)
    assert reply.header.message_type is MessageType.method_return, reply.body
    return reply.body


def heard(bus: DBusConnection) -> Message:
    """The next announcement."""
    end = time.monotonic() + 10
    while True:
        message = bus.receive(timeout=end - time.monotonic())
        if message.header.message_type is MessageType.signal and len(message.body) == 5:
            return message


def below(bus: DBusConnection, player: str, path: str) -> Iterator[tuple[str, int]]:
    """The name and role of everything in a window."""
    one = DBusAddress(path, player, _ACCESSIBLE)
    name = call(bus, DBusAddress(path, player, _PROPERTIES), "Get", "ss", (_ACCESSIBLE, "Name"))
    yield name[0][1], call(bus, one, "GetRole")[0]
    for _, child in call(bus, one, "GetChildren")[0]:
        yield from below(bus, player, child)


def test_names_roles_and_announcements_reach_the_bus() -> None:
    with desktop() as here, accessibility_bus(here.env) as bus:
        env = {**here.env, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        words = ["-m", "deskbreak.windows.player", "stand-hips", "--speed", "5"]
        with running([sys.executable, *words], env):
            first = heard(bus)
            assert first.body[3][1].startswith("Get ready: Side-to-side weight shift, 24 seconds")
            assert heard(bus).body[3][1].startswith("Left side.")
            fields = first.header.fields
            found = set(below(bus, fields[HeaderFields.sender], fields[HeaderFields.path]))
    assert found >= {
        ("Picture: Side-to-side weight shift, left side", _LABEL),
        ("Progress of the routine", _PROGRESS_BAR),
        ("Back", _BUTTON), ("Pause", _BUTTON), ("Skip", _BUTTON), ("End", _BUTTON),
        ("Easier", _CHECK_BOX),
    }  # fmt: skip
