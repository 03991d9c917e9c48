"""A private bus, a list of what was posted, and reasons that post to it."""

import asyncio
from collections.abc import Callable

import pytest

from deskbreak.adapters.holds.reason import Reason
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact


@pytest.fixture
def facts() -> list[Fact]:
    return []


Reasons = Callable[[HoldReason], Reason]


@pytest.fixture
def reason(loop: asyncio.AbstractEventLoop, facts: list[Fact]) -> Reasons:
    """Makes a reason that posts at once."""
    return lambda which: Reason(loop, facts.append, which)
