"""What idle sources on X11 share: a link to the server, and the question how long ago input was."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskbreak.core.events import IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.ports import Send
from deskbreak.systems.linux.x11.link import Extension, XLink

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_AT_ONCE_S = 0.02
"""A server that is not held up answers in a fraction of a thousandth of a second."""


class XSource(ABC):
    """An idle source with a link to its X server.

    Posts `IdleSourceFound` when the server has what it needs, `IdleSourceLost` when it does not, is
    gone or does not answer. A server that only stands still for a while is waited for.
    """

    __slots__ = ("_asked", "_display", "_link", "_send", "_threshold_s", "_works", "hopeless")

    name: str
    extension: str
    remark = ""

    def __init__(self, loop: "AbstractEventLoop", send: Send, display: str) -> None:
        self.hopeless = False
        self._send = send
        self._display = display
        self._threshold_s: float | None = None
        self._works = False
        self._asked = False
        self._link = XLink(loop, self._ready, self._heard, self._lost)

    def start(self) -> None:
        """Connect. Raises OSError where there is no server; what it lacks is posted later."""
        self._link.open(self._display)

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds; soon, where it has already."""
        if threshold_s != self._threshold_s:
            self._threshold_s = threshold_s
            if self._works:
                self._arm()

    def idle_s(self) -> float | None:
        """Seconds since the last input, asked now; None while there is nobody to ask.

        An answer that is not there at once is posted when it comes.
        """
        if not self._works or self._asked:
            return None
        self._asked = True
        at_once = True
        answer: float | None = None

        def told(idle_s: float) -> None:
            nonlocal answer
            self._asked = False
            if at_once:
                answer = idle_s
            else:
                self._send(Sampled(idle_s))

        self._ask_idle(told)
        for _ in range(2):  # something else may come in first
            if self._asked:
                self._link.hear_within(_AT_ONCE_S)
        at_once = False
        return answer

    def close(self) -> None:
        """Stop listening, for good."""
        self._works = False
        self._link.close()

    # what a source adds

    @abstractmethod
    def _begin(self, found: Extension) -> None:
        """The server has the extension: find out the rest, then call `_found` or `_cannot`."""

    @abstractmethod
    def _ask_idle(self, told: Callable[[float], None]) -> None:
        """Ask how many seconds ago the last input was."""

    @abstractmethod
    def _arm(self) -> None:
        """See to it that the threshold, if there is one, is noticed."""

    @abstractmethod
    def _heard(self, code: int, event: bytes) -> None:
        """Take an event."""

    # the link

    def _ready(self) -> None:
        self._link.ask_extension(self.extension, self._extension_is)

    def _extension_is(self, found: Extension | None) -> None:
        if found is None:
            self._cannot(f"the X server has no {self.extension} extension")
        else:
            self._begin(found)

    def _found(self) -> None:
        self._works = True
        self._send(IdleSourceFound(self.name))
        self._arm()

    def _cannot(self, why: str) -> None:
        """This server never will."""
        self.hopeless = True
        self._lost(why)

    def _lost(self, why: str) -> None:
        self.close()
        self._send(IdleSourceLost(why))
