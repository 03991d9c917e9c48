"""pystray's Icon, Menu and MenuItem, imported so that it looks for no display.

pystray loads a backend when it is imported: on Linux GTK, or a connection to an X server, without
which it fails. Its `dummy` backend brings the classes alone. `BaseIcon` is what backends derive
from; `native.py` imports those of Windows and macOS by their own names.
"""

import os

_CHOICE = "PYSTRAY_BACKEND"

_before = os.environ.get(_CHOICE)
os.environ[_CHOICE] = "dummy"
try:
    from pystray import Menu, MenuItem
    from pystray._base import Icon as BaseIcon
finally:
    # Programs that we start are no business of this choice.
    if _before is None:
        os.environ.pop(_CHOICE, None)
    else:
        os.environ[_CHOICE] = _before

__all__ = ["BaseIcon", "Menu", "MenuItem"]
