"""Runs one routine: time and keys in, moments on the screen, reports to the daemon.

Time comes from the inputs, so a test can let two minutes pass in an instant.
"""

from typing import Protocol

from deskbreak.content.model import Routine
from deskbreak.content.playback import Frame, Timeline
from deskbreak.core.effects import ALONE_S
from deskbreak.core.enums import Feedback
from deskbreak.text import player as phrases
from deskbreak.windows.report import BEAT_S, Reporter
from deskbreak.windows.session import Session, Sounds
from deskbreak.windows.terminal.inputs import Event
from deskbreak.windows.terminal.screen import Front

_LEAST_S = 60.0
"""So long a page stays where nothing shows how long it will."""
_CLOSING = (Event.STOP, Event.INTERRUPT, Event.HANG_UP)


class Waits(Protocol):
    """What the player waits for, and its clock; `Inputs` in earnest."""

    @property
    def has_keys(self) -> bool:
        """Whether anybody can press a key."""

    def now(self) -> float:
        """Seconds on a steady clock."""

    def wait(self, timeout_s: float | None) -> list[str]:
        """The events until then."""

    def obey(self, orders: int | None) -> None:
        """Take orders from this descriptor from now on."""


class Player:
    """One routine from the notice to the question; `speed` lets time run faster, for a demo."""

    def __init__(
        self, front: Front, inputs: Waits, reporter: Reporter, sounds: Sounds, *, speed: float = 1.0
    ) -> None:
        self._front = front
        self._inputs = inputs
        self._reporter = reporter
        self._sounds = sounds
        self._speed = speed
        self._closing = False
        self._asks = False
        self._next_beat = float("-inf") if reporter.keeps_alive else float("inf")
        self._alone_s = ALONE_S

    @property
    def stopped(self) -> bool:
        """Whether the daemon, a signal or the end of the terminal ended it."""
        return self._closing

    def acknowledge(self) -> bool:
        """Show what everybody should have read once; True if the person agrees."""
        self._reporter.painted()  # somebody reads; the routine may take its time to begin
        agreed = self._read(phrases.notice()) == phrases.YES
        if agreed:
            self._reporter.acknowledged()
        else:
            self._reporter.ended(0.0, 0, 0)
        return agreed

    def play(self, line: Timeline, easier: frozenset[str] = frozenset()) -> Frame:
        """Run the routine to its end, however that comes; returns its last moment."""
        now = self._inputs.now()
        self._alone_s = ALONE_S + line.total_s / self._speed
        session = Session(line, self._reporter, now, easier=easier, speed=self._speed)
        self._front.show(session.frame)
        self._reporter.painted()
        begins = session.look(now)
        while not session.frame.over:
            self._hear(session.frame, begins=begins)
            look = self._front.next_look_s(session.frame) / self._speed
            for event in self._wait(None if session.frame.paused else look):
                self._after(event, session)
            begins = session.look(self._inputs.now())
            if not session.frame.over:
                self._front.show(session.frame)
        self._hear(session.frame, begins=begins)
        self._asks = session.asks
        return session.frame

    def ask(self, routine: Routine, last: Frame) -> Feedback | None:
        """The one question, where there is something to answer and somebody to answer it."""
        if not self._asks or self._closing or not self._inputs.has_keys:
            return None
        answer = self._read(phrases.question(last))
        if not answer:
            return None
        feedback = Feedback(answer)
        if feedback is not Feedback.IT_HURT:
            self._reporter.feedback(feedback)
            return feedback
        begun = phrases.begun_exercises(routine, last)
        which = self._read(phrases.which(begun)) if len(begun) > 1 else next(iter(begun))
        self._reporter.feedback(feedback, which or None)
        self._read(phrases.after_it_hurt())
        return feedback

    def _read(self, page: phrases.PageText) -> str:
        """Show a page until a key answers it; `NO` for any other way to leave it."""
        keys = {choice.key.lower(): choice.answer for choice in page.choices}
        part, until = 0, None
        if page.stays_s is not None:
            until = self._inputs.now() + max(_LEAST_S, page.stays_s)
        while not self._closing:
            parts = self._front.page(page, part)
            if not self._inputs.has_keys:
                return phrases.NO
            left = None if until is None else until - self._inputs.now()
            if left is not None and left <= 0:
                return phrases.NO
            for event in self._wait(left):
                if event == "enter" and part < parts - 1:
                    part += 1
                elif event in keys:
                    return keys[event]
                elif event in ("q", "esc", "enter"):
                    return phrases.NO
                else:
                    self._common(event)
        return phrases.NO

    def _wait(self, timeout_s: float | None) -> list[str]:
        """The events until then, with a sign of life to the daemon before, where it is time."""
        now = self._inputs.now()
        if now >= self._next_beat:
            self._next_beat = now + BEAT_S
            if self._reporter.beat(now) > self._alone_s:
                return [Event.STOP]
            self._inputs.obey(self._reporter.fd)
        left = self._next_beat - now
        if timeout_s is None:
            return self._inputs.wait(None if left == float("inf") else left)
        return self._inputs.wait(min(timeout_s, left))

    def _hear(self, frame: Frame, *, begins: bool) -> None:
        self._sounds.look()
        if begins and not self._closing:
            self._sounds.play(frame)

    def _after(self, event: str, session: Session) -> None:
        now = self._inputs.now()
        match event:
            case "space":
                session.pause_or_go_on(now)
            case "left" | "b":
                session.back(now)
            case "right" | "s":
                session.skip(now)
            case "e":
                session.ease(now)
            case "q" | "esc":
                session.end(now)
            case _:
                self._other(event, session, now)

    def _other(self, event: str, session: Session, now: float) -> None:
        if event == Event.SUSPEND:
            session.pause(now)
        self._common(event)
        if self._closing:
            session.end(now)

    def _common(self, event: str) -> None:
        """What an event does wherever it comes."""
        if event in _CLOSING:
            self._closing = True
        elif event == Event.RESIZE:
            self._front.resized()
        elif event == Event.SUSPEND:
            self._front.suspend()
        elif event == Event.HUSH:
            self._sounds.close()
