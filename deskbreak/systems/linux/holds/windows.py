"""The window in front as a reason to keep quiet: it fills the screen, or is of a listed program."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from deskbreak.adapters.holds.front import Front, FrontWatch
from deskbreak.adapters.holds.reason import Probe, Reason
from deskbreak.ports import Capability
from deskbreak.systems.linux.holds.again import Again
from deskbreak.systems.linux.wayland.link import on_wayland, socket_path

if TYPE_CHECKING:
    from deskbreak.settings.model import Hold

FULLSCREEN, APPS = "full screen", "apps"
_TELLER = "front"
_INSTEAD = "For a film or a talk: do-not-disturb, or `deskbreak pause`."
_NO_SCREEN = "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)"


class WindowProbe(Probe):
    """Watches the window in front by the first way that works, and feeds two reasons with it."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        fullscreen: Reason,
        app: Reason,
        wanted: Callable[[], "Hold"],
        environ: Mapping[str, str],
    ) -> None:
        self._loop = loop
        self._fullscreen, self._app = fullscreen, app
        self._wanted = wanted
        self._environ = environ
        self._watch: FrontWatch | None = None
        self._front: Front | None = None
        self._why = ""
        self.again = Again(loop, self.start)

    def start(self) -> None:
        """Begin to watch."""
        try:
            watch = self._watch = self._make()
            watch.open()
        except (OSError, ImportError) as trouble:
            self._lost(str(trouble))

    def refresh(self) -> None:
        """The settings have changed."""
        self._tell()

    def capabilities(self) -> list[Capability]:
        """What can be told of windows here."""
        backend = self._watch.backend if self._watch is not None else None
        why = "" if backend else self._why
        wanted = self._wanted()
        names = [FULLSCREEN] * wanted.fullscreen + [APPS] * bool(wanted.apps)
        advice = "" if backend else _INSTEAD
        return [Capability(name, backend, bool(backend), why, advice) for name in names]

    def close(self) -> None:
        """Stop watching."""
        self.again.close()
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._front = None
        self._fullscreen.close()
        self._app.close()

    def _make(self) -> FrontWatch:
        """On Wayland never by the X server: it would be started for us, and see X windows alone."""
        environ = self._environ
        if on_wayland(environ):
            from deskbreak.systems.linux.holds.wlrfront import WlrFront

            return WlrFront(self._loop, self._changed, self._lost, socket_path(environ))
        from deskbreak.systems.linux.holds.xfront import XFront

        if not environ.get("DISPLAY"):
            raise OSError(_NO_SCREEN)
        return XFront(self._loop, self._changed, self._lost, environ["DISPLAY"])

    def _lost(self, why: str) -> None:
        watch, self._watch, self._front, self._why = self._watch, None, None, why
        self._tell()
        if watch is not None and not watch.hopeless:
            self.again.fail()

    def _changed(self, front: Front | None) -> None:
        self.again.worked()
        self._front = front
        self._tell()

    def _tell(self) -> None:
        front = self._front
        if front is None or front.is_ours:
            self._fullscreen.says(_TELLER, None)
            self._app.says(_TELLER, None)
            return
        wanted, name = self._wanted(), next(iter(front.names), "")
        self._fullscreen.says(_TELLER, name if wanted.fullscreen and front.fills_screen else None)
        self._app.says(_TELLER, front.is_one_of(wanted.apps))
