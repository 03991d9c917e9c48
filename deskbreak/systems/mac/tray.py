"""The icon on macOS: pystray's own backend with the mends it needs.

It was never run on a real Mac. What it works around was read in pystray 0.19.5 and in reports of
its users, and is tested on Linux against a stand-in for its toolkit.
"""

import asyncio
import io
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.adapters.tray.native import NativeTray

_ACCESSORY = 1  # an application of the menu bar, without a place in the Dock


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
