"""`python -m deskbreak.windows.welcome`: the questions in a window.

Exit codes: 0 closed, 1 there is no place for the settings, 2 the words were not understood, 3 no
window can be opened here (one line says what is missing and what works without).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from deskbreak.windows.options import add_looks
from deskbreak.windows.start import CANNOT_START, cannot_start

_INSTEAD = "`deskbreak welcome --terminal` asks the same in a terminal"


def main(words: Sequence[str] | None = None) -> int:
    """Ask until the window is closed; returns the exit code."""
    options = parser().parse_args(words)
    if cannot_start(os.environ, _INSTEAD):
        return CANNOT_START
    from deskbreak.windows.welcome.window import open_window

    return open_window(options)


def parser() -> argparse.ArgumentParser:
    """The words that the window takes."""
    made = argparse.ArgumentParser(
        prog="python -m deskbreak.windows.welcome", description="Seven questions, to begin with."
    )
    made.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    add_looks(made)
    return made


if __name__ == "__main__":
    sys.exit(main())
