"""Collects what has changed and lets it out at a bearable pace."""

import asyncio
from collections.abc import Callable


class Pace:
    """At most one flush every `interval_s` seconds; in between the names are collected.

    The first touch after a quiet time flushes in the next turn of the loop, so several changes of
    one turn go together.
    """

    __slots__ = ("_flush", "_interval_s", "_last", "_loop", "_names", "_timer")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        interval_s: float,
        flush: Callable[[set[str]], None],
    ) -> None:
        self._loop = loop
        self._interval_s = interval_s
        self._flush = flush
        self._last = -interval_s
        self._names: set[str] = set()
        self._timer: asyncio.Handle | None = None

    def touch(self, name: str) -> None:
        """This has changed."""
        self._names.add(name)
        if self._timer is None:
            at = max(self._loop.time(), self._last + self._interval_s)
            self._timer = self._loop.call_at(at, self._let_out)

    def close(self) -> None:
        """Let nothing out any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _let_out(self) -> None:
        self._timer = None
        self._last = self._loop.time()
        names, self._names = self._names, set()
        self._flush(names)
