"""Idle time from the X server's own alarms: it speaks up, nobody asks, and nothing is polled.

The server counts the milliseconds without input. One alarm stands at the threshold; once that is
crossed, a second one waits for the next input. Both compare (rather than wait for a transition),
so that what is true already fires at once.
"""

import math
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskbreak.core.events import Sampled
from deskbreak.ports import Send
from deskbreak.systems.linux.idle.xsource import XSource
from deskbreak.systems.linux.x11.link import Extension

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

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

    def _ask_idle(self, told: Callable[[float], None]) -> None:
        def answered(reply: bytes | None) -> None:
            if reply is None:
                self._lost("the X server does not tell the idle time any more")
            else:
                high, low = struct.unpack_from("=iI", reply, 8)
                told(((high << 32) + low) / 1000)

        self._link.ask(
            self._sync.opcode, _QUERY_COUNTER, struct.pack("=I", self._counter), answered
        )

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
