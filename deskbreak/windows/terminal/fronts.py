"""The two faces of the player: a whole screen, or plain lines where there is no terminal."""

import os
import signal
from collections.abc import Sequence
from typing import Protocol, TextIO

from deskbreak.content.figure.braille import braille, dots
from deskbreak.content.model import Side
from deskbreak.content.playback import Frame, Part, Segment
from deskbreak.content.safety import GUIDE_LINE
from deskbreak.text.display import one_line
from deskbreak.windows import phrases
from deskbreak.windows.animation import Figures
from deskbreak.windows.terminal.cells import wrapped
from deskbreak.windows.terminal.screen import Screen
from deskbreak.windows.terminal.view import Draw, Page, guide, screens


class Front(Protocol):
    """Shows moments and pages."""

    def show(self, frame: Frame) -> None:
        """Show a moment of the run."""

    def next_look_s(self, frame: Frame) -> float:
        """How long this moment may stay on the screen; seconds of the routine."""

    def page(self, page: Page, part: int) -> int:
        """Show one screen of a page (from 0); returns how many screens it has."""

    def resized(self) -> None:
        """The size may be another one now."""

    def suspend(self) -> None:
        """Give the terminal back, stop the process, and take it again when it goes on."""


class FullScreen:
    """Draws on a screen. `notes` are lines to show before the first exercise.

    `figures` draw the movement where there is room, `still` only its poses; `first` is the side
    that begins.
    """

    def __init__(
        self,
        screen: Screen,
        title: str,
        notes: Sequence[str],
        figures: Figures | None = None,
        first: Side = Side.LEFT,
        *,
        still: bool = False,
    ) -> None:
        self._screen = screen
        self._title = title
        self._notes = notes
        self._figures = figures
        self._first = first
        self._still = still

    def show(self, frame: Frame) -> None:
        """Paint the guide."""
        draw = self._draws(frame)
        self._screen.paint(guide(frame, self._title, self._notes, self._screen.size, draw))

    def _draws(self, frame: Frame) -> Draw | None:
        if self._figures is None:
            return None
        picture = self._figures.picture(frame, self._first, still=self._still)
        if picture is None:
            return None

        def draw(columns: int, rows: int) -> list[str]:
            size = dots(columns, rows)
            scene = picture.figure.scene(picture.t, mirrored=picture.mirrored, size=size)
            return braille(scene, columns, rows)

        return draw

    def next_look_s(self, frame: Frame) -> float:
        """The bar moves ten times a second."""
        return min(0.1, frame.left_s)

    def page(self, page: Page, part: int) -> int:
        """Paint one screen of the page."""
        parts = screens(page, self._screen.size)
        self._screen.paint(parts[min(part, len(parts) - 1)])
        return len(parts)

    def resized(self) -> None:
        """Paint everything again."""
        self._screen.forget()

    def suspend(self) -> None:
        """What Ctrl-Z does to any program, with the terminal left in order."""
        self._screen.give_back()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._screen.take()


class PlainLines:
    """Prints a few lines whenever something new begins; for pipes, logs and simple terminals."""

    def __init__(self, output: TextIO | None, title: str, notes: Sequence[str]) -> None:
        self._output = output
        self._said: Segment | None = None
        self._opening = [title, GUIDE_LINE, *notes]

    def show(self, frame: Frame) -> None:
        """Print what is new."""
        if frame.segment == self._said:
            return
        self._said = frame.segment
        for text in self._opening:
            self._print(text)
        self._opening = []
        self._announce(frame)

    def next_look_s(self, frame: Frame) -> float:
        """Nothing changes before the next segment, but what plays sounds is looked after."""
        return min(0.5, frame.left_s)

    def page(self, page: Page, part: int) -> int:
        """Print the whole page."""
        if not part:
            for text in (page.heading, *page.paragraphs):
                for one in wrapped(text, 78):
                    self._print(one)
        return 1

    def resized(self) -> None:
        """Lines have no size."""

    def suspend(self) -> None:
        """Stop as any program does."""
        os.kill(os.getpid(), signal.SIGSTOP)

    def _announce(self, frame: Frame) -> None:
        part, exercise = frame.segment.part, frame.exercise
        if part is Part.SWITCH:
            self._print(f"  {phrases.headline(frame)}, {frame.segment.length_s:.0f} s")
        elif part is Part.WORK:
            head, amount = phrases.headline(frame), f"{frame.segment.length_s:.0f} s"
            self._print(f"  {head}: {amount}" if frame.side else f"  {amount}")
        else:
            self._print(f"{frame.number} of {frame.of}: {exercise.name}, {phrases.amount(frame)}")
            wait = f"{phrases.headline(frame)}, {frame.segment.length_s:.0f} s"
            tips = [*exercise.steps, exercise.cue, f"Breath: {exercise.breathing}"]
            if frame.easier:
                tips.append(f"Easier: {exercise.easier}")
            for text in (*tips, wait):
                self._print(f"  {text}")

    def _print(self, text: str) -> None:
        if self._output is None:
            return
        try:
            self._output.write(one_line(text) + "\n")
            self._output.flush()
        except OSError:  # nobody reads any more
            self._output = None
