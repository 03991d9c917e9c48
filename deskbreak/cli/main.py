"""The commands by name. A command's module is imported when that command is used, not before."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from deskbreak import __version__
from deskbreak.cli.echo import prose
from deskbreak.cli.group import Group

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "run": "deskbreak.cli.run:run",
        "quit": "deskbreak.cli.run:quit_daemon",
        "status": "deskbreak.cli.status:status",
        "break": "deskbreak.cli.commands:take_break",
        "done": "deskbreak.cli.commands:done",
        "skip": "deskbreak.cli.commands:skip",
        "snooze": "deskbreak.cli.commands:snooze",
        "stand": "deskbreak.cli.commands:stand",
        "sit": "deskbreak.cli.commands:sit",
        "reading": "deskbreak.cli.commands:reading",
        "desk": "deskbreak.cli.desk:desk",
        "pause": "deskbreak.cli.commands:pause",
        "resume": "deskbreak.cli.commands:resume",
        "level": "deskbreak.cli.level:level",
        "sore": "deskbreak.cli.level:sore",
        "routines": "deskbreak.cli.routines:routines",
        "stats": "deskbreak.cli.stats:stats",
        "export": "deskbreak.cli.stats:export_history",
        "import": "deskbreak.cli.stats:import_history",
        "history": "deskbreak.cli.stats:history",
        "settings": "deskbreak.cli.settings:settings",
        "config": "deskbreak.cli.config:config",
        "calendar": "deskbreak.cli.calendar:calendar",
        "simulate": "deskbreak.cli.demo:simulate",
        "demo": "deskbreak.cli.demo:demo",
        "doctor": "deskbreak.cli.doctor:doctor",
        "about": "deskbreak.cli.doctor:about",
        "autostart": "deskbreak.cli.run:autostart",
    }
)

SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Every day": ("run", "status", "break", "done", "snooze", "skip", "pause", "resume"),
        "At a raised desk, or reading": ("stand", "sit", "reading", "desk"),
        "How it went": ("stats", "export", "import", "history"),
        "Make it yours": ("settings", "config", "routines", "level", "sore", "autostart"),
        "Look behind it": ("demo", "doctor", "calendar", "about", "simulate", "quit"),
    }
)


class LazyGroup(Group):
    """A group whose commands are imported when they are asked for, and listed by occasion."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None if there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under headings for people."""
        for title, names in SECTIONS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name, command.get_short_help_str(66))
                        for name, command in commands
                        if command
                    ]
                )


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="deskbreak %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Count sitting, not screen time, and take a break at a good moment.

    Start it with `deskbreak run`; it then lives in the tray. Everything the tray can do, these
    commands can do too. New here? `deskbreak demo` shows it all in a minute.
    `deskbreak COMMAND --help` says more.
    """
    if ctx.invoked_subcommand is None:
        prose(ctx.get_help())
