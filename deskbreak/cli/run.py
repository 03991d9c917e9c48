"""`deskbreak run` and `deskbreak quit`."""

import os
import time
from pathlib import Path

import click

from deskbreak.cli.ask import FAILED, WRONG_WORDS, ask, leave, places
from deskbreak.cli.echo import echo

_PATIENCE_S = 6.0
"""How long a daemon may take to close everything: a player has a few seconds to go."""


@click.command()
@click.option("--no-tray", is_flag=True, help="No icon in the panel.")
@click.option(
    "--console", is_flag=True, help="Prompts and keys in this terminal instead of the desktop."
)
@click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Another settings file.",
)
@click.option("--player-speed", type=float, default=1.0, hidden=True, help="For demonstrations.")
def run(no_tray: bool, console: bool, config: Path | None, player_speed: float) -> None:
    """Count sitting and suggest breaks, until told to quit.

    It lives in the tray; where there is no desktop it uses the terminal.
    """
    from deskbreak.app.__main__ import main
    from deskbreak.app.options import Options
    from deskbreak.cli.lean import become

    if config is not None and not config.is_file():
        leave(WRONG_WORDS, f"there is no file {config}.")
    where = places()
    chosen = where.config if config is None else config.absolute()
    words = [Options(chosen, not no_tray, console, player_speed).word()]
    become("deskbreak.app", words, where)
    raise SystemExit(main(words))


@click.command("quit")
def quit_daemon() -> None:
    """Stop the running deskbreak. It keeps everything; start it again with `deskbreak run`."""
    lock = places().lock
    pid = _holder(lock)
    said = ask("quit")["says"]
    for _ in range(round(_PATIENCE_S / 0.02)):
        if not _is_running(pid) or _holder(lock) != pid:
            echo(said.replace("deskbreak stops", "deskbreak has stopped"))
            return
        time.sleep(0.02)
    leave(FAILED, f"it was asked to stop and has not gone yet (process {pid}).")


def _holder(lock: Path) -> int | None:
    """The process that says in the lock file that it runs."""
    try:
        return int(lock.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _is_running(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
