"""What every window needs of its process: an application with our name, and an end at signals."""

import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from deskbreak.settings.files import shipped


def application() -> QApplication:
    """The one of this process, with our name, our icon and the same controls on every desktop."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("deskbreak")
    app.setDesktopFileName("deskbreak")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(shipped("config") / "icons" / "deskbreak-128.png")))
    return app


def end_at_signals() -> None:
    """Let a signal end the process at once: there is nothing to save."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)


@contextlib.contextmanager
def closed_by_signals(close: Callable[[], object]) -> Iterator[None]:
    """Within it a signal closes the window as the person would; Qt's loop hears it on a socket."""
    wake, woken = socket.socketpair()
    with wake, woken:
        wake.setblocking(False)
        woken.setblocking(False)
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _noted)
        notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read)

        def take() -> None:
            woken.recv(64)
            close()

        notifier.activated.connect(take)
        yield
        notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: the signal has been written to the socket."""
