"""A private bus, a list of what was posted, and reasons that post to it."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from deskbreak.adapters.dbus.bus import Bus
from deskbreak.adapters.holds.reason import Reason
from deskbreak.core.facts import Fact
from deskbreak.core.words import HoldReason
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


@pytest.fixture
def facts() -> list[Fact]:
    return []


Reasons = Callable[[HoldReason], Reason]


@pytest.fixture
def reason(loop: asyncio.AbstractEventLoop, facts: list[Fact]) -> Reasons:
    """Makes a reason that posts at once."""
    return lambda which: Reason(loop, facts.append, which)
