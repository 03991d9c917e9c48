"""A call in a while: what was set last, and only that."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


class Timer:
    """Sets one call of the loop at a time."""

    __slots__ = ("_handle", "_loop")

    def __init__(self, loop: "asyncio.AbstractEventLoop") -> None:
        self._loop = loop
        self._handle: asyncio.TimerHandle | None = None

    @property
    def is_set(self) -> bool:
        """Whether the call is still to come."""
        return self._handle is not None

    def set(self, seconds: float, call: Callable[..., None], *arguments: Any) -> None:
        """Call this after so many seconds, in place of what was set before."""
        self.cancel()
        self._handle = self._loop.call_later(seconds, self._ring, call, arguments)

    def cancel(self) -> None:
        """Call nothing."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _ring(self, call: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._handle = None
        call(*arguments)
