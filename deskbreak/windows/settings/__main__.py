"""`python -m deskbreak.windows.settings`: the settings window.

Exit codes: 0 closed, 1 there is no place for the settings, 2 the words were not understood, 3 no
window can be opened here (one line says what is missing and what works without).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from deskbreak.windows.options import add_looks
from deskbreak.windows.settings.pages import BASICS, all_pages
from deskbreak.windows.start import CANNOT_START, cannot_start

_INSTEAD = "`deskbreak config edit` opens the file in an editor"


def main(words: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; returns the exit code."""
    options = parser().parse_args(words)
    if cannot_start(os.environ, _INSTEAD):
        return CANNOT_START
    from deskbreak.windows.settings.window import open_window

    return open_window(options)


def parser() -> argparse.ArgumentParser:
    """The words that the window takes."""
    made = argparse.ArgumentParser(
        prog="python -m deskbreak.windows.settings", description="Every setting, in a window."
    )
    made.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    names = [BASICS, *(page.name for page in all_pages())]
    made.add_argument("--page", choices=names, metavar="TABLE", help="the page to begin with")
    add_looks(made)
    return made


if __name__ == "__main__":
    sys.exit(main())
