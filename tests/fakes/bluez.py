"""The Bluetooth service of a machine with one adapter and some desks, played on a private bus.

It does what BlueZ does for bleak's own backend: managed objects, discovery, connections, services
that appear with the connection, and values that come as changed properties.
"""

import asyncio
import struct
from typing import Any

from jeepney import HeaderFields, Message

from tests.fakes.service import Service

NAME = "org.bluez"
ADAPTER_PATH = "/org/bluez/hci0"
ADAPTER, DEVICE = "org.bluez.Adapter1", "org.bluez.Device1"
SERVICE, CHARACTERISTIC = "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
PROPERTIES, OBJECTS = "org.freedesktop.DBus.Properties", "org.freedesktop.DBus.ObjectManager"

CONTROL = "99fa0001-338a-1024-8a49-009c0215f78a"
OUTPUT = "99fa0020-338a-1024-8a49-009c0215f78a"
HEIGHT = "99fa0021-338a-1024-8a49-009c0215f78a"
ADDRESS = "E8:5B:5B:24:22:E4"

_ANNOUNCED_EVERY_S = 0.05

Properties = dict[str, tuple[str, Any]]


class Peripheral:
    """One desk (or, without `tells_height`, something else) as BlueZ keeps it."""

    def __init__(self, address: str, name: str, *, tells_height: bool = True) -> None:
        self.address, self.name, self.tells_height = address, name, tells_height
        self.path = f"{ADAPTER_PATH}/dev_{address.replace(':', '_')}"
        self.service = f"{self.path}/service0020"
        self.characteristic = f"{self.service}/char0021"
        self.connected = False
        self.in_reach = True
        self.height_cm = 72.0
        self.speed = 0

    @property
    def value(self) -> bytes:
        return struct.pack("<Hh", round((self.height_cm - 62.0) * 100), self.speed)

    def device(self) -> Properties:
        uuids = [CONTROL, OUTPUT] if self.tells_height else []
        return {
            "Address": ("s", self.address),
            "AddressType": ("s", "random"),
            "Alias": ("s", self.name),
            "Name": ("s", self.name),
            "Adapter": ("o", ADAPTER_PATH),
            "Paired": ("b", False),
            "Connected": ("b", self.connected),
            "ServicesResolved": ("b", self.connected),
            "UUIDs": ("as", uuids),
            "RSSI": ("n", -60),
        }

    def objects(self) -> dict[str, dict[str, Properties]]:
        """What is there of it now: the services only while it is connected."""
        found = {self.path: {DEVICE: self.device()}}
        if self.connected:
            found |= self.services()
        return found

    def services(self) -> dict[str, dict[str, Properties]]:
        about = {"UUID": ("s", OUTPUT), "Device": ("o", self.path), "Primary": ("b", True)}
        found = {self.service: {SERVICE: about}}
        if self.tells_height:
            found[self.characteristic] = {
                CHARACTERISTIC: {
                    "UUID": ("s", HEIGHT),
                    "Service": ("o", self.service),
                    "Flags": ("as", ["read", "notify"]),
                    "Value": ("ay", self.value),
                }
            }
        return found


class FakeBluez(Service):
    """BlueZ with these desks. `powered` is the switch of the adapter; None: there is none."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        address: str,
        *desks: Peripheral,
        powered: bool | None = True,
    ) -> None:
        self.desks = desks or (Peripheral(ADDRESS, "Desk 1234"),)
        self.powered = powered
        self.notifying: set[str] = set()
        self._next: asyncio.TimerHandle | None = None
        super().__init__(loop, address, NAME)

    # what happens to a desk

    def moves(self, height_cm: float, speed: int = 0, desk: Peripheral | None = None) -> None:
        """A desk is there now; without speed it has come to rest."""
        desk = desk or self.desks[0]
        desk.height_cm, desk.speed = height_cm, speed
        if desk.connected and desk.characteristic in self.notifying:
            self._changed(desk.characteristic, CHARACTERISTIC, {"Value": ("ay", desk.value)})

    def sends(self, value: bytes) -> None:
        """The first desk sends something that is no height."""
        self._changed(self.desks[0].characteristic, CHARACTERISTIC, {"Value": ("ay", value)})

    def loses(self, desk: Peripheral | None = None, *, for_good: bool = False) -> None:
        """The connection to a desk breaks; `for_good` it is out of reach as well."""
        desk = desk or self.desks[0]
        desk.in_reach = not for_good
        self._connection_is(desk, False)

    # what bleak asks

    def called(self, member: str, message: Message) -> None:
        path = message.header.fields[HeaderFields.path]
        desk = next((desk for desk in self.desks if path.startswith(desk.path)), None)
        match member:
            case "GetManagedObjects":
                self.reply(message, "a{oa{sa{sv}}}", (self._objects(),))
            case "SetDiscoveryFilter":
                self.reply(message)
            case "StopDiscovery":
                self._hush()
                self.reply(message)
            case "StartDiscovery":
                self.reply(message)
                self._announce()
            case "Connect" if desk is not None and desk.in_reach:
                self._connection_is(desk, True)
                self.reply(message)
            case "Disconnect" if desk is not None:
                self.reply(message)
                self._connection_is(desk, False)
            case "ReadValue" if desk is not None:
                self.reply(message, "ay", (desk.value,))
            case "StartNotify":
                self.notifying.add(path)
                self.reply(message)
            case "StopNotify":
                self.notifying.discard(path)
                self.reply(message)
            case _:
                self.refuse(message, "org.bluez.Error.Failed", "le-connection-timeout")

    def _objects(self) -> dict[str, dict[str, Properties]]:
        found: dict[str, dict[str, Properties]] = {}
        if self.powered is not None:
            about = {"Powered": ("b", self.powered), "Roles": ("as", ["central"])}
            found[ADAPTER_PATH] = {ADAPTER: about}
        for desk in self.desks:
            found |= desk.objects()
        return found

    def stop(self) -> None:
        self._hush()
        super().stop()

    def _hush(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _announce(self) -> None:
        """What is in reach is heard again and again, as long as somebody looks for it."""
        self._next = self._loop.call_later(_ANNOUNCED_EVERY_S, self._announce)
        for desk in self.desks:
            if desk.in_reach and not desk.connected:
                self._changed(desk.path, DEVICE, {"RSSI": ("n", -61)})

    def _connection_is(self, desk: Peripheral, connected: bool) -> None:
        desk.connected = connected
        if connected:
            for path, interfaces in desk.services().items():
                self.signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", (path, interfaces))
        else:
            self.notifying.discard(desk.characteristic)
        now = {"Connected": ("b", connected), "ServicesResolved": ("b", connected)}
        self._changed(desk.path, DEVICE, now)

    def _changed(self, path: str, interface: str, properties: Properties) -> None:
        self.signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", (interface, properties, []))
