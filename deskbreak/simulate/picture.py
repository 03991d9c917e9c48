"""A replayed day for people: a picture for the terminal, then the same in plain words.

Without colour everything is ASCII, so it survives a pipe, a mail and any encoding.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from textwrap import wrap
from types import MappingProxyType

from deskbreak.core.enums import Activity
from deskbreak.settings.values import Duration
from deskbreak.simulate import story
from deskbreak.simulate.grid import Cell, Grid, Row, grid_of
from deskbreak.simulate.replay import Replay
from deskbreak.struct import Struct
from deskbreak.text.display import one_line

_NARROWEST = 44
_LABEL = len("Mon 09:00 ")
_WIDE = _LABEL + 60
_TIME = len("09:00:00 > ")

_LONGEST_LISTED = Duration.parse("4d")
"""Of what lasts longer the days are told, not every event."""


class _Ink(Struct):
    """How a cell is drawn: in ASCII, and with colour (a character and an SGR code)."""

    words: str
    plain: str
    fancy: str
    code: str


_INKS: Mapping[Cell, _Ink] = MappingProxyType(
    {
        Activity.SITTING: _Ink("sitting", "=", "▄", "94"),
        Activity.STANDING: _Ink("standing", "#", "█", "36"),
        Activity.BREAK: _Ink("break", "+", "▒", "92"),
        Activity.AWAY: _Ink("away", ".", "·", "32"),
        Activity.ASLEEP: _Ink("asleep", "_", "_", "2"),
        Activity.PAUSED: _Ink("paused", "-", "╌", "35"),
        Activity.OFF_HOURS: _Ink("off hours", ":", ":", "2"),
        Activity.UNKNOWN: _Ink("presence unknown", "?", "░", "33"),
        Activity.NOT_RUNNING: _Ink("not running", "x", "x", "31"),
        "asked": _Ink("asked to move", "!", "!", "1;97;41"),
        "snoozed": _Ink("snoozed", "z", "z", "1;97;41"),
        "skipped": _Ink("skipped", ">", ">", "1;97;41"),
        "heads-up": _Ink("heads-up", "'", "'", "30;43"),
        "reminder": _Ink("reminder", "*", "*", "30;43"),
        None: _Ink("", " ", " ", "0"),
    }
)

_DIM = "2"
_BOLD = "1"


class _Brush(Struct):
    """Writes on paper of a width, with colour or in ASCII without."""

    width: int
    colour: bool

    def dye(self, text: str, code: str) -> str:
        """The text in a colour."""
        return f"\033[{code}m{text}\033[0m" if self.colour and text.strip() else text

    def cell(self, cell: Cell, times: int = 1) -> str:
        """A cell, or several that are the same."""
        ink = _INKS[cell]
        return self.dye(ink.fancy * times, ink.code) if self.colour else ink.plain * times

    def lines(self, text: str, indent: int, code: str = "0") -> list[str]:
        """The text in lines of that width; from the second on they are indented."""
        said = one_line(text) if self.colour else _ascii(one_line(text))
        lines = wrap(said, self.width, subsequent_indent=" " * indent, break_on_hyphens=False)
        return [line if code == "0" else self.dye(line, code) for line in lines]


def _ascii(text: str) -> str:
    return text.replace(" · ", ", ").encode("ascii", "replace").decode()


def draw(replay: Replay, *, width: int = 80, colour: bool = False) -> str:
    """The picture, the list and the sums, in lines of at most `width` cells (44 or more).

    The replay needs to have been watched, else ValueError. Without `colour` it is ASCII.
    """
    if replay.watch is None:
        raise ValueError("a replay that nobody watched cannot be drawn")
    brush = _Brush(max(width, _NARROWEST), colour)
    grid = grid_of(replay.watch, replay.happened, replay.scenario.end, wide=brush.width >= _WIDE)
    parts = (
        _title(replay, brush),
        _picture(grid, brush),
        _list(replay, brush),
        _sums(replay, brush),
    )
    return "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts)


def _title(replay: Replay, brush: _Brush) -> Iterator[str]:
    begin, end = (_wall(replay.happened[-1]), replay.scenario.start)[::-1]
    last = _clock(end) if end.date() == begin.date() else f"{_day(end)}, {_clock(end)}"
    yield from brush.lines(replay.scenario.title, 2, _BOLD)
    yield from brush.lines(
        f"{_day(begin)}, {_clock(begin)} to {last}, {replay.scenario.zone.key}", 2
    )


def _wall(event: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(event["wall"])


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


# the picture


def _picture(grid: Grid, brush: _Brush) -> Iterator[str]:
    ruler = "".join(text.ljust(grid.tick) for text in grid.ruler)
    yield brush.dye(" " * _LABEL + ruler.rstrip(), _DIM)
    for row in grid.rows:
        runs = ((cell, len(list(same))) for cell, same in groupby(row.cells))
        cells = "".join(brush.cell(cell, times) for cell, times in runs)
        yield _label(row, grid.of_days).ljust(_LABEL) + cells
    yield ""
    yield from _legend(grid, brush)


def _label(row: Row, of_days: bool) -> str:
    if of_days:
        return f"{row.begins:%d %b} {row.begins:%a}"[:9]
    return f"{row.begins:%a %H:%M}" if row.new_day else f"    {row.begins:%H:%M}"


def _legend(grid: Grid, brush: _Brush) -> Iterator[str]:
    """Only what is in the picture; wrapped by hand, since colour has no width."""
    used = {cell for row in grid.rows for cell in row.cells}
    line, room = " " * _LABEL, brush.width - _LABEL
    for cell, ink in _INKS.items():
        if cell is None or cell not in used:
            continue
        if room < len(ink.words) + 2:
            yield line
            line, room = " " * _LABEL, brush.width - _LABEL
        line += f"{brush.cell(cell)} {ink.words}  "
        room -= len(ink.words) + 4
    yield line


# the list


def _list(replay: Replay, brush: _Brush) -> Iterator[str]:
    today = None
    for at, text, of_script in _told(replay):
        if at.date() != today:
            today = at.date()
            yield brush.dye(_day(today), _BOLD)
        mark, code = (">", _DIM) if of_script else (" ", "0")
        yield from brush.lines(f"{_clock(at):8} {mark} {text}", _TIME, code)
    if _is_long(replay):
        yield from brush.lines("Only the days are told here; --json has every event.", 2, _DIM)


def _is_long(replay: Replay) -> bool:
    return replay.scenario.end > _LONGEST_LISTED


def _told(replay: Replay) -> Iterator[tuple[datetime, str, bool]]:
    """When what happened, and whether it stands in the script."""
    assert replay.watch is not None
    long = _is_long(replay)
    script = deque(() if long else replay.done)
    for place, event in enumerate(replay.happened):
        while script and script[0].before <= place:
            done = script.popleft()
            at = replay.watch.local(done.t)
            yield at, story.done(done.event), True
            if done.refused is not None:
                yield at, f"deskbreak says: {done.refused}", False
        if not long or event["event"] in {"day_closed", "end"}:
            yield _wall(event), story.happened(event), False


# the sums


def _sums(replay: Replay, brush: _Brush) -> Iterator[str]:
    happened = replay.happened
    counts = Counter(event["event"] for event in happened)
    asked = sum(counts[name] for name in ("prompt", "stand_prompt", "sit_prompt"))
    taken = [e for e in happened if e["event"] == "break_ended" and e["outcome"] in story.COUNT]
    walks = sum(event.get("kind") == "walk" for event in taken)
    words = {
        "asked": asked,
        "walks": walks,
        "stretches": len(taken) - walks,
        "natural breaks": counts["natural_break"],
        "snoozes": counts["snoozed"],
        "skips": counts["skipped"],
    }
    said = " · ".join(f"{name} {count}" for name, count in words.items() if count)
    yield from brush.lines(f"In all: {said or 'nothing to tell of'}", 8)
    day = "The day so far" if counts["day_closed"] == 0 else "The last day so far"
    yield from brush.lines(f"{day}: {story.sums(happened[-1]['ledger'])}", 8)
