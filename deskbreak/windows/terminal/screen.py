"""A terminal that is ours for a while: its other screen, single keys, and all of it given back."""

import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TextIO

from deskbreak.systems.posix.keyboard import single_keys
from deskbreak.windows.terminal.cells import Line, styled
from deskbreak.windows.terminal.view import Size

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
