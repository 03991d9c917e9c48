"""The window in front on a Wayland compositor that lists the windows of others."""

import asyncio
import struct
from collections.abc import Callable
from functools import partial

from deskbreak.adapters.holds.front import Changed, Front
from deskbreak.struct import Struct
from deskbreak.systems.linux.wayland.link import WaylandLink, string

_MANAGER = "zwlr_foreign_toplevel_manager_v1"
_TOPLEVEL = 0
_APP_ID, _STATE, _DONE, _CLOSED = 1, 4, 5, 6
_IN_FRONT, _FILLS_SCREEN = 2, 3
_DESTROY_OF_HANDLE = 7
_REST_S = 1.0
"""A title that changes all the time must not wake us each time."""


class _Window(Struct, frozen=False):
    app_id: str = ""
    state: tuple[int, ...] = ()


class WlrFront:
    """Watches all windows, by the protocol that wlroots has brought into the world."""

    backend = "wlr-foreign-toplevel"

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        changed: Changed,
        lost: Callable[[str], None],
        path: str,
    ) -> None:
        self.rest_s = _REST_S
        self.hopeless = False
        self._changed = changed
        self._lost = lost
        self._path = path
        self._windows: dict[int, _Window] = {}
        self._link = WaylandLink(loop, self._ready, self._end)

    def open(self) -> None:
        """Connect. Raises OSError where there is no compositor; what it lacks is told later."""
        self._link.open(self._path)

    def close(self) -> None:
        """Hang up."""
        self._windows.clear()
        self._link.close()

    def _ready(self) -> None:
        try:
            self._link.bind(_MANAGER, 3, self._listed)
        except OSError:
            self.hopeless = True
            self._end("this compositor does not say which window is in front")

    def _end(self, why: str) -> None:
        self.close()
        self._lost(why)

    def _listed(self, event: int, body: bytes) -> None:
        if event == _TOPLEVEL:
            (number,) = struct.unpack("=I", body)
            self._windows[number] = _Window()
            self._link.adopt(number, partial(self._told, number))

    def _told(self, number: int, event: int, body: bytes) -> None:
        window = self._windows[number]
        if event == _APP_ID:
            window.app_id, _ = string(body, 0)
        elif event == _STATE:
            window.state = struct.unpack_from(f"={len(body) // 4 - 1}I", body, 4)
        elif event == _CLOSED:
            del self._windows[number]
            self._link.destroy(number, _DESTROY_OF_HANDLE)
            self._tell()
        elif event == _DONE:
            self._tell()
        self._link.rest(self.rest_s)

    def _tell(self) -> None:
        front = [window for window in self._windows.values() if _IN_FRONT in window.state]
        if not front:
            self._changed(None)
            return
        fills = any(_FILLS_SCREEN in window.state for window in front)
        self._changed(Front(tuple(window.app_id for window in front), fills))
