"""The window in front on an X server, as the window manager writes it on the root window."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskbreak.adapters.holds.front import Changed, Front
from deskbreak.adapters.x11.link import REFUSED, TROUBLE, XLink
from deskbreak.adapters.x11.properties import (
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
        self._loop = loop
        self._changed = changed
        self._lost = lost
        self._display = display
        self._properties: Properties | None = None
        self._window = 0
        self._rest: asyncio.TimerHandle | None = None

    def open(self) -> None:
        """Connect. Raises OSError where there is no X server, or no window manager that tells."""
        try:
            link = XLink(self._display)
            try:
                properties = _on_root(link)
            except BaseException:
                link.drop()
                raise
        except TROUBLE as trouble:
            raise OSError(str(trouble)) from trouble
        self._properties, self._window = properties, 0
        self._loop.add_reader(link.descriptor, self._readable)
        self._loop.call_soon(self._look)

    def close(self) -> None:
        """Hang up."""
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        properties, self._properties = self._properties, None
        if properties is not None:
            self._loop.remove_reader(properties.link.descriptor)
            properties.link.drop()

    def _readable(self) -> None:
        properties = self._properties
        if properties is None:
            return
        try:
            events = properties.link.events()
        except TROUBLE as trouble:
            self._end(trouble)
            return
        if any(self._matters(event, properties) for event in events):
            self._look()
        elif events:
            self._take_a_rest()

    def _matters(self, event: Any, properties: Properties) -> bool:
        if event.type != PROPERTY_NOTIFY:
            # Some window managers leave the last window in front though it is gone.
            return event.type in (DESTROY_NOTIFY, UNMAP_NOTIFY)
        return event.atom in (properties.atom(_ACTIVE), properties.atom(_STATE))

    def _look(self) -> None:
        properties = self._properties
        if properties is None:
            return
        try:
            found = self._front(properties)
        except TROUBLE as trouble:
            self._end(trouble)
            return
        if properties.link.event_queue:  # came in with the answers: the socket will not tell
            self._loop.call_soon(self._readable)
        self._changed(found)

    def _front(self, properties: Properties) -> Front | None:
        window, *_ = (*properties.words(properties.link.root, _ACTIVE), 0)
        if not window:
            return None
        try:
            if window != self._window:
                if self._window:
                    properties.tell(self._window, on=False)
                properties.tell(window)
                self._window = window
            states = properties.words(window, _STATE)
            names = [*properties.texts(window, _CLASS), *_program(properties, window)]
        except REFUSED:  # the window is gone, and the news of it on the way
            return None
        return Front(tuple(names), properties.atom(_FULL) in states)

    def _take_a_rest(self) -> None:
        if self._properties is not None and self._rest is None:
            self._loop.remove_reader(self._properties.link.descriptor)
            self._rest = self._loop.call_later(self.rest_s, self._rested)

    def _rested(self) -> None:
        self._rest = None
        if self._properties is not None:
            self._loop.add_reader(self._properties.link.descriptor, self._readable)
            self._readable()

    def _end(self, trouble: Exception) -> None:
        self.close()
        self._lost(f"the X server cannot be reached ({trouble})")


def _on_root(link: XLink) -> Properties:
    """Listen to the root window. Raises OSError where no window manager writes on it."""
    properties = Properties(link, (_ACTIVE, _STATE, _FULL, _CLASS, _PROCESS, _MANAGER))
    if not properties.words(link.root, _MANAGER):
        raise OSError("the window manager does not say which window is in front")
    properties.tell(link.root)
    return properties


def _program(properties: Properties, window: int) -> list[str]:
    """What the system calls the process of that window, where it is one of this machine."""
    process, *_ = (*properties.words(window, _PROCESS), 0)
    try:
        return [Path(f"/proc/{process}/comm").read_text(errors="replace").strip()]
    except OSError:
        return []
