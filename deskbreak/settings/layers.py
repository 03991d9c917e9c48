"""One layer of settings: a TOML text, checked against the definition, with its problems."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from deskbreak.settings.files import UnreadableError
from deskbreak.settings.problems import Note, Problem, dotted, printable
from deskbreak.settings.tables import Table
from deskbreak.struct import Struct, field

_PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)\Z")
_DEEP = re.compile(r"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){64}")
"""A name of that many parts: tomllib would take minutes over a long one."""


class Layer(Struct):
    """What one place says: values by name, tables as dicts, and the text they were read from."""

    name: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def layer_of(text: str, name: str, root: Table) -> Layer:
    """Read and check a TOML text; never raises for what is in it."""
    try:
        document = parse(text, name)
    except UnreadableError as error:
        return Layer(name, text, problems=(error.problem,))
    notes: list[Note] = []
    values = root.read(document, (), notes)
    return Layer(name, text, values, placed(notes, text, name))


def parse(text: str, name: str) -> dict[str, Any]:
    """A TOML text as dicts and lists. Raises UnreadableError with the line."""
    if deep := _DEEP.search(text):
        at = text.count("\n", 0, deep.start()) + 1
        raise UnreadableError(Problem(name, at, "", "a name with very many dots"))
    try:
        return tomllib.loads(text)
    except RecursionError:
        problem = Problem(name, None, "", "tables or lists nested too deeply")
    except ValueError as error:
        place = _PLACE.search(str(error))
        line = None if place is None else int(place[1] or text.count("\n") + 1)
        sentence = _PLACE.sub("", str(error))
        problem = Problem(name, line, "", f"not TOML here: {printable(sentence, 200)}")
    raise UnreadableError(problem)


def placed(notes: Sequence[Note], text: str, name: str) -> tuple[Problem, ...]:
    """The notes with file and line, in the order of the lines."""
    if not notes:
        return ()
    from deskbreak.settings.lines import Lines

    lines = Lines(text)
    problems = [
        Problem(
            name, lines.of(note.spot), dotted(note.spot), note.found, note.allowed, note.severity
        )
        for note in notes
    ]
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def merged(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Two layers in one: tables key by key, everything else as the upper one has it."""
    both = dict(lower)
    for name, value in upper.items():
        below = both.get(name)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            value = merged(below, value)  # noqa: PLW2901
        both[name] = value
    return both
