"""Opens the player's window and runs it to its end; everything that belongs to the process."""

import argparse
import os
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSocketNotifier, Qt, QTimer

from deskbreak.core.effects import ALONE_S
from deskbreak.windows.options import Asked, orders
from deskbreak.windows.player.window import PlayerWindow
from deskbreak.windows.qt.desktop import taste
from deskbreak.windows.qt.geometry import remember, restore
from deskbreak.windows.qt.start import application, run
from deskbreak.windows.qt.theme import Style, apply_theme
from deskbreak.windows.report import BEAT_S, HUSH, STOP, Orders, Reporter, tell_the_next
from deskbreak.windows.session import Sounds

_NAME = "player"
_USUAL = (920, 690)


def open_window(asked: Asked, options: argparse.Namespace, reporter: Reporter) -> int:
    """Show the window until it closes; returns the exit code. Qt has to be able to start."""
    reporter.beat(0.0)  # the libraries of the window are there, which may have taken a while
    app = application()
    app.setQuitOnLastWindowClosed(False)  # but with the exit code of `done`
    desktop = taste()
    sounds = Sounds.wanted(time.monotonic, options)
    still = options.still or desktop.still
    style = Style(apply_theme(options.theme, desktop), options.text_scale, still=still)
    window = PlayerWindow(asked, reporter, time.monotonic, sounds, style, speed=options.speed)
    larger = max(1.0, style.scale) ** 0.6
    usual = (round(_USUAL[0] * larger), round(_USUAL[1] * larger))
    restore(window, _NAME, usual, Qt.WindowState.WindowFullScreen)
    stopped: list[bool] = []

    def done(code: int) -> None:
        remember(window, _NAME)
        app.exit(code)

    def stop() -> None:
        stopped.append(True)
        window.close()

    window.done.connect(done)
    alone_s = asked.line.total_s / options.speed + ALONE_S
    line = DaemonLine(reporter, time.monotonic, {STOP: stop, HUSH: sounds.close}, alone_s)
    if options.notice:
        window.ask_first()
    else:
        window.begin()
    window.show()
    code = run(app, stop, lambda: window.set_theme(apply_theme(options.theme, taste())))
    del line
    if not stopped:
        tell_the_next(reporter, time.sleep)
    return code


class DaemonLine:
    """Keeps in touch with the daemon: signs of life to it, orders from it, and the next after it.

    `take` says what to do at each order; `alone_s` seconds without any daemon are an order to stop.
    """

    def __init__(
        self,
        reporter: Reporter,
        clock: Callable[[], float],
        take: Mapping[str, Callable[[], None]],
        alone_s: float,
    ) -> None:
        self._reporter = reporter
        self._clock = clock
        self._take = take
        self._alone_s = alone_s
        self._fd: int | None = None
        self._notifier: QSocketNotifier | None = None
        self._reader = Orders()
        self._listen()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(round(BEAT_S * 1000))

    def _beat(self) -> None:
        if self._reporter.beat(self._clock()) > self._alone_s:
            self._take[STOP]()
        self._listen()

    def _listen(self) -> None:
        """Hear the daemon that reports go to now."""
        fd = orders(self._reporter.fd)
        if fd is None or fd == self._fd:
            return
        self._fd, self._reader = fd, Orders()
        self._notifier = QSocketNotifier(fd, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        assert self._fd is not None
        assert self._notifier is not None
        try:
            received = os.read(self._fd, 4096)
        except OSError:
            received = b""
        if not received:
            self._notifier.setEnabled(False)  # it has gone; the person may still finish
        for order in self._reader.feed(received):
            self._take[order]()
