"""`deskbreak doctor`: what works on this desktop, how, and the one thing to do about the rest."""

from typing import Any

import click

from deskbreak.adapters.control import client
from deskbreak.cli.ask import places, print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def doctor(as_json: bool) -> None:
    """Say for each capability which backend does it, whether it works, and what would help."""
    running, rows = _examine()
    if as_json:
        print_json({"running": running, "capabilities": rows})
        return
    click.echo("deskbreak is running.\n" if running else "deskbreak is not running; this is a try-out.\n")
    for row in rows:
        _print(row)


def _examine() -> tuple[bool, list[dict[str, Any]]]:
    where = places()
    try:
        return True, client.ask(where.socket, {"do": "doctor"})["capabilities"]
    except client.ControlError:
        from deskbreak.app.run import try_out

        return False, try_out(where)


def _print(row: dict[str, Any]) -> None:
    mark = click.style("✓", fg="green") if row["works"] else click.style("✗", fg="yellow")
    backend = f" ({row['backend']})" if row["backend"] else ""
    click.echo(f"{mark} {row['name']}{backend}")
    for more in (row["why"], row["advice"]):
        if more:
            click.echo(f"    {more}")
