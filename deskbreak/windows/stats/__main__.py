"""`python -m deskbreak.windows.stats [day|week|month|year|areas]`: the statistics window.

With `--save FILE` the view is written as a picture (PNG or SVG) and no window stays. Exit codes:
0 closed or saved, 1 the picture could not be written or the history not be read, 2 the words were
not understood, 3 no window can be opened here (one line says what is missing).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from deskbreak.windows.options import add_looks
from deskbreak.windows.start import CANNOT_START, cannot_start

VIEWS = ("day", "week", "month", "year", "areas")


def main(words: Sequence[str] | None = None) -> int:
    """Show what the words ask for; returns the exit code."""
    options = parser().parse_args(words)
    if cannot_start(os.environ):
        return CANNOT_START
    from deskbreak.windows.stats.window import open_window

    return open_window(options)


def parser() -> argparse.ArgumentParser:
    """The words that the window takes."""
    made = argparse.ArgumentParser(
        prog="python -m deskbreak.windows.stats", description="How days, weeks and years went."
    )
    made.add_argument("view", nargs="?", choices=VIEWS, default="day")
    made.add_argument("--day", type=date.fromisoformat, help="a day in the view [today]")
    add_looks(made)
    made.add_argument("--save", type=Path, metavar="FILE", help="write a .png or .svg instead")
    return made


if __name__ == "__main__":
    sys.exit(main())
