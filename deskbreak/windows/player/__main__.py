"""`python -m deskbreak.windows.player ROUTINE`: play a routine, or a single exercise, in a window.

Exit codes: 0 played (to the end or not), 1 the notice was not accepted, 2 there is no such routine
or the words were not understood, 3 no window can be opened here (one line says what is missing).
"""

import os
import sys
from collections.abc import Sequence

from deskbreak.text.display import complain
from deskbreak.windows.options import chosen, parser, reached
from deskbreak.windows.start import CANNOT_START, cannot_start


def main(words: Sequence[str] | None = None) -> int:
    """Play what the words say; returns the exit code."""
    options = parser(
        "python -m deskbreak.windows.player",
        "Play a routine, or a single exercise, in a window.",
    ).parse_args(words)
    request = chosen(options)
    if request is None:
        return 2
    if cannot_start(os.environ):
        return CANNOT_START
    try:
        reporter = reached(options.report)
    except OSError:
        complain(f"nobody answers at {options.report!r}")
        return 2
    from deskbreak.windows.player.window import open_window

    return open_window(request, options, reporter)


if __name__ == "__main__":
    sys.exit(main())
