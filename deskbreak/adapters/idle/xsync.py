"""Idle time from the X server's own alarms: it speaks up, nobody asks, and nothing is polled.

The server counts the milliseconds without input. One alarm stands at the threshold; once that is
crossed, a second one waits for the next input.
"""

from deskbreak.adapters.idle.xalarms import IdleAlarms
from deskbreak.adapters.idle.xsource import XSource
from deskbreak.adapters.x11.link import XLink
from deskbreak.core.facts import Sampled


class XSyncIdle(XSource[IdleAlarms]):
    """Posts `Sampled` at the moment idle crosses the threshold, and again at the next input."""

    __slots__ = ()

    name = "xsync"

    def _measure(self, link: XLink) -> IdleAlarms:
        return IdleAlarms(link)

    def _arm(self) -> None:
        threshold_s = self._threshold_s
        if threshold_s is not None:
            self._ask(lambda alarms: alarms.await_idle(threshold_s))

    def _readable(self) -> None:
        for up in self._ask(IdleAlarms.crossings) or ():
            self._crossed(up)

    def _crossed(self, up: bool) -> None:
        idle_s = self.idle_s()
        if idle_s is None or self._threshold_s is None:
            return
        if not up:
            self._send(Sampled(idle_s))
            self._arm()
        elif idle_s >= self._threshold_s:
            self._send(Sampled(idle_s))
            self._ask(lambda alarms: alarms.await_input(idle_s))
        else:  # an input came meanwhile, before anybody was told that there was none
            self._arm()
