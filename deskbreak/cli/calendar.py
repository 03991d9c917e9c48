"""`deskbreak calendar`: the busy entries of today and tomorrow, as deskbreak sees them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise

import click

from deskbreak.adapters.calendar.ask import TROUBLES, Reading, ask
from deskbreak.cli.ask import FAILED, leave, print_json, settings
from deskbreak.cli.echo import echo, prose
from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.schedule import Entry
from deskbreak.systems import here

_NO_FILES = (
    "No calendar files are named in the settings. To have prompts wait during meetings:\n"
    "deskbreak config set calendar.files PATH   (a file .ics, or a folder of them)"
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def calendar(as_json: bool) -> None:
    """List the busy entries of today and tomorrow, as deskbreak sees them.

    It reads the files that are named in the settings (calendar.files), whether deskbreak is running
    or not. What cannot be read is named on standard error; exits with 1 if that is all of it.
    """
    now = here().clock().now()
    days = [now.local.date() + timedelta(days=ahead) for ahead in range(3)]
    edges = [local_datetime(datetime.combine(day, time()), now.zone).timestamp() for day in days]
    files = settings().calendar.files
    try:
        reading = ask(files, edges[0], edges[2]) if files else Reading((), (), 0, ())
    except TROUBLES as trouble:
        leave(FAILED, f"the calendar reader did not answer: {trouble}.")
    if as_json:
        print_json(_document(reading, now))
    elif not files:
        prose(_NO_FILES)
    else:
        for name, day, (begins, ends) in zip(
            ("Today", "Tomorrow"), days, pairwise(edges), strict=False
        ):
            echo(f"{name}, {day:%A %-d %B}")
            for line in list(_lines(reading.entries, begins, ends, now)) or ["no busy entries"]:
                echo(f"  {line}")
    for problem in () if as_json else reading.problems:
        echo(problem, err=True)
    if reading.more_problems and not as_json:
        echo(f"and {reading.more_problems:,} more", err=True)
    if reading.problems and not reading.files:
        raise SystemExit(FAILED)


def _document(reading: Reading, now: Moment) -> dict[str, object]:
    return {
        "files": reading.files,
        "entries": [
            {
                "begins": _local(entry.begins, now).isoformat(timespec="seconds"),
                "ends": _local(entry.ends, now).isoformat(timespec="seconds"),
                "title": entry.title,
            }
            for entry in reading.entries
        ],
        "problems": list(reading.problems),
    }


def _lines(entries: tuple[Entry, ...], begins: float, ends: float, now: Moment) -> Iterator[str]:
    """A line for each entry of a day; what reaches beyond it is cut off there."""
    for entry in entries:
        if entry.begins < ends and entry.ends > begins:
            first = f"{_local(max(entry.begins, begins), now):%H:%M}"
            last = "24:00" if entry.ends >= ends else f"{_local(entry.ends, now):%H:%M}"
            yield f"{first}-{last}  {entry.title or '(no title)'}"


def _local(wall: float, now: Moment) -> datetime:
    return datetime.fromtimestamp(wall, now.zone)
