"""`deskbreak stats`: the sitting day, week, month, year in numbers and drawings."""

import sys
from datetime import date

import click

from deskbreak.adapters.store.queries import UnreadableError
from deskbreak.app.lookback import Lookback
from deskbreak.cli.ask import FAILED, WRONG_WORDS, leave, places, print_json
from deskbreak.cli.echo import echo, prose
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
    try:
        made = _look(span, first, last)
    except UnreadableError as trouble:
        leave(FAILED, f"{trouble}.")
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
