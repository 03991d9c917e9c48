"""`python -m deskbreak.windows.overlay`: ask what standard input says, over the whole screen.

Exit codes: 0 answered or told to go, 2 the words were not understood, 3 no window can be opened
here (one line says what is missing).
"""

import argparse
import os
import sys
from collections.abc import Sequence

from deskbreak.windows.options import THEMES, scale
from deskbreak.windows.start import CANNOT_START, cannot_start


def main(words: Sequence[str] | None = None) -> int:
    """Ask and go; returns the exit code."""
    options = parser().parse_args(words)
    if cannot_start(os.environ):
        return CANNOT_START
    from deskbreak.windows.overlay.window import open_overlay

    return open_overlay(options)


def parser() -> argparse.ArgumentParser:
    """The words that the overlay takes."""
    made = argparse.ArgumentParser(
        prog="python -m deskbreak.windows.overlay", description="A question on the whole screen."
    )
    made.add_argument("--theme", choices=THEMES, default="auto", help="the colours (auto)")
    made.add_argument("--text-scale", type=scale, default=1.0, help="the size of text (1)")
    return made


if __name__ == "__main__":
    sys.exit(main())
