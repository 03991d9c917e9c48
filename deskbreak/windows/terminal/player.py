"""Runs one routine: time and keys in, moments on the screen, reports to the daemon.

Time comes from the inputs, so a test can let two minutes pass in an instant.
"""

from collections.abc import Mapping
from typing import Protocol

from deskbreak.content.model import Routine
from deskbreak.content.texts import IT_HURT, NOTICE, PRIVACY, RED_FLAGS
from deskbreak.core.routine import Frame, Run, Timeline
from deskbreak.core.words import Feedback
from deskbreak.windows.report import Reporter
from deskbreak.windows.terminal import says
from deskbreak.windows.terminal.fronts import Front
from deskbreak.windows.terminal.inputs import Event
from deskbreak.windows.terminal.pages import Page

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


class Player:
    """One routine from the notice to the question; `speed` lets time run faster, for a demo."""

    def __init__(
        self, front: Front, inputs: Waits, reporter: Reporter, *, speed: float = 1.0
    ) -> None:
        self._front = front
        self._inputs = inputs
        self._reporter = reporter
        self._speed = speed
        self._closing = False

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
        run = Run.start(line, self._now(), easier)
        frame, step = run.at(self._now()), 0
        while not frame.over:
            self._front.show(frame)
            if step == 0:
                self._reporter.painted()
            if step != frame.number:
                step = frame.number
                self._reporter.step(step, frame.of)
            look = self._front.next_look_s(frame) / self._speed
            for event in self._inputs.wait(None if frame.paused else look):
                run = self._after(event, run)
            frame = run.at(self._now())
        self._reporter.ended(frame.share, frame.number, frame.of)
        return frame

    def ask(self, routine: Routine, last: Frame) -> Feedback | None:
        """The one question, where there is something to answer and somebody to answer it."""
        if last.share == 0 or self._closing or not self._inputs.has_keys:
            return None
        keys = {str(number): answer for number, (answer, _) in enumerate(says.ANSWERS, 1)}
        choices = "   ".join(f"{n} {text}" for n, (_, text) in enumerate(says.ANSWERS, 1))
        page = Page(says.farewell(last.share), (says.QUESTION,), (choices, says.NO_ANSWER))
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
        return self._read(Page(says.WHICH, (), (*choices, says.NOT_SURE)), keys, QUESTION_STAYS_S)

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
            for event in self._inputs.wait(left):
                if event == "enter" and part < parts - 1:
                    part += 1
                elif event in keys:
                    return keys[event]
                elif event in ("q", "esc", "enter"):
                    return None
                else:
                    self._common(event)
        return None

    def _after(self, event: str, run: Run) -> Run:
        now = self._now()
        match event:
            case "space":
                return run.resume(now) if run.paused else run.pause(now)
            case "left" | "b":
                return run.back(now)
            case "right" | "s":
                return run.skip(now)
            case "e":
                return run.ease(now)
            case "q" | "esc":
                return run.end(now)
            case Event.SUSPEND:
                run = run.pause(now)
        self._common(event)
        return run.end(now) if self._closing else run

    def _common(self, event: str) -> None:
        """What an event does wherever it comes."""
        if event in _CLOSING:
            self._closing = True
        elif event == Event.RESIZE:
            self._front.resized()
        elif event == Event.SUSPEND:
            self._front.suspend()

    def _now(self) -> float:
        return self._inputs.now() * self._speed
