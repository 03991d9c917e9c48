"""Takes a calendar file apart by its lines, without reading what they mean.

So one broken entry costs nothing but itself, and of ten thousand entries only those few have to be
read (which is slow) that may fall into the time asked for.
"""

import codecs
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from deskbreak.calendars.rules import Rule, day_of
from deskbreak.struct import Struct, field

_EDGE = re.compile(rb"^(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE)[ \t]*\r?$", re.MULTILINE | re.I)
_FOLD = re.compile(rb"\r?\n[ \t]")
_RULES = re.compile(r"^RRULE(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)
_LISTED = re.compile(r"^RDATE[;:]", re.MULTILINE | re.IGNORECASE)
_ALL_LATER = re.compile(r"^RECURRENCE-ID.*THISANDFUTURE", re.MULTILINE | re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_MARGIN_DAYS = 2
"""More than any two zones are apart: the days in a file may be those of the other side of Earth."""


class Piece(Struct):
    """The text of one component, its lines unfolded, and the line of the file it begins on."""

    text: str
    line: int

    def value(self, name: str) -> str | None:
        """The value of its first line of that name, as it stands; None without one."""
        return first_value(name, self.text)

    @property
    def rules(self) -> list[Rule]:
        """How it repeats; empty for what takes place once, or on listed dates."""
        return [Rule.of(value) for value in _RULES.findall(self.text)]

    @property
    def changes_all_later(self) -> bool:
        """Whether it changes one date of a series and all that come after."""
        return _ALL_LATER.search(self.text) is not None

    def may_touch(self, first: date, last: date) -> bool:
        """Whether something of it may fall on these days.

        Two days are added on either side for the difference between zones.
        """
        begins = day_of(self.value("DTSTART"))
        if begins is None or _LISTED.search(self.text) or self.changes_all_later:
            return True
        early, late = first.toordinal() - _MARGIN_DAYS, last.toordinal() + _MARGIN_DAYS
        instead_of = day_of(self.value("RECURRENCE-ID"))
        if instead_of is not None and early <= instead_of.toordinal() <= late:
            return True
        if begins.toordinal() > late:
            return False
        days = self._days(begins)
        if begins.toordinal() + days >= early:
            return True
        since = date.fromordinal(max(1, early - days))
        return any(not rule.is_over(begins, since) for rule in self.rules)

    def _days(self, begins: date) -> int:
        """How many days it reaches beyond the one it begins on, or more."""
        ends = day_of(self.value("DTEND"))
        return _days(self.value("DURATION")) if ends is None else max(0, (ends - begins).days)


class Sheet(Struct, frozen=False):
    """One calendar of a file: its entries and zones, and the lines at its top."""

    head: str
    entries: list[Piece] = field(default_factory=list)
    zones: list[Piece] = field(default_factory=list)

    def value(self, name: str) -> str | None:
        """The value of the calendar's own line of that name; None without one."""
        return first_value(name, self.head)


class Taken(Struct, frozen=False):
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
    line = re.search(rf'^{name}(?:;(?:"[^"\n]*+"|[^":\n])*+)?:(.*)$', text, re.MULTILINE | re.I)
    return None if line is None else line[1].strip()


def _days(duration: str | None) -> int:
    """At least as long as the duration that is written there, in days."""
    numbers = dict.fromkeys("WDH", 0) | {
        unit: int(number)
        for number, unit in re.findall(r"([0-9]{1,5})([WDH])", (duration or "").upper())
    }
    days: int = numbers["W"] * 7 + numbers["D"] + numbers["H"] // 24 + 1
    return days
