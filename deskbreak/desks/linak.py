"""Linak-type desks (IKEA Idåsen and others) over Bluetooth Low Energy: find them, hear them.

They tell their height by a characteristic that notifies while the desk moves, and offer nothing
to ask for before they are connected. Nothing here moves a desk.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakError,
)

from deskbreak.backoff import Backoff
from deskbreak.desks.height import DeskError, Judge, Reading, read
from deskbreak.struct import Struct

CONTROL = "99fa0001-338a-1024-8a49-009c0215f78a"  # the service that such a desk announces
OUTPUT = "99fa0020-338a-1024-8a49-009c0215f78a"  # the service in which it tells its height
HEIGHT = "99fa0021-338a-1024-8a49-009c0215f78a"  # the characteristic with height and speed
CONNECT_S = 20.0  # how long connecting may take; a desk in the room needs one to five seconds
_NO_BLUETOOTH_SERVICE = "org.freedesktop.DBus.Error.ServiceUnknown"

# Its warnings are for whoever packages it; what goes amiss is raised.
logging.getLogger("bleak").setLevel(logging.ERROR)


class Found(Struct):
    """A desk that was seen: its address and its name."""

    address: str
    name: str


class Desk:
    """A connected desk; `heard` gets None once the connection is gone."""

    def __init__(self, client: BleakClient, heard: asyncio.Queue[bytes | None]) -> None:
        self._client, self._heard = client, heard

    async def height(self) -> Reading:
        """The height now. Raises DeskError."""
        with _in_plain_words():
            return read(bytes(await self._client.read_gatt_char(HEIGHT)))

    async def listen(self) -> None:
        """From now on it tells of movements, to be had by `next`. Raises DeskError."""
        heard = self._heard
        with _in_plain_words():
            await self._client.start_notify(HEIGHT, lambda _, value: heard.put_nowait(bytes(value)))

    async def next(self, patience_s: float | None) -> Reading | None:
        """The next thing it tells; None if it says nothing for so long. Raises DeskError."""
        try:
            async with asyncio.timeout(patience_s):
                heard = await self._heard.get()
        except TimeoutError:
            return None
        if heard is None:
            raise DeskError("the desk is out of reach")
        return read(heard)


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Desk]:
    """A connection to the desk of that address, for as long as the block lasts. Raises DeskError.

    A desk that the system is connected with already is not looked for: it announces nothing.
    """
    heard: asyncio.Queue[bytes | None] = asyncio.Queue()
    with _in_plain_words():
        device = await _device(address)
        client = BleakClient(
            device, lambda _: heard.put_nowait(None), services=[OUTPUT], timeout=CONNECT_S
        )
        await client.connect()
    try:
        yield Desk(client, heard)
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
            if CONTROL in told.service_uuids or name.lower().startswith("desk"):
                seen[device.address] = name
    return sorted((Found(*item) for item in seen.items()), key=lambda found: found.name)


async def _device(address: str) -> BLEDevice:
    same = [d for d in await _already_connected() if d.address.upper() == address.upper()]
    seen = next(iter(same), None)
    if seen is None:
        seen = await BleakScanner.find_device_by_address(address, timeout=CONNECT_S)
    if seen is None:
        raise DeskError(f"no desk with the address {address} is in reach")
    return seen


async def _already_connected() -> list[BLEDevice]:
    return await (await BleakAdapter.get()).get_connected_devices([CONTROL, OUTPUT])


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


FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0  # between attempts to reach the desk; each pause is twice the one before
# A connection that has lasted so long was a good one: the next pause is a first one again.
STEADY_S = 60.0
# A desk that said it moves and then says nothing for so long has come to rest all the same.
AT_REST_S = 3.0


class Follower:
    """Says `sitting` or `standing` with the height, and `unknown` with the reason.

    One line for each place at which the desk comes to rest, the first after connecting included.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        connect: Callable[[str], AbstractAsyncContextManager[Desk]],
        judge: Judge,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        self._say, self._connect, self._judge = say, connect, judge
        self._pauses = Backoff(first_pause_s, LONGEST_PAUSE_S)
        self._last = ""

    async def follow(self, address: str) -> None:
        """Go on for ever: a desk out of reach is tried again after a pause that grows."""
        loop = asyncio.get_running_loop()
        self._tell("unknown looking for the desk")
        while True:
            began = loop.time()
            heard = await self._once(address)
            if heard and loop.time() - began >= STEADY_S:
                self._pauses.reset()
            await asyncio.sleep(self._pauses.pause_s())

    async def _once(self, address: str) -> bool:
        """One connection, to its end; True if the desk was heard in it.

        A connection that breaks is no news: only an attempt that comes to nothing is.
        """
        heard = False
        try:
            async with self._connect(address) as desk:
                await desk.listen()
                reading = await desk.height()
                heard, self._last = True, ""
                while True:
                    while reading.moving and (told := await desk.next(AT_REST_S)) is not None:
                        reading = told
                    self._tell(f"{self._judge.word(reading.height_cm)} {reading.height_cm:.0f} cm")
                    reading = await desk.next(None) or reading
        except DeskError as trouble:
            if not heard:
                self._tell(f"unknown {trouble}")
        return heard

    def _tell(self, line: str) -> None:
        if line != self._last:
            self._last = line
            self._say(line)
