"""`python -m deskbreak.windows.terminal ROUTINE`: play a routine, or a single exercise, here.

Exit codes: 0 played (to the end or not), 1 the notice was not accepted, 2 there is no such
routine or the words were not understood.
"""

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO

from deskbreak.text.display import complain
from deskbreak.windows.animation import Figures
from deskbreak.windows.options import Request, chosen, orders, parser, reached
from deskbreak.windows.report import Reporter, tell_the_next
from deskbreak.windows.session import Sounds
from deskbreak.windows.terminal.inputs import Inputs
from deskbreak.windows.terminal.player import Player
from deskbreak.windows.terminal.screen import (
    Front,
    FullScreen,
    PlainLines,
    Screen,
    can_be_drawn_on,
    keyboard,
    wants_colour,
)


def main(words: Sequence[str] | None = None) -> int:
    """Play what the words say; returns the exit code."""
    options = parser(
        "python -m deskbreak.windows.terminal",
        "Play a routine, or a single exercise, in this terminal.",
    ).parse_args(words)
    request = chosen(options)
    if request is None:
        return 2
    try:
        reporter = reached(options.report)
    except OSError:
        complain(f"nobody answers at {options.report!r}")
        return 2
    code, stopped = _run(options, request, reporter)
    if not stopped:
        with contextlib.suppress(KeyboardInterrupt):
            tell_the_next(reporter, _wait)
    return code


def _wait(seconds: float) -> None:
    print("Waiting for deskbreak, to tell it how it went. Ctrl-C leaves.")  # noqa: T201
    time.sleep(seconds)


def _run(options: argparse.Namespace, request: Request, reporter: Reporter) -> tuple[int, bool]:
    """Play it; the exit code, and whether a signal or the daemon ended it."""
    routine, notes = request.routine, request.notes
    with contextlib.ExitStack() as stack:
        drawn = can_be_drawn_on(sys.stdout, os.environ)
        keys = keyboard() if drawn else None
        inputs = stack.enter_context(Inputs(time.monotonic, keys, orders(reporter.fd)))
        front: Front = PlainLines(_plain_output(reporter.fd), routine.name, notes)
        if drawn:
            screen = Screen(sys.stdout, keys, colour=wants_colour(os.environ))
            front = FullScreen(
                stack.enter_context(screen),
                routine.name,
                notes,
                Figures(request.figures),
                request.line.first,
                still=options.still,
            )
        sounds = stack.enter_context(contextlib.closing(Sounds.wanted(time.monotonic, options)))
        player = Player(front, inputs, reporter, sounds, speed=options.speed)
        code = 0
        if options.notice and not player.acknowledge():
            code = 1
        else:
            last = player.play(request.line, request.easier)
            player.ask(routine, last)
    return code, player.stopped


def _plain_output(report: int | None) -> TextIO | None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return None if report == sys.stdout.fileno() else sys.stdout


if __name__ == "__main__":
    sys.exit(main())
