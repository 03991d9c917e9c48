"""Idle time from an X server: from its own alarms, or from its screen-saver extension.

An `XSyncIdle` is told and nothing is polled: the server counts the milliseconds without input. One
alarm stands at the threshold; once that is crossed, a second one waits for the next input. Both
compare (rather than wait for a transition), so that what is true already fires at once.
"""

import math
import struct
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskbreak.adapters.idle.reporting import Asking
from deskbreak.core.events import IdleSourceFound, IdleSourceLost, Sampled
from deskbreak.ports import Send
from deskbreak.systems.linux.x11 import Extension, XLink

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
        self._link.begin(self._display)

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
    def _question(self) -> tuple[int, int, bytes]:
        """How to ask for the idle time: code, data and body of the request."""

    @abstractmethod
    def _idle_in(self, reply: bytes) -> float:
        """The idle time in seconds that the answer tells."""

    @abstractmethod
    def _arm(self) -> None:
        """See to it that the threshold, if there is one, is noticed."""

    def _heard(self, code: int, event: bytes) -> None:  # noqa: B027 - there may be none
        """Take an event."""

    # the link

    def _ask_idle(self, told: Callable[[float], None]) -> None:
        def answered(reply: bytes | None) -> None:
            if reply is None:
                self._lost("the X server does not tell the idle time any more")
            else:
                told(self._idle_in(reply))

        self._link.ask(*self._question(), answered)

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


_INITIALIZE, _LIST_COUNTERS, _QUERY_COUNTER, _CREATE_ALARM, _CHANGE_ALARM = 0, 1, 5, 8, 9
_ALARM_NOTIFY = 1
_RISES_TO, _FALLS_TO = 2, 3
_EVERYTHING = 0x3F
_ABSOLUTE = 0
_COUNTER = b"IDLETIME"


class XSyncIdle(XSource):
    """Posts `Sampled` at the moment idle crosses the threshold, and again at the next input."""

    __slots__ = ("_counter", "_fall", "_rise", "_sync")

    name = "xsync"
    extension = "SYNC"

    def __init__(self, loop: "AbstractEventLoop", send: Send, display: str) -> None:
        super().__init__(loop, send, display)
        self._sync = Extension(0, 0)
        self._counter = self._rise = self._fall = 0

    def _begin(self, found: Extension) -> None:
        self._sync = found
        ask = self._link.ask
        ask(found.opcode, _INITIALIZE, struct.pack("=BBxx", 3, 1), lambda _reply: None)
        ask(found.opcode, _LIST_COUNTERS, b"", self._counters_are)

    def _counters_are(self, reply: bytes | None) -> None:
        self._counter = 0 if reply is None else _counter_in(reply)
        if self._counter:
            self._found()
        else:
            self._cannot("the X server has no idle counter")

    def _question(self) -> tuple[int, int, bytes]:
        return self._sync.opcode, _QUERY_COUNTER, struct.pack("=I", self._counter)

    def _idle_in(self, reply: bytes) -> float:
        high, low = struct.unpack_from("=iI", reply, 8)
        return float(((high << 32) + low) / 1000)

    def _arm(self) -> None:
        if self._threshold_s is not None:
            self._rise = self._set(self._rise, _RISES_TO, math.ceil(self._threshold_s * 1000))

    def _await_input(self, idle_s: float) -> None:
        self._fall = self._set(self._fall, _FALLS_TO, max(0, int(idle_s * 1000) - 1))

    def _set(self, alarm: int, test: int, milliseconds: int) -> int:
        what = _CHANGE_ALARM if alarm else _CREATE_ALARM
        alarm = alarm or self._link.new_id()
        high, low = milliseconds >> 32, milliseconds & 0xFFFFFFFF
        values = (self._counter, _ABSOLUTE, high, low, test, 0, 0, True)
        body = struct.pack("=10I", alarm, _EVERYTHING, *values)
        self._link.request(self._sync.opcode, what, body)
        return alarm

    def _heard(self, code: int, event: bytes) -> None:
        if code != self._sync.first_event + _ALARM_NOTIFY or not self._works:
            return
        (alarm,) = struct.unpack_from("=I", event, 4)
        if alarm == self._rise:
            self._ask_idle(self._rose)
        elif alarm == self._fall:
            self._ask_idle(self._fell)

    def _rose(self, idle_s: float) -> None:
        if self._threshold_s is None or idle_s < self._threshold_s:
            self._arm()  # an input came meanwhile, before anybody was told that there was none
        else:
            self._send(Sampled(idle_s))
            self._await_input(idle_s)

    def _fell(self, idle_s: float) -> None:
        self._send(Sampled(idle_s))
        self._arm()


def _counter_in(reply: bytes) -> int:
    """The number of the idle counter among all counters of the server; 0 where it has none."""
    (count,), at = struct.unpack_from("=I", reply, 8), 32
    for _ in range(count):
        counter, _high, _low, length = struct.unpack_from("=IiIH", reply, at)
        if reply[at + 14 : at + 14 + length] == _COUNTER:
            return int(counter)
        at += (14 + length + 3) & ~3
    return 0


_QUERY_INFO = 1


class XScreenSaverIdle(XSource):
    """For servers without idle alarms: it has to be asked, and `asking` says when.

    An input during an absence is found at most 15 seconds late, and says how long ago it was.
    """

    __slots__ = ("_asking", "_opcode")

    name = "xscreensaver"
    extension = "MIT-SCREEN-SAVER"
    remark = "asked now and then: your return may be noticed up to 15 seconds late"

    def __init__(self, loop: "AbstractEventLoop", send: Send, display: str) -> None:
        super().__init__(loop, send, display)
        self._opcode = 0
        self._asking = Asking(loop, send, lambda: self._ask_idle(self._asking.answered))

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds."""
        self._threshold_s = threshold_s
        if self._works:
            self._asking.watch(threshold_s)

    def close(self) -> None:
        """Stop asking, for good."""
        self._asking.forget()
        super().close()

    def _begin(self, found: Extension) -> None:
        self._opcode = found.opcode
        self._found()

    def _arm(self) -> None:
        if self._threshold_s is not None:
            self._asking.watch(self._threshold_s)

    def _question(self) -> tuple[int, int, bytes]:
        return self._opcode, _QUERY_INFO, struct.pack("=I", self._link.root)

    def _idle_in(self, reply: bytes) -> float:
        return float(struct.unpack_from("=I", reply, 16)[0] / 1000)
