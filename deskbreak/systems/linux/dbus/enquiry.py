"""A question that is asked until it is answered: what takes long is not a No."""

import asyncio
from collections.abc import Callable

from deskbreak.backoff import Backoff
from deskbreak.systems.linux.dbus.types import Answered, Body, BusError, Gone, Refused

Ask = Callable[[Answered, Callable[[BusError], None]], None]
"""Makes the call; the first hears an answer, late or not, the second why there is none (yet)."""

AGAIN_AFTER_S, LONGEST_PAUSE_S = 5.0, 300.0


class Enquiry:
    """One question: `answered` hears the answer, also a late one, or `refused` a No.

    Without either it is asked again at growing intervals. If the bus goes nobody is told: who
    follows the owner of a service hears of that, and asks the next one anew.
    """

    __slots__ = ("_again", "_answered", "_ask", "_loop", "_open", "_refused", "_timer")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        ask: Ask,
        answered: Answered,
        refused: Callable[[Refused], None],
    ) -> None:
        self._loop = loop
        self._ask = ask
        self._answered = answered
        self._refused = refused
        self._again = Backoff(AGAIN_AFTER_S, LONGEST_PAUSE_S)
        self._timer: asyncio.TimerHandle | None = None
        self._open = True
        self._put()

    def close(self) -> None:
        """Want no answer any more."""
        self._open = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _put(self) -> None:
        self._timer = None
        self._ask(self._is_answered, self._is_not)

    def _is_answered(self, body: Body) -> None:
        if self._open:
            self.close()
            self._answered(body)

    def _is_not(self, error: BusError) -> None:
        if not self._open:
            return
        if isinstance(error, Refused):
            self.close()
            self._refused(error)
        elif isinstance(error, Gone):
            self.close()
        else:
            self._timer = self._loop.call_later(self._again.pause_s(), self._put)
