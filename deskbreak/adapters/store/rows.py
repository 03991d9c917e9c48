"""Rows of the history and what they may hold, whoever wrote them.

A file may have been edited, damaged or imported; a row of an odd shape costs itself alone.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from deskbreak.core import records
from deskbreak.core.enums import Feedback, Outcome
from deskbreak.core.progress import Past
from deskbreak.core.records import DayClosed, Happening
from deskbreak.stats.day import Row

INSERT = "INSERT INTO happenings (wall, zone_s, day, event, data) VALUES (?, ?, ?, ?, ?)"
COLUMNS = "SELECT wall, zone_s, day, event, data FROM happenings"

Raw = tuple[Any, Any, Any, Any, Any]
"""A row of `COLUMNS`: in SQLite any column may hold anything."""

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)
"""Beyond these there is no week before or after, and no clock that was right."""

_LAST_WALL = 253_402_300_800  # the year 10000
_WHOLE_DAY_S = 86_400
_LONGEST_EVENT = 100
_LARGEST = 1e8
"""Three years in seconds: nothing that is counted here is larger."""

_NUMBERS = frozenset({"at_step", "of", "level"})  # and all that ends in _s
_TEXTS = frozenset({
    "feedback", "exercise", "kind", "name", "outcome", "posture", "reason", "routine", "suggests",
    "to", "why",
})  # fmt: skip
_OURS = frozenset(
    kind.event
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, Happening)
)


class OddError(ValueError):
    """What is no row of a history; the text says in which way."""


def row_of(entry: Row) -> Raw:
    """The row of `COLUMNS` that an entry is."""
    data = json.dumps(entry.data, separators=(",", ":"))
    return entry.wall, entry.zone_s, entry.day.isoformat(), entry.event, data


def entries_of(rows: Iterable[Raw], odd: Callable[[Raw], None]) -> Iterator[Row]:
    """The entries that these rows are; `odd` is told of each that is none."""
    for row in rows:
        try:
            yield entry_from(*row[:4], values_of(row[4]))
        except OddError:
            odd(row)


def values_of(text: Any) -> Any:
    """What a JSON text says, in numbers that are finite. Raises OddError."""
    try:
        found = json.loads(text, parse_float=_finite, parse_constant=_finite)
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be written
    except (ValueError, TypeError, RecursionError):
        raise OddError("it is not JSON") from None
    return found


def entry_from(wall: Any, zone_s: Any, day: Any, event: Any, data: Any) -> Row:
    """The entry of these values. Raises OddError."""
    texts = isinstance(day, str) and isinstance(event, str)
    numbers = isinstance(wall, int | float) and isinstance(zone_s, int)
    if not (texts and numbers and isinstance(data, dict)):
        raise OddError("it lacks wall, zone_s, day, event or data")
    if isinstance(wall, bool) or not 0 <= wall < _LAST_WALL:
        raise OddError(f"wall is {wall!r}, allowed: seconds since 1970")
    if isinstance(zone_s, bool) or abs(zone_s) >= _WHOLE_DAY_S:
        raise OddError(f"zone_s is {zone_s!r}, allowed: less than a day in seconds")
    if not event or len(event) > _LONGEST_EVENT:
        raise OddError("event is not a name")
    if event in _OURS:
        _check(event, data)
    return Row(float(wall), zone_s, day_from(day), event, data)


def day_from(text: Any) -> date:
    """The day that a text says, as 2026-03-02. Raises OddError."""
    try:
        day = date.fromisoformat(text)
    except (ValueError, TypeError):
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY or day.isoformat() != text:
        raise OddError(f"day is {text!r}, allowed: a day such as 2026-03-02")
    return day


def _check(event: str, data: dict[str, Any]) -> None:
    """Whether the values of one of our own events are of the kinds that are counted."""
    for key, value in data.items():
        if value is None:
            continue
        if key in _TEXTS and not isinstance(value, str):
            raise OddError(f"{key} is {value!r:.40}, allowed: a text")
        if (key in _NUMBERS or key.endswith("_s")) and not _can_be_counted(value):
            raise OddError(f"{key} is {value!r:.40}, allowed: a number")
    if event == DayClosed.event:
        day_from(data.get("day"))
        ledger = data.get("ledger")
        if not isinstance(ledger, dict) or not all(map(_can_be_counted, ledger.values())):
            raise OddError("ledger is not a number of seconds for each activity")


def _can_be_counted(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) <= _LARGEST


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


ROUTINES = ("break_started", "break_ended", "feedback")
LEVELS = ("level_offered", "level_set")
LATEST = 600
"""Rows that are looked at: what `core.progress` keeps, started, ended and judged."""

_SHARES = {Outcome.DONE: 1.0, Outcome.PARTIAL: 0.6}
"""How much was done at least, by what a break became; of any other too little to count."""


def past_of(entries: Iterable[Row]) -> Past:
    """The past that these rows tell, which are in order; walks say nothing about it."""
    past = Past()
    for entry in entries:
        said = entry.data
        routine = str(said.get("routine") or "")
        match entry.event:
            case "break_started" if routine:
                past.start(routine, entry.wall)
            case "break_ended" if routine:
                past.end(routine, _SHARES.get(said.get("outcome", ""), 0.0))
            case "feedback" if routine and said.get("feedback") in set(Feedback):
                judged = Feedback(said["feedback"])
                past.judge(routine, judged, said.get("exercise"), entry.wall)
            case "level_offered":
                past.level_offered = entry.wall
            case "level_set":
                past.level_set = entry.wall
    return past
