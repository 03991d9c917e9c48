"""`deskbreak stats`: the sitting day, week, month, year in numbers and drawings."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from deskbreak.adapters.store.exchange import (
    UnfitError,
    count_rows,
    erase,
    export_lines,
    import_entries,
    read_lines,
)
from deskbreak.adapters.store.queries import Reader, UnreadableError
from deskbreak.adapters.store.schema import NotOursError, TooNewError
from deskbreak.app.reports import Lookback
from deskbreak.cli.ask import FAILED, WRONG_WORDS, leave, places, print_json
from deskbreak.cli.echo import echo, prose
from deskbreak.cli.main import Group
from deskbreak.files import text_in_place_of
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import Report

_SPANS = [span.value for span in Span if span is not Span.RANGE]


@click.command()
@click.argument("span", type=click.Choice(_SPANS), required=False, metavar="[day|week|month|year]")
@click.option("--from", "first", metavar="DAY", help="The first day, as 2026-03-02.")
@click.option("--to", "last", metavar="DAY", help="The last day [today].")
@click.option("--json", "as_json", is_flag=True, help="One JSON document with everything.")
@click.option("--csv", "as_csv", is_flag=True, help="A line a day, for a spreadsheet.")
@click.option("--window", is_flag=True, help="In a window, with pictures to save.")
def stats(
    span: str | None, first: str | None, last: str | None, as_json: bool, as_csv: bool, window: bool
) -> None:
    """Show how the day, week, month or year went.

    Today, if nothing is said. With a span and --to DAY it is the one that DAY lies in. With --from
    it is a free range, and `--from all` is everything there is.
    """
    if as_json + as_csv + window > 1:
        raise click.UsageError("--json, --csv and --window exclude each other.")
    if span is not None and first is not None:
        raise click.UsageError("a span goes with --to, not with --from.")
    if window and first is not None:
        raise click.UsageError("the window shows days, weeks, months and years; leave --from out.")
    if window:
        sys.exit(_window(span, last))
    with _troubles():
        made = _look(span, first, last)
    if as_json:
        print_json(made.as_dict())
    elif as_csv:
        prose(made.as_csv().removesuffix("\n"))
    else:
        from deskbreak.cli.plots import show

        show(made)
    say_odd(made.odd)


def say_odd(number: int) -> None:
    """Say on standard error how many entries of the history were of no use."""
    if number:
        what = "1 entry" if number == 1 else f"{number} entries"
        echo(f"{what} of the history made no sense: left out.", err=True)


def _look(span: str | None, first: str | None, last: str | None) -> Report:
    back = Lookback.of(places())
    now = back.now()
    end = day(last) if last is not None else back.today()
    if first == "all":
        everything = back.everything()
        return back.look(everything or Period.around(Span.DAY, end), now)
    if first is None:
        return back.look(Period.around(Span(span or Span.DAY), end), now)
    try:
        return back.look(Period.between(day(first), end), now)
    except ValueError as problem:
        leave(WRONG_WORDS, f"--from and --to: {problem}.")


def day(text: str) -> date:
    """The day that a text names; exits with 2 if it names none."""
    if text == "today":
        return Lookback.of(places()).today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        leave(WRONG_WORDS, f"found {text!r}, allowed: a day such as 2026-03-02, or today.")


def _window(span: str | None, last: str | None) -> int:
    from deskbreak.windows.stats.__main__ import main

    words = [] if span is None else [span]
    code = main([*words, *(() if last is None else ("--day", day(last).isoformat()))])
    return FAILED if code else 0


@click.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def export_history(file: Path | None) -> None:
    """Write the whole history to FILE, or print it.

    It comes as JSON lines, which docs/statistics.md describes; `deskbreak import` takes them in
    again without a loss.
    """
    with _troubles(), Reader(places().history) as reader:
        if file is None or str(file) == "-":
            _write(reader, sys.stdout)
        else:
            try:
                with text_in_place_of(file) as out:
                    number = _write(reader, out)
            except OSError as trouble:
                leave(FAILED, f"{file} could not be written ({trouble.strerror or trouble}).")
            echo(f"{file} has {number} entries.")
        say_odd(reader.odd)


def _write(reader: Reader, out: TextIO) -> int:
    number = -1  # the first line is no entry
    for line in export_lines(reader.all_rows()):
        out.write(line + "\n")
        number += 1
    return number


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def import_history(file: Path) -> None:
    """Take an export in FILE into the history.

    A dash is standard input. What is there already is not taken twice, so it can be repeated.
    """
    if str(file) != "-" and not file.is_file():
        leave(WRONG_WORDS, f"there is no file {file}.")
    try:
        if str(file) == "-":
            entries = read_lines(sys.stdin)
        else:
            with file.open(encoding="utf-8") as lines:
                entries = read_lines(lines)
    except UnicodeDecodeError:
        leave(WRONG_WORDS, f"{file} is not a text file.")
    except OSError as trouble:
        leave(FAILED, f"{file} could not be read ({trouble.strerror or trouble}).")
    except UnfitError as problem:
        leave(WRONG_WORDS, f"{file}, {problem}. Nothing was taken in.")
    where = places().history
    with _troubles():
        new = import_entries(where, entries)
        with Reader(where) as reader:  # count the days now, so that no view has to later
            if (edges := reader.first_and_last()) is not None:
                reader.days(*edges)
    echo(f"{new} new entries; {len(entries) - new} were there already.")


@click.group(cls=Group)
def history() -> None:
    """Find the record of your days, and forget parts of it."""


@history.command()
def path() -> None:
    """Print where the history is."""
    echo(places().history)


@history.command("erase")
@click.argument("what", metavar="DAY|FROM..TO|all")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_days(what: str, yes: bool) -> None:
    """Forget a day (2026-03-02 or today), all days FROM..TO, or everything.

    There is no way back but an export made before.
    """
    first, last = _range(what)
    where = places().history
    with _troubles():
        number = count_rows(where, first, last)
        if not number:
            echo("There is nothing on record for that.")
            return
        if not yes and not click.confirm(f"Forget {number} entries for good?", err=True):
            echo("Nothing was forgotten.")
            return
        number = erase(where, first, last)
    echo(f"{number} entries are forgotten.")


def _range(what: str) -> tuple[date, date]:
    if what == "all":
        return date.min, date.max
    begin, dots, end = what.partition("..")
    first = day(begin)
    last = day(end) if dots else first
    if last < first:
        leave(WRONG_WORDS, f"{last} is before {first}.")
    return first, last


@contextmanager
def _troubles() -> Iterator[None]:
    """Say plainly what a disk or a file is like, and exit with 1."""
    try:
        yield
    except UnreadableError as trouble:
        leave(FAILED, f"{trouble}.")
    except NotOursError as trouble:
        leave(FAILED, f"{places().history}: {trouble}.")
    except TooNewError:
        leave(FAILED, f"{places().history} was written by a later deskbreak than this one.")
    except (OSError, sqlite3.DatabaseError) as trouble:
        what = getattr(trouble, "strerror", None) or trouble
        leave(FAILED, f"{places().history}: {what}. Nothing was changed.")
