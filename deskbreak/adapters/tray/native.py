"""The icon where pystray has a backend of its own: `systems.windows` and `systems.mac` bring it."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from deskbreak.adapters.tray.menu import MenuSources, build
from deskbreak.adapters.tray.pixmap import pixmaps
from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.struct import replace
from deskbreak.text.tray import Face, face

NAME = "deskbreak"


def image(picture: str) -> Any:
    """The largest pixmap of a drawing as the PIL image that pystray wants."""
    from PIL import Image

    width, height, argb = pixmaps(picture)[-1]
    return Image.frombytes("RGBA", (width, height), argb, "raw", "ARGB")


class NativeTray:
    """The icon of pystray's own backend, which lives in a thread that is not the loop's.

    On macOS that is the main thread and has to be given: the program calls `run` there. On Windows
    it is one of pystray's. The menu shows what the last `show` said; clicks are posted to the loop.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sources: MenuSources,
        make_icon: Callable[..., Any],
        backend: str,
        *,
        detached: bool,
    ) -> None:
        self._status = sources.status()
        self._areas = tuple(sources.areas())
        self._snoozes = tuple(sources.snoozes())
        self._sources = sources
        self._face = face(self._status, sources.shade())
        self._backend = backend
        self._make_icon = partial(make_icon, menu=build(self._posting(loop, sources)))
        self._icon: Any = None
        if detached:
            self._create().run_detached()

    def _posting(self, loop: asyncio.AbstractEventLoop, sources: MenuSources) -> MenuSources:
        def post(call: Callable[..., None]) -> Callable[..., None]:
            def on_the_loop(*arguments: Any) -> None:
                loop.call_soon_threadsafe(call, *arguments)

            return on_the_loop

        return replace(
            sources,
            status=lambda: self._status,
            areas=lambda: self._areas,
            snoozes=lambda: self._snoozes,
            send=post(sources.send),
            set_at_login=post(sources.set_at_login),
            open_window=post(sources.open_window),
            read=post(sources.read),
            quit=post(sources.quit),
        )

    def _create(self) -> Any:
        now = self._face
        self._icon = self._make_icon(NAME, image(now.picture), _title(now))
        return self._icon

    def run(self) -> None:
        """Show the icon and serve it until `close`; on macOS, from the main thread."""
        self._create().run()

    def show(self, status: Status) -> None:
        """Bring icon, tooltip and menu up to date."""
        self._status = status
        new, old = face(status, self._sources.shade()), self._face
        if new == old:
            return
        self._face = new
        if new.menu != old.menu:
            self._areas = tuple(self._sources.areas())
            self._snoozes = tuple(self._sources.snoozes())
        if self._icon is None:
            return
        if new.picture != old.picture:
            self._icon.icon = image(new.picture)
        self._icon.title = _title(new)
        self._icon.update_menu()

    def capabilities(self) -> list[Capability]:
        """The tray; that it shows is for the system to say, pystray does not tell."""
        if self._icon is None:
            return [Capability("tray", self._backend, False, "the icon was not started")]
        return [Capability("tray", self._backend, True, "started; not confirmed by the system")]

    def close(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.stop()
            self._icon = None


def _title(now: Face) -> str:
    return f"{NAME}: {now.text}"
