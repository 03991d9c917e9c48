"""Idle time from the X server's screen-saver extension, for servers without idle alarms.

It has to be asked, so it is asked when the answer could matter: when the threshold can have been
reached at the earliest, and now and then during an absence.
"""

from typing import TYPE_CHECKING

from deskbreak.adapters.idle.xlink import XLink, rq
from deskbreak.adapters.idle.xsource import XSource
from deskbreak.core.facts import Sampled
from deskbreak.ports import Send

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle

_SHORTEST_S = 0.25
_LONGEST_AWAY_S = 15.0
_JITTER_S = 0.1


class _QueryInfo(rq.ReplyRequest):  # type: ignore[misc]  # python-xlib ships no types
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(1), rq.RequestLength(), rq.Card32("drawable")
    )  # fmt: skip
    _reply = rq.Struct(
        rq.ReplyCode(), rq.Card8("state"), rq.Card16("sequence_number"), rq.ReplyLength(),
        rq.Card32("saver_window"), rq.Card32("til_or_since"), rq.Card32("idle"),
        rq.Card32("event_mask"), rq.Card8("kind"), rq.Pad(7),
    )  # fmt: skip


class ScreenSaverInfo:
    """The idle time that one server's screen saver goes by."""

    __slots__ = ("_opcode", "link")

    def __init__(self, link: XLink) -> None:
        self.link = link
        self._opcode = link.extension("MIT-SCREEN-SAVER").major_opcode
        self.idle_s()

    def idle_s(self) -> float:
        """Seconds since the last input. Raises one of `xlink.TROUBLE`."""
        link = self.link
        return float(_QueryInfo(display=link, opcode=self._opcode, drawable=link.root).idle) / 1000


class XScreenSaverIdle(XSource[ScreenSaverInfo]):
    """Posts `Sampled` when it finds idle past the threshold, and when it finds input after that.

    An input during an absence is found at most 15 seconds late, and says how long ago it was.
    """

    __slots__ = ("_new_threshold", "_timer", "_told_input")

    name = "xscreensaver"

    def __init__(self, loop: "AbstractEventLoop", send: Send, display: str) -> None:
        super().__init__(loop, send, display)
        self._told_input: float | None = None  # on the loop's clock; None while input goes on
        self._new_threshold = False
        self._timer: TimerHandle | None = None

    def close(self) -> None:
        """Stop asking, for good."""
        self._look_in(None)
        super().close()

    def _measure(self, link: XLink) -> ScreenSaverInfo:
        return ScreenSaverInfo(link)

    def _found(self) -> None:
        self._told_input = None
        super()._found()

    def _arm(self) -> None:
        if self._threshold_s is not None:
            self._new_threshold = True
            self._look_in(0.0)

    def _readable(self) -> None:
        self._ask(lambda meter: meter.link.events())  # none concern us; but this is how it ends

    def _look_in(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else self._loop.call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        idle_s, threshold_s = self.idle_s(), self._threshold_s
        if idle_s is None or threshold_s is None:
            return
        self._compare(idle_s, threshold_s)
        if self._timer is None:  # otherwise what was just told has led to a new threshold
            self._look_in(self._pause_s(idle_s, threshold_s))

    def _compare(self, idle_s: float, threshold_s: float) -> None:
        last_input, told = self._loop.time() - idle_s, self._told_input
        came = told is not None and last_input > told + _JITTER_S
        crossed = idle_s >= threshold_s and (told is None or came or self._new_threshold)
        self._new_threshold = False
        if came or crossed:
            self._told_input = last_input if idle_s >= threshold_s else None
            self._send(Sampled(idle_s))

    def _pause_s(self, idle_s: float, threshold_s: float) -> float:
        """How long nothing worth knowing can happen, or may go unnoticed during an absence."""
        until_crossed = threshold_s - idle_s if idle_s < threshold_s else _LONGEST_AWAY_S
        if self._told_input is None:
            return max(_SHORTEST_S, until_crossed)
        return max(_SHORTEST_S, min(until_crossed, idle_s / 4, _LONGEST_AWAY_S))
