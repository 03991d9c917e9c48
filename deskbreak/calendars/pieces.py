"""Takes a calendar file apart by its lines, without reading what they mean.

So one broken entry costs nothing but itself, and of ten thousand entries only those few have to be
read (which is slow) that may fall into the time asked for.
"""

import codecs
import re
from datetime import date

from deskbreak.calendars.rules import Rule, day_of
from deskbreak.struct import Struct, field

_EDGE = re.compile(rb"^(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE)[ \t]*\r?$", re.MULTILINE | re.I)
_INNER = re.compile(rb"^(BEGIN|END):", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")
_RULES = re.compile(r"^RRULE(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)
_LISTED = re.compile(r"^RDATE[;:]", re.MULTILINE | re.IGNORECASE)
_ALL_LATER = re.compile(r"^RECURRENCE-ID.*THISANDFUTURE", re.MULTILINE | re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# More than any two zones are apart: the days in a file may be those of the other side of Earth.
_MARGIN_DAYS = 2


class Piece(Struct):
    """The text of one component, its lines unfolded, and the line of the file it begins on."""

    text: str
    line: int

    def value(self, name: str) -> str | None:
        """The value of its first line of that name, as it stands; None without one."""
        parameters = r'(?:;(?:"[^"\n]*+"|[^":\n])*+)?'  # colons within quotes belong to them
        line = re.search(f"^{name}{parameters}:(.*)$", self.text, re.MULTILINE | re.IGNORECASE)
        return None if line is None else line[1].strip()

    @property
    def rules(self) -> list[Rule]:
        """How it repeats; empty for what takes place once, or on listed dates."""
        return [Rule(value) for value in _RULES.findall(self.text)]

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
        if ends is not None:
            return max(0, (ends - begins).days)
        duration = (self.value("DURATION") or "").upper()
        days = {"W": 7.0, "D": 1.0, "H": 1 / 24}
        found = re.findall(r"([0-9]{1,5})([WDH])", duration)
        return int(sum(int(number) * days[unit] for number, unit in found)) + 1


class Sheet(Struct, frozen=False):
    """One calendar of a file: its entries and zones, and the lines at its top."""

    head: Piece
    entries: list[Piece] = field(default_factory=list)
    zones: list[Piece] = field(default_factory=list)


def take_apart(data: bytes) -> tuple[list[Sheet], list[int]]:
    """The calendars of a file in their order, and the lines of what begins and has no end."""
    if data.startswith(_UTF16):
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    sheets: list[Sheet] = []
    unended: list[int] = []
    begun: dict[bytes, tuple[int, int]] = {}  # where it begins in the data, and on which line
    line, seen = 1, 0
    for edge in _EDGE.finditer(data):
        line += data.count(b"\n", seen, edge.start())
        seen, name = edge.start(), edge[2].upper()
        before = begun.pop(name, None)
        if edge[1].upper() == b"BEGIN":
            if before is not None:
                unended.append(before[1])
            begun[name] = seen, line
            if name == b"VCALENDAR":
                inner = _INNER.search(data, edge.end())
                head = _text(data[edge.end() : inner.start() if inner else len(data)])
                sheets.append(Sheet(Piece(head, line)))
        elif before is not None and name != b"VCALENDAR" and sheets:
            piece = Piece(_text(data[before[0] : edge.end()]), before[1])
            (sheets[-1].entries if name == b"VEVENT" else sheets[-1].zones).append(piece)
    if begun:  # of an entry and its calendar that are both cut short, the entry
        unended.append(max(line for _, line in begun.values()))
    return sheets, unended


def _text(data: bytes) -> str:
    """Lines put together again, then decoded: a fold may stand within a character.

    What is no UTF-8 is taken for the code page of Western Windows.
    """
    data = _FOLD.sub(b"", data).replace(b"\r\n", b"\n").rstrip(b"\r")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
