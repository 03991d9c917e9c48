"""`python -m deskbreak.windows.terminal ROUTINE`: play a routine, or a single exercise, here.

Exit codes: 0 played (to the end or not), 1 the notice was not accepted, 2 there is no such
routine or the words were not understood.
"""

import argparse
import contextlib
import os
import stat
import sys
import time
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from deskbreak.content.derive import find
from deskbreak.content.load import load_catalogue
from deskbreak.content.model import Routine
from deskbreak.content.problem import nearest
from deskbreak.content.texts import by_id
from deskbreak.content.words import Side
from deskbreak.core.routine import Timeline, timeline
from deskbreak.settings.shipped import shipped
from deskbreak.windows.report import Reporter, call
from deskbreak.windows.terminal.fronts import Front, FullScreen, PlainLines
from deskbreak.windows.terminal.inputs import Inputs
from deskbreak.windows.terminal.player import Player
from deskbreak.windows.terminal.screen import Screen, can_be_drawn_on, keyboard, wants_colour


def main(words: Sequence[str] | None = None) -> int:
    """Play what the words say; returns the exit code."""
    options = _parser().parse_args(words)
    catalogue = load_catalogue([shipped("microroutines"), *options.content]).catalogue
    routine = find(catalogue, options.routine)
    if routine is None:
        known = {*catalogue.routines, *catalogue.exercises}
        print(  # noqa: T201 - a program's message
            f"deskbreak: no routine {options.routine!r} ({nearest(options.routine, known)})",
            file=sys.stderr,
        )
        return 2
    line = timeline(routine, catalogue.timing, Side(options.first), extended=options.long)
    return _run(options, routine, line)


def _run(options: argparse.Namespace, routine: Routine, line: Timeline) -> int:
    notes = [by_id()[note] for note in routine.notes if note not in options.seen]
    with contextlib.ExitStack() as stack:
        drawn = can_be_drawn_on(sys.stdout, os.environ)
        keys = keyboard() if drawn else None
        orders = _orders(options.report)
        inputs = stack.enter_context(Inputs(time.monotonic, keys, orders))
        front: Front = PlainLines(_plain_output(options.report), routine.name, notes)
        if drawn:
            screen = Screen(sys.stdout, keys, colour=wants_colour(os.environ))
            front = FullScreen(stack.enter_context(screen), routine.name, notes)
        player = Player(front, inputs, Reporter(options.report), speed=options.speed)
        if options.notice and not player.acknowledge():
            return 1
        last = player.play(line, frozenset(options.easier))
        player.ask(routine, last)
    return 0


def _orders(report: int | None) -> int | None:
    """Where orders come from: the daemon's socket, or standard input if it is not the person's."""
    if report is not None and stat.S_ISSOCK(os.fstat(report).st_mode):
        return report
    if report is None or sys.stdin is None or sys.stdin.isatty():
        return None
    return sys.stdin.fileno()


def _plain_output(report: int | None) -> TextIO | None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return None if report == sys.stdout.fileno() else sys.stdout


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deskbreak.windows.terminal",
        description="Play a routine, or a single exercise, in this terminal.",
    )
    parser.add_argument("routine", help="the id of a routine or an exercise")
    parser.add_argument(
        "--report",
        type=_descriptor,
        metavar="PATH|FD",
        help="write events as JSON lines to this unix socket, or to this open file",
    )
    parser.add_argument("--notice", action="store_true", help="show the notice first")
    parser.add_argument(
        "--first", choices=[str(side) for side in Side], default="left", help="the side to begin"
    )
    parser.add_argument(
        "--long", action="store_true", help="let a walk at the end go on as long as it may"
    )
    parser.add_argument(
        "--content", action="append", type=Path, default=[], metavar="DIR", help="own routines"
    )
    parser.add_argument(
        "--seen", action="append", default=[], metavar="ID", help="a note to leave out, such as T8"
    )
    parser.add_argument(
        "--easier", action="append", default=[], metavar="ID", help="an exercise to begin easier"
    )
    parser.add_argument("--speed", type=_speed, default=1.0, help="how fast time goes (1)")
    return parser


def _descriptor(text: str) -> int:
    """The number of an open file descriptor; a path is a socket that is waiting for our call."""
    if "/" in text:
        try:
            return call(text)
        except OSError as error:
            raise argparse.ArgumentTypeError(f"nobody answers at {text!r}") from error
    try:
        number = int(text)
        os.fstat(number)
    except (ValueError, OSError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no open file descriptor") from error
    return number


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.1 <= speed <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 0.1 and 1000")
    return speed


if __name__ == "__main__":
    sys.exit(main())
