"""Reads a scenario: a day written down in TOML, to be replayed against the engine.

A scenario is read strictly: whoever writes one wants to know what happens, so a key that would
be passed over in silence is a mistake. All mistakes of a file are found at once.
"""

import stat
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from deskbreak.core.moment import local_datetime
from deskbreak.settings.files import UnreadableError, decode, shipped
from deskbreak.settings.keys import Key, UnknownKeyError, find_key
from deskbreak.settings.load import NoPresetError, merged, parse, placed, preset_layers
from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, Problem, Spot, printable, shown
from deskbreak.settings.tables import table_of
from deskbreak.settings.types import UNFIT
from deskbreak.settings.values import Duration
from deskbreak.simulate.deeds import SOME, note_surplus, read_deed, read_keys
from deskbreak.simulate.values import Start, Value, Zone
from deskbreak.struct import Struct, field, replace

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Where the wall clock of a scenario may be."""

_TOP: Mapping[str, Value] = {"start": Start(FIRST_YEAR, LAST_YEAR), "timezone": Zone(), "end": SOME}
_KEYS = (*_TOP, "settings", "event")
_END_OF_TIME = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()


LARGEST = 16 * 1024 * 1024
"""Bytes; a year of events, each written out, is a tenth of it."""

_LEFT_OUT = "unknown key, left out"


class ScenarioError(Exception):
    """A scenario cannot be replayed; `problems` are all its mistakes, a line each in the text."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Event(Struct):
    """Something is done, `at` seconds after the start; `values` are its other keys for code."""

    at: float
    do: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Scenario(Struct):
    """A day to replay. `end` is in seconds from the start; `title` is what its author called it."""

    title: str
    start: datetime
    zone: ZoneInfo
    end: float
    settings: Settings
    events: tuple[Event, ...] = ()


def read_scenario(path: Path) -> Scenario:
    """Read and check a file. Raises ScenarioError with every mistake, and for nothing else."""
    try:
        text = read_text(path)
    except UnreadableError as error:
        raise ScenarioError([error.problem]) from error
    return scenario_of(text, str(path))


def scenario_of(text: str, name: str) -> Scenario:
    """Check a scenario's text; `name` stands for its file. Raises ScenarioError."""
    try:
        document = parse(text, name)
        notes: list[Note] = []
        scenario = _scenario(document, comment_at_top(text) or Path(name).stem, notes)
    except UnreadableError as error:  # no TOML, or the file of a preset
        raise ScenarioError([error.problem]) from error
    problems = placed(notes, text, name)
    if scenario is None or problems:
        # A key that is missing at the top has no line of its own: the first one, then.
        raise ScenarioError([replace(problem, line=problem.line or 1) for problem in problems])
    return scenario


def _scenario(document: dict[str, Any], title: str, notes: list[Note]) -> Scenario | None:
    note_surplus(document, _KEYS, "at the top of a scenario", (), notes)
    top = read_keys({"timezone": "UTC", **document}, _TOP, _TOP, (), notes)
    changes = Changes()
    settings = changes.begin(document.get("settings", {}), notes)
    start = (
        local_datetime(top["start"], top["timezone"]) if {"start", "timezone"} <= {*top} else None
    )
    timetable = _Timetable(top.get("end"), start.timestamp() if start else None, Duration(0))
    events = _events(document.get("event", []), changes, timetable, notes)
    if len(top) < len(_TOP):
        return None
    return Scenario(title, top["start"], top["timezone"], float(top["end"]), settings, events)


def _events(
    tables: object, changes: "Changes", timetable: "_Timetable", notes: list[Note]
) -> tuple[Event, ...]:
    if not isinstance(tables, list):
        notes.append(Note(("event",), shown(tables), "tables that begin with [[event]]"))
        return ()
    events: list[Event] = []
    for place, table in enumerate(tables):
        spot = ("event", place)
        values = read_deed(table, spot, notes)
        if values is None:
            continue
        timetable.look(values, spot, notes)
        at, do = values.pop("at", 0.0), values.pop("do")
        if do == "set" and "key" in values and "value" in values:
            values = {"settings": changes.change(values["key"], values["value"], spot, notes)}
        events.append(Event(float(at), do, values))
    return tuple(events)


class _Timetable(Struct, frozen=False):
    """What events follow one another; `end` and `wall` are None where the file does not say.

    `wall` is what a clock that shows the right time at the start shows then, in seconds.
    """

    end: Duration | None
    wall: float | None
    latest: Duration

    def look(self, values: Mapping[str, Any], spot: Spot, notes: list[Note]) -> None:
        """Note an event that stands in another place than its time, or sets the clock too far."""
        at = values.get("at")
        if at is None:
            return
        if at < self.latest:
            allowed = f"{self.latest.text} or later: events stand in the order of at"
            notes.append(Note((*spot, "at"), shown(at.text), allowed))
        elif self.end is not None and at > self.end:
            allowed = f"{self.end.text} or earlier, which is the end"
            notes.append(Note((*spot, "at"), shown(at.text), allowed))
        self.latest = max(self.latest, at)
        if self.wall is not None and "by" in values:
            if 0 <= self.wall + values["by"] + at < _END_OF_TIME:
                self.wall += values["by"]
            else:
                way = "-" if values["by"] < 0 else ""
                step = f"{way}{Duration(abs(values['by'])).text}"
                allowed = f"a step that stays in the years {FIRST_YEAR} to {LAST_YEAR}"
                notes.append(Note((*spot, "by"), shown(step), allowed))


class Changes:
    """Settings over time, read with the code that reads config.toml.

    What is no more than a warning there (a very short length) is no mistake here either, except
    for unknown keys.
    """

    def __init__(self) -> None:
        self._root = table_of(Settings)
        self._values: dict[str, Any] = {}

    def begin(self, table: object, notes: list[Note]) -> Settings:
        """The settings of the scenario's own table, over the preset it names."""
        found: list[Note] = []
        values = self._root.read(table, ("settings",), found)
        self._values = {} if values is UNFIT else dict(values)
        notes.extend(_mistakes(found))
        return self._settings(("settings", "preset"), notes)

    def change(self, key: str, value: object, spot: Spot, notes: list[Note]) -> Settings:
        """The settings once one of them has another value."""
        try:
            known = find_key(key)
        except UnknownKeyError as error:
            hint = f' (perhaps "{error.nearest}")' if error.nearest else ""
            notes.append(Note((*spot, "key"), shown(key), f"the name of a setting{hint}"))
        else:
            self._take(known, value, (*spot, "value"), notes)
        return self._settings((*spot, "value"), notes)

    def _take(self, key: Key, value: object, spot: Spot, notes: list[Note]) -> None:
        found: list[Note] = []
        taken = key.kind.read(value, spot, found)
        notes.extend(_mistakes(found))
        if taken is not UNFIT:
            for part in reversed(key.path.split(".")):
                taken = {part: taken}
            self._values = merged(self._values, taken)

    def _settings(self, spot: Spot, notes: list[Note]) -> Settings:
        below = self._preset(spot, notes) if "preset" in self._values else {}
        settings: Settings = self._root.build(merged(below, self._values))
        return settings

    def _preset(self, spot: Spot, notes: list[Note]) -> Mapping[str, Any]:
        name, folder = self._values["preset"], shipped("config") / "presets"
        values: dict[str, Any] = {}
        try:
            for layer in preset_layers(name, folder):
                values = merged(values, layer.values)
        except UnreadableError as error:
            notes.append(Note(spot, str(error.problem)))
        except NoPresetError as problem:
            notes.append(Note(spot, shown(name), str(problem)))
            del self._values["preset"]
        return values


def _mistakes(notes: list[Note]) -> list[Note]:
    """The errors, and the unknown keys, which a scenario may not have."""
    unknown = (
        Note(note.spot, note.found.replace(_LEFT_OUT, "unknown key"))
        for note in notes
        if note.severity == "warning" and note.found.startswith(_LEFT_OUT)
    )
    return [*(note for note in notes if note.severity == "error"), *unknown]


def read_text(path: Path) -> str:
    """The text of a file. Raises UnreadableError where there is none that can be read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe would never end
            raise _unreadable(path, "not a regular file", "a text file")
        if about.st_size > LARGEST:
            size = f"{about.st_size // 1024} KiB"
            raise _unreadable(path, size, f"up to {LARGEST // 1024} KiB")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _unreadable(path, "no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        reason = getattr(error, "strerror", None) or error
        raise _unreadable(path, f"cannot be read: {reason}") from error
    return decode(raw, path)


def _unreadable(path: Path, found: str, allowed: str = "") -> UnreadableError:
    return UnreadableError(Problem(printable(str(path), 4096), None, "", found, allowed))


def comment_at_top(text: str) -> str:
    """The first line of a text if it is a comment, without its mark; else nothing."""
    first = text.split("\n", maxsplit=1)[0].strip()
    return printable(first.lstrip("#").strip(), 200) if first.startswith("#") else ""
