"""Waiting for a condition instead of sleeping for luck; every wait has a deadline.

The deadlines are for tests that fail: no test that passes comes near them on the slowest machine.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.virtual_time import VirtualTimeLoop

Condition = Callable[..., Any]
"""Called with nothing; a lambda may keep the value of a loop as its default."""

LIMIT_S = 60.0
_LIMIT_OF_THE_WALL_S = 240.0


def until(condition: Condition, timeout: float = LIMIT_S, what: str = "") -> Any:
    """Ask again and again until the answer is true, and return it; for other processes.

    Raises AssertionError when `timeout` seconds have passed.
    """
    deadline = time.monotonic() + timeout
    pause = 0.01
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(_missed(condition, timeout, what))
        time.sleep(pause)
        pause = min(2 * pause, 0.08)  # what is waited for wants the processor too
    return answer


def spin(
    loop: asyncio.AbstractEventLoop, condition: Condition, timeout: float = LIMIT_S, what: str = ""
) -> Any:
    """Run the loop until the condition is true, and return what it said.

    Raises AssertionError when `timeout` seconds have passed by the loop's own clock.
    """
    deadline = loop.time() + timeout
    last = time.monotonic() + max(timeout, _LIMIT_OF_THE_WALL_S)

    def asked() -> Any:
        if not (answer := condition()) and (loop.time() > deadline or time.monotonic() > last):
            raise AssertionError(_missed(condition, timeout, what))
        return answer

    if isinstance(loop, VirtualTimeLoop):
        return loop.run_until(asked)

    async def watch() -> Any:
        while not (answer := asked()):
            await asyncio.sleep(0.002)
        return answer

    return loop.run_until_complete(watch())


def spin_for(loop: asyncio.AbstractEventLoop, seconds: float) -> None:
    """Run the loop for a while, by its own clock, to show that something does *not* happen."""
    loop.run_until_complete(asyncio.sleep(seconds))


def _missed(condition: Condition, timeout: float, what: str) -> str:
    name = what or getattr(condition, "__qualname__", repr(condition))
    return f"not within {timeout:g} s: {name}"
