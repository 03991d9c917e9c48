"""What the desktop says about how people want their windows, asked of its settings portal.

Qt hears of it only in part: with the theme plugin of GTK it takes the colours of GTK 3, which stay
light on a dark GNOME, and on a desktop that it does not know by name it asks nobody. The keys are
those of https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QEventLoop, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from deskbreak.struct import Struct
from deskbreak.systems import here

if TYPE_CHECKING:  # QtDBus is there on Linux only
    from PySide6.QtDBus import QDBusPendingCallWatcher

_SERVICE, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_INTERFACE, _NAMESPACE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
_KEYS = ("color-scheme", "contrast", "reduced-motion")
_PATIENCE_MS, _BLINK_MS = 25_000, 200
_DARK, _LIGHT = 1, 2


class Taste(Struct):
    """Dark or light (None: no preference), higher contrast, no movement."""

    dark: bool | None = None
    contrast: bool = False
    still: bool = False


def taste() -> Taste:
    """What the desktop is known to say now."""
    return desktop().taste


def desktop() -> "Desktop":
    """The one of this application, which has to be there; asked when it is first wanted."""
    app = QGuiApplication.instance()
    assert app is not None
    return app.findChild(Desktop) or Desktop(app)


class Desktop(QObject):
    """Knows what the desktop says, and signals `changed` when that or Qt's own idea is another.

    A window is held up for the answers for 200 ms at most. What comes later, within the 25 s of
    D-Bus, is a change.
    """

    changed = Signal()
    _all_known = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, int] = {}
        self._open: dict[str, QDBusPendingCallWatcher] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.changed)
        if here().name == "Linux":
            self._listen()
            self._ask()
            self._wait()

    @property
    def taste(self) -> Taste:
        """What is known now; no preference where nobody has answered yet."""
        scheme, contrast, motion = (self._values.get(key) for key in _KEYS)
        dark = {_DARK: True, _LIGHT: False}.get(scheme or 0)
        return Taste(dark, contrast == 1, motion == 1)

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        place = (_SERVICE, _PATH, _INTERFACE, "SettingChanged")
        # PySide's types ask for bytes, PySide itself takes only text.
        QDBusConnection.sessionBus().connect(*place, self, SLOT("_ask()"))  # type: ignore[call-overload]

    @Slot()
    def _ask(self) -> None:
        """Ask for every number. Starts no portal: it may take seconds."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        for key in _KEYS:
            call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
            call.setAutoStartService(False)
            call.setArguments([_NAMESPACE, key])
            pending = QDBusConnection.sessionBus().asyncCall(call, _PATIENCE_MS)
            self._open[key] = watcher = QDBusPendingCallWatcher(pending)
            watcher.finished.connect(partial(self._answered, key, watcher))
            if watcher.isFinished():  # there is no bus
                self._answered(key, watcher)

    def _answered(self, key: str, watcher: "QDBusPendingCallWatcher") -> None:
        from PySide6.QtDBus import QDBusVariant

        if self._open.get(key) is not watcher:
            return  # asked again since
        del self._open[key]
        value: object = next(iter(watcher.reply().arguments()), None)
        while isinstance(value, QDBusVariant):  # Read wraps its answer twice
            value = value.variant()
        before = self.taste
        if isinstance(value, int):
            self._values[key] = value
        if self.taste != before:
            self.changed.emit()
        if not self._open:
            self._all_known.emit()

    def _wait(self) -> None:
        """Let the answers come in, for a blink."""
        if not self._open:
            return
        wait = QEventLoop()
        self._all_known.connect(wait.quit)
        QTimer.singleShot(_BLINK_MS, wait.quit)
        wait.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
