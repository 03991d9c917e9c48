"""A private bus for the sources that ask over one."""

import asyncio
from collections.abc import Iterator

import pytest

from deskbreak.adapters.dbus.bus import Bus
from tests.servers import private_bus


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as found:
        yield found


@pytest.fixture
def bus(loop: asyncio.AbstractEventLoop, address: str) -> Iterator[Bus]:
    found = Bus(loop, "session", address)
    found.start()
    yield found
    found.close()
