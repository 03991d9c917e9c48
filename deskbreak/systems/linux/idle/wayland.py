"""Idle time from a Wayland compositor, which tells when input stops and when it comes back.

A compositor counts from the moment an alarm is made, and not from the last input before. So an
alarm of some length is kept when a shorter one is wanted for a while: it knows better. Short ones
go as soon as nobody wants them, or they would wake us at every pause for thought.
"""

import asyncio
from collections.abc import Callable

from deskbreak.adapters.idle.reporting import ToldSource
from deskbreak.core.events import IdleSourceFound, IdleSourceLost
from deskbreak.ports import Send
from deskbreak.struct import Struct
from deskbreak.systems.linux.wayland import WaylandLink

_SEAT = "wl_seat"
_IDLED = 0
_DESTROY = 0
_KEPT_FROM_S = 20.0
_KEPT = 2
_INHIBITED = "what keeps the screen awake, a film for one, looks like input to this compositor"


class Dialect(Struct):
    """One of the two protocols for the same thing.

    `make(version)` is the number of the request that makes an alarm; its arguments are a new
    object, then length and seat, or (`seat_first`) seat and length.
    """

    name: str
    interface: str
    most: int
    make: Callable[[int], int]
    seat_first: bool

    def remark(self, version: int) -> str:
        """What to know of it in that version; from the second one alarms go by input alone."""
        return _INHIBITED if version < 2 else ""


EXT_IDLE_NOTIFY = Dialect(
    "ext-idle-notify", "ext_idle_notifier_v1", 2, lambda version: 2 if version >= 2 else 1, False
)
KDE_IDLE = Dialect("kde-idle", "org_kde_kwin_idle", 1, lambda _version: 0, True)


class WaylandIdle(ToldSource):
    """Posts `Sampled` when the compositor says that the person is idle or back."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, send: Send, path: str, dialect: Dialect
    ) -> None:
        super().__init__(loop, send)
        self.name = dialect.name
        self._path = path
        self._dialect = dialect
        self._link = WaylandLink(loop, self._ready, self._lost)
        self._alarms: dict[int, int] = {}  # milliseconds: the alarm, the one made last at the end
        self._quiet: set[int] = set()
        self._manager = self._seat = 0

    def start(self) -> None:
        """Connect. Raises OSError where there is no compositor; what it lacks is posted later."""
        self._link.begin(self._path)

    def close(self) -> None:
        """Stop listening, for good."""
        self._told.forget()
        self._link.close()
        self._manager = 0

    def _ready(self) -> None:
        dialect, link = self._dialect, self._link
        try:
            self._seat = link.bind(_SEAT, 1)
            self._manager = link.bind(dialect.interface, dialect.most)
        except OSError as error:
            self.hopeless = True  # a compositor does not learn a protocol while it runs
            self.close()
            self._send(IdleSourceLost(str(error)))
            return
        self.remark = dialect.remark(min(link.version(dialect.interface), dialect.most))
        self._send(IdleSourceFound(self.name))
        if self._told.threshold_s is not None:
            self._arm(self._told.threshold_s)

    def _lost(self, why: str) -> None:
        self.close()
        self._send(IdleSourceLost(why))

    def _arm(self, seconds: float) -> None:
        if not self._manager:
            return
        wanted = max(1, round(seconds * 1000))
        if wanted not in self._alarms:
            self._alarms[wanted] = self._make(wanted)
        self._drop_all_but(wanted)

    def _make(self, milliseconds: int) -> int:
        version = min(self._link.version(self._dialect.interface), self._dialect.most)
        alarm = self._link.create(lambda event, _body: self._told_by(milliseconds, event))
        arguments = (milliseconds, self._seat)
        if self._dialect.seat_first:
            arguments = (self._seat, milliseconds)
        self._link.request(self._manager, self._dialect.make(version), alarm, *arguments)
        return alarm

    def _drop_all_but(self, wanted: int) -> None:
        """Keep what may know of an earlier last input than the wanted one, within reason."""
        longer = [ms for ms in self._alarms if ms >= _KEPT_FROM_S * 1000 and ms != wanted]
        keep = {wanted, *longer[1 - _KEPT :], *self._quiet}
        for milliseconds in self._alarms.keys() - keep:
            self._link.destroy(self._alarms.pop(milliseconds), _DESTROY)

    def _told_by(self, milliseconds: int, event: int) -> None:
        if event == _IDLED:
            self._quiet.add(milliseconds)
            self._told.quiet(milliseconds / 1000)
        else:
            self._quiet.clear()  # the same input has ended the quiet of all of them
            self._told.input()
