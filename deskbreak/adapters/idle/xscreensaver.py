"""Idle time from the X server's screen-saver extension, for servers without idle alarms.

It has to be asked: `asking` says when.
"""

from typing import TYPE_CHECKING

from deskbreak.adapters.idle.asking import Asking
from deskbreak.adapters.idle.xsource import XSource
from deskbreak.adapters.x11.link import XLink, rq
from deskbreak.ports import Send

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


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
        """Seconds since the last input. Raises one of `x11.link.TROUBLE`."""
        link = self.link
        return float(_QueryInfo(display=link, opcode=self._opcode, drawable=link.root).idle) / 1000


class XScreenSaverIdle(XSource[ScreenSaverInfo]):
    """Posts `Sampled` when it finds idle past the threshold, and when it finds input after that.

    An input during an absence is found at most 15 seconds late, and says how long ago it was.
    """

    __slots__ = ("_asking",)

    name = "xscreensaver"
    remark = "asked now and then: your return may be noticed up to 15 seconds late"

    def __init__(self, loop: "AbstractEventLoop", send: Send, display: str) -> None:
        super().__init__(loop, send, display)
        self._asking = Asking(loop, send, self._look)

    def watch(self, threshold_s: float) -> None:
        """Post from now on when idle reaches this many seconds."""
        self._asking.watch(threshold_s)

    def close(self) -> None:
        """Stop asking, for good."""
        self._asking.forget()
        super().close()

    def _measure(self, link: XLink) -> ScreenSaverInfo:
        return ScreenSaverInfo(link)

    def _arm(self) -> None:
        self._asking.begin()

    def _found(self) -> None:
        self._asking.forget()
        super()._found()

    def _readable(self) -> None:
        self._ask(lambda meter: meter.link.events())  # none concern us; but this is how it ends

    def _look(self) -> None:
        if (idle_s := self.idle_s()) is not None:
            self._asking.answered(idle_s)
