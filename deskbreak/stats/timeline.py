"""Where in a day its bouts, breaks and pauses lie, for a drawing of the day.

A row says when something ended and how long it was, so a block is put there. A bout that was
interrupted by short absences is drawn without them, at its end.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from deskbreak.core.enums import BreakKind, Posture
from deskbreak.stats.day import PROMPTS, TAKEN, Row
from deskbreak.struct import Struct, field

_SAME_INSTANT_S = 0.5


class Part(StrEnum):
    """What a block of the day is."""

    SITTING = "sitting"
    STANDING = "standing"
    WALK = "walk"
    STRETCH = "stretch"
    PAUSED = "paused"
    HELD = "held"


class Block(Struct):
    """Something that lasted, from one wall time (seconds) to another; `what` names it further."""

    part: Part
    begin: float
    end: float
    what: str = ""

    @property
    def length_s(self) -> float:
        """How long it was."""
        return self.end - self.begin


class Timeline(Struct, frozen=False):
    """One day as blocks in order of beginning, and the wall times at which it prompted.

    `zone_s` is how far local time is ahead of UTC.
    """

    blocks: list[Block] = field(default_factory=list)
    prompts: list[float] = field(default_factory=list)
    zone_s: int = 0

    def goes_on(self, part: Part, length_s: float, now: float, zone_s: int) -> None:
        """Add the bout that is running at this wall time."""
        if length_s > 0:
            self.blocks.append(Block(part, now - length_s, now, "so far"))
            self.zone_s = zone_s

    def local(self, wall: float) -> datetime:
        """The local reading of a wall time of this day."""
        return (datetime.fromtimestamp(wall, UTC) + timedelta(seconds=self.zone_s)).replace(
            tzinfo=None
        )

    @property
    def hours(self) -> tuple[float, float]:
        """The wall times of the whole hours that hold everything; of an empty day both are 0."""
        walls = [edge for block in self.blocks for edge in (block.begin, block.end)]
        walls += self.prompts
        if not walls:
            return 0.0, 0.0
        offset = self.zone_s % 3600
        first = (min(walls) + offset) // 3600 * 3600 - offset
        last = -(-(max(walls) + offset) // 3600) * 3600 - offset
        return first, max(last, first + 3600)

    def as_dict(self) -> dict[str, Any]:
        """The public keys of `stats --json`; local times."""
        return {
            "blocks": [
                {
                    "part": block.part.value,
                    "from": self.local(block.begin).isoformat(timespec="seconds"),
                    "to": self.local(block.end).isoformat(timespec="seconds"),
                }
                | ({"what": block.what} if block.what else {})
                for block in self.blocks
            ],
            "prompts": [self.local(wall).isoformat(timespec="seconds") for wall in self.prompts],
        }


def timeline(rows: Sequence[Row]) -> Timeline:
    """Draw up the rows of one day, which come in the order of recording."""
    ended = (_ended(row, before) for before, row in zip((None, *rows), rows, strict=False))
    lasted = [block for block in (*_lasting(rows), *ended) if block and block.length_s > 0]
    prompts = [row.wall for row in rows if row.event in PROMPTS]
    lasted.sort(key=lambda block: block.begin)
    return Timeline(lasted, prompts, rows[0].zone_s if rows else 0)


def _ended(row: Row, before: Row | None) -> Block | None:
    data = row.data
    length = data.get("length_s")
    if not isinstance(length, int | float):
        return None
    if row.event == "break_ended" and data.get("outcome") in TAKEN:
        walk = data.get("kind") == BreakKind.WALK.value or not data.get("routine")
        part = Part.WALK if walk else Part.STRETCH
        return Block(part, row.wall - length, row.wall, str(data.get("routine") or ""))
    if row.event != "bout_ended":
        return None
    standing = data.get("posture") == Posture.STANDING.value
    end = row.wall - _already_gone(row, before)
    return Block(Part.STANDING if standing else Part.SITTING, end - length, end)


def _already_gone(row: Row, before: Row | None) -> float:
    """How long the person had left when their bout was said to be over."""
    if before is None or abs(before.wall - row.wall) > _SAME_INSTANT_S:
        return 0.0
    if before.event == "natural_break":
        return float(before.data.get("away_s", 0))
    if before.event == "break_ended":
        return float(before.data.get("length_s", 0))
    return 0.0


def _lasting(rows: Iterable[Row]) -> list[Block]:
    """Pauses and holds that began and ended on this day."""
    found: list[Block] = []
    paused: float | None = None
    held: dict[str, float] = {}
    for row in rows:
        reason = str(row.data.get("reason", ""))
        match row.event:
            case "paused" if paused is None:
                paused = row.wall
            case "resumed" if paused is not None:
                found.append(Block(Part.PAUSED, paused, row.wall))
                paused = None
            case "hold":
                held.setdefault(reason, row.wall)
            case "hold_over" if reason in held:
                found.append(Block(Part.HELD, held.pop(reason), row.wall, reason))
    return found
