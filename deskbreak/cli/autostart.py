"""`deskbreak autostart`: start with the session, by the desktop's own autostart folder."""

import click

from deskbreak.app.autostart import Autostart
from deskbreak.app.places import NoPlaceError
from deskbreak.cli.ask import FAILED, leave
from deskbreak.cli.echo import echo


@click.command()
@click.argument("switch", type=click.Choice(["on", "off", "status"]), default="status")
def autostart(switch: str) -> None:
    """Start deskbreak when you log in, or no longer."""
    try:
        entry = Autostart.of_user()
    except NoPlaceError as problem:
        leave(FAILED, str(problem))
    try:
        if switch == "on":
            entry.switch_on()
        elif switch == "off":
            entry.switch_off()
    except OSError as error:
        leave(FAILED, f"{entry.path} could not be changed ({error.strerror}).")
    if entry.is_on():
        echo(f"deskbreak starts when you log in ({entry.path}).")
    else:
        echo("deskbreak does not start by itself; `deskbreak autostart on` changes that.")
