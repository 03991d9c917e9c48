"""One reason not to prompt, on as long as any of those who can tell says so."""

import asyncio

from deskbreak.core.enums import HoldReason
from deskbreak.core.events import HoldBegan, HoldEnded
from deskbreak.ports import Send


class Reason:
    """Merges what several tellers say of a reason, and posts HoldBegan and HoldEnded once each.

    What comes and goes within `steady_s` is not told: some programs only look whether there is a
    camera.
    """

    __slots__ = ("_by", "_loop", "_reason", "_send", "_steady_s", "_timer", "_told")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        send: Send,
        reason: HoldReason,
        steady_s: float = 0.0,
    ) -> None:
        self._loop = loop
        self._send = send
        self._reason = reason
        self._steady_s = steady_s
        self._by: dict[str, str] = {}
        self._told = False
        self._timer: asyncio.TimerHandle | None = None

    def says(self, teller: str, detail: str | None) -> None:
        """What one of them says now: a name for people, "" without one; None: it is not so."""
        if detail is None:
            self._by.pop(teller, None)
        else:
            self._by[teller] = detail
        if not self._by:
            self._end()
        elif self._timer is None and not self._told:
            if self._steady_s:
                self._timer = self._loop.call_later(self._steady_s, self._begin)
            else:
                self._begin()

    def close(self) -> None:
        """Nobody says anything any more."""
        self._by.clear()
        self._end()

    def _begin(self) -> None:
        self._timer = None
        self._told = True
        detail = next((detail for detail in self._by.values() if detail), "")
        self._send(HoldBegan(self._reason, detail))

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._told:
            self._told = False
            self._send(HoldEnded(self._reason))
