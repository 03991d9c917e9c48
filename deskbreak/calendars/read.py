"""From calendar files to busy entries, and what was the matter with them."""

import time
import warnings
from collections.abc import Iterable
from pathlib import Path

from deskbreak.calendars.busy import Entry, Window
from deskbreak.calendars.find import find, load
from deskbreak.calendars.pieces import take_apart
from deskbreak.calendars.problem import Problem, Problems
from deskbreak.calendars.sheet import SheetReader
from deskbreak.struct import Struct, field

MOST_ENTRIES = 5_000
"""Busy entries in the time asked for; nobody has so many, and the daemon has to hold them."""

FILE_CPU_S, ALL_CPU_S = 10.0, 30.0
"""Seconds of the processor for a file, and for all: ten thousand entries take one or two."""


class Agenda(Struct, frozen=False):
    """What all files together say; `files` and `folders` are what was looked at.

    `more_problems` is how many there are beyond those in `problems`.
    """

    entries: set[Entry] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


class _EnoughError(Exception):
    """Nothing more of a file is read; the text says why."""


def read_agenda(names: Iterable[str], window: Window) -> Agenda:
    """The busy entries of these files and folders in that time. Never raises."""
    problems = Problems()
    found = find(names, problems)
    agenda = Agenda(files=found.files, folders=found.folders)
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice of the libraries for whoever wrote the files
        for number, path in enumerate(found.files):
            try:
                _read_file(path, window, agenda.entries, problems)
            except _EnoughError as reason:
                problems.first.insert(0, Problem(str(path), f"{reason}; the rest is left out"))
            left = len(found.files) - number - 1
            if left and time.process_time() - begun > ALL_CPU_S:
                what = f"took too long, with those before it; {left} more are not read"
                problems.first.insert(0, Problem(str(path), what))
                break
    agenda.problems, agenda.more_problems = problems.first, problems.more
    return agenda


def _read_file(path: Path, window: Window, entries: set[Entry], problems: Problems) -> None:
    name, before, begun = str(path), len(problems.first), time.process_time()
    try:
        taken = take_apart(data := load(path))
    except OSError as error:
        return problems.add(name, error.strerror or str(error))
    if not taken.sheets:
        empty = "is empty" if not data.strip() else "is not a calendar: it has no BEGIN:VCALENDAR"
        problems.add(name, empty)
    for line in taken.unended:
        problems.add(name, "what begins here has no end; cut short?", line)
    try:
        for sheet in taken.sheets:
            for some in SheetReader(name, sheet, window, problems).entries():
                entries |= some
                _check(entries, begun)
    except (OverflowError, ValueError) as trouble:  # the machine's clock is beyond all calendars
        problems.add(name, f"cannot be read at this time: {trouble}")
    problems.first[before:] = sorted(problems.first[before:], key=lambda one: one.line or 0)
    return None


def _check(entries: set[Entry], begun: float) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _EnoughError(f"has more than {MOST_ENTRIES:,} busy entries around now")
    if time.process_time() - begun > FILE_CPU_S:
        raise _EnoughError("takes too long to read")
