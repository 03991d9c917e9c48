"""An icon on a private bus, and what draws it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.tray.tray import SniTray
from tests.fakes.tray_host import TrayHost
from tests.servers import private_bus
from tests.statuses import Desk
from tests.waiting import spin


class World:
    """A desk with its tray, and the hosts that a test brings in."""

    def __init__(self, loop: asyncio.AbstractEventLoop, address: str) -> None:
        self.loop = loop
        self.address = address
        self.desk = Desk()
        self.advice: list[str] = []
        self.environ: dict[str, str] = {}
        self._ends = ExitStack()

    def tray(self, **times: float) -> SniTray:
        """The icon of the desk."""
        bus = Bus(self.loop, "session", self.address, first_retry_s=0.02)
        made = SniTray(
            self.loop, bus, self.desk.sources(), self.advice.append, self.environ, **times
        )
        self._ends.callback(made.close)
        return made

    def host(self, **how: Any) -> TrayHost:
        """A watcher and host that comes now."""
        made = TrayHost(self.loop, self.address, **how)
        self._ends.callback(made.close)
        return made

    def hosted(self, **times: float) -> tuple[SniTray, TrayHost]:
        """An icon that is on a panel."""
        host, tray = self.host(), self.tray(**times)
        self.until(lambda: host.items and tray._icon.watcher.has_host)
        return tray, host

    def now(self, tray: SniTray, status: Any) -> None:
        """Something has changed at the desk."""
        self.desk.now = status
        tray.show(status)

    def until(self, condition: Callable[[], Any], timeout: float = 60.0) -> Any:
        """Run the loop until the condition is true."""
        return spin(self.loop, condition, timeout)

    def close(self) -> None:
        """Take everything away and let the loop see the end of it."""
        self._ends.close()
        self.loop.run_until_complete(asyncio.sleep(0))


@pytest.fixture(scope="session")
def bus_address() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def world(loop: asyncio.AbstractEventLoop, bus_address: str) -> Iterator[World]:
    made = World(loop, bus_address)
    yield made
    made.close()
