"""A terminal that is ours for a while: its other screen, single keys, and all of it given back."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import TextIO

from deskbreak.content.figure.braille import braille, dots
from deskbreak.content.model import Side
from deskbreak.content.playback import Frame, Part, Segment
from deskbreak.content.safety import GUIDE_LINE
from deskbreak.systems.posix.keyboard import single_keys
from deskbreak.text import player as phrases
from deskbreak.text.display import one_line
from deskbreak.windows.animation import Figures
from deskbreak.windows.terminal.cells import Line, styled, wrapped
from deskbreak.windows.terminal.view import Draw, Size, guide, screens

_TAKE = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J"
_ASCII = str.maketrans({"\u2019": "'", "\u2013": "-", "\u2026": "..."})
_GIVE_BACK = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"


class Screen:
    """Shows lines, and writes only what has changed since. Use it in `with`.

    `keys` is the descriptor that keys come from; without one only the output is taken over.
    """

    def __init__(self, output: TextIO, keys: int | None, *, colour: bool) -> None:
        self._fd = output.fileno()
        self._encoding = output.encoding or "ascii"
        self._unicode = self._encoding.lower().replace("-", "") == "utf8"
        self._keys = keys
        self._colour = colour
        self._shown: list[str] = []
        self._give_back_keys: Callable[[], None] | None = None

    def __enter__(self) -> "Screen":
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.give_back()

    def take(self) -> None:
        """Switch to the other screen and to single keys without echo."""
        if self._keys is not None:
            self._give_back_keys = single_keys(self._keys)
        self._shown = []
        self._write(_TAKE)

    def give_back(self) -> None:
        """Leave the terminal as it was found."""
        self._write(_GIVE_BACK)
        if self._give_back_keys is not None:
            self._give_back_keys()
            self._give_back_keys = None

    @property
    def size(self) -> Size:
        """The size right now; a usual one where the terminal does not say."""
        try:
            columns, rows = os.get_terminal_size(self._fd)
        except OSError:
            columns, rows = 80, 24
        return Size(columns or 80, rows or 24, self._unicode)

    def forget(self) -> None:
        """The screen may show anything by now (it was resized): paint all of it next time."""
        self._shown = []
        self._write("\x1b[2J")

    def paint(self, lines: list[Line]) -> None:
        """Show these lines from the top."""
        texts = [styled(one, colour=self._colour) for one in lines]
        pieces = [
            f"\x1b[{row + 1};1H\x1b[K{text}"
            for row, text in enumerate(texts)
            if row >= len(self._shown) or self._shown[row] != text
        ]
        self._shown = texts
        self._write("".join(pieces))

    def _write(self, text: str) -> None:
        known = text if self._unicode else text.translate(_ASCII)
        left = known.encode(self._encoding, errors="replace")
        try:
            while left:
                left = left[os.write(self._fd, left) :]
        except OSError:  # the terminal has gone: the hang-up comes through the inputs
            self._shown = []


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Whether colours are welcome: not where NO_COLOR is set to anything."""
    return not environment.get("NO_COLOR")


def can_be_drawn_on(output: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether there is a terminal that knows more than lines."""
    return output.isatty() and environment.get("TERM", "dumb") not in ("", "dumb")


def keyboard() -> int | None:
    """Where keys come from: standard input, else the terminal that controls us, else nowhere."""
    if sys.stdin is not None and sys.stdin.isatty():
        return sys.stdin.fileno()
    try:
        return os.open(os.ctermid(), os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError:
        return None


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
        """How long this moment may stay, in seconds: the bar moves ten times in one."""
        return min(0.1, frame.left_s)

    def page(self, page: phrases.PageText, part: int) -> int:
        """Paint one screen of a page (from 0); returns how many it has."""
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

    def page(self, page: phrases.PageText, part: int) -> int:
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
            self._print(f"  {head}: {amount}" if frame.segment.side else f"  {amount}")
        else:
            self._print(f"{frame.number} of {frame.of}: {exercise.name}, {phrases.amount(frame)}")
            wait = f"{phrases.headline(frame)}, {frame.segment.length_s:.0f} s"
            tips = [*exercise.steps, exercise.cue, phrases.breath(exercise)]
            if frame.easier:
                tips.append(f"Easier: {exercise.easier}")
            for text in filter(None, (*tips, wait)):
                self._print(f"  {text}")

    def _print(self, text: str) -> None:
        if self._output is None:
            return
        try:
            self._output.write(one_line(text) + "\n")
            self._output.flush()
        except OSError:  # nobody reads any more
            self._output = None


Front = FullScreen | PlainLines
"""What shows moments and pages."""
