"""The page of the manual, config/deskbreak.1, from the commands as they are.

`python -m tools.man_page` prints it.
"""

import re
import sys
from collections.abc import Iterator

import click

from deskbreak.cli.main import SECTIONS, cli

_HEAD = """\
.\\" Made by `python -m tools.man_page`.
.TH DESKBREAK 1 "" deskbreak "User Commands"
.SH NAME
deskbreak \\- a break reminder that counts sitting, not screen time
.SH SYNOPSIS
.B deskbreak
.I COMMAND
.RI [ ARGUMENTS ]
.SH DESCRIPTION
"""
_TAIL = """\
.SH EXIT STATUS
0 done; 1 it failed, or deskbreak says no; 2 the words or the input were wrong, and nothing changed;
3 deskbreak is not running; 130 it was interrupted.
.SH FILES
.TP
.I ~/.config/deskbreak/config.toml
The settings; `deskbreak config path` says where they are on this machine.
.TP
.I ~/.local/share/deskbreak/history.sqlite3
The record of your days.
"""


def page() -> str:
    """The whole page, in the language of man(7)."""
    context = click.Context(cli, info_name="deskbreak", **cli.context_settings)
    lines = [*_prose(cli.help, ".PP"), ".SH COMMANDS"]
    for title, names in SECTIONS.items():
        lines.append(f".SS {_plain(title)}")
        for name in names:
            lines += _command(name, "", cli, context)
    return _HEAD + "".join(f"{line}\n" for line in lines) + _bold(_TAIL)


def _command(name: str, above: str, group: click.Group, inside: click.Context) -> Iterator[str]:
    """A command with its options, then the commands below it."""
    command = group.get_command(inside, name)
    assert command is not None
    context = click.Context(command, inside, info_name=name)
    takes = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    yield ".TP"
    yield f".B {_plain(' '.join([above + name, *takes]))}"
    yield from _prose(command.help, ".IP")
    for option in command.params:
        shown = option.get_help_record(context) if isinstance(option, click.Option) else None
        if shown is not None:
            words, says = map(_plain, shown)
            yield from (".RS", ".TP", f".B {words}", _bold(says), ".RE")
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            yield from _command(below, f"{above}{name} ", command, context)


def _prose(text: str | None, between: str) -> Iterator[str]:
    """The paragraphs of a help text, and what stands between them."""
    for number, paragraph in enumerate((text or "").strip().split("\n\n")):
        if number:
            yield between
        yield _bold(_plain(" ".join(paragraph.split())))


def _plain(text: str) -> str:
    """The text itself, whatever man(7) would make of its characters."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _bold(text: str) -> str:
    """What stands between backticks is what a person types."""
    return re.sub(r"`([^`\n]+)`", r"\\fB\1\\fR", text)


if __name__ == "__main__":
    sys.stdout.write(page())
