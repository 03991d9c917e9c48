"""What the desktop says about how people want their windows, asked of its settings portal.

Qt hears of it only in part: with the theme plugin of GTK it takes the colours of GTK 3, which stay
light on a dark GNOME, and on a desktop that it does not know by name it asks nobody. The keys are
those of https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtGui import QGuiApplication

from deskbreak.struct import Struct

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE, _NAMESPACE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
_PATIENCE_MS = 200
_DARK, _LIGHT = 1, 2


class Taste(Struct):
    """Dark or light (None: no preference), higher contrast, no movement."""

    dark: bool | None = None
    contrast: bool = False
    still: bool = False


def taste() -> Taste:
    """What the desktop says now; no preference where nobody answers within a blink."""
    if sys.platform != "linux":
        return Taste()
    scheme = _setting("color-scheme")
    if scheme is None:
        return Taste()  # nobody is there to be asked more
    return Taste(
        dark={_DARK: True, _LIGHT: False}.get(scheme),
        contrast=_setting("contrast") == 1,
        still=_setting("reduced-motion") == 1,
    )


class Watch(QObject):
    """Calls `changed` whenever the desktop or Qt says something else, as long as this lives."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._told)
        if sys.platform == "linux":
            from PySide6.QtDBus import QDBusConnection

            place = (_SERVICE, _PATH, _INTERFACE, "SettingChanged")
            # PySide's types ask for bytes, PySide itself takes only text.
            QDBusConnection.sessionBus().connect(*place, self, SLOT("_told()"))  # type: ignore[call-overload]

    @Slot()
    def _told(self) -> None:
        self._changed()


def _setting(key: str) -> int | None:
    """One number of the portal's; None where it has none. Starts no portal: it may take seconds."""
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusVariant

    call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
    call.setAutoStartService(False)
    call.setArguments([_NAMESPACE, key])
    reply = QDBusConnection.sessionBus().call(call, QDBus.CallMode.Block, _PATIENCE_MS)
    value: object = next(iter(reply.arguments()), None)
    while isinstance(value, QDBusVariant):  # Read wraps its answer twice
        value = value.variant()
    return value if isinstance(value, int) else None
