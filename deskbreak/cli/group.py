"""A group of commands that helps whoever mistypes, and that ends quietly whatever interrupts it."""

import os
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from types import MappingProxyType
from typing import Any

import click

from deskbreak.cli.echo import echo, plain_errors

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

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
        "preset": "config use",
        "unpause": "resume",
        "reload": "config check",
    }
)
"""What people type for a command of another name."""


class Group(click.Group):
    """A click group that names the nearest command for one it does not know.

    Ctrl-C, a reader that has gone (`| head`) and a disk that is full end it without a traceback.
    """

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
                return super().invoke(ctx)
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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name, or an error that says which was probably meant."""
        word = args[0]
        if self.get_command(ctx, word) is None and not word.startswith("-"):
            ctx.fail(f"there is no command {word!r}{self._perhaps(ctx, word)}.")
        return super().resolve_command(ctx, args)

    def _perhaps(self, ctx: click.Context, word: str) -> str:
        meant = MEANT.get(word.lower()) if ctx.parent is None else None
        likely = meant or _nearest(word.lower(), self.list_commands(ctx))
        return f"; perhaps you mean `{ctx.command_path} {likely}`" if likely else ""


def _nearest(word: str, names: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    likely = get_close_matches(word, names, n=1)
    return likely[0] if likely else None


def _write_no_more() -> None:
    """Let the interpreter's last flush go nowhere: nobody reads standard output any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
