"""What idle sources on X11 share: a server that may go away, and is found again."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from deskbreak.adapters.x11.link import TROUBLE, XLink
from deskbreak.core.facts import IdleSourceFound, IdleSourceLost
from deskbreak.ports import Send

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle

_FIRST_RETRY_S = 2.0
_LAST_RETRY_S = 60.0


class Meter(Protocol):
    """What a server measures idle time with; every method may raise one of `x11.link.TROUBLE`."""

    link: XLink

    def idle_s(self) -> float:
        """Seconds since the last input."""


_M = TypeVar("_M", bound=Meter)
_T = TypeVar("_T")


class XSource(ABC, Generic[_M]):
    """An idle source with a link to its X server, or looking for one.

    Posts `IdleSourceFound` with every link, `IdleSourceLost` when the server is gone or does not
    answer, and then tries again at growing intervals.
    """

    __slots__ = ("_loop", "_meter", "_retry", "_send", "_threshold_s", "_where", "first_retry_s")

    name: str
    remark = ""
    hopeless = False

    def __init__(self, loop: "AbstractEventLoop", send: Send, display: str) -> None:
        self._loop = loop
        self._send = send
        self._where = display
        self._meter: _M | None = None
        self._threshold_s: float | None = None
        self._retry: TimerHandle | None = None
        self.first_retry_s = _FIRST_RETRY_S

    def start(self) -> None:
        """Connect and begin to listen. Raises OSError where the source cannot work here."""
        self._meter = self._connect()
        self._loop.add_reader(self._meter.link.descriptor, self._readable)
        self._send(IdleSourceFound(self.name))
        self._found()

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds; soon, where it has already."""
        if threshold_s != self._threshold_s:
            self._threshold_s = threshold_s
            self._arm()

    def idle_s(self) -> float | None:
        """Seconds since the last input, asked now; None while there is no server to ask."""
        return self._ask(lambda meter: meter.idle_s())

    def close(self) -> None:
        """Stop listening, for good."""
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        self._let_go()

    # what a source adds

    @abstractmethod
    def _measure(self, link: XLink) -> _M:
        """Make the meter on a new link; raises one of TROUBLE where the server has none."""

    @abstractmethod
    def _arm(self) -> None:
        """See to it that the threshold, if there is one, is noticed."""

    @abstractmethod
    def _readable(self) -> None:
        """Take what the server has sent."""

    def _found(self) -> None:
        """A new link is there."""
        self._arm()

    # the link

    def _ask(self, what: Callable[[_M], _T]) -> _T | None:
        """Have the server do something; None where there is none (any more)."""
        if self._meter is None:
            return None
        try:
            answer = what(self._meter)
        except TROUBLE as trouble:
            self._lost(trouble)
            return None
        if self._meter.link.event_queue:  # came in with the answer: the socket will not tell of it
            self._loop.call_soon(self._readable)
        return answer

    def _connect(self) -> _M:
        try:
            link = XLink(self._where)
            try:
                return self._measure(link)
            except BaseException:
                link.drop()
                raise
        except TROUBLE as trouble:
            raise OSError(str(trouble)) from trouble

    def _lost(self, trouble: Exception) -> None:
        self._let_go()
        self._try_in(self.first_retry_s)  # before it is said: whoever hears it may close us
        self._send(IdleSourceLost(f"the X server cannot be reached ({trouble})"))

    def _try_in(self, seconds: float) -> None:
        self._retry = self._loop.call_later(seconds, self._try_again, seconds)

    def _try_again(self, waited_s: float) -> None:
        self._retry = None
        try:
            self.start()
        except OSError:
            self._try_in(min(2 * waited_s, _LAST_RETRY_S))

    def _let_go(self) -> None:
        meter, self._meter = self._meter, None
        if meter is not None:
            self._loop.remove_reader(meter.link.descriptor)
            meter.link.drop()
