"""Reads folders of TOML into a catalogue, and says everything that is the matter with them.

Each folder is read to any depth. The first is the built-in one; the others are the person's own,
whose ids may not clash with what is there already. A broken entry is left out, and with it what
needs it; a file that is no TOML loses only the entries that cannot be read by themselves.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from deskbreak.content.entries import read_exercise, read_routine, read_timing
from deskbreak.content.fields import Reading, nearest, shown
from deskbreak.content.model import Catalogue, Exercise, Loaded, Routine, Timing
from deskbreak.settings.problems import Problem
from deskbreak.struct import Struct, field, fields, replace

SCHEMA = 1
LARGEST_FILE = 1 << 20
PICTURES = "poses"  # a folder with the keyed poses of the moving figure, one file an exercise
TABLES = ("schema", "timing", "exercise", "routine")

Entry = TypeVar("Entry", Exercise, Routine)


def load_catalogue(dirs: Sequence[Path]) -> Loaded:
    """Load the built-in folder (first) and the person's own (the rest; these may be missing).

    A path may also be a single file. Never raises for what is in the files.
    """
    found = _Found()
    for place, folder in enumerate(dirs):
        own = place > 0
        if not own and not folder.exists():
            allowed = "the folder of the catalogue"
            found.problems.append(Problem(str(folder), None, "", "nothing", allowed))
        for file in _files(folder):
            _read_file(file, own, found)
    _build(found)
    catalogue = Catalogue(found.exercises, found.routines, found.timing)
    return Loaded(catalogue, tuple(found.problems))


class _Raw(Struct, frozen=False):
    """A table as it came out of its file, to be built when all files have been read."""

    reading: Reading
    index: int
    data: Mapping[str, Any]


class _Found(Struct, frozen=False):
    problems: list[Problem] = field(default_factory=list)
    timing: Timing = field(default_factory=Timing)
    timed: bool = False
    raw_routines: list[_Raw] = field(default_factory=list)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    routines: dict[str, Routine] = field(default_factory=dict)
    pool: dict[Any, Any] = field(default_factory=dict)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    for root, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if name != PICTURES and name[0] != ".")
        for name in sorted(names):
            if name.endswith(".toml") and not name.startswith("."):
                yield Path(root, name)


def _read_file(file: Path, own: bool, found: _Found) -> None:
    text = _text_of(file, found)
    if text is None:
        return
    for reading, document in _documents(file, text, own, found):
        if not _schema_known(reading, document):
            return
        _take(reading, document, found)


def _text_of(file: Path, found: _Found) -> str | None:
    try:
        about = file.stat()
        ordinary = stat.S_ISREG(about.st_mode)
        if ordinary and about.st_size <= LARGEST_FILE:
            content = file.read_bytes()
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        what = "more than 1 MiB" if ordinary else "no ordinary file"
        problem = Problem(str(file), None, "", what, "a file of up to 1 MiB")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(str(file), line, "", "bytes that are not text", "UTF-8")
    except OSError as error:
        what = f"a file that cannot be read ({error.strerror})"
        problem = Problem(str(file), None, "", what, "a readable file")
    found.problems.append(problem)
    return None


def _documents(
    file: Path, text: str, own: bool, found: _Found
) -> Iterator[tuple[Reading, dict[str, Any]]]:
    """The file as one document; where it is no TOML, what can be read of it entry by entry."""
    document = _parsed(Reading(file, text, own, []))
    if document is not None:
        yield Reading(file, text, own, found.problems), document
        return
    broken: list[Problem] = []
    schema: Any = SCHEMA
    for offset, part in _parts(text):
        reading = Reading(file, part, own, broken, offset)
        piece = _parsed(reading)
        if piece is None:
            continue
        if offset == 0:
            schema = piece.get("schema")
        yield replace(reading, problems=found.problems), {"schema": schema, **piece}
    if not broken:  # each part is sound by itself and the whole is not: a table given twice
        _parsed(Reading(file, text, own, broken))
    found.problems.extend(broken)


def _parsed(reading: Reading) -> dict[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(reading.text)
    except RecursionError:
        reading.problem(1, "", "brackets too deep inside each other", "TOML")
    except ValueError as error:
        said = re.sub(r" \(at .*\)$", "", str(error))
        at = re.search(r"at line (\d+)", str(error))
        last = reading.text.rstrip("\n").count("\n") + 1
        reading.problem(int(at.group(1)) if at else last, "", f"no TOML: {said}", "TOML")
    return None


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text cut before each exercise and routine, with the number of lines before each part."""
    starts = [0]
    starts += [match.start() for match in re.finditer(r"^\[\[(exercise|routine)\]\]", text, re.M)]
    for start, end in pairwise([*starts, len(text)]):
        yield text.count("\n", 0, start), text[start:end]


def _schema_known(reading: Reading, document: Mapping[str, Any]) -> bool:
    schema = document.get("schema")
    if schema == SCHEMA and not isinstance(schema, bool):
        return True
    seen = shown(schema) if "schema" in document else "nothing"
    reading.refuse(("schema",), "schema", seen, str(SCHEMA))
    return False


def _take(reading: Reading, document: Mapping[str, Any], found: _Found) -> None:
    for key in document:
        if key not in TABLES:
            reading.refuse((key,), key, "an unknown table or key", nearest(key, TABLES))
    timing = document.get("timing")
    if timing is not None:
        _take_timing(reading, timing, found)
    for index, data in _entries(reading, document, "exercise"):
        exercise = read_exercise(reading, index, data)
        if exercise and _is_new(exercise, found, _Raw(reading, index, data)):
            found.exercises[exercise.id] = _pooled(exercise, found.pool)
    for index, data in _entries(reading, document, "routine"):
        found.raw_routines.append(_Raw(reading, index, data))


def _take_timing(reading: Reading, timing: object, found: _Found) -> None:
    if reading.own:
        reading.refuse(("timing",), "timing", "own pauses", "no such table in own files")
    elif found.timed:
        reading.refuse(("timing",), "timing", "a second table", "one table in all files")
    elif isinstance(timing, dict):
        found.timing, found.timed = read_timing(reading, timing), True
    else:
        reading.refuse(("timing",), "timing", shown(timing), "a table")


def _entries(
    reading: Reading, document: Mapping[str, Any], table: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = document.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reading.refuse((table,), table, "no list of tables", f"[[{table}]]")
        return
    yield from enumerate(entries)


def _build(found: _Found) -> None:
    """Routines come last: their exercises may stand in any file."""
    for raw in found.raw_routines:
        routine = read_routine(raw.reading, raw.index, raw.data, found.exercises, found.timing)
        if routine and _is_new(routine, found, raw):
            found.routines[routine.id] = _pooled(routine, found.pool)


def _is_new(entry: Exercise | Routine, found: _Found, raw: _Raw) -> bool:
    """Whether no entry has its id already, which is a problem."""
    other = found.exercises.get(entry.id) or found.routines.get(entry.id)
    if other is not None:
        table = "routine" if isinstance(entry, Routine) else "exercise"
        where = "this file" if other.file == raw.reading.file else str(other.file)
        allowed = f"another id, since {where} has this one already"
        spot = (table, raw.index, "id")
        raw.reading.refuse(spot, f"{table} {entry.id}: id", shown(entry.id), allowed)
    return other is None


def _pooled(entry: Entry, pool: dict[Any, Any]) -> Entry:
    """The same entry with equal tuples shared among all entries, to keep the daemon small."""
    shared = {}
    for key in fields(entry):
        value = getattr(entry, key)
        if isinstance(value, tuple):
            shared[key] = pool.setdefault((key, value), value)
    return replace(entry, **shared)
