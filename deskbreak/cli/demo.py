"""`deskbreak demo`: the whole loop in about a minute."""

import click

from deskbreak.cli.echo import prose

_WIDEST = 92
_STEP = " " * 3
"""What stands under the number of a step is set in as far as its text."""


@click.command()
@click.option("--terminal", is_flag=True, help="In this terminal, even where there is a desktop.")
@click.option(
    "--speed",
    type=click.FloatRange(0.25, 20),
    default=1.0,
    metavar="N",
    help="So many times as fast (1).",
)
def demo(terminal: bool, speed: float) -> None:
    """See everything once, in about a minute.

    Prompt, snooze, stretch and walk, with real notifications and the tray where there are any.
    It is a deskbreak of its own: nothing is kept, and the one that may be running is not touched.
    Answer as you like, or look on.
    """
    from deskbreak.app.demo import run_demo
    from deskbreak.app.tour import Pace

    raise SystemExit(run_demo(_say, Pace(speed), console=terminal))


def _say(text: str) -> None:
    """Print a paragraph as wide as the terminal; below its first line it stays as laid out."""
    from shutil import get_terminal_size
    from textwrap import fill

    width = max(40, min(get_terminal_size().columns, _WIDEST))
    hanging = "" if text[0].isalpha() else _STEP
    first, *rest = text.split("\n")
    indent = _STEP if first.startswith(_STEP) else ""
    filled = fill(first.strip(), width, initial_indent=indent, subsequent_indent=hanging)
    prose("\n".join([filled, *rest, ""]))
