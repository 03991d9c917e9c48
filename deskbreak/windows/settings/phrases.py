"""A value for people: the control it gets, its text there and back, and a step up or down. Pure.

Values are in their TOML form here (`"30m"`, `true`, a list, a dict), None where nothing is set.
What may be said is for the kind to decide (`refusal`); texts are only taken apart.
"""

import shlex
from datetime import time
from enum import StrEnum
from math import ceil, floor
from typing import Any

from deskbreak.settings import tables, types
from deskbreak.settings.keys import toml_text
from deskbreak.settings.problems import Note
from deskbreak.settings.types import UNFIT, Kind
from deskbreak.settings.values import Duration
from deskbreak.text.display import one_line
from deskbreak.text.settings import label, with_units, word_label

NOT_SET = "not set"
_ARGUMENT = "an argument"
"""What the definition calls the words of a command."""
_EXERCISE = "an exercise's id"
"""What it calls an exercise."""

_STRIDES = ((10, 1), (60, 5), (600, 60), (7200, 300), (86_400, 1800))
"""Seconds: below each length its stride. Beyond the last a day."""

_DAY = 86_400
_QUARTER = 15 * 60


class Control(StrEnum):
    """What a person sets a value with."""

    SWITCH = "switch"
    CHOICE = "choice"
    TICKS = "ticks"
    STEPS = "steps"
    LINE = "line"
    LINES = "lines"
    PICTURES = "pictures"
    COMMAND = "command"
    ROWS = "rows"


def control_of(kind: Kind) -> Control:  # noqa: PLR0911 - one for each kind
    """The fitting control; a kind without one of its own is a line as it stands in the file."""
    match kind:
        case types.YesNo():
            return Control.SWITCH
        case types.Choice():
            return Control.CHOICE
        case types.Span() | types.Number() | types.TimeOfDay():
            return Control.STEPS
        case tables.Listed(item=tables.Table()):
            return Control.ROWS
        case tables.Listed(item=types.Choice(), unique=True):
            return Control.TICKS
        case tables.Listed(item=types.Words(what=what)):
            return {_ARGUMENT: Control.COMMAND, _EXERCISE: Control.PICTURES}.get(
                what, Control.LINES
            )
        case _:
            return Control.LINE


def text_of(kind: Kind, plain: Any) -> str:  # noqa: PLR0911 - one for each kind
    """The text in a line for a value; empty where nothing is set."""
    match plain:
        case None:
            return ""
        case str() if isinstance(kind, types.Span):
            return with_units(plain)
        case str():
            return plain
        case float() if plain.is_integer():
            return str(int(plain))
        case list() if control_of(kind) is Control.COMMAND:
            return shlex.join(plain)
        case list() if control_of(kind) is Control.LINES:
            return "\n".join(plain)
        case list() if isinstance(kind, tables.Listed) and all(isinstance(p, str) for p in plain):
            return ", ".join(text_of(kind.item, one) for one in plain)
        case _:
            return toml_text(plain)


def plain_of(kind: Kind, text: str) -> Any:  # noqa: PLR0911 - one for each kind
    """The value that a text in a line means; whether it fits is not looked at.

    An emptied line means that nothing is set, where an empty value makes no sense.
    """
    if not text.strip():
        return _nothing(kind)
    match kind:
        case types.Words():
            return text
        case types.Span() | types.TimeOfDay():
            value = kind.read(text.strip(), (), [])
            return text.strip() if value is UNFIT else kind.plain(value)
        case tables.Listed(item=types.Span() as item):
            return [plain_of(item, one) for one in text.split(",") if one.strip()]
        case types.Number(fractions=True):
            return kind.from_words(text.strip().replace(",", "."))
        case _:
            pass
    control = control_of(kind)
    if control is Control.LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if control is Control.COMMAND:
        return _words_of(text)
    return kind.from_words(text.strip())


def _words_of(text: str) -> list[str] | str:
    """The words of a command; the text itself, which is no list, where a quote has no end."""
    try:
        return shlex.split(text)
    except ValueError:
        return text


def _nothing(kind: Kind) -> Any:
    if isinstance(kind, types.Words) and not kind.least:
        return "" if kind.pattern is None else None
    if isinstance(kind, tables.Listed) and not kind.fewest:
        return []
    return None


def shown(kind: Kind, plain: Any) -> str:
    """A value in a sentence for people: "on", "30m", "Mon, Tue", "none"."""
    return one_line(_shown(kind, plain))


def _shown(kind: Kind, plain: Any) -> str:  # noqa: PLR0911 - one for each kind
    match plain:
        case None:
            return NOT_SET
        case bool():
            return "on" if plain else "off"
        case "":
            return "empty"
        case []:
            return "none"
        case str() if isinstance(kind, types.Choice):
            return word_label(plain)
        case list() if isinstance(kind, tables.Listed):
            return _list_shown(kind, plain)
        case _:
            return text_of(kind, plain)


def _list_shown(kind: tables.Listed, plain: list[Any]) -> str:
    if control_of(kind) is Control.COMMAND:
        return text_of(kind, plain)
    if not isinstance(kind.item, tables.Table):
        return ", ".join(shown(kind.item, one) for one in plain)
    if isinstance(kind.unique, str):
        return ", ".join(str(one[kind.unique]) for one in plain)
    return "1 entry" if len(plain) == 1 else f"{len(plain)} entries"


def refusal(kind: Kind, plain: Any) -> str:
    """Why a value does not fit, with what is allowed; empty where it fits."""
    notes: list[Note] = []
    value = kind.read(plain, (), notes)
    errors = [note for note in notes if note.severity == "error"]
    if value is not UNFIT and not errors:
        return ""
    return with_units("; ".join(_sentence(note) for note in errors))


def _sentence(note: Note) -> str:
    """With the place in a list of tables: "Entry 2, name: found …"."""
    if not note.spot or not isinstance(note.spot[0], int):
        return note.sentence
    where = ", ".join([f"entry {note.spot[0] + 1}", *(label(str(p)) for p in note.spot[1:2])])
    if note.found == "nothing":
        return f"{where} is still open: {note.allowed}"
    return f"{where}: {note.sentence}"


def stepped(kind: Kind, plain: Any, by: int) -> Any:
    """The next value above (`by` 1) or below (-1), both in TOML's form; never past the ends.

    From a value that does not fit, or None, the first step leads to the least.
    """
    value: Any = UNFIT if plain is None else kind.read(plain, (), [])
    match kind:
        case types.Span():
            if value is UNFIT:
                return kind.least.text
            seconds = min(kind.most, max(kind.least, _next(float(value), _stride(value, by), by)))
            return Duration(seconds).text
        case types.Number():
            return _number(kind, value, by)
        case types.TimeOfDay():
            return _time(kind, value, by)
        case _:
            raise TypeError(f"there are no steps for {type(kind).__name__}")


def _stride(seconds: float, by: int) -> float:
    for below, stride in _STRIDES:
        if seconds < below or (by < 0 and seconds == below):
            return stride
    return _DAY


def _next(value: float, stride: float, by: int) -> float:
    """The next whole multiple of the stride in that direction."""
    count = value / stride
    return (floor(count + 1e-9) + 1 if by > 0 else ceil(count - 1e-9) - 1) * stride


def _number(kind: types.Number, value: Any, by: int) -> float | int:
    if value is UNFIT:
        return kind.least if kind.fractions else int(kind.least)
    stride = 0.1 if kind.fractions else 1
    moved = min(kind.most, max(kind.least, _next(value, stride, by)))
    return round(moved, 6) if kind.fractions else int(moved)


def _time(kind: types.TimeOfDay, value: Any, by: int) -> str:
    """A quarter of an hour on; the clock goes round."""
    now = time(0) if value is UNFIT else value
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    moved = int(_next(seconds, _QUARTER, by)) % _DAY
    return str(kind.plain(time(moved // 3600, moved // 60 % 60)))
