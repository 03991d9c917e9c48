"""The window: ties the routine to time, keys, pages, sounds and the daemon."""

import argparse
import os
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from deskbreak.content.playback import Frame, Run
from deskbreak.core.effects import ALONE_S
from deskbreak.core.enums import Feedback
from deskbreak.text import player as phrases
from deskbreak.windows.animation import Figures
from deskbreak.windows.options import Request, orders
from deskbreak.windows.player.guide import Guide
from deskbreak.windows.player.pages import Page
from deskbreak.windows.player.stage import RATE
from deskbreak.windows.qt.desktop import taste
from deskbreak.windows.qt.geometry import remember, restore
from deskbreak.windows.qt.theme import Style, Theme, apply_theme
from deskbreak.windows.qt.widgets import window_title
from deskbreak.windows.report import BEAT_S, HUSH, STOP, Orders, Reporter, tell_the_next
from deskbreak.windows.session import Session, Sounds
from deskbreak.windows.start import application, run

_NAME = "player"
_USUAL = (920, 690)

DEAF_S = 2.0
"""So long keys do nothing: the person may still be typing into another window."""

_STILL_MS = 250
_KEYS = {
    Qt.Key.Key_Space: "pause",
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "skip",
    Qt.Key.Key_E: "ease",
    Qt.Key.Key_Escape: "end",
    Qt.Key.Key_F: "full",
    Qt.Key.Key_F11: "full",
}
_PAGE_KEYS = {Qt.Key.Key_Escape: "Esc", Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter"}
_KEY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class PlayerWindow(QWidget):
    """One routine from the notice to the question. `done` comes once, with the exit code.

    `clock` gives seconds and never goes back.
    """

    done = Signal(int)

    def __init__(
        self, request: Request, reporter: Reporter, clock: Callable[[], float], sounds: Sounds,
        style: Style, *, speed: float = 1.0,
    ) -> None:  # fmt: skip
        super().__init__()
        self._request = request
        self._reporter = reporter
        self._clock = clock
        self._sounds = sounds
        self._style = style
        self._speed = speed
        self._figures = Figures(request.figures)
        self._session: Session | None = None
        self._guide: Guide | None = None
        self._page: Page | None = None
        self._page_since = 0.0
        self._deaf_until: float | None = None
        self._closing = False
        self._filtering = False
        self._said_painted = False
        self._agreed = True
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle(window_title(request.routine.name))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setAutoFillBackground(True)
        least = style.scale**0.8
        self.setMinimumSize(round(380 * least), round(400 * least))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._filter_keys(on=True)

    def ask_first(self) -> None:
        """Show the notice; the routine begins when it has been accepted."""
        self._agreed = False
        self._ask(phrases.notice(), self._noticed)
        QTimer.singleShot(0, self._say_painted)  # somebody reads; nobody waits for a picture

    def begin(self) -> None:
        """Show the guide; time runs from its first painting."""
        line = self._request.line
        self._guide = Guide(line, self._request.notes, self._style)
        self._guide.wanted.connect(self.do)
        self._guide.stage.painted.connect(self._painted)
        frame = Run.start(line, 0.0, self._request.easier).at(0.0)
        picture = self._figures.picture(frame, line.first, still=self._style.still)
        self._guide.show_frame(frame, picture, 0.0)
        self._show(self._guide)

    def tick(self) -> None:
        """Bring everything up to date with the clock."""
        if self._closing:
            return
        now = self._clock()
        self._sounds.look()
        if not self.deaf:
            self._filter_keys(on=False)
        if self._page is not None:
            self._page_left(now)
        elif self._session is not None and self._guide is not None:
            if self._session.look(now):
                self._begins(self._session.frame)
            if not self._session.frame.over:
                self._show_moment(now)

    def do(self, word: str) -> None:
        """A command: pause, back, skip, ease, end or full."""
        now = self._clock()
        if word == "full":
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        if self._session is None or self._page is not None:
            return
        commands = {
            "pause": self._session.pause_or_go_on,
            "back": self._session.back,
            "skip": self._session.skip,
            "ease": self._session.ease,
            "end": self._session.end,
        }
        if word in commands:
            commands[word](now)
            self.tick()
            announce(self, phrases.answered(word, self._session.frame))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours: the desktop has changed from light to dark."""
        self._style.theme = theme
        for one in (self._guide, self._page):
            if one is not None:
                one.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let no key through while the person may still be typing elsewhere."""
        if event.type() in _KEY_EVENTS and self.deaf:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    @property
    def deaf(self) -> bool:
        """Whether keys do nothing yet."""
        return self._deaf_until is None or self._clock() < self._deaf_until

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key means; nothing repeats by being held down."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat():
            return
        if self._page is not None and self._page.press(_PAGE_KEYS.get(key, event.text())):
            return
        word = _KEYS.get(key)
        if word is None:
            super().keyPressEvent(event)
        else:
            self.do(word)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """However it is closed, the end is reported, and everything is said once."""
        event.accept()
        if self._closing:
            return
        self._closing = True
        if self._session is not None:
            self._session.end(self._clock())
            self._session.look(self._clock())
        else:
            self._reporter.ended(0.0, 0, 0)
        self._timer.stop()
        self._sounds.close()
        self._filter_keys(on=False)
        self.done.emit(0 if self._agreed else 1)

    def _painted(self) -> None:
        """The first picture is on the screen: from now on time counts."""
        now = self._clock()
        if self._session is None and not self._closing:
            self._hear_from(now)
            self._say_painted()
            request = self._request
            self._session = Session(
                request.line, self._reporter, now, easier=request.easier, speed=self._speed
            )
            self.tick()

    def _say_painted(self) -> None:
        if not self._said_painted:
            self._said_painted = True
            self._reporter.painted()

    def _filter_keys(self, *, on: bool) -> None:
        app = QCoreApplication.instance()
        if app is not None and on is not self._filtering:
            self._filtering = on
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def _hear_from(self, now: float) -> None:
        if self._deaf_until is None:
            self._deaf_until = now + DEAF_S

    def _begins(self, frame: Frame) -> None:
        self._sounds.play(frame)
        announce(self, phrases.announced(frame, self._request.notes))
        assert self._session is not None
        if self._session.asks:
            self._ask(phrases.question(frame), self._rated)
        elif frame.over:
            self.close()

    def _show_moment(self, now: float) -> None:
        assert self._session is not None
        assert self._guide is not None
        frame, first = self._session.frame, self._session.line.first
        picture = self._figures.picture(frame, first, still=self._style.still)
        self._guide.show_frame(frame, picture, now)
        lively = self._guide.stage.fading or (picture is not None and picture.lively)
        rate = _STILL_MS if self._style.still else 1000 // RATE if lively else 2000 // RATE
        if frame.paused and not self._guide.stage.fading:
            rate = _STILL_MS  # only sounds are looked after
        if self._timer.interval() != rate or not self._timer.isActive():
            self._timer.start(rate)

    def _noticed(self, answer: str) -> None:
        if answer != phrases.YES:
            self.close()
            return
        self._agreed = True
        self._reporter.acknowledged()
        self.begin()

    def _rated(self, answer: str) -> None:
        assert self._session is not None
        if not answer:
            self.close()
            return
        feedback = Feedback(answer)
        if feedback is not Feedback.IT_HURT:
            self._reporter.feedback(feedback)
            self.close()
            return
        begun = phrases.begun_exercises(self._request.routine, self._session.frame)
        if len(begun) > 1:
            self._ask(phrases.which(begun), self._hurt)
        else:
            self._hurt(next(iter(begun)))

    def _hurt(self, exercise: str) -> None:
        self._reporter.feedback(Feedback.IT_HURT, exercise or None)
        self._ask(phrases.after_it_hurt(), self._last_word)

    def _last_word(self, answer: str) -> None:  # noqa: ARG002 - there is only one
        self.close()

    def _ask(self, text: phrases.PageText, answered: Callable[[str], None]) -> None:
        page = Page(text, self._style)
        page.chosen.connect(lambda answer: self._answered(page, answer, answered))
        self._page, self._page_since = page, self._clock()
        self._show(page)
        announce(self, " ".join((text.heading, *text.paragraphs)))
        self._hear_from(self._clock())
        self._timer.start(1000 // RATE if text.stays_s and not self._style.still else _STILL_MS)

    def _answered(self, page: Page, answer: str, answered: Callable[[str], None]) -> None:
        if self._page is page:
            self._page = None
            answered(answer)

    def _page_left(self, now: float) -> None:
        assert self._page is not None
        stays = self._page.text.stays_s
        if stays is not None:
            left = stays - (now - self._page_since) * self._speed
            self._page.show_left(max(0.0, left / stays))
            if left <= 0:
                self._page.answer(phrases.NO)

    def _show(self, page: QWidget) -> None:
        before = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.setFocus()  # and not some button, so that keys mean what they say
        if before is not None:
            self._pages.removeWidget(before)
            before.hide()
            before.deleteLater()


def announce(window: QWidget, text: str) -> None:
    """Let a screen reader say it, where one is running."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, text))


def open_window(request: Request, options: argparse.Namespace, reporter: Reporter) -> int:
    """Show the window until it closes; returns the exit code. Qt has to be able to start."""
    reporter.beat(0.0)  # the libraries of the window are there, which may have taken a while
    app = application()
    app.setQuitOnLastWindowClosed(False)  # but with the exit code of `done`
    desktop = taste()
    sounds = Sounds.wanted(time.monotonic, options)
    still = options.still or desktop.still
    style = Style(apply_theme(options.theme, desktop), options.text_scale, still=still)
    window = PlayerWindow(request, reporter, time.monotonic, sounds, style, speed=options.speed)
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
    alone_s = request.line.total_s / options.speed + ALONE_S
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
