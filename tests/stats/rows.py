"""Rows of a history for tests, in the shortest words."""

from datetime import UTC, date, datetime, time
from typing import Any

from deskbreak.stats.day import Row

DAY = date(2026, 3, 2)


def row(when: str, event: str, day: date = DAY, zone_s: int = 0, **data: Any) -> Row:
    """A row at a local time of day (`09:30` or `09:30:15`)."""
    local = datetime.combine(day, time.fromisoformat(when), UTC)
    return Row(local.timestamp() - zone_s, zone_s, day, event, data)


def bout(when: str, minutes: float, posture: str = "sitting", day: date = DAY) -> Row:
    """A bout that ended then."""
    return row(when, "bout_ended", day, posture=posture, length_s=round(60 * minutes))


def walk(when: str, minutes: float = 5, day: date = DAY, outcome: str = "done") -> Row:
    """A walk that ended then."""
    return row(when, "break_ended", day, kind="walk", outcome=outcome, length_s=round(60 * minutes))


def routine(when: str, name: str, day: date = DAY, **data: Any) -> Row:
    """A routine of two minutes that ended then."""
    said: dict[str, Any] = {
        "kind": "stretch",
        "outcome": "done",
        "length_s": 120,
        "routine": name,
    } | data
    return row(when, "break_ended", day, **said)
