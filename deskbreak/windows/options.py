"""What a player is asked to play: the words that every player understands, and what they choose.

The same words can be given to the window and to the terminal, so that one takes over from the
other; each passes over what it has no use for.
"""

import argparse
import os
import stat
import sys
from functools import partial
from pathlib import Path

from deskbreak.content.derive import find
from deskbreak.content.fields import nearest
from deskbreak.content.load import PICTURES, load_catalogue
from deskbreak.content.model import Routine, Side
from deskbreak.content.playback import Timeline, timeline
from deskbreak.content.safety import by_id
from deskbreak.settings.files import shipped
from deskbreak.struct import Struct
from deskbreak.text.display import complain
from deskbreak.windows.report import Reporter, call

THEMES = ("auto", "light", "dark", "contrast")


class Request(Struct):
    """What to play: the routine in time, the safety lines to show first, where the figures are.

    `easier` are the exercises that begin with their easier version.
    """

    routine: Routine
    line: Timeline
    notes: tuple[str, ...]
    easier: frozenset[str]
    figures: tuple[Path, ...]


def chosen(options: argparse.Namespace) -> Request | None:
    """What the options choose; None, with a line on standard error, if there is no such routine."""
    folders: list[Path] = [shipped("microroutines"), *options.content]
    catalogue = load_catalogue(folders).catalogue
    routine = find(catalogue, options.routine)
    if routine is None:
        known = {*catalogue.routines, *catalogue.exercises}
        complain(f"no routine {options.routine!r} ({nearest(options.routine, known)})")
        return None
    return Request(
        routine,
        timeline(routine, catalogue.timing, Side(options.first), extended=options.long),
        tuple(by_id()[note] for note in routine.notes if note not in options.seen),
        frozenset(options.easier),
        tuple(folder / PICTURES for folder in folders),
    )


def reached(report: int | str | None) -> Reporter:
    """Who is reported to; a path is a socket that waits for our call. Raises OSError.

    Whoever calls is the player from then on, so call when nothing can hinder it any more.
    """
    return Reporter(call(report), report) if isinstance(report, str) else Reporter(report)


def orders(report: int | None) -> int | None:
    """Where orders come from: the daemon's socket, or standard input if it is not the person's."""
    if report is not None and stat.S_ISSOCK(os.fstat(report).st_mode):
        return report
    if report is None or sys.stdin is None or sys.stdin.isatty():
        return None
    return sys.stdin.fileno()


def parser(program: str, description: str) -> argparse.ArgumentParser:
    """The words that a player can be given."""
    made = argparse.ArgumentParser(prog=program, description=description)
    add, sides = made.add_argument, [str(side) for side in Side]
    more = partial(add, action="append", default=[])
    yes = partial(add, action="store_true")
    add("routine", help="the id of a routine or an exercise")
    add("--report", type=_report, metavar="PATH|FD",
        help="write events as JSON lines to this unix socket, or to this open file")  # fmt: skip
    yes("--notice", help="show the notice first")
    add("--first", choices=sides, default="left", help="the side to begin")
    yes("--long", help="let a walk at the end go on as long as it may")
    more("--content", type=Path, metavar="DIR", help="own routines")
    more("--seen", metavar="ID", help="a note to leave out, such as T8")
    more("--easier", metavar="ID", help="an exercise to begin easier")
    add("--speed", type=_speed, default=1.0, help="how fast time goes (1)")
    yes("--sound", help="chimes at steps, sides and the end")
    yes("--voice", help="spoken cues")
    yes("--quiet", help="neither of them: somebody is in a call")
    add("--theme", choices=THEMES, default="auto", help="the colours (auto)")
    add("--text-scale", type=scale, default=1.0, help="the size of text (1)")
    yes("--still", help="still pictures in place of movement")
    return made


def _report(text: str) -> int | str:
    """The path of a socket, or the number of an open file descriptor."""
    if "/" in text:
        return text
    try:
        number = int(text)
        os.fstat(number)
    except (ValueError, OSError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not an open file descriptor") from error
    return number


def _speed(text: str) -> float:
    return _between(text, 0.1, 1000)


def add_looks(made: argparse.ArgumentParser) -> None:
    """Let a window of the person's own settings be told other colours and sizes."""
    made.add_argument("--theme", choices=THEMES, help="colours [ui.theme]")
    made.add_argument("--text-scale", type=scale, help="size of text [ui.text_scale]")


def scale(text: str) -> float:
    """The size of text in words. Raises ArgumentTypeError."""
    return _between(text, 0.5, 4)


def _between(text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not between {least:g} and {most:g}")
    return number
