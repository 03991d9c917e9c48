"""A loop that counts how often something woke it up."""

import asyncio
import selectors


class CountingSelector(selectors.DefaultSelector):
    """Counts how often the loop slept, which is how often something woke it up, and once more."""

    sleeps = 0

    def select(self, timeout: float | None = None):  # type: ignore[no-untyped-def]
        if timeout is None or timeout > 0:
            self.sleeps += 1
        return super().select(timeout)


def sleeps_in(loop: asyncio.AbstractEventLoop, selector: CountingSelector, seconds: float) -> int:
    """How often the loop slept while so many seconds passed."""
    loop.call_later(seconds, loop.stop)
    before = selector.sleeps
    loop.run_forever()
    return selector.sleeps - before
