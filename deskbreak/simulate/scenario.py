"""Reads a scenario: a day written down in TOML, to be replayed against the engine.

A scenario is read strictly: whoever writes one wants to know what happens, so a key that would
be passed over in silence is a mistake. All mistakes of a file are found at once.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from deskbreak.core.moment import local_datetime
from deskbreak.settings.files import UnreadableError
from deskbreak.settings.load import parse, placed
from deskbreak.settings.model import Settings
from deskbreak.settings.problems import Note, Problem, Spot, shown
from deskbreak.settings.tables import table_of
from deskbreak.settings.types import UNFIT
from deskbreak.settings.values import Duration
from deskbreak.simulate.changes import Changes
from deskbreak.simulate.deeds import SOME, note_surplus, read_deed
from deskbreak.simulate.text import comment_at_top, read_text
from deskbreak.simulate.values import Start, Value, Zone
from deskbreak.struct import Struct, field

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Where the wall clock of a scenario may be."""

_KEYS = ("start", "timezone", "end", "settings", "event")
_END_OF_TIME = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()


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
        raise ScenarioError([_with_line(problem) for problem in problems])
    return scenario


def _with_line(problem: Problem) -> Problem:
    """A key that is missing at the top has no line of its own: the first one, then."""
    if problem.line is not None:
        return problem
    return Problem(problem.file, 1, problem.key, problem.found, problem.allowed)


def _scenario(document: dict[str, Any], title: str, notes: list[Note]) -> Scenario | None:
    note_surplus(document, _KEYS, "at the top of a scenario", (), notes)
    start = _top("start", Start(FIRST_YEAR, LAST_YEAR), document, notes)
    zone = _top("timezone", Zone(), {"timezone": "UTC", **document}, notes)
    end = _top("end", SOME, document, notes)
    changes = Changes(table_of(Settings))
    settings = changes.begin(document.get("settings", {}), notes)
    know_start = start is not UNFIT and zone is not UNFIT
    timetable = _Timetable(
        None if end is UNFIT else end,
        local_datetime(start, zone).timestamp() if know_start else None,
        Duration(0),
    )
    events = _events(document.get("event", []), changes, timetable, notes)
    if not know_start or end is UNFIT:
        return None
    return Scenario(title, start, zone, float(end), settings, events)


def _top(name: str, kind: Value, document: Mapping[str, Any], notes: list[Note]) -> Any:
    if name in document:
        return kind.read(document[name], (name,), notes)
    notes.append(Note((name,), "nothing", kind.allowed))
    return UNFIT


def _events(
    tables: object, changes: Changes, timetable: "_Timetable", notes: list[Note]
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
