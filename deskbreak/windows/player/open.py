"""Opens the player's window and runs it to its end; everything that belongs to the process."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QSocketNotifier, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QScreen

from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.core.effects import ALONE_S
from deskbreak.windows.options import Asked, orders
from deskbreak.windows.player.guide import Wishes
from deskbreak.windows.player.window import PlayerWindow
from deskbreak.windows.qt.geometry import Area, Spot, fitted, load, save
from deskbreak.windows.qt.start import application, closed_by_signals, end_at_signals
from deskbreak.windows.qt.theme import Watch, chosen_looks, qt_palette, taste
from deskbreak.windows.report import BEAT_S, HUSH, STOP, Orders, Reporter, tell_the_next
from deskbreak.windows.session import Sounds

WINDOW = "player"
"""The table of this window in the file of places."""

_USUAL = (920, 690)
_FRAME = (8, 40)
"""About what a window manager puts around a window, in pixels."""


def open_window(asked: Asked, options: argparse.Namespace, reporter: Reporter) -> int:
    """Show the window until it closes; returns the exit code. Qt has to be able to start."""
    reporter.beat(0.0)  # the libraries of the window are there, which may have taken a while
    app = application()
    desktop = taste()
    looks = chosen_looks(options.theme, desktop)
    app.setPalette(qt_palette(looks))
    clock = steady_clock()
    sounds = Sounds.wanted(clock, options)
    wishes = Wishes(looks, options.text_scale, options.still or desktop.still)
    window = PlayerWindow(asked, reporter, clock, sounds, wishes, speed=options.speed)
    path = state_file()
    place_window(window, load(path, WINDOW), options.text_scale)
    codes: list[int] = []

    def done(code: int) -> None:
        save(path, WINDOW, spot_of(window))
        codes.append(code)
        app.exit(code)

    def follow_desktop() -> None:
        chosen = chosen_looks(options.theme, taste())
        app.setPalette(qt_palette(chosen))
        window.set_looks(chosen)

    told_to_go: list[bool] = []

    def go() -> None:
        told_to_go.append(True)
        window.stop()

    window.done.connect(done)
    line = DaemonLine(reporter, clock, {STOP: go, HUSH: sounds.close})
    line.alone(asked.line.total_s / options.speed + ALONE_S, go)
    listeners = [Watch(follow_desktop), line]
    with closed_by_signals(go):
        if options.notice:
            window.ask_first()
        else:
            window.begin()
        window.show()
        app.exec()
    del listeners
    if not told_to_go:
        end_at_signals()
        tell_the_next(reporter, time.sleep)
    return codes[-1] if codes else 0


def steady_clock() -> Callable[[], float]:
    """Seconds that never go back and stand still while the machine sleeps."""
    timer = QElapsedTimer()
    timer.start()
    return lambda: timer.nsecsElapsed() / 1e9


def state_file() -> Path | None:
    """Where the places of windows are kept; None where nothing can be kept."""
    try:
        return Places.of_user().state.with_name("window.toml")
    except NoPlaceError:
        return None


def place_window(window: PlayerWindow, spot: Spot, text_scale: float) -> None:
    """Put the window where it was, or into the middle of the monitor where the pointer is."""
    known = {screen.name(): screen for screen in QGuiApplication.screens()}
    screen: QScreen | None = known.get(spot.screen)
    if screen is None:
        spot = Spot(width=spot.width, height=spot.height, full=spot.full)
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    if screen is None:
        window.resize(*_USUAL)
        return
    free = screen.availableGeometry()
    large = max(1.0, text_scale) ** 0.6
    wanted = (round(_USUAL[0] * large), round(_USUAL[1] * large))
    room = Area(free.x(), free.y(), free.width() - _FRAME[0], free.height() - _FRAME[1])
    area = fitted(spot, wanted, room)
    window.setScreen(screen)
    window.resize(area.width, area.height)
    window.move(area.x, area.y)
    if spot.full:
        window.setWindowState(window.windowState() | window.windowState().WindowFullScreen)


def spot_of(window: PlayerWindow) -> Spot:
    """Where the window is now."""
    screen = window.screen()
    origin = screen.availableGeometry().topLeft()
    told = QGuiApplication.platformName() != "wayland"
    normal = window.normalGeometry() if window.isFullScreen() else window.geometry()
    corner = normal.topLeft() if window.isFullScreen() else window.pos()
    return Spot(
        screen=screen.name(),
        x=corner.x() - origin.x() if told else None,
        y=corner.y() - origin.y() if told else None,
        width=normal.width(),
        height=normal.height(),
        full=window.isFullScreen(),
    )


class DaemonLine:
    """Keeps in touch with the daemon: signs of life to it, orders from it, and the next after it.

    `take` says what to do at each order.
    """

    def __init__(
        self, reporter: Reporter, clock: Callable[[], float], take: Mapping[str, Callable[[], None]]
    ) -> None:
        self._reporter = reporter
        self._clock = clock
        self._take = take
        self._fd: int | None = None
        self._notifier: QSocketNotifier | None = None
        self._reader = Orders()
        self._alone_s = float("inf")
        self._alone: Callable[[], None] | None = None
        self._listen()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(round(BEAT_S * 1000))

    def alone(self, seconds: float, then: Callable[[], None]) -> None:
        """Without any daemon for so long, do that."""
        self._alone_s, self._alone = seconds, then

    def _beat(self) -> None:
        if self._reporter.beat(self._clock()) > self._alone_s and self._alone is not None:
            self._alone()
        self._listen()

    def _listen(self) -> None:
        """Hear the daemon that reports go to now."""
        fd = orders(self._reporter.fd)
        if fd is None or fd == self._fd or sys.platform == "win32":
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
