"""The commands by name. A command's module is imported when that command is used, not before.

A group of them helps whoever mistypes, and ends quietly whatever interrupts it.
"""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from io import TextIOWrapper
from types import MappingProxyType
from typing import Any

import click

from deskbreak import __version__
from deskbreak.cli.echo import echo, plain_errors, prose

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Every day": {
            "run": "run:run",
            "open": "run:open_deskbreak",
            "status": "status:status",
            "break": "commands:take_break",
            "done": "commands:done",
            "snooze": "commands:snooze",
            "skip": "commands:skip",
            "pause": "commands:pause",
            "resume": "commands:resume",
        },
        "At a raised desk, or reading": {
            "stand": "commands:stand",
            "sit": "commands:sit",
            "reading": "commands:reading",
            "desk": "desk:desk",
        },
        "How it went": {
            "stats": "stats:stats",
            "export": "stats:export_history",
            "import": "stats:import_history",
            "history": "stats:history",
        },
        "Make it yours": {
            "welcome": "welcome:welcome",
            "settings": "config:settings",
            "config": "config:config",
            "routines": "routines:routines",
            "level": "commands:level",
            "sore": "commands:sore",
            "autostart": "run:autostart",
            "install": "run:install",
            "uninstall": "run:uninstall",
        },
        "Look behind it": {
            "demo": "demo:demo",
            "doctor": "doctor:doctor",
            "calendar": "calendar:calendar",
            "about": "doctor:about",
            "simulate": "demo:simulate",
            "quit": "run:quit_daemon",
        },
    }
)
"""The commands under headings for people: each a function in a module beside this one."""

COMMANDS = {name: place for commands in SECTIONS.values() for name, place in commands.items()}

MEANT: Mapping[str, str] = MappingProxyType(
    {
        "start": "run",
        "daemon": "run",
        "stop": "quit",
        "exit": "quit",
        "help": "--help",
        "version": "--version",
        "walk": "break walk",
        "stretch": "break stretch",
        "play": "routines play",
        "list": "routines list",
        "set": "config set",
        "get": "config get",
        "preferences": "settings",
        "setup": "welcome",
        "preset": "config use",
        "unpause": "resume",
        "reload": "config check",
    }
)
"""What people type for a command of another name."""


class Group(click.Group):
    """A click group that names the nearest command for one it does not know.

    Ctrl-C, a reader that has gone (`| head`) and a disk that is full end it without a traceback.
    Without a command it does the `usual` one, or prints its help.
    """

    def __init__(self, *, usual: str = "", **how: Any) -> None:
        super().__init__(invoke_without_command=True, **how)
        self._usual = usual

    def main(self, *words: Any, **how: Any) -> Any:
        """Run the command line; text that a terminal cannot show is replaced, never fatal."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        return super().main(*words, **how)

    def make_context(self, *words: Any, **how: Any) -> click.Context:
        """Understand the options of the group."""
        with plain_errors():
            return super().make_context(*words, **how)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            with plain_errors():
                result = super().invoke(ctx)
                if ctx.invoked_subcommand is None:
                    self._do_the_usual(ctx)
                return result
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _write_no_more()
            ctx.exit(0)
        except OSError as error:
            if not error.filename:  # what could not be written is standard output
                _write_no_more()
            where = f"{error.filename}: " if error.filename else ""
            echo(f"deskbreak: {where}{error.strerror or error}.", err=True)
            ctx.exit(1)

    def _do_the_usual(self, ctx: click.Context) -> None:
        usual = self.get_command(ctx, self._usual)
        if usual is None:
            prose(ctx.get_help())
        else:
            ctx.invoke(usual)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name, or an error that says which was probably meant."""
        word = args[0]
        is_known = self.get_command(ctx, word) is not None or ctx.resilient_parsing
        if not is_known and not word.startswith("-"):
            ctx.fail(f"there is no command {word!r}{self._perhaps(ctx, word.lower())}.")
        return super().resolve_command(ctx, args)

    def _perhaps(self, ctx: click.Context, word: str) -> str:
        from difflib import get_close_matches

        meant = MEANT.get(word) if ctx.parent is None else None
        likely = [meant] if meant else get_close_matches(word, self.list_commands(ctx), n=1)
        return f"; perhaps you mean `{ctx.command_path} {likely[0]}`" if likely else ""


def _write_no_more() -> None:
    """Let the interpreter's last flush go nowhere: nobody reads standard output any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class Commands(Group):
    """All commands: imported when they are asked for, and listed by occasion."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None if there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"deskbreak.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under their headings."""
        for title, names in SECTIONS.items():
            commands = ((name, self.get_command(ctx, name)) for name in names)
            with formatter.section(title):
                formatter.write_dl(
                    [(name, found.get_short_help_str(66)) for name, found in commands if found]
                )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="deskbreak %(version)s")
def cli() -> None:
    """Count sitting, not screen time, and take a break at a good moment.

    Start it with `deskbreak run`; it then lives in the tray. Everything the tray can do, these
    commands can do too. New here? `deskbreak demo` shows it all in a minute.
    `deskbreak COMMAND --help` says more.
    """
