"""`deskbreak about`: what it is, what it is not, and when to see a doctor."""

import click

from deskbreak import __version__
from deskbreak.cli.echo import prose
from deskbreak.content import texts


@click.command()
@click.argument("what", required=False, type=click.Choice(["safety"]), metavar="[safety]")
def about(what: str | None) -> None:
    """Say what deskbreak is and is not; with `safety`, when to see a doctor."""
    if what == "safety":
        said = [f"When to see a doctor\n\n{texts.RED_FLAGS}"]
    else:
        said = [f"deskbreak {__version__}", texts.NOTICE, texts.PRIVACY, texts.EVIDENCE]
        said.append("When to see a doctor: deskbreak about safety")
    prose("\n\n".join(said))
