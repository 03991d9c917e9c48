"""The program that reads calendar files: what it is asked, and what it answers."""

import contextlib
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deskbreak.adapters.programs import python
from deskbreak.core.schedule import Entry
from deskbreak.ports import Capability
from deskbreak.settings.model import Settings
from deskbreak.struct import Struct

LONGEST_S = 600.0
"""How long it may take, on a busy machine and a slow disk; of the processor it takes less."""

TROUBLES = (OSError, ValueError, subprocess.SubprocessError)
"""What `ask` raises where the program cannot run, or does not answer as it should."""


class Reading(Struct):
    """What the files say: busy entries in order, and a sentence for each problem.

    `files` is how many were read, `folders` where they were looked for, `more_problems` how many
    are not among the sentences.
    """

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]
    files: int
    folders: tuple[Path, ...]
    more_problems: int = 0


def wanted(settings: Settings) -> tuple[str, ...]:
    """The files that anything asks for: prompts that wait, or walks that fit in between."""
    of_use = settings.hold.calendar or "walk" in settings.routines.places
    return settings.calendar.files if of_use else ()


def place(name: str) -> str:
    """A name from the settings as an absolute path: `~` is home, and so is what it is relative to.

    An address is no path and stays what it is.
    """
    if "://" in name:
        return name
    path = Path(name)
    with contextlib.suppress(RuntimeError):  # nobody has that name
        path = path.expanduser()
    return str(Path.home() / path)


def command(names: Iterable[str], begins: float, ends: float) -> list[str]:
    """The words that read these files for that time on the wall clock, in seconds."""
    places = [place(name) for name in names]
    when = ("--begins", repr(begins), "--ends", repr(ends))
    return python("deskbreak.calendars", *when, "--", *places)


def reading_of(printed: bytes) -> Reading:
    """The answer of the program. Raises ValueError for anything else."""
    try:
        document = json.loads(printed)
        return Reading(
            tuple(Entry(e["begins"], e["ends"], e["title"]) for e in document["entries"]),
            tuple(_sentence(problem) for problem in document["problems"]),
            document["files"],
            tuple(Path(folder) for folder in document["folders"]),
            document["more_problems"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no answer to go by: {error!r}") from error


def _sentence(problem: dict[str, Any]) -> str:
    """`work.ics:12: …`; a name that is no proper text is shown as far as it is."""
    line = "" if problem["line"] is None else f":{problem['line']}"
    said = f"{problem['file']}{line}: {problem['what']}"
    return said.encode(errors="replace").decode()


def ask(names: Iterable[str], begins: float, ends: float) -> Reading:
    """Read the files now and wait for it; not for the daemon. Raises one of TROUBLES."""
    done = subprocess.run(
        command(names, begins, ends), capture_output=True, timeout=LONGEST_S, check=True
    )
    return reading_of(done.stdout)


_NAME = "calendar"
_SWITCH_ON = "To switch it on: `deskbreak config set hold.calendar true`."
_LIST = "`deskbreak calendar` lists what it found."
_ASK_AGAIN = "`deskbreak calendar` tries it again and says more."


def capabilities(
    settings: Settings, reading: Reading | None, trouble: str = ""
) -> list[Capability]:
    """Whether entries are known; `trouble` is why the files could not be read.

    Empty where the settings name no files: nobody misses anything then.
    """
    if not settings.calendar.files:
        return []
    if not wanted(settings):
        why = "switched off in the settings (hold.calendar)"
        return [Capability(_NAME, None, False, why, _SWITCH_ON)]
    if trouble:
        return [Capability(_NAME, "files", False, trouble, _ASK_AGAIN)]
    return [Capability(_NAME, "files", True, "being read") if reading is None else _read(reading)]


def _read(reading: Reading) -> Capability:
    count = "1 file" if reading.files == 1 else f"{reading.files} files"
    if reading.problems:
        more = len(reading.problems) - 1 + reading.more_problems
        why = f"{reading.problems[0]}{f' (and {more} more)' if more else ''}"
        return Capability(_NAME, count, reading.files > 0, why, _LIST)
    if not reading.files:
        return Capability(_NAME, count, False, "there are no .ics files in that folder", _LIST)
    busy = len(reading.entries)
    entries = "1 busy entry" if busy == 1 else f"{busy or 'no'} busy entries"
    return Capability(_NAME, count, True, f"{entries} around now")


def look(settings: Settings, begins: float, ends: float) -> list[Capability]:
    """The same of a reading right now; waits for it, so this is not for the daemon."""
    if not wanted(settings):
        return capabilities(settings, None)
    try:
        return capabilities(settings, ask(settings.calendar.files, begins, ends))
    except TROUBLES as error:
        return capabilities(settings, None, f"the reader did not answer: {error}")
