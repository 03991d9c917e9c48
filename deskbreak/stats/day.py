"""One local day in numbers, made from the day's rows alone so that it can be kept.

A day whose ledger is closed takes its times from the ledger, to the second; of any other day the
times are those of the bouts and breaks that have ended so far.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from deskbreak.core.enums import Activity, BreakKind, Outcome, Posture
from deskbreak.struct import Struct, field, fields

VERSION = 2  # of what `Day.as_dict` gives; a kept day of another version is counted anew
PROMPTS = frozenset({"prompt", "stand_prompt", "sit_prompt"})

BECAME: Mapping[str, str] = {
    "break_started": "taken",
    "snoozed": "snoozed",
    "skipped": "skipped",
    "dismissed": "dismissed",
    "ignored": "ignored",
    "prompt_withdrawn": "withdrawn",
    "posture": "posture_changed",
    "prompt": "replaced",
    "stand_prompt": "replaced",
    "sit_prompt": "replaced",
}
"""What a prompt became, by the next thing that can answer one."""

TAKEN = frozenset({Outcome.DONE.value, Outcome.PARTIAL.value})
"""The outcomes of a break that count: what was left early does not, and nobody is told off."""

_BETWEEN = "@"


class Row(Struct):
    """A row of the history: wall time and zone in seconds, local day, public name and keys."""

    wall: float
    zone_s: int
    day: date
    event: str
    data: dict[str, Any]


class Day(Struct, frozen=False):
    """Everything that is counted of one local day. Lengths are whole seconds.

    `closed` says that the day is over and `ledger` adds up to its length. `prompts` has the
    shown ones by what became of them, `held` the time of each reason to wait, `played` the
    routines that were taken, by `played_as`; `odd` is how many rows made no sense.
    """

    day: date
    closed: bool = False
    ledger: dict[str, int] = field(default_factory=dict)
    sitting: list[int] = field(default_factory=list)
    standing: list[int] = field(default_factory=list)
    walks: int = 0
    walk_s: int = 0
    played: dict[str, int] = field(default_factory=dict)
    natural: int = 0
    prompts: dict[str, int] = field(default_factory=dict)
    feedback: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    reminders: dict[str, int] = field(default_factory=dict)
    pauses: int = 0
    odd: int = 0

    def of(self, activity: Activity) -> int:
        """The time spent on one activity."""
        return self.ledger.get(activity.value, 0)

    @property
    def used(self) -> bool:
        """Whether the person was there at all on this day."""
        at_desk = (Activity.SITTING, Activity.STANDING, Activity.UNKNOWN, Activity.BREAK)
        return bool(self.sitting or self.standing or self.walks or self.played) or any(
            map(self.of, at_desk)
        )

    @property
    def breaks(self) -> int:
        """All breaks, those of one's own accord included."""
        return self.walks + sum(self.played.values()) + self.natural

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; `from_dict` takes them back."""
        return {key: getattr(self, key) for key in fields(self)[1:]}

    @classmethod
    def from_dict(cls, day: date, kept: Mapping[str, Any]) -> "Day":
        """The day that gave this mapping. Raises KeyError or TypeError for another."""
        return cls(day, **{key: kept[key] for key in fields(cls)[1:]})


def count(day: date, rows: Iterable[Row], ledger: Mapping[str, float] | None = None) -> Day:
    """Count the rows of a day, in the order of recording; `ledger` is that of the closed day."""
    found = Day(day, closed=ledger is not None)
    counting = _Counting(found)
    for row in rows:
        counting.take(row)
    if counting.asked:
        _add(found.prompts, "open")
    if ledger is not None:
        found.ledger = {activity: round(seconds) for activity, seconds in ledger.items()}
    else:
        found.ledger = {
            Activity.SITTING.value: sum(found.sitting),
            Activity.STANDING.value: sum(found.standing),
            Activity.BREAK.value: counting.moving_s,
        }
    return found


def played_as(routine: str, step: int | None) -> str:
    """A routine that was taken up to a step, None or 0 where nobody knows, as one text."""
    return f"{routine}{_BETWEEN}{step or ''}"


def played(text: str) -> tuple[str, int | None]:
    """The routine and the step of `played_as`."""
    routine, _, step = text.rpartition(_BETWEEN)
    return routine, int(step) if step else None


class _Counting:
    """Takes the rows one by one; what lasts or is answered later is remembered until then."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._held: dict[str, float] = {}
        self.asked = False
        self.moving_s = 0

    def take(self, row: Row) -> None:
        """Count one row; the rows come in the order of recording."""
        event = row.event
        if self.asked and event in BECAME:
            _add(self._day.prompts, BECAME[event])
            self.asked = False
        if event in PROMPTS:
            self.asked = True
        self._count(event, row.data)
        self._hold(row)

    def _count(self, event: str, data: Mapping[str, Any]) -> None:
        day = self._day
        match event:
            case "bout_ended":
                standing = data.get("posture") == Posture.STANDING.value
                (day.standing if standing else day.sitting).append(_whole(data, "length_s"))
            case "break_ended" if data.get("outcome") in TAKEN:
                self._take_break(data)
            case "natural_break":
                day.natural += 1
            case "feedback":
                _add(day.feedback, str(data.get("feedback", "")))
            case "reminder":
                _add(day.reminders, str(data.get("name", "")))
            case "paused":
                day.pauses += 1

    def _hold(self, row: Row) -> None:
        reason = str(row.data.get("reason", ""))
        if row.event == "hold":
            self._held.setdefault(reason, row.wall)
        elif row.event == "hold_over" and reason in self._held:
            held_s = row.wall - self._held.pop(reason)
            _add(self._day.held, reason, round(max(0.0, held_s)))

    def _take_break(self, data: Mapping[str, Any]) -> None:
        day, length_s = self._day, _whole(data, "length_s")
        routine = str(data.get("routine") or "")
        self.moving_s += length_s
        if data.get("kind") == BreakKind.WALK.value or not routine:
            day.walks += 1
            day.walk_s += length_s
        else:
            _add(day.played, played_as(routine, _whole(data, "at_step")))


def _add(to: dict[str, int], key: str, number: int = 1) -> None:
    to[key] = to.get(key, 0) + number


def _whole(data: Mapping[str, Any], key: str) -> int:
    """A number of an imported row may be anything that JSON knows."""
    value = data.get(key)
    return round(value) if isinstance(value, int | float) else 0
