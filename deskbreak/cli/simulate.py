"""`deskbreak simulate`: replay a day of your own against the real engine."""

import json
from pathlib import Path

import click

from deskbreak.cli.ask import WRONG_WORDS, leave


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def simulate(scenario: Path, as_json: bool) -> None:
    """Replay SCENARIO, a TOML file, and show what deskbreak would have done.

    docs/scenarios has examples; each says what it shows.
    """
    from deskbreak.app.adviser import CatalogueAdviser
    from deskbreak.settings.shipped import shipped
    from deskbreak.simulate.picture import draw
    from deskbreak.simulate.replay import run_scenario
    from deskbreak.simulate.scenario import ScenarioError

    adviser = CatalogueAdviser([shipped("microroutines")])
    try:
        events = list(run_scenario(scenario, adviser))
    except ScenarioError as error:
        leave(WRONG_WORDS, str(error))
    if as_json:
        for event in events:
            click.echo(json.dumps(event, ensure_ascii=False))
    else:
        click.echo(draw(events))
