"""`deskbreak settings`: the settings window."""

from pathlib import Path

import click

from deskbreak.cli.ask import FAILED, WRONG_WORDS, leave


@click.command()
@click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Another settings file.",
)
@click.option("--page", metavar="TABLE", help="The page to begin with, such as breaks.")
def settings(config: Path | None, page: str | None) -> None:
    """Change the settings in a window. Every change is saved at once, comments stay.

    A running deskbreak takes changes up by itself. Without a display there is `config edit`.
    """
    from deskbreak.windows.settings.__main__ import main

    if config is not None and not config.is_file():
        leave(WRONG_WORDS, f"there is no file {config}.")
    words = [] if config is None else ["--config", str(config)]
    if main([*words, *([] if page is None else ["--page", page])]):
        raise SystemExit(FAILED)
