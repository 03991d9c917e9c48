"""`deskbreak demo`: the whole loop in about a minute."""

import os
import sys
from pathlib import Path

import click

from deskbreak.cli.ask import WRONG_WORDS, supported_system
from deskbreak.cli.echo import echo, echo_json, prose, width

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
    supported_system()
    from deskbreak.app.demo import Pace, run_demo

    raise SystemExit(run_demo(_say, Pace(speed), console=terminal))


def _say(text: str) -> None:
    """Print a paragraph as wide as the terminal; below its first line it stays as laid out."""
    from textwrap import fill

    hanging = "" if text[0].isalpha() else _STEP
    first, *rest = text.split("\n")
    indent = _STEP if first.startswith(_STEP) else ""
    filled = fill(first.strip(), width(92), initial_indent=indent, subsequent_indent=hanging)
    prose("\n".join([filled, *rest, ""]))


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def simulate(scenario: Path, as_json: bool) -> None:
    """Replay a day of your own from a SCENARIO file.

    It shows what deskbreak would have done. docs/scenarios has examples; each says what it shows.
    """
    from deskbreak.app.adviser import CatalogueAdviser
    from deskbreak.settings.files import shipped
    from deskbreak.simulate.replay import replay
    from deskbreak.simulate.scenario import ScenarioError, read_scenario

    try:
        day = read_scenario(scenario)
    except ScenarioError as error:
        for problem in error.problems:
            echo(problem, err=True)
        raise SystemExit(WRONG_WORDS) from None
    replayed = replay(day, CatalogueAdviser([shipped("microroutines")]), watch=not as_json)
    if as_json:
        for happened in replayed.happened:
            echo_json(happened)
    else:
        from deskbreak.simulate.picture import draw

        click.echo(draw(replayed, width=width(), colour=_colour()))


def _colour() -> bool:
    """Whether the picture may be more than ASCII: on a terminal that nobody asked to be plain."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
