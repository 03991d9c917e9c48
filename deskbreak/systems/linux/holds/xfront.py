"""The window in front on an X server, as the window manager writes it on the root window."""

import asyncio
import struct
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from deskbreak.adapters.holds.front import Changed, Front
from deskbreak.systems.linux.x11.link import XLink
from deskbreak.systems.linux.x11.properties import (
    DESTROY_NOTIFY,
    PROPERTY_NOTIFY,
    UNMAP_NOTIFY,
    Properties,
)

_ACTIVE, _STATE, _FULL = "_NET_ACTIVE_WINDOW", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN"
_CLASS, _PROCESS, _MANAGER = "WM_CLASS", "_NET_WM_PID", "_NET_SUPPORTING_WM_CHECK"
_REST_S = 1.0
"""A title that changes all the time must not wake us each time."""


class XFront:
    """Watches the active window of one X server."""

    backend = "X11"
    hopeless = False

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        changed: Changed,
        lost: Callable[[str], None],
        display: str,
    ) -> None:
        self.rest_s = _REST_S
        self._changed = changed
        self._lost = lost
        self._display = display
        self._window = 0
        self._look_number = 0
        self._link = XLink(loop, self._ready, self._heard, lost)
        self._properties = Properties(self._link)

    def open(self) -> None:
        """Connect. Raises OSError where there is no X server; what it lacks is told later."""
        self._link.open(self._display)

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def _ready(self) -> None:
        names = (_ACTIVE, _STATE, _FULL, _CLASS, _PROCESS, _MANAGER)
        self._properties.learn(names, self._ask_for_manager)

    def _ask_for_manager(self) -> None:
        self._properties.ask_words(self._link.root, _MANAGER, self._manager_is)

    def _manager_is(self, words: tuple[int, ...] | None) -> None:
        if words:
            self._properties.tell(self._link.root)
            self._look()
        else:
            self.close()
            self._lost("the window manager does not say which window is in front")

    def _heard(self, code: int, event: bytes) -> None:
        if self._matters(code, event):
            self._look()
        else:
            self._link.rest(self.rest_s)

    def _matters(self, code: int, event: bytes) -> bool:
        if code != PROPERTY_NOTIFY:
            # Some window managers leave the last window in front though it is gone.
            return code in (DESTROY_NOTIFY, UNMAP_NOTIFY)
        (atom,) = struct.unpack_from("=I", event, 8)
        return atom in (self._properties.atom(_ACTIVE), self._properties.atom(_STATE))

    def _look(self) -> None:
        """Ask for the window in front; of several looks at once only the last one counts."""
        self._look_number += 1
        told = partial(self._active_is, self._look_number)
        self._properties.ask_words(self._link.root, _ACTIVE, told)

    def _active_is(self, number: int, words: tuple[int, ...] | None) -> None:
        if number != self._look_number:
            return
        window = words[0] if words else 0
        if not window:
            self._changed(None)
            return
        if window != self._window:
            if self._window:
                self._properties.tell(self._window, on=False)
            self._properties.tell(window)
            self._window = window
        self._ask_about(number, window)

    def _ask_about(self, number: int, window: int) -> None:
        """Ask for all that says what the window is: answers come in the order of the questions."""
        said: list[tuple[int, ...] | tuple[str, ...] | None] = []

        def process_is(words: tuple[int, ...] | None) -> None:
            if number != self._look_number:
                return
            match (*said, words):
                case ((*states,), (*names,), (*process,)):
                    fills = self._properties.atom(_FULL) in states
                    found = [*map(str, names), *_program(process)]
                    self._changed(Front(tuple(found), fills))
                case _:  # the window is gone, and the news of it on the way
                    self._changed(None)

        self._properties.ask_words(window, _STATE, said.append)
        self._properties.ask_texts(window, _CLASS, said.append)
        self._properties.ask_words(window, _PROCESS, process_is)


def _program(process: Sequence[object]) -> list[str]:
    """The name of the program behind a window, where its process is one of this machine."""
    try:
        return [Path(f"/proc/{process[0]}/comm").read_text(errors="replace").strip()]
    except (OSError, IndexError):
        return []
