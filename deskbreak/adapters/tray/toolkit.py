"""pystray's Icon, Menu and MenuItem, imported so that it looks for no display.

On Linux pystray would load GTK or connect to an X server at import and fail without one; its
`dummy` backend brings the classes alone. `BaseIcon` is what our backend derives from, `NativeIcon`
the one of Windows or macOS (on Linux the same as `BaseIcon`).
"""

import os
import sys

_CHOICE = "PYSTRAY_BACKEND"

_before = os.environ.get(_CHOICE)
if sys.platform not in ("win32", "darwin"):
    os.environ[_CHOICE] = "dummy"
try:
    from pystray import Icon as NativeIcon
    from pystray import Menu, MenuItem
    from pystray._base import Icon as BaseIcon
finally:
    # Programs that we start are no business of this choice.
    if _before is None:
        os.environ.pop(_CHOICE, None)
    else:
        os.environ[_CHOICE] = _before

__all__ = ["BaseIcon", "Menu", "MenuItem", "NativeIcon"]
