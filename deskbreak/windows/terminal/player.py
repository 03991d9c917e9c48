"""Runs one routine: time and keys in, moments on the screen, reports to the daemon.

Time comes from the inputs, so a test can let two minutes pass in an instant.
"""

from collections.abc import Mapping
from typing import Protocol

from deskbreak.content.model import Routine
from deskbreak.content.playback import Frame, Timeline
from deskbreak.content.safety import IT_HURT, NOTICE, PRIVACY, RED_FLAGS
from deskbreak.core.effects import ALONE_S
from deskbreak.core.enums import Feedback
from deskbreak.text import player as phrases
from deskbreak.windows.report import BEAT_S, Reporter
from deskbreak.windows.session import Session, Sounds
from deskbreak.windows.terminal.inputs import Event
from deskbreak.windows.terminal.screen import Front
from deskbreak.windows.terminal.view import Page

QUESTION_STAYS_S = 60.0
TEXT_STAYS_S = 300.0
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
        self._next_beat = float("-inf") if reporter.keeps_alive else float("inf")
        self._alone_s = ALONE_S

    @property
    def told_to_go(self) -> bool:
        """Whether the daemon, a signal or the end of the terminal ended it."""
        return self._closing

    def acknowledge(self) -> bool:
        """Show what everybody should have read once; True if the person agrees."""
        texts, choices = (NOTICE, RED_FLAGS, PRIVACY), ("Enter: understood, go on", "q: not now")
        page = Page("Before you start", texts, choices)
        self._reporter.painted()  # somebody reads; the routine may take its time to begin
        agreed = self._read(page, {"enter": "yes"}, None) == "yes"
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
        return session.frame

    def ask(self, routine: Routine, last: Frame) -> Feedback | None:
        """The one question, where there is something to answer and somebody to answer it."""
        if last.share == 0 or self._closing or not self._inputs.has_keys:
            return None
        keys = {str(number): answer for number, (answer, _) in enumerate(phrases.ANSWERS, 1)}
        choices = "   ".join(f"{n} {text}" for n, (_, text) in enumerate(phrases.ANSWERS, 1))
        page = Page(phrases.farewell(last.share), (phrases.QUESTION,), (choices, phrases.NO_ANSWER))
        answer = self._read(page, keys, QUESTION_STAYS_S)
        if answer is None:
            return None
        feedback = Feedback(answer)
        hurt = self._which(routine, last) if feedback is Feedback.IT_HURT else None
        self._reporter.feedback(feedback, hurt)
        if feedback is Feedback.IT_HURT:
            texts = Page("Thank you for saying so", (IT_HURT, RED_FLAGS), ("Enter: close",))
            self._read(texts, {"enter": "read"}, TEXT_STAYS_S)
        return feedback

    def _which(self, routine: Routine, last: Frame) -> str | None:
        """Which of the exercises it was, of those that were begun; None if they do not say."""
        begun = list({step.exercise.id: step.exercise for step in routine.steps[: last.number]})
        if len(begun) == 1:
            return begun[0]
        names = {step.exercise.id: step.exercise.name for step in routine.steps}
        choices = [f"{n} {names[ident]}" for n, ident in enumerate(begun[:9], 1)]
        keys = {str(n): ident for n, ident in enumerate(begun[:9], 1)}
        return self._read(
            Page(phrases.WHICH, (), (*choices, phrases.NOT_SURE)), keys, QUESTION_STAYS_S
        )

    def _read(self, page: Page, keys: Mapping[str, str], stays_s: float | None) -> str | None:
        """Show a page until one of the keys says something; None for any other way to leave it."""
        part, until = 0, None if stays_s is None else self._inputs.now() + stays_s
        while not self._closing:
            parts = self._front.page(page, part)
            if not self._inputs.has_keys:
                return None
            left = None if until is None else until - self._inputs.now()
            if left is not None and left <= 0:
                return None
            for event in self._wait(left):
                if event == "enter" and part < parts - 1:
                    part += 1
                elif event in keys:
                    return keys[event]
                elif event in ("q", "esc", "enter"):
                    return None
                else:
                    self._common(event)
        return None

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
