"""The icon on Windows: pystray's own backend with the mends it needs.

It was never run on a real Windows. What it works around was read in pystray 0.19.5 and in reports
of its users, and is tested on Linux against a stand-in for its toolkit.
"""

import asyncio
from importlib import import_module
from typing import Any

from deskbreak.adapters.tray.menu import MenuSources
from deskbreak.adapters.tray.native import NativeTray

_LENGTHS = {"szTip": 127, "szInfo": 255, "szInfoTitle": 63}  # of NOTIFYICONDATAW, in UTF-16 units


def windows_tray(loop: asyncio.AbstractEventLoop, sources: MenuSources) -> NativeTray:
    """The tray of this Windows."""
    backend = import_module("pystray._win32")
    icon = windows_icon(backend.Icon, backend.win32)
    return NativeTray(loop, sources, icon, "pystray on Windows", detached=True)


def clipped(text: str, units: int) -> str:
    """The text in at most that many UTF-16 units; what is cut off ends in an ellipsis."""
    if len(text.encode("utf-16-le")) <= 2 * units:
        return text
    kept = text.encode("utf-16-le")[: 2 * (units - 1)]
    return kept.decode("utf-16-le", "ignore") + "…"


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
            if lparam == win32.WM_LBUTTONUP:  # either button opens it
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
