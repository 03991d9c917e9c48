"""What commands print: the one way to standard output and standard error."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from deskbreak.text.display import LONGEST_PARAGRAPH, in_json, lines, one_line


def echo(said: object = "", *, lead: str = "", err: bool = False) -> None:
    """Print one line as text, whatever is in it; `lead` is ours and may be coloured."""
    click.echo(lead + one_line(str(said), LONGEST_PARAGRAPH), err=err)


def prose(said: str, *, err: bool = False) -> None:
    """Print a text that has lines of its own."""
    click.echo(lines(said), err=err)


def width(widest: int = 100) -> int:
    """How many cells a line of the terminal has for what is laid out; 40 to `widest`."""
    from shutil import get_terminal_size

    return max(40, min(get_terminal_size().columns, widest))


def echo_json(document: Any, indent: int | None = None) -> None:
    """Print a JSON document, on one line unless `indent` says how deep its levels stand."""
    click.echo(in_json(json.dumps(document, ensure_ascii=False, indent=indent)))


@contextmanager
def plain_errors() -> Iterator[None]:
    """Have the words of the command line that an error of click quotes shown as text."""
    try:
        yield
    except click.ClickException as error:
        error.message = one_line(error.message)  # type: ignore[misc] # nobody else can quote it
        raise
