"""`deskbreak simulate`: replay a day of your own against the real engine."""

import os
import shutil
import sys
from pathlib import Path

import click

from deskbreak.cli.ask import WRONG_WORDS
from deskbreak.cli.echo import echo, echo_json


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def simulate(scenario: Path, as_json: bool) -> None:
    """Replay a day of your own from a SCENARIO file.

    It shows what deskbreak would have done. docs/scenarios has examples; each says what it shows.
    """
    from deskbreak.app.adviser import CatalogueAdviser
    from deskbreak.settings.shipped import shipped
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

        width = min(shutil.get_terminal_size().columns, 100)
        click.echo(draw(replayed, width=width, colour=_colour()))


def _colour() -> bool:
    """Whether the picture may be more than ASCII: on a terminal that nobody asked to be plain."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
