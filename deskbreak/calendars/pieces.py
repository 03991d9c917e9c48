"""Takes a calendar file apart by its lines, without reading what they mean.

So one broken entry costs nothing but itself, and of ten thousand entries only those few have to be
read (which is slow) that may fall into the time asked for.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

_EDGE = re.compile(rb"^(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE)[ \t]*\r?$", re.MULTILINE | re.I)
_FOLD = re.compile(rb"\r?\n[ \t]")
_REPEATS = re.compile(r"^(RRULE|RDATE|RECURRENCE-ID)[;:]", re.MULTILINE | re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_MARGIN = timedelta(days=2)
"""More than any two zones are apart: the days in a file may be those of the other side of Earth."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one component, its lines unfolded, and the line of the file it begins on."""

    text: str
    line: int

    def value(self, name: str) -> str | None:
        """The value of its first line of that name, as it stands; None without one."""
        return first_value(name, self.text)

    def may_touch(self, first: date, last: date) -> bool:
        """Whether something of it may fall on these days; for one that repeats this is not known.

        Two days are added on either side for the difference between zones.
        """
        if _REPEATS.search(self.text):
            return True
        begins = _day(self.value("DTSTART"))
        if begins is None:
            return True
        ends = _day(self.value("DTEND"))
        if ends is None:
            ends = begins + _days(self.value("DURATION"))
        return begins <= last + _MARGIN and ends >= first - _MARGIN


@dataclass(slots=True)
class Sheet:
    """One calendar of a file: its entries and zones, and the lines at its top."""

    head: str
    entries: list[Piece] = field(default_factory=list)
    zones: list[Piece] = field(default_factory=list)

    def value(self, name: str) -> str | None:
        """The value of the calendar's own line of that name; None without one."""
        return first_value(name, self.head)


@dataclass(slots=True)
class Taken:
    """What a file was taken apart into; `unended` are lines of what begins and has no end."""

    sheets: list[Sheet] = field(default_factory=list)
    unended: list[int] = field(default_factory=list)


def take_apart(data: bytes) -> Taken:
    """The calendars of a file in their order; none if it holds none."""
    if data.startswith(_UTF16):
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    taken, open_ = Taken(), dict[bytes, _Edge]()
    for edge in _edges(data):
        begun = open_.pop(edge.name, None)
        if edge.begins:
            if begun is not None:
                taken.unended.append(begun.line)
            open_[edge.name] = edge
            if edge.name == b"VCALENDAR":
                taken.sheets.append(Sheet(_head(data, edge.stop)))
        elif begun is not None and edge.name != b"VCALENDAR" and taken.sheets:
            sheet, piece = taken.sheets[-1], Piece(_text(data[begun.start : edge.stop]), begun.line)
            (sheet.entries if edge.name == b"VEVENT" else sheet.zones).append(piece)
    if open_:  # of an entry and its calendar that are both cut short, the entry
        taken.unended.append(max(edge.line for edge in open_.values()))
    return taken


class _Edge(NamedTuple):
    """A line that begins or ends a component: which, where in the data, on which line."""

    begins: bool
    name: bytes
    start: int
    stop: int
    line: int


def _edges(data: bytes) -> Iterator[_Edge]:
    line, seen = 1, 0
    for match in _EDGE.finditer(data):
        line += data.count(b"\n", seen, match.start())
        seen = match.start()
        begins = match[1].upper() == b"BEGIN"
        yield _Edge(begins, match[2].upper(), match.start(), match.end(), line)


def _head(data: bytes, begin: int) -> str:
    """The lines from there to the first component of any kind."""
    inner = re.compile(rb"^(BEGIN|END):", re.MULTILINE | re.IGNORECASE).search(data, begin)
    return _text(data[begin : inner.start() if inner else len(data)])


def _text(data: bytes) -> str:
    """Lines put together again, then decoded: a fold may stand within a character.

    What is no UTF-8 is taken for the code page of Western Windows.
    """
    data = _FOLD.sub(b"", data).replace(b"\r\n", b"\n").rstrip(b"\r")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def first_value(name: str, text: str) -> str | None:
    """The value of the first line of that name; colons within quotes belong to parameters."""
    line = re.search(rf'^{name}(?:;(?:"[^"\n]*"|[^":\n])*)?:(.*)$', text, re.MULTILINE | re.I)
    return None if line is None else line[1].strip()


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:8])
    except ValueError:
        return None


def _days(duration: str | None) -> timedelta:
    """At least as long as the duration that is written there, in days."""
    numbers = dict.fromkeys("WDH", 0) | {
        unit: int(number) for number, unit in re.findall(r"(\d{1,5})([WDH])", duration or "")
    }
    return timedelta(days=numbers["W"] * 7 + numbers["D"] + numbers["H"] // 24 + 1)
