"""Waiting for a condition instead of sleeping for luck; every wait has a deadline."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

Condition = Callable[[], Any]


def until(condition: Condition, timeout: float = 10.0, what: str = "") -> Any:
    """Ask again and again until the answer is true, and return it; for other processes.

    Raises AssertionError when `timeout` seconds have passed.
    """
    deadline = time.monotonic() + timeout
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(_missed(condition, timeout, what))
        time.sleep(0.01)
    return answer


def spin(
    loop: asyncio.AbstractEventLoop, condition: Condition, timeout: float = 5.0, what: str = ""
) -> Any:
    """Run the loop until the condition is true, and return what it said.

    Raises AssertionError when `timeout` seconds have passed.
    """

    async def watch() -> Any:
        deadline = time.monotonic() + timeout
        while not (answer := condition()):
            if time.monotonic() > deadline:
                raise AssertionError(_missed(condition, timeout, what))
            await asyncio.sleep(0.002)
        return answer

    return loop.run_until_complete(watch())


def spin_for(loop: asyncio.AbstractEventLoop, seconds: float) -> None:
    """Run the loop for a while, to show that something does *not* happen; keep it short."""
    loop.run_until_complete(asyncio.sleep(seconds))


def _missed(condition: Condition, timeout: float, what: str) -> str:
    name = what or getattr(condition, "__qualname__", repr(condition))
    return f"not within {timeout:g} s: {name}"
