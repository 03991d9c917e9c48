"""What keeps the screen awake, found out by a Wayland compositor's two kinds of idle alarms.

One kind goes by input alone, the other counts a film as input too. Where the first goes off and
the second does not, something keeps the screen awake.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from deskbreak.adapters.holds.again import Again
from deskbreak.adapters.holds.ears import Told
from deskbreak.adapters.wayland.link import WaylandLink, socket_path

_NOTIFIER = "ext_idle_notifier_v1"
_PLAIN, _INPUT = 1, 2
_IDLED = 0
_LATER_S = 0.5
_LONGEST_S, _SHORTEST_S = 45.0, 1.0
"""Long enough not to wake us at every pause, and sooner than anybody counts as away."""


class CompositorEar:
    """Tells while something keeps the screen awake; only the second version of the protocol can."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        told: Told,
        away_after_s: Callable[[], float],
        environ: Mapping[str, str],
    ) -> None:
        self.works = False
        self._loop = loop
        self._told = told
        self._away_after_s = away_after_s
        self._environ = environ
        self._link = WaylandLink(loop, self._ready, self._lost)
        self._again = Again(loop, self.start)
        self._idle = {_PLAIN: False, _INPUT: False}
        self._soon: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to listen; where there is no compositor yet, or it is slow, try again later."""
        self._link = WaylandLink(self._loop, self._ready, self._lost)
        try:
            self._link.open(socket_path(self._environ))
        except OSError:
            self._again.fail()

    def close(self) -> None:
        """Stop listening."""
        self._again.close()
        self._let_go()

    def _let_go(self) -> None:
        self.works = False
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        self._link.close()

    def _ready(self) -> None:
        if self._link.version(_NOTIFIER) < _INPUT or not self._link.version("wl_seat"):
            self.close()
            return
        seat, notifier = self._link.bind("wl_seat", 1), self._link.bind(_NOTIFIER, _INPUT)
        after_s = max(_SHORTEST_S, min(_LONGEST_S, 0.75 * self._away_after_s()))
        for kind in (_PLAIN, _INPUT):
            alarm = self._link.create(partial(self._alarm, kind))
            self._link.request(notifier, kind, alarm, round(after_s * 1000), seat)
        self.works = True
        self._again.worked()

    def _lost(self, _why: str) -> None:
        self._let_go()
        self._told(None)
        self._again.fail()

    def _alarm(self, kind: int, event: int, _body: bytes) -> None:
        self._idle[kind] = event == _IDLED
        if self._soon is None:
            self._soon = self._loop.call_later(_LATER_S, self._look)

    def _look(self) -> None:
        self._soon = None
        awake = self._idle[_INPUT] and not self._idle[_PLAIN]
        self._told("" if awake else None)
