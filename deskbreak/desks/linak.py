"""Linak-type desks (IKEA Idåsen and others) over Bluetooth Low Energy: find them, hear them.

They tell their height by a characteristic that notifies while the desk moves, and offer nothing
to ask for before they are connected. Nothing here moves a desk.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakError,
)

from deskbreak.desks.height import Reading, read
from deskbreak.struct import Struct

CONTROL = "99fa0001-338a-1024-8a49-009c0215f78a"
"""The service that such a desk announces."""

OUTPUT = "99fa0020-338a-1024-8a49-009c0215f78a"
"""The service in which it tells its height."""

HEIGHT = "99fa0021-338a-1024-8a49-009c0215f78a"
"""The characteristic with height and speed."""

CONNECT_S = 20.0
"""How long connecting may take; a desk in the room needs one to five seconds."""

_NAMED = "desk"
_NO_BLUETOOTH_SERVICE = "org.freedesktop.DBus.Error.ServiceUnknown"

# Its warnings are for whoever packages it; what goes amiss is raised.
logging.getLogger("bleak").setLevel(logging.ERROR)


class DeskError(Exception):
    """The desk cannot be heard; the text says why, for people."""


class Found(Struct):
    """A desk that was seen: its address and its name."""

    address: str
    name: str


class Desk:
    """A connected desk. `lost` is set once the connection is gone."""

    def __init__(self, client: BleakClient, lost: asyncio.Event) -> None:
        self._client = client
        self._heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.lost = lost

    async def height(self) -> Reading:
        """The height now. Raises DeskError."""
        with _in_plain_words():
            return _read(bytes(await self._client.read_gatt_char(HEIGHT)))

    async def listen(self) -> None:
        """From now on it tells of movements, to be had by `next`. Raises DeskError."""
        with _in_plain_words():
            await self._client.start_notify(HEIGHT, self._notified)

    async def next(self, patience_s: float | None) -> Reading | None:
        """The next thing it tells; None if it says nothing for so long. Raises DeskError."""
        heard = asyncio.ensure_future(self._heard.get())
        gone = asyncio.ensure_future(self.lost.wait())
        try:
            await asyncio.wait(
                (heard, gone), timeout=patience_s, return_when=asyncio.FIRST_COMPLETED
            )
            if heard.done():
                return _read(heard.result())
            if gone.done():
                raise DeskError("the desk is out of reach")
            return None
        finally:
            heard.cancel()
            gone.cancel()

    def _notified(self, _: BleakGATTCharacteristic, value: bytearray) -> None:
        self._heard.put_nowait(bytes(value))


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Desk]:
    """A connection to the desk of that address, for as long as the block lasts. Raises DeskError.

    A desk that the system is connected with already is not looked for: it announces nothing.
    """
    lost = asyncio.Event()
    with _in_plain_words():
        client = BleakClient(
            await _device(address), lambda _: lost.set(), services=[OUTPUT], timeout=CONNECT_S
        )
        await client.connect()
    try:
        yield Desk(client, lost)
    finally:
        with suppress(DeskError), _in_plain_words():  # it may be gone already
            await client.disconnect()


async def find(scan_s: float) -> list[Found]:
    """The desks in reach and those already connected, by name. Raises DeskError."""
    with _in_plain_words():
        seen = {device.address: device.name or "" for device in await _already_connected()}
        around = await BleakScanner.discover(timeout=scan_s, return_adv=True)
        for device, told in around.values():
            name = device.name or told.local_name or ""
            if CONTROL in told.service_uuids or name.lower().startswith(_NAMED):
                seen[device.address] = name
    return sorted((Found(*item) for item in seen.items()), key=lambda found: found.name)


async def _device(address: str) -> BLEDevice:
    for device in await _already_connected():
        if device.address.upper() == address.upper():
            return device
    seen = await BleakScanner.find_device_by_address(address, timeout=CONNECT_S)
    if seen is None:
        raise DeskError(f"no desk with the address {address} is in reach")
    return seen


async def _already_connected() -> list[BLEDevice]:
    return await (await BleakAdapter.get()).get_connected_devices([CONTROL, OUTPUT])


def _read(value: bytes) -> Reading:
    try:
        return read(value)
    except ValueError as problem:
        raise DeskError(f"the desk gives no height ({problem})") from None


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Whatever goes amiss with Bluetooth becomes a DeskError with a sentence for people."""
    try:
        yield
    except (BleakError, OSError, EOFError) as error:  # TimeoutError is an OSError
        raise DeskError(_sentence(error)) from error


def _sentence(error: BaseException) -> str:
    match error:
        case BleakBluetoothNotAvailableError():
            return f"Bluetooth is not available ({str(error.args[0]).rstrip('.')})"
        case BleakDBusError() if error.dbus_error == _NO_BLUETOOTH_SERVICE:
            return "the Bluetooth service (BlueZ) does not run"
        case BleakCharacteristicNotFoundError():
            return "this is not a desk that reports its height"
        case TimeoutError():
            return "the desk does not answer"
        case BleakError():
            return f"the desk cannot be heard ({error})"
        case _:
            return f"the system bus, on which Bluetooth is, cannot be reached ({error})"
