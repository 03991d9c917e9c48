"""`deskbreak run` and `deskbreak quit`."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from deskbreak.adapters.programs import environment, python
from deskbreak.app.environment import Places
from deskbreak.app.installed import Installed, refusal
from deskbreak.app.instance import holder
from deskbreak.cli.ask import FAILED, WRONG_WORDS, ask, leave, places, say, supported_system
from deskbreak.cli.echo import echo
from deskbreak.private import is_ours_alone, private_folder


def _become(options: str, places: Places) -> None:
    """Replace this process by the daemon in a lean Python.

    Returns where that cannot be had or brings nothing: on Windows, where a process cannot be
    replaced, and where nothing may be kept compiled, which would cost more than it saves.
    """
    if not hasattr(signal, "pthread_sigmask") or sys.dont_write_bytecode:
        return
    compiled = _compiled(places.compiled)
    if compiled is not None:
        program, *rest = python("deskbreak.app", options)
        lean = [program, "-OO", "-X", f"pycache_prefix={compiled}", *rest]
        sys.stdout.flush()
        # Ctrl-C waits for the daemon to be able to take it: until then it would be a traceback.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execve(program, lean, environment())


def _compiled(ours: Path) -> Path | None:
    """Where byte code is kept: a folder that the person chose, or our own; None without one.

    What lies there is run, so a folder that anybody else can write to is none.
    """
    chosen = Path(sys.pycache_prefix or "").resolve()
    if sys.pycache_prefix and is_ours_alone(chosen):
        return chosen
    try:
        private_folder(ours)
    except OSError:
        return None
    ours = ours.resolve()
    return ours if os.access(ours, os.W_OK) and is_ours_alone(ours) else None


_PATIENCE_S = 30.0
"""How long a daemon may take to close everything: a player, or a busy machine, needs a while."""


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
    supported_system()
    from deskbreak.app.__main__ import main
    from deskbreak.app.environment import Options

    if config is not None and not config.is_file():
        leave(WRONG_WORDS, f"there is no file {config}.")
    where = places()
    chosen = where.config if config is None else config.absolute()
    first = config is None and where.untouched and _asks_first(console=console)
    options = Options(chosen, not no_tray, console, player_speed, welcome=first).word()
    _become(options, where)
    raise SystemExit(main([options]))


def _asks_first(*, console: bool) -> bool:
    """At the very first start, ask the questions in this terminal, or have a window ask them."""
    from deskbreak.cli.routines import has_window
    from deskbreak.cli.welcome import ask_here

    if not console and has_window():
        return True
    if sys.stdin.isatty() and sys.stdout.isatty():
        ask_here()
    return False


@click.command("open")
@click.pass_context
def open_deskbreak(ctx: click.Context) -> None:
    """Start deskbreak, or show the day where it runs already.

    This is what its entry in the menu of programs does.
    """
    if holder(places().lock) is None:
        ctx.invoke(run)
    from deskbreak.windows.stats.__main__ import main

    if main([]):  # no window can be opened here
        say("notify")


@click.command("quit")
def quit_daemon() -> None:
    """Stop the running deskbreak. It keeps everything; start it again with `deskbreak run`."""
    lock = places().lock
    running = holder(lock)
    said = ask("quit")["says"]
    for _ in range(round(_PATIENCE_S / 0.02)):
        now = holder(lock)
        if now is None or running is None or now.pid != running.pid:
            echo(said.replace("deskbreak stops", "deskbreak has stopped"))
            return
        time.sleep(0.02)
    leave(FAILED, f"it was asked to stop and has not gone yet (process {now.pid if now else '?'}).")


@click.command()
@click.argument("switch", type=click.Choice(["on", "off", "status"]), default="status")
def autostart(switch: str) -> None:
    """Start deskbreak when you log in, or no longer."""
    installed = Installed(supported_system(), places())
    if switch != "status":
        with _files():
            installed.start_at_login(switch == "on")
    if installed.at_login.is_on():
        echo(f"deskbreak starts when you log in ({installed.at_login.path}).")
    else:
        echo("deskbreak does not start by itself; `deskbreak autostart on` changes that.")


@click.command()
def install() -> None:
    """Put deskbreak into the menu of programs.

    With it come the icon and the page of the manual (`man deskbreak`).

    `deskbreak autostart on` does that, too. `deskbreak uninstall` takes it away.
    """
    launcher = Installed(supported_system(), places()).launcher
    with _files():
        launcher.put()
    echo(f"deskbreak is in the menu of programs ({launcher.files[0]}).")


@click.command()
def uninstall() -> None:
    """Take deskbreak out of the menu and of what starts at login.

    Settings and history stay, and so does the program itself.
    """
    where = places()
    with _files():
        gone = Installed(supported_system(), where).take_away()
    for path in gone:
        echo(f"Removed {path}")
    echo("The desktop knows nothing of deskbreak any more.")
    folders = dict.fromkeys(one.parent for one in (where.config, where.history, where.state))
    if kept := [str(folder) for folder in folders if folder.is_dir()]:
        echo(f"What is yours stays: {', '.join(kept)}.")


@contextlib.contextmanager
def _files() -> Iterator[None]:
    """Exit with 1 where a file of the desktop cannot be changed."""
    try:
        yield
    except OSError as error:
        leave(FAILED, refusal(error))
