"""The icon on Windows and macOS: pystray's own backends with the mends they need.

This module was never run on a real Windows or a real Mac. What it works around was read in pystray
0.19.5 and in reports of its users, and is tested on Linux against stand-ins for their toolkits.
"""

import asyncio
import io
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from deskbreak.adapters.tray.menu import MenuSources, build
from deskbreak.adapters.tray.pixmap import pixmaps
from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.struct import replace
from deskbreak.text.tray import Face, face

NAME = "deskbreak"
_LENGTHS = {"szTip": 127, "szInfo": 255, "szInfoTitle": 63}  # of NOTIFYICONDATAW, in UTF-16 units
_ACCESSORY = 1  # an application of the menu bar, without a place in the Dock


def image(picture: str) -> Any:
    """The largest pixmap of a drawing as the PIL image that pystray wants."""
    from PIL import Image

    width, height, argb = pixmaps(picture)[-1]
    return Image.frombytes("RGBA", (width, height), argb, "raw", "ARGB")


def clipped(text: str, units: int) -> str:
    """The text in at most that many UTF-16 units; what is cut off ends in an ellipsis."""
    if len(text.encode("utf-16-le")) <= 2 * units:
        return text
    kept = text.encode("utf-16-le")[: 2 * (units - 1)]
    return kept.decode("utf-16-le", "ignore") + "…"


def default_item(icon: Any) -> Any:
    """What a left click would do now; None where it may as well open the menu."""
    items = icon.menu.items if icon.menu else ()
    return next((item for item in items if item.default and item.enabled), None)


def windows_icon(base: Any, win32: Any) -> Any:
    """A subclass of pystray's Windows icon; `win32` is its module of constants.

    Rebuilding the menu while it is open destroys it under the pointer, so that waits until the
    menu is about to be opened. Texts that are too long raise, so they are cut.
    """

    class WindowsIcon(base):  # type: ignore[misc]
        _menu_handle = None
        _open = False

        def _update_menu(self) -> None:
            """Not now: when it is opened, in the thread that owns the window."""

        def _on_notify(self, wparam: int, lparam: int) -> None:
            if lparam == win32.WM_LBUTTONUP and default_item(self) is None:
                lparam = win32.WM_RBUTTONUP
            if lparam != win32.WM_RBUTTONUP:
                super()._on_notify(wparam, lparam)
            elif not self._open:
                self._open = True
                try:
                    super()._update_menu()
                    super()._on_notify(wparam, lparam)
                finally:
                    self._open = False

        def _message(self, code: int, flags: int, **data: Any) -> None:
            for name, units in _LENGTHS.items():
                if name in data:
                    data[name] = clipped(data[name], units)
            super()._message(code, flags, **data)

    return WindowsIcon


def mac_icon(base: Any, appkit: Any, foundation: Any, call_after: Callable[..., None]) -> Any:
    """A subclass of pystray's macOS icon; `call_after` runs a function on the main thread.

    AppKit traps calls from other threads; pystray makes them. Its picture is half as sharp as a
    Retina screen allows.
    """

    on_main = partial(_on_main, call_after)

    class MacIcon(base):  # type: ignore[misc]
        def _show(self) -> None:
            on_main(super()._show)

        def _hide(self) -> None:
            on_main(super()._hide)

        def _update_title(self) -> None:
            on_main(super()._update_title)

        def _update_menu(self) -> None:
            on_main(super()._update_menu)

        def _stop(self) -> None:
            on_main(super()._stop)

        def _update_icon(self) -> None:
            self._icon_valid = True
            on_main(self._renew_image)

        def _renew_image(self) -> None:
            self._icon_image = None
            self._assert_image()

        def _assert_image(self) -> None:
            side = int(self._status_bar.thickness())
            if self._icon_image is None:
                png = io.BytesIO()
                self._icon.resize((2 * side, 2 * side)).save(png, "png")
                data = foundation.NSData(png.getvalue())
                sharp = appkit.NSImage.alloc().initWithData_(data)
                sharp.setSize_((side, side))
                self._icon_image = sharp
                self._status_item.button().setImage_(sharp)

    return MacIcon


def _on_main(call_after: Callable[..., None], method: Callable[[], None]) -> None:
    if threading.current_thread() is threading.main_thread():
        method()
    else:
        call_after(method)


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
        post = loop.call_soon_threadsafe
        return replace(
            sources,
            status=lambda: self._status,
            areas=lambda: self._areas,
            snoozes=lambda: self._snoozes,
            send=lambda fact: _drop(post(sources.send, fact)),
            set_alternate=lambda on: _drop(post(sources.set_alternate, on)),
            open_window=lambda name: _drop(post(sources.open_window, name)),
            quit=lambda: _drop(post(sources.quit)),
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


def windows_tray(loop: asyncio.AbstractEventLoop, sources: MenuSources) -> NativeTray:
    """The tray of this Windows."""
    backend = import_module("pystray._win32")
    icon = windows_icon(backend.Icon, backend.win32)
    return NativeTray(loop, sources, icon, "pystray on Windows", detached=True)


def mac_tray(loop: asyncio.AbstractEventLoop, sources: MenuSources) -> NativeTray:
    """The tray of this Mac, which waits for `run`."""
    return NativeTray(loop, sources, _new_mac_icon, "pystray on macOS", detached=False)


def _new_mac_icon(*arguments: Any, **options: Any) -> Any:
    import AppKit  # type: ignore[import-not-found]
    import Foundation  # type: ignore[import-not-found]
    from PyObjCTools import AppHelper  # type: ignore[import-not-found]

    AppKit.NSApplication.sharedApplication().setActivationPolicy_(_ACCESSORY)
    base = import_module("pystray._darwin").Icon
    icon_type = mac_icon(base, AppKit, Foundation, AppHelper.callAfter)
    return icon_type(*arguments, **options)


def _title(now: Face) -> str:
    return f"{NAME}: {now.text}"


def _drop(_handle: object) -> None:
    """A posted call is on its way; nobody needs its handle."""
