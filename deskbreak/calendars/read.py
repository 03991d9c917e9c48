"""From calendar files to busy entries, and what was the matter with them."""

import os
import time
import warnings
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from deskbreak.calendars.busy import Entry, Window
from deskbreak.calendars.pieces import take_apart
from deskbreak.calendars.sheet import SheetReader
from deskbreak.struct import Struct, field

MOST_PROBLEMS = 20  # so many are said; how many more there are is only counted
LONGEST_PROBLEM = 200
# Far more than anybody's calendars have, and soon reached by a folder that was not meant.
MOST_FOLDERS = 500
LARGEST = 64 * 2**20  # bytes of a file that is still read: a hundred thousand entries
# Busy entries in the time asked for; nobody has so many, and the daemon has to hold them.
MOST_ENTRIES = 5_000
# Seconds of the processor for a file, and for all: ten thousand entries take one or two.
FILE_CPU_S, ALL_CPU_S = 10.0, 30.0


class Problem(Struct):
    """`what` is the rest of a sentence after the name of the file; `line` counts from 1."""

    file: str
    what: str
    line: int | None = None


class Agenda(Struct, frozen=False):
    """What all files together say; `files` and `folders` are what was looked at.

    `more_problems` is how many there are beyond those in `problems`.
    """

    entries: set[Entry] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def note(self, file: str, what: str, line: int | None = None) -> None:
        """One problem more, on one line of bearable length."""
        if len(self.problems) == MOST_PROBLEMS:
            self.more_problems += 1
            return
        what = " ".join(what.split())
        cut = what if len(what) <= LONGEST_PROBLEM else f"{what[: LONGEST_PROBLEM - 1]}…"
        self.problems.append(Problem(file, cut, line))


class _EnoughError(Exception):
    """Nothing more of a file is read; the text says why."""


def read_agenda(names: Iterable[str], window: Window) -> Agenda:
    """The busy entries of these files and folders in that time. Never raises."""
    agenda = Agenda()
    find(names, agenda)
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice of the libraries for whoever wrote the files
        for number, path in enumerate(agenda.files):
            try:
                _read_file(path, window, agenda)
            except _EnoughError as reason:
                agenda.problems.insert(0, Problem(str(path), f"{reason}; the rest is left out"))
            left = len(agenda.files) - number - 1
            if left and time.process_time() - begun > ALL_CPU_S:
                what = f"took too long, with those before it; {left} more are not read"
                agenda.problems.insert(0, Problem(str(path), what))
                break
    return agenda


def find(names: Iterable[str], agenda: Agenda) -> None:
    """Note the files of these names, each once; folders are searched for *.ics. Never raises."""
    for name in names:
        path = Path(name)
        if "://" in name:
            agenda.note(name, "is an address; only files are read, no network")
        elif path.is_dir():
            _search(path, agenda)
        elif path.is_file():
            agenda.files.append(path)
        else:
            agenda.note(name, "there is no such file or folder")
    agenda.files = list(dict.fromkeys(agenda.files))


def _search(top: Path, agenda: Agenda) -> None:
    """Take in what is below a folder, in order; what is hidden is not meant."""

    def note(error: OSError) -> None:
        agenda.note(str(error.filename), error.strerror or str(error))

    for folder, inner, files in os.walk(top, onerror=note):
        if len(agenda.folders) >= MOST_FOLDERS:
            what = f"holds more than {MOST_FOLDERS} folders; name one further down"
            return agenda.note(str(top), what)
        agenda.folders.append(Path(folder))
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        calendars = (n for n in sorted(files) if n.lower().endswith(".ics") and n[0] != ".")
        agenda.files += [path for name in calendars if (path := Path(folder, name)).is_file()]
    return None


def _read_file(path: Path, window: Window, agenda: Agenda) -> None:
    note, before, begun = partial(agenda.note, str(path)), len(agenda.problems), time.process_time()
    try:
        if path.stat().st_size > LARGEST:
            return note(f"is larger than {LARGEST // 2**20} MB")
        sheets, unended = take_apart(data := path.read_bytes())
    except OSError as error:
        return note(error.strerror or str(error))
    if not sheets:
        note("is empty" if not data.strip() else "is not a calendar: it has no BEGIN:VCALENDAR")
    for line in unended:
        note("what begins here has no end; cut short?", line)
    try:
        for sheet in sheets:
            for some in SheetReader(sheet, window, note).entries():
                agenda.entries |= some
                _check(agenda.entries, begun)
    except (OverflowError, ValueError) as trouble:  # the machine's clock is beyond all calendars
        note(f"cannot be read at this time: {trouble}")
    agenda.problems[before:] = sorted(agenda.problems[before:], key=lambda one: one.line or 0)
    return None


def _check(entries: set[Entry], begun: float) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _EnoughError(f"has more than {MOST_ENTRIES:,} busy entries around now")
    if time.process_time() - begun > FILE_CPU_S:
        raise _EnoughError("takes too long to read")
