"""How every window begins and ends: whether Qt can open one here, its application, signals.

Qt does not raise where a library or the display is missing: it aborts. So the plugin that it would
load is loaded first, and the display is knocked at.
"""

import contextlib
import ctypes
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from deskbreak.adapters.programs import adding_qt, has_qt, needs_qt
from deskbreak.settings.files import shipped
from deskbreak.systems import here
from deskbreak.text.display import complain

if TYPE_CHECKING:  # what is asked first needs no Qt
    from PySide6.QtWidgets import QApplication

CANNOT_START = 3
"""The exit code of a window that cannot be opened here; something else has to take over."""

PLATFORM = "QT_QPA_PLATFORM"
"""The variable that tells Qt how to reach a display; set here where the person has not."""

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def trouble(environment: MutableMapping[str, str]) -> str | None:
    """Why no window can be opened, in one line with what to install; None where one can.

    Then `PLATFORM` in the environment names the way to the display that was tried.
    """
    return _package_trouble() or _import_trouble() or _platform_trouble(environment)


def cannot_start(environment: MutableMapping[str, str], instead: str = "") -> bool:
    """Whether no window can be opened; says so on standard error, and what works `instead`."""
    reason = trouble(environment)
    if reason is not None:
        rest = f"; {instead}." if instead else ""
        complain(f"{reason}{rest}")
    return reason is not None


def _package_trouble() -> str | None:
    if not has_qt():
        return needs_qt()
    import PySide6

    if unusable(PySide6.__version__, sys.version_info[:2]):
        return (
            f"PySide6 {PySide6.__version__} does not run on this Python "
            f"({adding_qt()} takes another)"
        )
    return None


def unusable(version: str, python: tuple[int, ...]) -> bool:
    """Whether this PySide6 loses references to None on this Python, which ends it in seconds."""
    return version == "6.12.0" and python < (3, 12)


def _import_trouble() -> str | None:
    try:
        import PySide6.QtWidgets  # noqa: F401 - to see whether it can be
    except ImportError as error:
        return missing(str(error))
    return None


def missing(message: str) -> str:
    """What the loader's complaint means for a person: the library and the package that has it."""
    library = message.split(":", maxsplit=1)[0].strip()
    package = _PACKAGES.get(library)
    if package:
        return f"windows need {library} (apt install {package})"
    return f"Qt could not be loaded: {message}"


def _platform_trouble(environment: MutableMapping[str, str]) -> str | None:
    if here().name != "Linux":
        return None
    asked = environment.get(PLATFORM, "")
    if asked and not asked.startswith(("xcb", "wayland")):
        return None
    troubles = []
    for name in asked.split(";") if asked else _candidates(environment):
        reason = _way_trouble(name.split(":")[0])
        if reason is None:
            environment[PLATFORM] = name
            return None
        troubles.append(reason)
    return troubles[0] if troubles else "there is no display to open a window on"


def _candidates(environment: MutableMapping[str, str]) -> list[str]:
    ways = (("WAYLAND_DISPLAY", "wayland"), ("DISPLAY", "xcb"))
    return [name for variable, name in ways if environment.get(variable)]


def _way_trouble(name: str) -> str | None:
    """Why this plugin cannot work; None if it can."""
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    files = {"xcb": ("libqxcb.so",), "wayland": ("libqwayland.so", "libqwayland-generic.so")}
    found = [folder / file for file in files.get(name, ()) if (folder / file).exists()]
    if not found:
        return f"this Qt has no way to a {name} display"
    try:
        ctypes.CDLL(str(found[0]))
    except OSError as error:
        return missing(str(error))
    return None if here().display_answers(name) else f"the {name} display does not answer"


def application() -> "QApplication":
    """The one of this process, with our name, our icon and the same controls on every desktop."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    app.setApplicationName("deskbreak")
    app.setDesktopFileName("deskbreak")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(shipped("config") / "icons" / "deskbreak-128.png")))
    return app


def run(app: "QApplication", close: Callable[[], object], restyle: Callable[[], None]) -> int:
    """Run Qt's loop to its end; returns the exit code.

    `restyle` is called when the desktop wants other colours.
    """
    from deskbreak.windows.qt.desktop import desktop

    desktop().changed.connect(restyle)
    with closed_by_signals(close):
        return app.exec()


@contextlib.contextmanager
def closed_by_signals(close: Callable[[], object]) -> Iterator[None]:
    """Within it a signal closes the window as the person would; Qt's loop hears it on a socket."""
    from PySide6.QtCore import QSocketNotifier

    with on_a_socket(("SIGINT", "SIGTERM", "SIGHUP")) as woken:
        notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read)

        def take() -> None:
            woken.recv(64)
            close()

        notifier.activated.connect(take)
        yield
        notifier.setEnabled(False)


@contextlib.contextmanager
def on_a_socket(names: Iterable[str]) -> Iterator[socket.socket]:
    """Within it the signals of these names only write their number to the socket."""
    wake, woken = socket.socketpair()
    with wake, woken:
        wake.setblocking(False)
        woken.setblocking(False)
        wakeup_before = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, _noted) for number in numbers}
        try:
            yield woken
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(wakeup_before)


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: the signal has been written to the socket."""
