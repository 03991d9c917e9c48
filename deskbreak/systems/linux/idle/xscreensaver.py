"""Idle time from the X server's screen-saver extension, for servers without idle alarms.

It has to be asked: `asking` says when.
"""

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskbreak.adapters.idle.reporting import Asking
from deskbreak.ports import Send
from deskbreak.systems.linux.idle.xsource import XSource
from deskbreak.systems.linux.x11.link import Extension

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_QUERY_INFO = 1


class XScreenSaverIdle(XSource):
    """Posts `Sampled` when it finds idle past the threshold, and when it finds input after that.

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

    def _heard(self, code: int, event: bytes) -> None:
        """None that concern us."""

    def _ask_idle(self, told: Callable[[float], None]) -> None:
        def answered(reply: bytes | None) -> None:
            if reply is None:
                self._lost("the X server does not tell the idle time any more")
            else:
                told(struct.unpack_from("=I", reply, 16)[0] / 1000)

        self._link.ask(self._opcode, _QUERY_INFO, struct.pack("=I", self._link.root), answered)
