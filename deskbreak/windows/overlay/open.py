"""Opens the overlay and runs it to its end; everything that belongs to the process."""

import argparse
import os
import sys

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication

from deskbreak.windows.overlay.window import Ground, Overlay, cover, grounds
from deskbreak.windows.overlay.wire import Inbox, Outbox, Question
from deskbreak.windows.player.guide import Wishes
from deskbreak.windows.player.open import steady_clock
from deskbreak.windows.qt.application import application, end_at_signals
from deskbreak.windows.qt.desktop import Watch, taste
from deskbreak.windows.qt.looks import chosen_looks, qt_palette
from deskbreak.windows.report import BEAT_S


def open_overlay(options: argparse.Namespace) -> int:
    """Ask what standard input says until it is answered or withdrawn; returns the exit code."""
    end_at_signals()
    app = application()
    app.setQuitOnLastWindowClosed(False)
    asking = Asking(app, options.theme, options.text_scale)
    watch = Watch(asking.follow_desktop)
    code = app.exec()
    del watch
    return code


class Asking(QObject):
    """Hears the daemon on standard input, and goes with it: nothing stays when it is gone."""

    def __init__(self, app: QApplication, theme: str, text_scale: float) -> None:
        super().__init__()
        self._app = app
        self._theme = theme
        self._text_scale = text_scale
        self._inbox, self._outbox = Inbox(), Outbox(sys.stdout.fileno())
        self._overlay: Overlay | None = None
        self._grounds: list[Ground] = []
        self._heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._heard.activated.connect(self._hear)
        self._beat = QTimer()
        self._beat.timeout.connect(self._outbox.alive)
        self._beat.start(round(BEAT_S * 1000))
        self.follow_desktop()

    def follow_desktop(self) -> None:
        """Take the colours that the person or the desktop wants now."""
        self._looks = chosen_looks(self._theme, taste())
        self._app.setPalette(qt_palette(self._looks))
        if self._overlay is not None:
            self._overlay.set_looks(self._looks)

    def _hear(self) -> None:
        try:
            received = os.read(sys.stdin.fileno(), 1 << 16)
        except OSError:
            received = b""
        if not received:
            self._go()
        for question in self._inbox.feed(received):
            if self._overlay is None:
                self._ask(question)

    def _ask(self, question: Question) -> None:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        if not question.choices or screen is None:
            self._go()
            return
        wishes = Wishes(self._looks, self._text_scale)
        overlay = self._overlay = Overlay(question, wishes, steady_clock())
        overlay.painted.connect(self._outbox.painted)
        overlay.answered.connect(self._answered)
        self._grounds = grounds(question.title, screen)
        cover(overlay, screen)
        overlay.activateWindow()

    def _answered(self, answer: str) -> None:
        self._outbox.answered(answer)
        self._go()

    def _go(self) -> None:
        self._heard.setEnabled(False)
        if self._overlay is not None:
            self._overlay.leave()
        for ground in self._grounds:
            ground.close()
        self._app.exit(0)
