"""Pictures on their way through PipeWire: a screen that is shared, a camera that is looked at."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from deskbreak.adapters.holds.again import Again
from deskbreak.adapters.holds.pipewire import Node, PipeWireLink, socket_of
from deskbreak.adapters.holds.reason import Probe, Reason
from deskbreak.adapters.wayland.link import on_wayland
from deskbreak.ports import Capability

SCREEN_SHARE = "screen share"
TELLER = "PipeWire"
_X11 = "programs that copy an X11 screen by themselves do not show"
_INSTEAD = "Before you share your screen: `deskbreak pause`, or Pause in the tray."


class PictureEar:
    """Hears what PipeWire tells of pictures, whenever there is a PipeWire.

    `heard` gets the nodes, none while there is nobody to tell; `why` says what is the matter.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        environ: Mapping[str, str],
        heard: Callable[[list[Node]], None],
    ) -> None:
        self.why = ""
        self._heard = heard
        self._path: Path | None = None
        try:
            self._path = socket_of(environ)
        except OSError as error:
            self.why = str(error)
        self.again = Again(loop, self._connect, self._path)
        self._link = PipeWireLink(loop, self._changed, self._lost)

    def start(self) -> None:
        """Begin to listen."""
        if self._path is not None:
            self._connect()

    def close(self) -> None:
        """Stop listening."""
        self.again.close()
        self._link.close()

    def _connect(self) -> None:
        assert self._path is not None
        self.why = "PipeWire has not answered yet"
        try:
            self._link.open(self._path)
        except OSError as error:
            self._lost(str(error))

    def _lost(self, why: str) -> None:
        self.why = why
        self._heard([])
        self.again.fail()

    def _changed(self, nodes: list[Node]) -> None:
        self.why = ""
        self.again.worked()
        self._heard(nodes)


class ScreenShareProbe(Probe):
    """Says that a screen or window is shared or recorded through PipeWire."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, reason: Reason, environ: Mapping[str, str]
    ) -> None:
        self._reason = reason
        self._wayland = on_wayland(environ)
        self.ear = PictureEar(loop, environ, self._heard)

    def start(self) -> None:
        """Begin to listen."""
        self.ear.start()

    def capabilities(self) -> list[Capability]:
        """Whether PipeWire tells."""
        if self.ear.why:
            return [Capability(SCREEN_SHARE, None, False, self.ear.why, _INSTEAD)]
        return [Capability(SCREEN_SHARE, TELLER, True, "" if self._wayland else _X11)]

    def close(self) -> None:
        """Stop listening."""
        self.ear.close()
        self._reason.close()

    def _heard(self, nodes: list[Node]) -> None:
        shared = any(node.is_screen for node in nodes)
        self._reason.says(TELLER, taker(nodes) if shared else None)


def camera_taken(nodes: list[Node]) -> bool:
    """Whether more programs take pictures than screens are shared: the rest look at a camera."""
    screens = sum(node.is_screen for node in nodes)
    return sum(node.takes for node in nodes) > screens


def taker(nodes: list[Node]) -> str:
    """The name of a program that takes pictures in."""
    return next((node.program for node in nodes if node.takes and node.program), "")
